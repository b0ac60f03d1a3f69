/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpUpdatesBadge: a button with a number, to be seen only while something from others waits: what needs a decision, else
 * what is new. It counts when the store changes, at most a few times a second. */
#include "sp-updates-badge.h"

#include "sp-count-words.h"
#include "sp-store-updates.h"
#include "sp-weak.h"

#include <glib/gi18n.h>

#define PAUSE_MS 300 /* between a change of the store and counting: a sync changes it often */

struct _SpUpdatesBadge
{
  GtkWidget parent_instance;

  SpStore      *store;    /* owned, nullable */
  SpChanges    *changes;  /* owned, nullable */
  GCancellable *counting; /* owned, nullable: the store has been asked */
  guint         waiting;  /* source id: it will be asked in a moment; 0 if not */
  gboolean      stale;    /* the store changed while it was asked */

  /* of the template */
  GtkWidget *button;
  GtkImage  *icon;
  GtkLabel  *number;
};

G_DEFINE_FINAL_TYPE (SpUpdatesBadge, sp_updates_badge, GTK_TYPE_WIDGET)

static void
add_words (GPtrArray *words, char *text, guint count)
{
  if (count > 0)
    g_ptr_array_add (words, text);
  else
    g_free (text);
}

/* "2 entries need a decision, 14 are new" */
static char *
describe (const SpUpdateCounts *counts)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *news = sp_count_words (counts->news, counts->news < SP_UPDATES_COUNT_MAX);

  add_words (words, g_strdup_printf (ngettext ("%u entry needs a decision", "%u entries need a decision", counts->conflicts), counts->conflicts),
             counts->conflicts);
  add_words (words, g_strdup_printf (ngettext ("%u submission waits", "%u submissions wait", counts->submissions), counts->submissions),
             counts->submissions);
  /* Translators: a number of entries, as “23” or “1,000+” */
  add_words (words, g_strdup_printf (ngettext ("%s entry is new", "%s entries are new", counts->news), news), counts->news);
  g_ptr_array_add (words, NULL);
  return g_strjoinv (", ", (char **) words->pdata);
}

static void
show_counts (SpUpdatesBadge *self, SpUpdateCounts *counts)
{
  if (sp_changes_get_submits (self->changes) != NULL)
    counts->conflicts = counts->submissions = 0; /* others decide on them */
  guint wait = counts->conflicts + counts->submissions;
  g_autofree char *number = wait > 0 ? sp_count_words (wait, TRUE) : sp_count_words (counts->news, counts->news < SP_UPDATES_COUNT_MAX);
  g_autofree char *text = describe (counts);

  gtk_image_set_from_icon_name (self->icon, wait > 0 ? "signpost-decide-symbolic" : "signpost-news-symbolic");
  gtk_label_set_label (self->number, number);
  gtk_widget_set_tooltip_text (self->button, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_set_visible (GTK_WIDGET (self), wait + counts->news > 0);
}

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpUpdatesBadge) self = sp_weak_take (data);
  g_autofree SpUpdateCounts *counts = sp_store_count_updates_finish (SP_STORE (source), result, NULL);

  if (self == NULL)
    return; /* the window was closed */
  g_clear_object (&self->counting);
  if (counts != NULL) /* else the store is being closed, or says so elsewhere */
    show_counts (self, counts);
  if (self->stale)
    sp_updates_badge_refresh (self);
}

static gboolean
pause_cb (gpointer data)
{
  SpUpdatesBadge *self = data;

  self->waiting = 0;
  sp_updates_badge_refresh (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (SpUpdatesBadge *self)
{
  if (self->store != NULL && self->waiting == 0)
    self->waiting = g_timeout_add (PAUSE_MS, pause_cb, self);
}

static void
sp_updates_badge_dispose (GObject *object)
{
  SpUpdatesBadge *self = SP_UPDATES_BADGE (object);

  if (self->counting != NULL)
    g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  g_clear_handle_id (&self->waiting, g_source_remove);
  g_clear_object (&self->store);
  g_clear_object (&self->changes);
  gtk_widget_dispose_template (GTK_WIDGET (self), SP_TYPE_UPDATES_BADGE);
  G_OBJECT_CLASS (sp_updates_badge_parent_class)->dispose (object);
}

static void
sp_updates_badge_class_init (SpUpdatesBadgeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sp_updates_badge_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/signpost/Signpost/ui/sp-updates-badge.ui");
  gtk_widget_class_bind_template_child (widget_class, SpUpdatesBadge, button);
  gtk_widget_class_bind_template_child (widget_class, SpUpdatesBadge, icon);
  gtk_widget_class_bind_template_child (widget_class, SpUpdatesBadge, number);
}

static void
sp_updates_badge_init (SpUpdatesBadge *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sp_updates_badge_refresh:
 * @self: a badge
 *
 * Counts again: after something changed that is in no document, such as what was seen.
 */
void
sp_updates_badge_refresh (SpUpdatesBadge *self)
{
  self->stale = self->counting != NULL;
  if (self->stale || self->store == NULL)
    return;
  self->counting = g_cancellable_new ();
  sp_store_count_updates_async (self->store, self->counting, counted_cb, sp_weak_new (self));
}

/**
 * sp_updates_badge_watch:
 * @self: a badge that watches nothing yet
 * @store: the store to watch
 * @changes: what knows whether the account may decide
 */
void
sp_updates_badge_watch (SpUpdatesBadge *self, SpStore *store, SpChanges *changes)
{
  g_return_if_fail (SP_IS_UPDATES_BADGE (self) && self->store == NULL);

  self->store = g_object_ref (store);
  self->changes = g_object_ref (changes);
  g_signal_connect_object (store, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (changes, "notify::submits", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  sp_updates_badge_refresh (self);
}
