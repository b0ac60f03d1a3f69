/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpAdaptive: lays out list, map and details by the room there is: all three side by side, two of them, or one at a
 * time. GTK 4.8 has no breakpoints. Widths count in the size of the text, so that large text makes a window narrow. */
#include "sp-adaptive.h"

#include "sp-pane-handle.h"

#include <glib/gi18n.h>

#define THREE_FROM 860 /* pixels with text of the usual size, as all here */
#define TWO_FROM 560
#define MAP_LEAST 240  /* beside other panes */
#define LIST_LEAST 260
#define DETAILS_LEAST 280

struct _SpAdaptive
{
  GtkWidget parent_instance;

  GtkWidget     *pages[SP_N_PAGES];  /* children, nullable */
  GtkWidget     *handles[2];         /* right of the list; left of the details */
  SpAdaptiveMode mode;               /* as last laid out */
  SpAdaptivePage page;
  SpAdaptivePage behind;             /* where one comes back to from the details */
  gboolean       has_details;
  int            list_width;         /* pixels with text of the usual size, as the user wants it */
  int            details_width;
  guint          notifying;          /* source, or 0 */
};

G_DEFINE_FINAL_TYPE (SpAdaptive, sp_adaptive, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_LIST = 1, PROP_MAP, PROP_DETAILS, PROP_MODE, PROP_PAGE, PROP_HAS_DETAILS, PROP_LIST_WIDTH, PROP_DETAILS_WIDTH
} SpAdaptiveProperty;
static GParamSpec *properties[PROP_DETAILS_WIDTH + 1];

/* Where each pane stands; a width of 0 hides it. */
typedef struct
{
  SpAdaptiveMode mode;
  int            x[SP_N_PAGES];
  int            width[SP_N_PAGES];
} Plan;

static double
get_text_scale (SpAdaptive *self)
{
  int dpi = -1;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? MAX (dpi / 1024.0 / 96, 1) : 1;
}

static int
get_least_width (SpAdaptive *self, SpAdaptivePage page)
{
  int least = 0;

  if (self->pages[page] != NULL)
    gtk_widget_measure (self->pages[page], GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  return least;
}

static int
scale_width (SpAdaptive *self, int width)
{
  return (int) MIN (width * get_text_scale (self), G_MAXINT16);
}

/* What a pane beside others must have. */
static int
get_side_width (SpAdaptive *self, SpAdaptivePage page)
{
  static const int least[SP_N_PAGES] = { LIST_LEAST, MAP_LEAST, DETAILS_LEAST };

  return MAX (scale_width (self, least[page]), get_least_width (self, page));
}

static SpAdaptiveMode
choose_mode (SpAdaptive *self, int width)
{
  int list = get_side_width (self, SP_PAGE_LIST), map = get_side_width (self, SP_PAGE_MAP);
  int details = get_side_width (self, SP_PAGE_DETAILS);

  if (width >= scale_width (self, THREE_FROM) && width >= list + map + details)
    return SP_ADAPTIVE_THREE;
  if (width >= scale_width (self, TWO_FROM) && width >= MAX (list, details) + map)
    return SP_ADAPTIVE_TWO;
  return SP_ADAPTIVE_ONE;
}

static gboolean
has_pane (SpAdaptive *self, SpAdaptivePage page)
{
  return self->pages[page] != NULL && (page != SP_PAGE_DETAILS || self->has_details);
}

static void
plan_one (SpAdaptive *self, int width, Plan *plan)
{
  plan->width[has_pane (self, self->page) ? self->page : SP_PAGE_LIST] = width;
}

static void
plan_two (SpAdaptive *self, int width, Plan *plan)
{
  SpAdaptivePage left = self->page == SP_PAGE_DETAILS && has_pane (self, SP_PAGE_DETAILS) ? SP_PAGE_DETAILS : SP_PAGE_LIST;
  int wanted = scale_width (self, left == SP_PAGE_LIST ? self->list_width : self->details_width);

  plan->width[left] = CLAMP (wanted, get_side_width (self, left), width - get_side_width (self, SP_PAGE_MAP));
  plan->x[SP_PAGE_MAP] = plan->width[left];
  plan->width[SP_PAGE_MAP] = width - plan->width[left];
}

static void
plan_three (SpAdaptive *self, int width, Plan *plan)
{
  int map = get_side_width (self, SP_PAGE_MAP);
  int list = get_side_width (self, SP_PAGE_LIST);
  int details = 0;

  if (has_pane (self, SP_PAGE_DETAILS))
    details = CLAMP (scale_width (self, self->details_width), get_side_width (self, SP_PAGE_DETAILS), width - map - list);
  plan->width[SP_PAGE_LIST] = CLAMP (scale_width (self, self->list_width), list, width - map - details);
  plan->x[SP_PAGE_MAP] = plan->width[SP_PAGE_LIST];
  plan->width[SP_PAGE_MAP] = width - plan->width[SP_PAGE_LIST] - details;
  plan->x[SP_PAGE_DETAILS] = width - details;
  plan->width[SP_PAGE_DETAILS] = details;
}

static Plan
make_plan (SpAdaptive *self, int width)
{
  Plan plan = { .mode = choose_mode (self, width) };

  if (plan.mode == SP_ADAPTIVE_ONE || self->pages[SP_PAGE_MAP] == NULL)
    plan_one (self, width, &plan);
  else if (plan.mode == SP_ADAPTIVE_TWO)
    plan_two (self, width, &plan);
  else
    plan_three (self, width, &plan);
  return plan;
}

static GtkSizeRequestMode
sp_adaptive_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
sp_adaptive_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                     int *minimum_baseline, int *natural_baseline)
{
  SpAdaptive *self = SP_ADAPTIVE (widget);
  Plan plan = { 0 };

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL && for_size >= 0)
    plan = make_plan (self, for_size);
  for (int i = 0; i < SP_N_PAGES; i++)
    {
      int child_minimum, child_natural;

      if (self->pages[i] == NULL)
        continue;
      gtk_widget_measure (self->pages[i], orientation, plan.width[i] > 0 ? plan.width[i] : -1, &child_minimum, &child_natural, NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? *natural + child_natural : MAX (*natural, child_natural);
    }
}

static void
place (SpAdaptive *self, GtkWidget *child, int x, int width, int total, int height)
{
  GtkAllocation allocation = { x, 0, width, height };

  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    allocation.x = total - x - width;
  gtk_widget_set_child_visible (child, width > 0);
  if (width > 0)
    gtk_widget_size_allocate (child, &allocation, -1);
}

static gboolean
notify_mode_cb (gpointer data)
{
  SpAdaptive *self = data;

  self->notifying = 0;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODE]);
  return G_SOURCE_REMOVE;
}

static void
sp_adaptive_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SpAdaptive *self = SP_ADAPTIVE (widget);
  Plan plan = make_plan (self, width);
  gboolean side_by_side = plan.width[SP_PAGE_MAP] > 0 && plan.width[SP_PAGE_MAP] < width;

  for (int i = 0; i < SP_N_PAGES; i++)
    if (self->pages[i] != NULL)
      place (self, self->pages[i], plan.x[i], plan.width[i], width, height);
  place (self, self->handles[0], plan.x[SP_PAGE_MAP] - SP_PANE_HANDLE_WIDTH / 2, side_by_side ? SP_PANE_HANDLE_WIDTH : 0, width, height);
  place (self, self->handles[1], plan.x[SP_PAGE_DETAILS] - SP_PANE_HANDLE_WIDTH / 2,
         plan.x[SP_PAGE_DETAILS] > 0 && plan.width[SP_PAGE_DETAILS] > 0 ? SP_PANE_HANDLE_WIDTH : 0, width, height);
  if (plan.mode == self->mode)
    return;
  self->mode = plan.mode;
  if (self->notifying == 0) /* others show and hide things then, which is not to be done in the middle of a layout */
    self->notifying = g_idle_add_full (G_PRIORITY_HIGH_IDLE, notify_mode_cb, self, NULL);
}

/* @property: "list-width" or "details-width"; @width: in pixels as laid out; @x: how much wider the user wants it */
static void
widen (SpAdaptive *self, const char *property, int width, double x)
{
  double more = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? -x : x;

  g_object_set (self, property, (int) MAX ((width + more) / get_text_scale (self), 1), NULL);
}

static void
left_moved_cb (SpAdaptive *self, double x)
{
  Plan plan = make_plan (self, gtk_widget_get_width (GTK_WIDGET (self)));

  widen (self, plan.width[SP_PAGE_LIST] > 0 ? "list-width" : "details-width", plan.x[SP_PAGE_MAP], x);
}

static void
right_moved_cb (SpAdaptive *self, double x)
{
  Plan plan = make_plan (self, gtk_widget_get_width (GTK_WIDGET (self)));

  widen (self, "details-width", plan.width[SP_PAGE_DETAILS], -x);
}

static void
set_child (SpAdaptive *self, SpAdaptivePage page, GtkWidget *child)
{
  g_clear_pointer (&self->pages[page], gtk_widget_unparent);
  self->pages[page] = child;
  if (child != NULL)
    gtk_widget_insert_before (child, GTK_WIDGET (self), self->handles[0]); /* handles come last, above all */
}

static void
set_width (SpAdaptive *self, int *width, int value, SpAdaptiveProperty property)
{
  if (*width == value)
    return;
  *width = value;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
sp_adaptive_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  SpAdaptive *self = SP_ADAPTIVE (object);

  switch ((SpAdaptiveProperty) prop_id)
    {
    case PROP_LIST: g_value_set_object (value, self->pages[SP_PAGE_LIST]); break;
    case PROP_MAP: g_value_set_object (value, self->pages[SP_PAGE_MAP]); break;
    case PROP_DETAILS: g_value_set_object (value, self->pages[SP_PAGE_DETAILS]); break;
    case PROP_MODE: g_value_set_int (value, self->mode); break;
    case PROP_PAGE: g_value_set_int (value, self->page); break;
    case PROP_HAS_DETAILS: g_value_set_boolean (value, self->has_details); break;
    case PROP_LIST_WIDTH: g_value_set_int (value, self->list_width); break;
    case PROP_DETAILS_WIDTH: g_value_set_int (value, self->details_width); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
sp_adaptive_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  SpAdaptive *self = SP_ADAPTIVE (object);

  switch ((SpAdaptiveProperty) prop_id)
    {
    case PROP_LIST: set_child (self, SP_PAGE_LIST, g_value_get_object (value)); break;
    case PROP_MAP: set_child (self, SP_PAGE_MAP, g_value_get_object (value)); break;
    case PROP_DETAILS: set_child (self, SP_PAGE_DETAILS, g_value_get_object (value)); break;
    case PROP_PAGE: sp_adaptive_set_page (self, (SpAdaptivePage) g_value_get_int (value)); break;
    case PROP_HAS_DETAILS: sp_adaptive_set_has_details (self, g_value_get_boolean (value)); break;
    case PROP_LIST_WIDTH: set_width (self, &self->list_width, g_value_get_int (value), PROP_LIST_WIDTH); break;
    case PROP_DETAILS_WIDTH: set_width (self, &self->details_width, g_value_get_int (value), PROP_DETAILS_WIDTH); break;
    case PROP_MODE:
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
sp_adaptive_dispose (GObject *object)
{
  SpAdaptive *self = SP_ADAPTIVE (object);

  g_clear_handle_id (&self->notifying, g_source_remove);
  for (int i = 0; i < SP_N_PAGES; i++)
    g_clear_pointer (&self->pages[i], gtk_widget_unparent);
  for (guint i = 0; i < G_N_ELEMENTS (self->handles); i++)
    g_clear_pointer (&self->handles[i], gtk_widget_unparent);
  G_OBJECT_CLASS (sp_adaptive_parent_class)->dispose (object);
}

static void
sp_adaptive_class_init (SpAdaptiveClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = sp_adaptive_get_property;
  object_class->set_property = sp_adaptive_set_property;
  object_class->dispose = sp_adaptive_dispose;
  widget_class->get_request_mode = sp_adaptive_get_request_mode;
  widget_class->measure = sp_adaptive_measure;
  widget_class->size_allocate = sp_adaptive_size_allocate;

  properties[PROP_LIST] = g_param_spec_object ("list", NULL, NULL, GTK_TYPE_WIDGET, flags | G_PARAM_READWRITE);
  properties[PROP_MAP] = g_param_spec_object ("map", NULL, NULL, GTK_TYPE_WIDGET, flags | G_PARAM_READWRITE);
  properties[PROP_DETAILS] = g_param_spec_object ("details", NULL, NULL, GTK_TYPE_WIDGET, flags | G_PARAM_READWRITE);
  properties[PROP_MODE] = g_param_spec_int ("mode", NULL, NULL, 0, SP_ADAPTIVE_ONE, 0, flags | G_PARAM_READABLE);
  properties[PROP_PAGE] = g_param_spec_int ("page", NULL, NULL, 0, SP_PAGE_DETAILS, 0, flags | G_PARAM_READWRITE);
  properties[PROP_HAS_DETAILS] = g_param_spec_boolean ("has-details", NULL, NULL, FALSE, flags | G_PARAM_READWRITE);
  properties[PROP_LIST_WIDTH] = g_param_spec_int ("list-width", NULL, NULL, 1, G_MAXINT, 380, flags | G_PARAM_READWRITE);
  properties[PROP_DETAILS_WIDTH] = g_param_spec_int ("details-width", NULL, NULL, 1, G_MAXINT, 360, flags | G_PARAM_READWRITE);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
sp_adaptive_init (SpAdaptive *self)
{
  self->list_width = 380;
  self->details_width = 360;
  self->handles[0] = sp_pane_handle_new (_("Width of the left pane"));
  self->handles[1] = sp_pane_handle_new (_("Width of the details"));
  for (guint i = 0; i < G_N_ELEMENTS (self->handles); i++)
    gtk_widget_set_parent (self->handles[i], GTK_WIDGET (self));
  g_signal_connect_swapped (self->handles[0], "moved", G_CALLBACK (left_moved_cb), self);
  g_signal_connect_swapped (self->handles[1], "moved", G_CALLBACK (right_moved_cb), self);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/* Before the first layout: as its window is wide, or will be. */
static void
guess_mode (SpAdaptive *self)
{
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));
  int width = window != NULL ? gtk_widget_get_width (window) : 0, height;

  if (width <= 0 && GTK_IS_WINDOW (window))
    gtk_window_get_default_size (GTK_WINDOW (window), &width, &height);
  if (width > 0)
    self->mode = choose_mode (self, width);
}

/**
 * sp_adaptive_get_mode:
 * @self: a layout
 *
 * Returns: how many panes there was room for when it was last laid out, or will be
 */
SpAdaptiveMode
sp_adaptive_get_mode (SpAdaptive *self)
{
  if (gtk_widget_get_width (GTK_WIDGET (self)) <= 0)
    guess_mode (self);
  return self->mode;
}

/**
 * sp_adaptive_get_page:
 * @self: a layout
 *
 * Returns: the pane that the user looks at
 */
SpAdaptivePage sp_adaptive_get_page (SpAdaptive *self) { return self->page; }

/**
 * sp_adaptive_set_page:
 * @self: a layout
 * @page: the pane to look at
 *
 * Brings a pane to the front where not all are shown.
 */
void
sp_adaptive_set_page (SpAdaptive *self, SpAdaptivePage page)
{
  g_return_if_fail (SP_IS_ADAPTIVE (self));
  if (self->page == page)
    return;
  if (page == SP_PAGE_DETAILS)
    self->behind = self->page;
  self->page = page;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAGE]);
}

/**
 * sp_adaptive_is_shown:
 * @self: a layout
 * @page: a pane
 *
 * Returns: whether it is on screen
 */
gboolean
sp_adaptive_is_shown (SpAdaptive *self, SpAdaptivePage page)
{
  return self->pages[page] != NULL && make_plan (self, gtk_widget_get_width (GTK_WIDGET (self))).width[page] > 0;
}

/**
 * sp_adaptive_set_has_details:
 * @self: a layout
 * @has_details: whether there is an entry to show
 *
 * Without one there is no third pane.
 */
void
sp_adaptive_set_has_details (SpAdaptive *self, gboolean has_details)
{
  g_return_if_fail (SP_IS_ADAPTIVE (self));
  if (self->has_details == has_details)
    return;
  self->has_details = has_details;
  if (!has_details)
    sp_adaptive_go_back (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_DETAILS]);
}

/**
 * sp_adaptive_go_back:
 * @self: a layout
 *
 * Goes from the details to where they were opened from.
 *
 * Returns: whether the details were in front
 */
gboolean
sp_adaptive_go_back (SpAdaptive *self)
{
  if (self->page != SP_PAGE_DETAILS)
    return FALSE;
  sp_adaptive_set_page (self, self->behind);
  return TRUE;
}
