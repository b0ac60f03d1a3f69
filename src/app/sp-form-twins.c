/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpFormTwins: while a new entry is being typed, entries that are probably the same already, with a button that goes there
 * instead. Looked for in the store a moment after the last key. */
#include "sp-form-twins.h"

#include "sp-form-jobs.h"
#include "sp-form-label.h"
#include "sp-twins.h"

#include <glib/gi18n.h>
#include <string.h>

#define PAUSE 350 /* milliseconds after the last change */

struct _SpFormTwins
{
  SpFormPart parent_instance;

  SpEntryEdit  *edit;      /* owned, nullable until it is bound */
  guint         timeout;   /* source id; 0 if nothing is to be looked for */
  GCancellable *searching; /* owned, nullable */

  /* of the template */
  GtkWidget *rows;
};

G_DEFINE_FINAL_TYPE (SpFormTwins, sp_form_twins, SP_TYPE_FORM_PART)

enum { CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
chosen_cb (SpFormTwins *self, GtkWidget *button)
{
  g_autofree char *id = g_strdup (g_object_get_data (G_OBJECT (button), "id"));

  g_signal_emit (self, signals[CHOSEN], 0, id);
}

static void
add_twin (SpFormTwins *self, const SpTwin *twin)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *button = sp_form_button_new (_("It Is This One"));
  g_autofree char *why = sp_likeness_describe (twin->reasons);
  const char *title = twin->name != NULL ? twin->name : twin->id;
  /* Translators: the name of an entry that is in the list already */
  g_autofree char *name = g_strdup_printf (_("It is “%s”"), title);

  gtk_box_append (GTK_BOX (row), sp_form_label_new (title, "heading"));
  gtk_box_append (GTK_BOX (row), sp_form_label_new (why, "caption"));
  gtk_widget_set_margin_top (button, 4);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (button), "id", g_strdup (twin->id), g_free);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (chosen_cb), self);
  gtk_box_append (GTK_BOX (row), button);
  gtk_box_append (GTK_BOX (self->rows), row);
}

static void
show_twins (SpFormTwins *self, GPtrArray *twins)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->rows)) != NULL)
    gtk_box_remove (GTK_BOX (self->rows), child);
  for (guint i = 0; i < twins->len; i++)
    add_twin (self, g_ptr_array_index (twins, i));
  gtk_widget_set_visible (GTK_WIDGET (self), twins->len > 0);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpFormTwins) self = data;
  g_autoptr (GPtrArray) twins = sp_form_find_twins_finish (SP_STORE (source), result, NULL);

  if (twins != NULL && self->edit != NULL)
    show_twins (self, twins);
}

static void
stop (SpFormTwins *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  if (self->searching != NULL)
    g_cancellable_cancel (self->searching);
  g_clear_object (&self->searching);
}

static gboolean
look_cb (gpointer data)
{
  SpFormTwins *self = data;
  g_autoptr (SpNode) body = sp_entry_edit_make_body (self->edit);

  self->timeout = 0;
  self->searching = g_cancellable_new ();
  sp_form_find_twins_async (sp_entry_edit_get_store (self->edit), sp_entry_edit_get_id (self->edit), body, self->searching,
                            found_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

/* Whether it tells entries apart. */
static gboolean
tells (const char *path)
{
  static const char *const members[] = { "name", "alternate_name", "address", "contacts", "url", "location" };

  for (guint i = 0; path != NULL && i < G_N_ELEMENTS (members); i++)
    if (g_str_has_prefix (path, members[i]))
      return TRUE;
  return path == NULL;
}

static void
changed_cb (SpFormTwins *self, const char *path, SpEntryEdit *edit)
{
  if (!tells (path) || sp_entry_edit_get_store (edit) == NULL || sp_entry_edit_get_text (edit, "name") == NULL)
    return;
  stop (self);
  self->timeout = g_timeout_add (PAUSE, look_cb, self);
}

static void
sp_form_twins_bind (SpFormPart *part, SpEntryEdit *edit, const char *prefix)
{
  SpFormTwins *self = SP_FORM_TWINS (part);

  self->edit = g_object_ref (edit);
  if (sp_entry_edit_is_new (edit))
    g_signal_connect_swapped (edit, "changed", G_CALLBACK (changed_cb), self);
}

static void
sp_form_twins_dispose (GObject *object)
{
  SpFormTwins *self = SP_FORM_TWINS (object);

  stop (self);
  if (self->edit != NULL)
    g_signal_handlers_disconnect_by_data (self->edit, self);
  g_clear_object (&self->edit);
  G_OBJECT_CLASS (sp_form_twins_parent_class)->dispose (object);
}

static void
sp_form_twins_class_init (SpFormTwinsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sp_form_twins_dispose;
  SP_FORM_PART_CLASS (klass)->bind = sp_form_twins_bind;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/signpost/Signpost/ui/sp-form-twins.ui");
  gtk_widget_class_bind_template_child (widget_class, SpFormTwins, rows);

  /**
   * SpFormTwins::chosen:
   * @self: the twins
   * @id: document id of the entry that it is
   *
   * A person says that what is being typed is there already.
   */
  signals[CHOSEN] = g_signal_new ("chosen", SP_TYPE_FORM_TWINS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
sp_form_twins_init (SpFormTwins *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
