/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpWrapLayout: children one after the other, each as wide as it likes, in as many lines as they need. */
#include "sp-wrap-layout.h"

struct _SpWrapLayout
{
  GtkLayoutManager parent_instance;

  int spacing; /* pixels, both ways */
};

G_DEFINE_FINAL_TYPE (SpWrapLayout, sp_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

static GtkSizeRequestMode
sp_wrap_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
place (GtkWidget *widget, GtkWidget *child, int x, int y, int child_width, int child_height, int width)
{
  GtkAllocation allocation = { x, y, child_width, child_height };

  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    allocation.x = width - x - child_width;
  gtk_widget_size_allocate (child, &allocation, -1);
}

/* Goes through all children; gives the height they take. @allocate: whether to put them there */
static int
flow (SpWrapLayout *self, GtkWidget *widget, int width, gboolean allocate)
{
  int x = 0, y = 0, line = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int least, wanted, height;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &wanted, NULL, NULL);
      wanted = MAX (least, MIN (wanted, width));
      if (x > 0 && x + wanted > width)
        {
          x = 0;
          y += line + self->spacing;
          line = 0;
        }
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, wanted, &height, NULL, NULL, NULL);
      if (allocate)
        place (widget, child, x, y, wanted, height, width);
      x += wanted + self->spacing;
      line = MAX (line, height);
    }
  return y + line;
}

static void
measure_width (SpWrapLayout *self, GtkWidget *widget, int *minimum, int *natural)
{
  *minimum = *natural = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int least, wanted;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &wanted, NULL, NULL);
      *minimum = MAX (*minimum, least);
      *natural += wanted + (*natural > 0 ? self->spacing : 0);
    }
}

static void
sp_wrap_layout_measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation, int for_size,
                        int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  SpWrapLayout *self = SP_WRAP_LAYOUT (manager);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    measure_width (self, widget, minimum, natural);
  else
    *minimum = *natural = flow (self, widget, for_size >= 0 ? for_size : G_MAXINT / 2, FALSE);
}

static void
sp_wrap_layout_allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  flow (SP_WRAP_LAYOUT (manager), widget, width, TRUE);
}

static void
sp_wrap_layout_class_init (SpWrapLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = sp_wrap_layout_get_request_mode;
  layout_class->measure = sp_wrap_layout_measure;
  layout_class->allocate = sp_wrap_layout_allocate;
}

static void
sp_wrap_layout_init (SpWrapLayout *self)
{
}

/**
 * sp_wrap_layout_new:
 * @spacing: pixels between children and between lines
 *
 * Returns: (transfer full): a layout
 */
GtkLayoutManager *
sp_wrap_layout_new (int spacing)
{
  SpWrapLayout *self = g_object_new (SP_TYPE_WRAP_LAYOUT, NULL);

  self->spacing = spacing;
  return GTK_LAYOUT_MANAGER (self);
}
