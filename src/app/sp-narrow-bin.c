/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpNarrowBin: holds one child that does not ask for more than so much width, though it takes what it gets. In a popover,
 * which gives each what it asks for, that makes long words wrap. (An AdwClamp asks for all that its child might get.) */
#include "sp-narrow-bin.h"

struct _SpNarrowBin
{
  GtkWidget parent_instance;

  int most; /* pixels; -1 for no bound */
};

static void sp_narrow_bin_buildable_init (GtkBuildableIface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (SpNarrowBin, sp_narrow_bin, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, sp_narrow_bin_buildable_init))

static void
sp_narrow_bin_add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  gtk_widget_set_parent (GTK_WIDGET (child), GTK_WIDGET (buildable));
}

static void
sp_narrow_bin_buildable_init (GtkBuildableIface *iface)
{
  iface->add_child = sp_narrow_bin_add_child;
}

/* A popover of GTK 4.8 asks how high this is where it is as wide as the popover with all its edges, or for no width at all:
 * it will have what it asked for. */
static void
sp_narrow_bin_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
                       int *natural_baseline)
{
  SpNarrowBin *self = SP_NARROW_BIN (widget);
  GtkWidget *child = gtk_widget_get_first_child (widget);
  int least, wanted;

  if (child == NULL)
    return;
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &wanted, NULL, NULL);
  if (self->most >= 0)
    wanted = MAX (least, MIN (wanted, self->most));
  if (orientation == GTK_ORIENTATION_VERTICAL)
    gtk_widget_measure (child, orientation, for_size >= 0 ? MIN (for_size, wanted) : wanted, minimum, natural, NULL, NULL);
  else
    {
      *minimum = least;
      *natural = wanted;
    }
}

static GtkSizeRequestMode
sp_narrow_bin_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
sp_narrow_bin_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  if (child != NULL)
    gtk_widget_size_allocate (child, &(GtkAllocation){ 0, 0, width, height }, -1);
}

static void
sp_narrow_bin_dispose (GObject *object)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (object));

  g_clear_pointer (&child, gtk_widget_unparent);
  G_OBJECT_CLASS (sp_narrow_bin_parent_class)->dispose (object);
}

static void
sp_narrow_bin_class_init (SpNarrowBinClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sp_narrow_bin_dispose;
  widget_class->measure = sp_narrow_bin_measure;
  widget_class->get_request_mode = sp_narrow_bin_get_request_mode;
  widget_class->size_allocate = sp_narrow_bin_size_allocate;
}

static void
sp_narrow_bin_init (SpNarrowBin *self)
{
  self->most = -1;
}

/**
 * sp_narrow_bin_set_most:
 * @self: a bin
 * @most: the width that its child asks for at most, in pixels; more if it needs more. -1 for no bound
 */
void
sp_narrow_bin_set_most (SpNarrowBin *self, int most)
{
  g_return_if_fail (SP_IS_NARROW_BIN (self));

  if (self->most == most)
    return;
  self->most = most;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
