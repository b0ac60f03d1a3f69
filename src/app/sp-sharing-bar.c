/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpSharingBar: the first sync, while it goes on: how much has come, and a button to stop it. What has come can be used. */
#include "sp-sharing-bar.h"

#include <glib/gi18n.h>

struct _SpSharingBar
{
  GtkWidget parent_instance;

  SpSharing *sharing; /* owned, nullable */

  /* of the template */
  GtkRevealer    *revealer;
  GtkLabel       *label;
  GtkProgressBar *progress;
  GtkWidget      *stop;
};

G_DEFINE_FINAL_TYPE (SpSharingBar, sp_sharing_bar, GTK_TYPE_WIDGET)

static void
show_counts (SpSharingBar *self, SpSync *sync)
{
  const gint64 total = sp_sync_get_total (sync);
  const gint64 done = MIN (sp_sync_get_done (sync), total);
  g_autofree char *text = NULL;

  if (!sp_sync_is_connected (sync) || total == 0)
    text = g_strdup (_("First sync: asking the server for its list…"));
  else
    text = g_strdup_printf (_("First sync: %'u of %'u. You can work meanwhile."), (guint) done, (guint) total);
  gtk_label_set_label (self->label, text);
  if (total > 0)
    gtk_progress_bar_set_fraction (self->progress, (double) done / (double) total);
}

static void
changed_cb (SpSharingBar *self)
{
  SpSync *sync = sp_sharing_get_sync (self->sharing);
  const gboolean first = sync != NULL && sp_sync_get_state (sync) == SP_SYNC_FIRST;

  if (first)
    show_counts (self, sync);
  gtk_revealer_set_reveal_child (self->revealer, first);
}

static void
stop_cb (SpSharingBar *self)
{
  sp_sharing_pause (self->sharing);
}

static void
sp_sharing_bar_dispose (GObject *object)
{
  SpSharingBar *self = SP_SHARING_BAR (object);

  if (self->sharing != NULL)
    g_signal_handlers_disconnect_by_data (self->sharing, self);
  g_clear_object (&self->sharing);
  gtk_widget_dispose_template (GTK_WIDGET (self), SP_TYPE_SHARING_BAR);
  G_OBJECT_CLASS (sp_sharing_bar_parent_class)->dispose (object);
}

static void
sp_sharing_bar_class_init (SpSharingBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sp_sharing_bar_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/signpost/Signpost/ui/sp-sharing-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, SpSharingBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, SpSharingBar, label);
  gtk_widget_class_bind_template_child (widget_class, SpSharingBar, progress);
  gtk_widget_class_bind_template_child (widget_class, SpSharingBar, stop);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
}

static void
sp_sharing_bar_init (SpSharingBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sp_sharing_bar_set_sharing:
 * @self: a bar that shows nothing yet
 * @sharing: what it is to show from now on
 */
void
sp_sharing_bar_set_sharing (SpSharingBar *self, SpSharing *sharing)
{
  g_return_if_fail (self->sharing == NULL);

  self->sharing = g_object_ref (sharing);
  g_signal_connect_swapped (sharing, "changed", G_CALLBACK (changed_cb), self);
  changed_cb (self);
}
