/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of SpLineBox. */
#include "sp-line-box.h"

#define LEAST 20 /* pixels */
#define WANTED 60
#define HIGH 10
#define SPACING 6

/* A widget that minds how it is asked for its size. */
G_DECLARE_FINAL_TYPE (Asked, asked, TEST, ASKED, GtkWidget)

struct _Asked
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (Asked, asked, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
asked_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
asked_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
               int *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    g_assert_cmpint (for_size, ==, -1); /* a label would have to try */
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? LEAST : HIGH;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WANTED : HIGH;
}

static void
asked_class_init (AskedClass *klass)
{
  GTK_WIDGET_CLASS (klass)->get_request_mode = asked_get_request_mode;
  GTK_WIDGET_CLASS (klass)->measure = asked_measure;
}

static void
asked_init (Asked *self)
{
}

typedef struct
{
  GtkWidget *box, *first, *last; /* @first has the rest of the line */
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->box = g_object_ref_sink (g_object_new (SP_TYPE_LINE_BOX, "spacing", SPACING, NULL));
  f->first = g_object_new (asked_get_type (), "hexpand", TRUE, NULL);
  f->last = g_object_new (asked_get_type (), NULL);
  gtk_widget_set_parent (f->first, f->box);
  gtk_widget_set_parent (f->last, f->box);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_assert_finalize_object (f->box);
}

/* Lays a line of @width out. */
static void
lay_out (Fixture *f, int width)
{
  int height;

  gtk_widget_measure (f->box, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
  g_assert_cmpint (height, ==, HIGH);
  gtk_widget_size_allocate (f->box, &(GtkAllocation){ 0, 0, width, height }, -1);
}

static void
assert_place (Fixture *f, GtkWidget *child, int x, int width)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (child, f->box, &bounds));
  g_assert_cmpint ((int) bounds.origin.x, ==, x);
  g_assert_cmpint ((int) bounds.size.width, ==, width);
}

static void
test_widths (Fixture *f, gconstpointer data)
{
  int minimum, natural;

  gtk_widget_measure (f->box, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, 2 * LEAST + SPACING);
  g_assert_cmpint (natural, ==, 2 * WANTED + SPACING);
  lay_out (f, 300);
  assert_place (f, f->first, 0, 300 - SPACING - WANTED);
  assert_place (f, f->last, 300 - WANTED, WANTED);
}

static void
test_narrow (Fixture *f, gconstpointer data)
{
  lay_out (f, 2 * LEAST + SPACING + 5);
  assert_place (f, f->first, 0, LEAST);
  assert_place (f, f->last, LEAST + SPACING, LEAST + 5);
}

static void
test_mirrored (Fixture *f, gconstpointer data)
{
  gtk_widget_set_direction (f->box, GTK_TEXT_DIR_RTL);
  lay_out (f, 300);
  assert_place (f, f->last, 0, WANTED);
  assert_place (f, f->first, WANTED + SPACING, 300 - SPACING - WANTED);
}

static void
test_hidden (Fixture *f, gconstpointer data)
{
  gtk_widget_set_visible (f->last, FALSE);
  lay_out (f, 300);
  assert_place (f, f->first, 0, 300);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add ("/line-box/widths", Fixture, NULL, set_up, test_widths, tear_down);
  g_test_add ("/line-box/narrow", Fixture, NULL, set_up, test_narrow, tear_down);
  g_test_add ("/line-box/mirrored", Fixture, NULL, set_up, test_mirrored, tear_down);
  g_test_add ("/line-box/hidden", Fixture, NULL, set_up, test_hidden, tear_down);
  return g_test_run ();
}
