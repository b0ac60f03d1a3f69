/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpSharingStatus: how the store is shared, in the header: an icon and a few words, which open what more there is to say and to
 * do. It is not there while the store is not shared. */
#include "sp-sharing-status.h"

#include "sp-refusals.h"
#include "sp-sharing-words.h"

#include <glib/gi18n.h>
#include <string.h>

#define REFRESH_S 20     /* how often "2 minutes ago" is looked at again */
#define PATIENCE_MS 400  /* how long a short exchange may take before it is shown */
#define SHOWN_REFUSALS 50
#define REFUSED_CHARS 30 /* of a line */

struct _SpSharingStatus
{
  GtkWidget parent_instance;

  SpSharing *sharing;  /* owned, nullable */
  guint      refresh;  /* source */
  guint      patience; /* source: a passing state is shown if it does not pass */
  GPtrArray *listed;   /* nullable: the refusals whose rows there are; owned */

  /* of the template */
  GtkMenuButton  *button;
  GtkImage       *icon;
  GtkLabel       *label;
  GtkPopover     *popover;
  GtkLabel       *title;
  GtkLabel       *more;
  GtkProgressBar *progress;
  GtkWidget      *password_box;
  GtkEditable    *password;
  GtkWidget      *password_note;
  GtkWidget      *give;
  GtkWidget      *refused_box;
  GtkListBox     *refused;
  GtkWidget      *now;
  GtkWidget      *stop;
};

G_DEFINE_FINAL_TYPE (SpSharingStatus, sp_sharing_status, GTK_TYPE_WIDGET)

/* ── What was refused ── */

/* Servers say first of which document they speak; a person reads its name above. */
static const char *
skip_id (const SpRefusal *refusal)
{
  const gsize length = strlen (refusal->id);

  return g_str_has_prefix (refusal->reason, refusal->id) && g_str_has_prefix (refusal->reason + length, ": ") ? refusal->reason + length + 2
                                                                                                               : refusal->reason;
}

static char *
say_reason (const SpRefusal *refusal)
{
  const char *reason = skip_id (refusal);

  if (!refusal->proposed)
    return g_strdup (reason);
  /* Translators: why the server refused a change */
  return g_strdup_printf (_("%s\nIt was proposed to an editor. It stays here too, since another copy has it, or what was before is no longer kept."), reason);
}

static gboolean
can_propose (SpSharingStatus *self, const SpRefusal *refusal)
{
  g_autofree char *account = sp_sharing_get_proposer (self->sharing);

  return account != NULL && refusal->sent && refusal->lacks != NULL && !refusal->proposed && g_str_has_prefix (refusal->id, "asset:");
}

static GtkWidget *
make_propose_button (const SpRefusal *refusal)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Propose"));
  /* Translators: name of an entry */
  g_autofree char *words = g_strdup_printf (_("Propose the change of “%s” to an editor"), refusal->name != NULL ? refusal->name : refusal->id);

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (button, _("Propose the change to an editor, and take it back here until it is accepted"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", refusal->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.propose-refused");
  return button;
}

static GtkWidget *
make_refused_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_width_chars (GTK_LABEL (label), REFUSED_CHARS);
  gtk_label_set_max_width_chars (GTK_LABEL (label), REFUSED_CHARS);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  return label;
}

/* Not an AdwActionRow: its words take any width, so how high a list of them wants to be is asked for lines that are never so
 * long, and the last rows were cut off. */
static GtkWidget *
make_refused_row (SpSharingStatus *self, const SpRefusal *refusal)
{
  g_autofree char *words = say_reason (refusal);
  const char *name = refusal->name != NULL ? refusal->name : refusal->id;
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *reason = make_refused_label (words);

  gtk_widget_add_css_class (box, "refused");
  gtk_widget_add_css_class (reason, "caption");
  gtk_widget_add_css_class (reason, "dim-label");
  gtk_box_append (GTK_BOX (box), make_refused_label (name));
  gtk_box_append (GTK_BOX (box), reason);
  if (can_propose (self, refusal))
    gtk_box_append (GTK_BOX (box), make_propose_button (refusal));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), refusal->name != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
  g_object_set_data_full (G_OBJECT (row), "id", g_strdup (refusal->id), g_free);
  return row;
}

/* Who stood on a row that goes, stands on the next thing to do. */
static void
clear_refused (SpSharingStatus *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *child;

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->refused)))
    gtk_widget_grab_focus (self->now);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->refused))) != NULL)
    gtk_list_box_remove (self->refused, child);
}

static void
show_refused (SpSharingStatus *self)
{
  GPtrArray *refusals = sp_sharing_get_refusals (self->sharing);

  gtk_widget_set_visible (self->refused_box, refusals != NULL && refusals->len > 0);
  if (refusals == self->listed)
    return;
  clear_refused (self);
  g_clear_pointer (&self->listed, g_ptr_array_unref);
  self->listed = refusals != NULL ? g_ptr_array_ref (refusals) : NULL;
  for (guint i = 0; refusals != NULL && i < MIN (refusals->len, SHOWN_REFUSALS); i++)
    gtk_list_box_append (self->refused, make_refused_row (self, g_ptr_array_index (refusals, i)));
}

static void
refused_activated_cb (SpSharingStatus *self, GtkListBoxRow *row)
{
  gtk_popover_popdown (self->popover);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show", "s", (const char *) g_object_get_data (G_OBJECT (row), "id"));
}

/* ── What is shown ── */

static void
show_progress (SpSharingStatus *self, const SpSharingLook *look)
{
  const gboolean first = look->state == SP_SYNC_FIRST && look->total > 0;

  gtk_widget_set_visible (GTK_WIDGET (self->progress), first);
  if (first)
    gtk_progress_bar_set_fraction (self->progress, MIN ((double) look->done / (double) look->total, 1));
}

static void
show_password (SpSharingStatus *self, const SpSharingLook *look)
{
  const gboolean wrong = look->state == SP_SYNC_REFUSED && !look->nameless && g_error_matches (look->problem, SP_ERROR, SP_ERROR_LOGIN);

  gtk_widget_set_visible (self->password_box, look->wants_password || wrong);
  gtk_widget_set_visible (self->password_note, !sp_sharing_keeps_password (self->sharing));
}

static void
show (SpSharingStatus *self, const SpSharingLook *look)
{
  g_autofree char *words = sp_sharing_words_short (look);
  g_autofree char *more = sp_sharing_words_more (look);
  g_autofree char *all = *more != '\0' ? g_strdup_printf ("%s\n%s", words, more) : g_strdup (words);

  gtk_image_set_from_icon_name (self->icon, sp_sharing_words_icon (look));
  gtk_label_set_label (self->label, words);
  gtk_label_set_label (self->title, words);
  gtk_label_set_label (self->more, more);
  gtk_widget_set_visible (GTK_WIDGET (self->more), *more != '\0');
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), all);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, all, -1);
  show_progress (self, look);
  show_password (self, look);
  show_refused (self);
  gtk_widget_set_visible (self->now, !look->wants_password && look->state != SP_SYNC_FIRST);
  gtk_widget_set_visible (self->stop, look->state == SP_SYNC_FIRST);
}

/* Whether it will be over in a moment: what is only shown if it is not. */
static gboolean
is_passing (const SpSharingLook *look)
{
  return look->state == SP_SYNC_WAITING && look->connected && look->pending <= 1;
}

static gboolean
patience_cb (gpointer data)
{
  SpSharingStatus *self = data;
  SpSharingLook look;

  self->patience = 0;
  sp_sharing_look (self->sharing, &look);
  show (self, &look);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (SpSharingStatus *self)
{
  SpSharingLook look;

  gtk_widget_set_visible (GTK_WIDGET (self), sp_sharing_is_set_up (self->sharing));
  sp_sharing_look (self->sharing, &look);
  if (!is_passing (&look) || gtk_label_get_label (self->label)[0] == '\0')
    {
      g_clear_handle_id (&self->patience, g_source_remove);
      show (self, &look);
    }
  else if (self->patience == 0)
    self->patience = g_timeout_add (PATIENCE_MS, patience_cb, self);
}

static gboolean
refresh_cb (gpointer data)
{
  changed_cb (data);
  return G_SOURCE_CONTINUE;
}

/* ── What can be done ── */

static void
now_cb (SpSharingStatus *self)
{
  sp_sharing_sync_now (self->sharing);
}

static void
stop_cb (SpSharingStatus *self)
{
  sp_sharing_pause (self->sharing);
}

static void
settings_cb (SpSharingStatus *self)
{
  gtk_popover_popdown (self->popover);
  gtk_widget_activate_action (GTK_WIDGET (self), "app.sharing", NULL);
}

static void
give_password_cb (SpSharingStatus *self)
{
  g_autofree char *password = g_strdup (gtk_editable_get_text (self->password));

  if (*password == '\0')
    return;
  gtk_editable_set_text (self->password, "");
  sp_sharing_give_password (self->sharing, password);
}

static void
sp_sharing_status_dispose (GObject *object)
{
  SpSharingStatus *self = SP_SHARING_STATUS (object);

  g_clear_handle_id (&self->refresh, g_source_remove);
  g_clear_handle_id (&self->patience, g_source_remove);
  if (self->sharing != NULL)
    g_signal_handlers_disconnect_by_data (self->sharing, self);
  g_clear_object (&self->sharing);
  g_clear_pointer (&self->listed, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), SP_TYPE_SHARING_STATUS);
  G_OBJECT_CLASS (sp_sharing_status_parent_class)->dispose (object);
}

static void
sp_sharing_status_class_init (SpSharingStatusClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sp_sharing_status_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/signpost/Signpost/ui/sp-sharing-status.ui");
  gtk_widget_class_bind_template_child (widget_class, SpSharingStatus, button);
  gtk_widget_class_bind_template_child (widget_class, SpSharingStatus, icon);
  gtk_widget_class_bind_template_child (widget_class, SpSharingStatus, label);
  gtk_widget_class_bind_template_child (widget_class, SpSharingStatus, popover);
  gtk_widget_class_bind_template_child (widget_class, SpSharingStatus, title);
  gtk_widget_class_bind_template_child (widget_class, SpSharingStatus, more);
  gtk_widget_class_bind_template_child (widget_class, SpSharingStatus, progress);
  gtk_widget_class_bind_template_child (widget_class, SpSharingStatus, password_box);
  gtk_widget_class_bind_template_child (widget_class, SpSharingStatus, password);
  gtk_widget_class_bind_template_child (widget_class, SpSharingStatus, password_note);
  gtk_widget_class_bind_template_child (widget_class, SpSharingStatus, give);
  gtk_widget_class_bind_template_child (widget_class, SpSharingStatus, refused_box);
  gtk_widget_class_bind_template_child (widget_class, SpSharingStatus, refused);
  gtk_widget_class_bind_template_child (widget_class, SpSharingStatus, now);
  gtk_widget_class_bind_template_child (widget_class, SpSharingStatus, stop);
  gtk_widget_class_bind_template_callback (widget_class, give_password_cb);
  gtk_widget_class_bind_template_callback (widget_class, now_cb);
  gtk_widget_class_bind_template_callback (widget_class, refused_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, settings_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
}

static void
sp_sharing_status_init (SpSharingStatus *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sp_sharing_status_set_sharing:
 * @self: a status that shows nothing yet
 * @sharing: what it is to show from now on
 */
void
sp_sharing_status_set_sharing (SpSharingStatus *self, SpSharing *sharing)
{
  g_return_if_fail (self->sharing == NULL);

  self->sharing = g_object_ref (sharing);
  g_signal_connect_swapped (sharing, "changed", G_CALLBACK (changed_cb), self);
  self->refresh = g_timeout_add_seconds (REFRESH_S, refresh_cb, self);
  changed_cb (self);
}

/**
 * sp_sharing_status_set_narrow:
 * @self: a status
 * @narrow: whether there is room for the icon only
 */
void
sp_sharing_status_set_narrow (SpSharingStatus *self, gboolean narrow)
{
  gtk_widget_set_visible (GTK_WIDGET (self->label), !narrow);
}
