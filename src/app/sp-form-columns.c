/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpFormColumns: fields that belong together, side by side where there is room, else one below the other: "from" and
 * "until" of a wide window, of a narrow one, and of one with large text. */
#include "sp-form-columns.h"

#define SPACING 12 /* pixels between two fields */
#define COLUMN 150 /* pixels that a field has at least when it stands beside another */

struct _SpFormColumns
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (SpFormColumns, sp_form_columns, GTK_TYPE_WIDGET)

/* How many children are to be seen, and the width that the widest needs at least. */
static int
count_children (GtkWidget *widget, int *width)
{
  int count = 0;

  *width = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child))
      {
        int least;
        gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
        *width = MAX (*width, least);
        count++;
      }
  return count;
}

/* The width of one column if the children stand side by side in @width; 0 if there is not room for that. */
static int
get_column (GtkWidget *widget, int width)
{
  int least, count = count_children (widget, &least), column;

  if (count == 0)
    return 0;
  column = (width - (count - 1) * SPACING) / count;
  return column >= MAX (least, COLUMN) || count == 1 ? column : 0;
}

static void
measure_height (GtkWidget *widget, int width, int *minimum, int *natural)
{
  int column = width >= 0 ? get_column (widget, width) : 0, count = 0;

  *minimum = *natural = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int least, best;
      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, column > 0 ? column : width, &least, &best, NULL, NULL);
      *minimum = column > 0 ? MAX (*minimum, least) : *minimum + least + (count > 0 ? SPACING : 0);
      *natural = column > 0 ? MAX (*natural, best) : *natural + best + (count > 0 ? SPACING : 0);
      count++;
    }
}

static void
sp_form_columns_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                         int *minimum_baseline, int *natural_baseline)
{
  int count;

  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      measure_height (widget, for_size, minimum, natural);
      return;
    }
  count = count_children (widget, minimum);
  *natural = MAX (*minimum, count * COLUMN + MAX (0, count - 1) * SPACING);
}

static void
sp_form_columns_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  int column = get_column (widget, width), x = 0, y = 0;
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int least, best;
      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, column > 0 ? column : width, &least, &best, NULL, NULL);
      if (column > 0)
        gtk_widget_size_allocate (child, &(GtkAllocation){ mirrored ? width - x - column : x, 0, column, height }, -1);
      else
        gtk_widget_size_allocate (child, &(GtkAllocation){ 0, y, width, best }, -1);
      x += column + SPACING;
      y += best + SPACING;
    }
}

static GtkSizeRequestMode
sp_form_columns_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
sp_form_columns_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (sp_form_columns_parent_class)->dispose (object);
}

static void
sp_form_columns_class_init (SpFormColumnsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sp_form_columns_dispose;
  widget_class->measure = sp_form_columns_measure;
  widget_class->size_allocate = sp_form_columns_size_allocate;
  widget_class->get_request_mode = sp_form_columns_get_request_mode;
}

static void
sp_form_columns_init (SpFormColumns *self)
{
}
