/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpLineBox: widgets in one line, for templates: each as wide as it likes, and the one that expands has the rest. Where text
 * wraps it is a tenth of the work of a GtkBox, which asks each child how wide it must be for the height of the line: a
 * GtkLabel then lays its text out again and again, to find the narrowest. */
#include "sp-line-box.h"

struct _SpLineBox
{
  GtkWidget parent_instance;

  int spacing; /* pixels */
};

G_DEFINE_FINAL_TYPE (SpLineBox, sp_line_box, GTK_TYPE_WIDGET)

enum { PROP_SPACING = 1, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

/* The next child to lay out, from @child on; NULL if there is none. */
static GtkWidget *
skip_hidden (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static GtkWidget *
get_first (SpLineBox *self)
{
  return skip_hidden (gtk_widget_get_first_child (GTK_WIDGET (self)));
}

static GtkWidget *
get_next (GtkWidget *child)
{
  return skip_hidden (gtk_widget_get_next_sibling (child));
}

static void
measure_width (SpLineBox *self, int *minimum, int *natural)
{
  int gap = 0;

  for (GtkWidget *child = get_first (self); child != NULL; child = get_next (child))
    {
      int least, wanted;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &wanted, NULL, NULL);
      *minimum += gap + least;
      *natural += gap + wanted;
      gap = self->spacing;
    }
}

/* What a line of @width has beyond what all children must have. */
static int
get_spare (SpLineBox *self, int width)
{
  int least = 0, wanted = 0;

  measure_width (self, &least, &wanted);
  return MAX (width - least, 0);
}

/* The width of a child that comes next; what it has beyond what it must have is taken from @spare. */
static int
take_width (GtkWidget *child, int *spare)
{
  int least, wanted, more;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &wanted, NULL, NULL);
  more = gtk_widget_get_hexpand (child) ? 0 : MIN (wanted - least, *spare);
  *spare -= more;
  return least + more;
}

/* What of @spare is left when all have what they like. */
static int
find_rest (SpLineBox *self, int spare)
{
  for (GtkWidget *child = get_first (self); child != NULL; child = get_next (child))
    take_width (child, &spare);
  return spare;
}

typedef void (*Act) (GtkWidget *child, int x, int width, gpointer data);

/* Calls @act for each child, with where it begins, in the direction of reading, and how wide it is. */
static void
walk (SpLineBox *self, int width, Act act, gpointer data)
{
  int spare = get_spare (self, width), rest = find_rest (self, spare), x = 0;

  for (GtkWidget *child = get_first (self); child != NULL; child = get_next (child))
    {
      int taken = take_width (child, &spare);

      if (gtk_widget_get_hexpand (child))
        {
          taken += rest;
          rest = 0; /* it is for one child only */
        }
      act (child, x, taken, data);
      x += taken + self->spacing;
    }
}

typedef struct
{
  int minimum, natural;
} Height;

static void
measure_child (GtkWidget *child, int x, int width, gpointer data)
{
  Height *height = data;
  int least, wanted;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, &least, &wanted, NULL, NULL);
  height->minimum = MAX (height->minimum, least);
  height->natural = MAX (height->natural, wanted);
}

static void
sp_line_box_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                     int *minimum_baseline, int *natural_baseline)
{
  SpLineBox *self = SP_LINE_BOX (widget);
  Height height = { 0 };

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL || for_size < 0)
    measure_width (self, minimum, natural);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;
  walk (self, for_size >= 0 ? for_size : *natural, measure_child, &height);
  *minimum = height.minimum;
  *natural = height.natural;
}

typedef struct
{
  int      width, height; /* of the line */
  gboolean is_mirrored;
} Line;

static void
place_child (GtkWidget *child, int x, int width, gpointer data)
{
  const Line *line = data;
  GtkAllocation allocation = { line->is_mirrored ? line->width - x - width : x, 0, width, line->height };

  gtk_widget_size_allocate (child, &allocation, -1);
}

static void
sp_line_box_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  Line line = { width, height, gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL };

  walk (SP_LINE_BOX (widget), width, place_child, &line);
}

static GtkSizeRequestMode
sp_line_box_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
sp_line_box_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_SPACING)
    g_value_set_int (value, SP_LINE_BOX (object)->spacing);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
sp_line_box_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_SPACING)
    SP_LINE_BOX (object)->spacing = g_value_get_int (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
sp_line_box_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (sp_line_box_parent_class)->dispose (object);
}

static void
sp_line_box_class_init (SpLineBoxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = sp_line_box_get_property;
  object_class->set_property = sp_line_box_set_property;
  object_class->dispose = sp_line_box_dispose;
  widget_class->measure = sp_line_box_measure;
  widget_class->size_allocate = sp_line_box_size_allocate;
  widget_class->get_request_mode = sp_line_box_get_request_mode;
  gtk_widget_class_set_css_name (widget_class, "box");
  properties[PROP_SPACING] = g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT16, 0,
                                               G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
sp_line_box_init (SpLineBox *self)
{
}
