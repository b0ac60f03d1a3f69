/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpShortlistRow: one entry of a shortlist, with the line of why, and what moves it: buttons, Alt with the arrows, and
 * the mouse. It only says what is wanted; the window makes the change. */
#include "sp-shortlist-row.h"

#include "sp-words.h"

#include <glib/gi18n.h>

struct _SpShortlistRow
{
  GtkListBoxRow parent_instance;

  char    *id;    /* owned; document id */
  char    *name;  /* owned; what it is called now */
  char    *why;   /* owned; as it is stored */

  /* of the template */
  GtkWidget   *handle;
  GtkButton   *show;
  GtkLabel    *name_label;
  GtkLabel    *when_label;
  GtkEditable *why_entry;
  GtkWidget   *up;
  GtkWidget   *down;
  GtkWidget   *remove;
};

G_DEFINE_FINAL_TYPE (SpShortlistRow, sp_shortlist_row, GTK_TYPE_LIST_BOX_ROW)

enum { MOVED, DROPPED, EXPLAINED, REMOVED, SHOWN, N_SIGNALS };
static guint signals[N_SIGNALS];

/* ---- what is wanted ---- */

static void
up_cb (SpShortlistRow *self)
{
  g_signal_emit (self, signals[MOVED], 0, -1);
}

static void
down_cb (SpShortlistRow *self)
{
  g_signal_emit (self, signals[MOVED], 0, 1);
}

static void
remove_cb (SpShortlistRow *self)
{
  g_signal_emit (self, signals[REMOVED], 0);
}

static void
show_cb (SpShortlistRow *self)
{
  g_signal_emit (self, signals[SHOWN], 0);
}

/**
 * sp_shortlist_row_commit:
 * @self: a row
 *
 * Says what was typed as the line of why, if it is new: as leaving the line does.
 */
void
sp_shortlist_row_commit (SpShortlistRow *self)
{
  g_autofree char *why = g_strstrip (g_strdup (gtk_editable_get_text (self->why_entry)));

  if (g_strcmp0 (why, self->why) == 0)
    return;
  g_free (self->why);
  self->why = g_strdup (why);
  g_signal_emit (self, signals[EXPLAINED], 0, why);
}

static void
why_cb (SpShortlistRow *self)
{
  sp_shortlist_row_commit (self);
}

static void
move_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[MOVED], 0, g_variant_get_int32 (parameter));
}

static void
remove_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[REMOVED], 0);
}

/* ---- dragging: the row's id goes from one to the other ---- */

static GdkContentProvider *
prepare_cb (GtkDragSource *source, double x, double y, SpShortlistRow *self)
{
  return gdk_content_provider_new_typed (SP_TYPE_SHORTLIST_ROW, self);
}

static void
drag_begin_cb (GtkDragSource *source, GdkDrag *drag, SpShortlistRow *self)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (self));

  gtk_drag_source_set_icon (source, picture, 12, 12);
}

static gboolean
drop_cb (SpShortlistRow *self, const GValue *value)
{
  SpShortlistRow *other = g_value_get_object (value);

  if (other == self || gtk_widget_get_parent (GTK_WIDGET (other)) != gtk_widget_get_parent (GTK_WIDGET (self)))
    return FALSE;
  g_signal_emit (other, signals[DROPPED], 0, gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (self)));
  return TRUE;
}

static void
add_dragging (SpShortlistRow *self)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (SP_TYPE_SHORTLIST_ROW, GDK_ACTION_MOVE);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (prepare_cb), self);
  g_signal_connect (source, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (self->handle, GTK_EVENT_CONTROLLER (source));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/* ---- the class ---- */

static void
sp_shortlist_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SP_TYPE_SHORTLIST_ROW);
  G_OBJECT_CLASS (sp_shortlist_row_parent_class)->dispose (object);
}

static void
sp_shortlist_row_finalize (GObject *object)
{
  SpShortlistRow *self = SP_SHORTLIST_ROW (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->why);
  G_OBJECT_CLASS (sp_shortlist_row_parent_class)->finalize (object);
}

static void
add_signals (void)
{
  /**
   * SpShortlistRow::moved:
   * @self: the row
   * @by: 1 for down, -1 for up
   */
  signals[MOVED] = g_signal_new ("moved", SP_TYPE_SHORTLIST_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  /**
   * SpShortlistRow::dropped:
   * @self: the row
   * @position: of the row that it was dropped on
   */
  signals[DROPPED] = g_signal_new ("dropped", SP_TYPE_SHORTLIST_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  /**
   * SpShortlistRow::explained:
   * @self: the row
   * @why: what stands there now
   */
  signals[EXPLAINED] = g_signal_new ("explained", SP_TYPE_SHORTLIST_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  /**
   * SpShortlistRow::removed:
   * @self: the row
   */
  signals[REMOVED] = g_signal_new ("removed", SP_TYPE_SHORTLIST_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * SpShortlistRow::shown:
   * @self: the row
   *
   * The entry itself is wanted.
   */
  signals[SHOWN] = g_signal_new ("shown", SP_TYPE_SHORTLIST_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sp_shortlist_row_class_init (SpShortlistRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sp_shortlist_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = sp_shortlist_row_finalize;
  add_signals ();
  gtk_widget_class_set_template_from_resource (widget_class, "/org/signpost/Signpost/ui/sp-shortlist-row.ui");
  gtk_widget_class_bind_template_child (widget_class, SpShortlistRow, handle);
  gtk_widget_class_bind_template_child (widget_class, SpShortlistRow, show);
  gtk_widget_class_bind_template_child (widget_class, SpShortlistRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, SpShortlistRow, when_label);
  gtk_widget_class_bind_template_child (widget_class, SpShortlistRow, why_entry);
  gtk_widget_class_bind_template_child (widget_class, SpShortlistRow, up);
  gtk_widget_class_bind_template_child (widget_class, SpShortlistRow, down);
  gtk_widget_class_bind_template_child (widget_class, SpShortlistRow, remove);
  gtk_widget_class_bind_template_callback (widget_class, up_cb);
  gtk_widget_class_bind_template_callback (widget_class, down_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_cb);
  gtk_widget_class_bind_template_callback (widget_class, why_cb);
  gtk_widget_class_install_action (widget_class, "row.move", "i", move_action);
  gtk_widget_class_install_action (widget_class, "row.remove", NULL, remove_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "row.move", "i", -1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "row.move", "i", 1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, GDK_ALT_MASK, "row.remove", NULL);
}

static void
sp_shortlist_row_init (SpShortlistRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_entry_set_max_length (GTK_ENTRY (self->why_entry), SP_SHORTLIST_WHY_MAX);
  add_dragging (self);
}

/**
 * sp_shortlist_row_new:
 * @id: document id
 *
 * Returns: (transfer floating): a row for it, to be filled by sp_shortlist_row_show()
 */
GtkWidget *
sp_shortlist_row_new (const char *id)
{
  SpShortlistRow *self = g_object_new (SP_TYPE_SHORTLIST_ROW, NULL);

  self->id = g_strdup (id);
  return GTK_WIDGET (self);
}

/**
 * sp_shortlist_row_get_id:
 * @self: a row
 *
 * Returns: (transfer none): the document id it is for
 */
const char *
sp_shortlist_row_get_id (SpShortlistRow *self)
{
  return self->id;
}

static void
name_button (GtkWidget *button, const char *format, const char *name)
{
  g_auto (GStrv) halves = g_strsplit (format, "%s", 2);
  g_autofree char *label = g_strjoinv (name, halves);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
show_entry (SpShortlistRow *self, SpAsset *asset)
{
  const SpNode *body = asset != NULL ? sp_asset_get_body (asset) : NULL;
  const char *told = sp_node_get_text (body, "schedule_words");
  g_autofree char *made = told == NULL && body != NULL ? sp_words_schedules (body) : NULL;

  g_free (self->name);
  self->name = g_strdup (asset == NULL ? _("An entry that was deleted")
                         : sp_asset_get_name (asset) != NULL ? sp_asset_get_name (asset) : _("An entry without a name"));
  gtk_label_set_label (self->name_label, self->name);
  gtk_label_set_label (self->when_label, told != NULL ? told : made);
  gtk_widget_set_visible (GTK_WIDGET (self->when_label), told != NULL || made != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->show), asset != NULL);
}

/**
 * sp_shortlist_row_show:
 * @self: a row
 * @item: what it shall show
 * @position: of the item, from 0
 * @total: how many there are
 *
 * Fills the row. What is being typed is left alone.
 */
void
sp_shortlist_row_show (SpShortlistRow *self, const SpShortlistItem *item, guint position, guint total)
{
  const char *why = item->why != NULL ? item->why : "";

  show_entry (self, item->asset);
  if (g_strcmp0 (self->why, why) != 0)
    {
      g_free (self->why);
      self->why = g_strdup (why);
      gtk_editable_set_text (self->why_entry, why);
    }
  gtk_widget_set_sensitive (self->up, position > 0);
  gtk_widget_set_sensitive (self->down, position + 1 < total);
  name_button (self->up, _("Move %s Up"), self->name);
  name_button (self->down, _("Move %s Down"), self->name);
  name_button (self->remove, _("Remove %s"), self->name);
  name_button (GTK_WIDGET (self->why_entry), _("Why %s fits"), self->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->name, -1);
}
