/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpEraseWindow: erases personal data for good: one chooses which parts of an entry, or all of it, is told what follows, and
 * asked once more. */
#include "sp-erase-window.h"

#include "sp-clock.h"
#include "sp-compat.h"
#include "sp-entry-words.h"
#include "sp-erase.h"
#include "sp-form-label.h"
#include "sp-form-notice.h"
#include "sp-store-documents.h"

#include <glib/gi18n.h>
#include <string.h>

#define WHOLE "" /* in the place of a member: all of the entry */

struct _SpEraseWindow
{
  AdwWindow parent_instance;

  SpStore      *store;   /* owned */
  char         *author;  /* owned; who signs */
  char         *id;      /* owned; document id */
  GCancellable *reading; /* owned */

  /* of the template */
  GtkWidget    *erase_button;
  SpFormNotice *notice;
  GtkWidget    *members;
};

G_DEFINE_FINAL_TYPE (SpEraseWindow, sp_erase_window, ADW_TYPE_WINDOW)

/* --- choosing --- */

static GPtrArray *
list_chosen (SpEraseWindow *self)
{
  GPtrArray *chosen = g_ptr_array_new_with_free_func (g_free);

  for (GtkWidget *row = gtk_widget_get_first_child (self->members); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      GtkCheckButton *button = GTK_CHECK_BUTTON (gtk_widget_get_first_child (row));
      if (gtk_check_button_get_active (button))
        g_ptr_array_add (chosen, g_strdup (g_object_get_data (G_OBJECT (button), "member")));
    }
  return chosen;
}

static void
toggled_cb (SpEraseWindow *self, GtkCheckButton *button)
{
  g_autoptr (GPtrArray) chosen = list_chosen (self);

  gtk_widget_set_sensitive (self->erase_button, chosen->len > 0);
}

static void
add_choice (SpEraseWindow *self, const char *member, const char *label, const char *value)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *button = sp_form_check_new (label), *words = sp_form_label_new (value, "caption");

  gtk_widget_add_css_class (words, "dim-label");
  gtk_widget_set_margin_start (words, 30);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, words, NULL, -1);
  g_object_set_data_full (G_OBJECT (button), "member", g_strdup (member), g_free);
  g_signal_connect_swapped (button, "toggled", G_CALLBACK (toggled_cb), self);
  gtk_box_append (GTK_BOX (row), button);
  gtk_box_append (GTK_BOX (row), words);
  gtk_box_append (GTK_BOX (self->members), row);
}

static gboolean
can_be_erased (const char *member)
{
  static const char *const never[] = { "type", "schema", "kind", "name", "status", "edit", "modified", "created", "source", "checked",
                                       "categories", "venue", "organisation", "service_areas", "free", "languages", NULL };

  return !g_strv_contains (never, member);
}

/* What is about people stands first. */
static void
add_members (SpEraseWindow *self, const SpNode *body, gboolean of_people)
{
  static const char *const people[] = { "contacts", "known_by", "assurance", NULL };

  for (guint i = 0; i < sp_node_get_length (body); i++)
    {
      const char *member = sp_node_get_name (body, i);
      g_autofree char *label = sp_entry_words_label (member);
      g_autofree char *value = sp_entry_words_value (member, sp_node_get_element (body, i));
      if (can_be_erased (member) && g_strv_contains (people, member) == of_people)
        add_choice (self, member, label, value);
    }
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpEraseWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SpStoreEntry) entry = sp_store_get_finish (SP_STORE (source), result, &error);

  if (self->store == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (entry == NULL)
    {
      sp_form_notice_say (self->notice, error->message, NULL, NULL, NULL);
      return;
    }
  add_members (self, sp_asset_get_body (entry->asset), TRUE);
  add_members (self, sp_asset_get_body (entry->asset), FALSE);
  add_choice (self, WHOLE, _("The whole entry"), _("Nothing is left of it, and no import brings it back"));
}

/* --- erasing --- */

typedef struct
{
  char *id;
  GStrv members; /* NULL: the whole entry */
  char *author;
  char *on;
} Erasure;

static void
free_erasure (gpointer data)
{
  Erasure *erasure = data;

  g_free (erasure->id);
  g_strfreev (erasure->members);
  g_free (erasure->author);
  g_free (erasure->on);
  g_free (erasure);
}

static gpointer
erase_job (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Erasure *erasure = data;
  const SpEditStamp stamp = { erasure->author, erasure->on, SP_EDIT_BY_PERSON };
  gboolean done;

  if (erasure->members != NULL)
    done = sp_erase_members (db, erasure->id, (const char *const *) erasure->members, &stamp, error);
  else
    done = sp_erase_document (db, erasure->id, error);
  return done && sp_erase_clean (db, error) ? erasure : NULL;
}

static void
erased_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpEraseWindow) self = data;
  g_autoptr (GError) error = NULL;

  if (sp_store_call_finish (SP_STORE (source), result, &error) == NULL && self->store != NULL)
    {
      gtk_widget_set_sensitive (self->members, TRUE);
      sp_form_notice_say (self->notice, error->message, NULL, NULL, NULL);
    }
  else if (self->store != NULL)
    gtk_window_destroy (GTK_WINDOW (self));
}

static void
erase (SpEraseWindow *self)
{
  g_autoptr (GPtrArray) chosen = list_chosen (self);
  gboolean whole = g_ptr_array_find_with_equal_func (chosen, WHOLE, g_str_equal, NULL);
  Erasure *erasure = g_new0 (Erasure, 1);

  g_ptr_array_set_free_func (chosen, NULL);
  g_ptr_array_add (chosen, NULL);
  *erasure = (Erasure){ g_strdup (self->id), (GStrv) g_ptr_array_steal (chosen, NULL), g_strdup (self->author), sp_clock_now_text () };
  if (whole)
    g_clear_pointer (&erasure->members, g_strfreev);
  gtk_widget_set_sensitive (self->members, FALSE);
  gtk_widget_set_sensitive (self->erase_button, FALSE);
  sp_store_write_async (self->store, erase_job, erasure, free_erasure, NULL, NULL, erased_cb, g_object_ref (self));
}

static void
answered_cb (const char *response, gpointer data)
{
  if (strcmp (response, "erase") == 0)
    erase (data);
}

static void
erase_cb (SpEraseWindow *self, GtkButton *button)
{
  sp_compat_ask (GTK_WINDOW (self), _("Erase for Good?"), _("It goes here at once, and from every shared copy the next time they meet. "
                 "It cannot be undone."), "erase", _("_Erase"), TRUE, answered_cb, self);
}

static void
sp_erase_window_dispose (GObject *object)
{
  SpEraseWindow *self = SP_ERASE_WINDOW (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (sp_erase_window_parent_class)->dispose (object);
}

static void
sp_erase_window_finalize (GObject *object)
{
  SpEraseWindow *self = SP_ERASE_WINDOW (object);

  g_object_unref (self->reading);
  g_free (self->author);
  g_free (self->id);
  G_OBJECT_CLASS (sp_erase_window_parent_class)->finalize (object);
}

static void
sp_erase_window_class_init (SpEraseWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (SP_TYPE_FORM_NOTICE);
  G_OBJECT_CLASS (klass)->dispose = sp_erase_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = sp_erase_window_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/signpost/Signpost/ui/sp-erase-window.ui");
  gtk_widget_class_bind_template_child (widget_class, SpEraseWindow, erase_button);
  gtk_widget_class_bind_template_child (widget_class, SpEraseWindow, notice);
  gtk_widget_class_bind_template_child (widget_class, SpEraseWindow, members);
  gtk_widget_class_bind_template_callback (widget_class, erase_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
sp_erase_window_init (SpEraseWindow *self)
{
  self->reading = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sp_erase_window_new:
 * @parent: (nullable): the window it stands before
 * @store: the store
 * @author: who signs
 * @id: document id of the entry
 *
 * Returns: (transfer none): a window that reads the entry meanwhile
 */
SpEraseWindow *
sp_erase_window_new (GtkWindow *parent, SpStore *store, const char *author, const char *id)
{
  SpEraseWindow *self = g_object_new (SP_TYPE_ERASE_WINDOW, "transient-for", parent, NULL);

  self->store = g_object_ref (store);
  self->author = g_strdup (author);
  self->id = g_strdup (id);
  sp_store_get_async (store, id, self->reading, read_cb, g_object_ref (self));
  return self;
}
