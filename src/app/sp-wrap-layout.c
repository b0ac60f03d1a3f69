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

/* A line that is being filled. */
typedef struct
{
  GtkWidget *first; /* child; NULL while the line is empty */
  int        x;     /* where the next child goes */
  int        y;
  int        height;
} Line;

static int
get_wanted_width (GtkWidget *child, int width)
{
  int least, wanted;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &wanted, NULL, NULL);
  return MAX (least, MIN (wanted, width));
}

/* All children of a line are as high as the highest. @end: the first of the next line, or NULL */
static void
place_line (SpWrapLayout *self, GtkWidget *widget, const Line *line, GtkWidget *end, int width)
{
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int x = 0;

  for (GtkWidget *child = line->first; child != end; child = gtk_widget_get_next_sibling (child))
    {
      GtkAllocation allocation = { x, line->y, 0, line->height };

      if (!gtk_widget_should_layout (child))
        continue;
      allocation.width = get_wanted_width (child, width);
      if (mirrored)
        allocation.x = width - x - allocation.width;
      gtk_widget_size_allocate (child, &allocation, -1);
      x += allocation.width + self->spacing;
    }
}

/* Goes through all children; gives the height they take. @allocate: whether to put them there */
static int
flow (SpWrapLayout *self, GtkWidget *widget, int width, gboolean allocate)
{
  Line line = { 0 };

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int wanted, height;

      if (!gtk_widget_should_layout (child))
        continue;
      wanted = get_wanted_width (child, width);
      if (line.first != NULL && line.x + wanted > width)
        {
          if (allocate)
            place_line (self, widget, &line, child, width);
          line = (Line){ .y = line.y + line.height + self->spacing };
        }
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, wanted, &height, NULL, NULL, NULL);
      if (line.first == NULL)
        line.first = child;
      line.x += wanted + self->spacing;
      line.height = MAX (line.height, height);
    }
  if (allocate)
    place_line (self, widget, &line, NULL, width);
  return line.y + line.height;
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
