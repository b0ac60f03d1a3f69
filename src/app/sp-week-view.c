/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpWeekView: what is on from Monday to Sunday, the days side by side where there is room for them, else one below the
 * other. Above stands what never closes, below what has no known times. Activating something shows its entry. */
#include "sp-week-view.h"

#include "sp-asset.h"
#include "sp-details-cards.h"
#include "sp-week.h"
#include "sp-words.h"

#include <glib/gi18n.h>

#define DAYS 7
#define GAP 6            /* pixels between days */
#define DAY_CHARACTERS 15 /* a day that is narrower is no use */

enum { ALWAYS, FIRST_DAY, UNTIMED = FIRST_DAY + DAYS, N_PARTS };

struct _SpWeekView
{
  GtkWidget parent_instance;

  GtkWidget *parts[N_PARTS]; /* boxes: what never closes, the days, what has no times */
};

G_DEFINE_FINAL_TYPE (SpWeekView, sp_week_view, GTK_TYPE_WIDGET)

/* ---- side by side, or one below the other ---- */

static int
get_day_width (SpWeekView *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int width = DAY_CHARACTERS * pango_font_metrics_get_approximate_char_width (metrics) / PANGO_SCALE;

  pango_font_metrics_unref (metrics);
  return width;
}

static gboolean
is_wide (SpWeekView *self, int width)
{
  return width >= DAYS * get_day_width (self) + (DAYS - 1) * GAP;
}

static gboolean
is_day (guint part)
{
  return part >= FIRST_DAY && part < UNTIMED;
}

static int
get_part_width (SpWeekView *self, guint part, int width)
{
  return is_day (part) && is_wide (self, width) ? (width - (DAYS - 1) * GAP) / DAYS : width;
}

static int
get_part_height (SpWeekView *self, guint part, int width)
{
  int height = 0;

  if (gtk_widget_should_layout (self->parts[part]))
    gtk_widget_measure (self->parts[part], GTK_ORIENTATION_VERTICAL, get_part_width (self, part, width), &height, NULL, NULL, NULL);
  return height;
}

static int
get_days_height (SpWeekView *self, int width)
{
  int height = 0;

  for (guint part = FIRST_DAY; part < UNTIMED; part++)
    height = MAX (height, get_part_height (self, part, width));
  return height;
}

static int
get_height (SpWeekView *self, int width)
{
  gboolean wide = is_wide (self, width);
  int height = wide ? get_days_height (self, width) + GAP : 0;

  for (guint part = 0; part < N_PARTS; part++)
    if (!wide || !is_day (part))
      {
        int one = get_part_height (self, part, width);
        height += one > 0 ? one + GAP : 0;
      }
  return MAX (height - GAP, 0);
}

static GtkSizeRequestMode
sp_week_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
sp_week_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                      int *minimum_baseline, int *natural_baseline)
{
  SpWeekView *self = SP_WEEK_VIEW (widget);

  *minimum = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      for (guint part = 0; part < N_PARTS; part++)
        {
          int one;
          gtk_widget_measure (self->parts[part], orientation, -1, &one, NULL, NULL, NULL);
          *minimum = MAX (*minimum, one);
        }
      *natural = MAX (*minimum, DAYS * get_day_width (self) + (DAYS - 1) * GAP);
      return;
    }
  if (for_size < 0)
    sp_week_view_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &for_size, natural, NULL, NULL);
  *minimum = *natural = get_height (self, for_size);
}

static void
allocate_part (SpWeekView *self, guint part, int x, int y, int width, int height)
{
  if (gtk_widget_should_layout (self->parts[part]))
    gtk_widget_size_allocate (self->parts[part], &(GtkAllocation){ x, y, width, height }, -1);
}

static int
allocate_full (SpWeekView *self, guint part, int y, int width)
{
  int height = get_part_height (self, part, width);

  allocate_part (self, part, 0, y, width, height);
  return height > 0 ? y + height + GAP : y;
}

static void
sp_week_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SpWeekView *self = SP_WEEK_VIEW (widget);
  gboolean right_to_left = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int y = allocate_full (self, ALWAYS, 0, width), days = get_days_height (self, width);

  for (int day = 0; day < DAYS; day++)
    {
      int column = right_to_left ? DAYS - 1 - day : day, one = get_part_width (self, FIRST_DAY, width);
      if (is_wide (self, width))
        allocate_part (self, FIRST_DAY + (guint) day, column * (one + GAP), y, one, days);
      else
        y = allocate_full (self, FIRST_DAY + (guint) day, y, width);
    }
  if (is_wide (self, width))
    y += days + GAP;
  allocate_full (self, UNTIMED, y, width);
}

/* ---- what stands in it ---- */

static GtkWidget *
add_label (GtkWidget *box, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
add_button (GtkWidget *part, SpAsset *asset, const char *time, const char *note)
{
  GtkWidget *button = gtk_button_new (), *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  const char *name = sp_asset_get_name (asset);

  if (time != NULL)
    add_label (lines, time, "caption-heading");
  add_label (lines, name != NULL ? name : _("An entry without a name"), NULL);
  if (note != NULL)
    add_label (lines, note, "caption");
  gtk_button_set_child (GTK_BUTTON (button), lines);
  gtk_widget_add_css_class (button, "week-event");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", sp_asset_get_id (asset));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "week.show");
  gtk_box_append (GTK_BOX (part), button);
}

/* "ask first: Christmas Day" */
static char *
get_note (const SpOccurrence *on, SpNation nation)
{
  const char *doubt = sp_details_doubt_words (on, nation);

  if (on->doubts == SP_DOUBT_NONE)
    return g_strdup (on->note);
  return doubt != NULL ? g_strdup_printf (_("Ask first: %s"), doubt) : g_strdup (_("Ask first"));
}

static void
add_event (SpWeekView *self, GPtrArray *assets, const SpWeekEvent *event, gint32 monday, SpNation nation)
{
  const SpOccurrence *on = &event->occurrence;
  g_autofree char *hours = sp_words_hours (on->opens, on->closes), *note = get_note (on, nation);
  g_autofree char *time = hours != NULL ? sp_words_capitalise (hours) : g_strdup (_("Hours not known"));
  guint part = on->always ? ALWAYS : FIRST_DAY + (guint) (on->day - monday);

  add_button (self->parts[part], g_ptr_array_index (assets, event->asset), on->always ? NULL : time, note);
}

static void
empty_part (GtkWidget *part, const char *title)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (part)) != NULL)
    gtk_box_remove (GTK_BOX (part), child);
  add_label (part, title, "heading");
  gtk_accessible_update_property (GTK_ACCESSIBLE (part), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

static void
begin_day (GtkWidget *part, gint32 day, gint32 today)
{
  int month_day;
  g_autofree char *title = NULL;

  sp_civil_split (day, NULL, NULL, &month_day);
  title = g_strdup_printf (_("%s %d"), sp_words_weekday (sp_civil_weekday (day)), month_day); /* Translators: weekday and day of the month */
  empty_part (part, title);
  if (day == today)
    gtk_widget_add_css_class (part, "today");
  else
    gtk_widget_remove_css_class (part, "today");
}

static void
begin_week (SpWeekView *self, gint32 monday, gint32 today)
{
  empty_part (self->parts[ALWAYS], _("Always Open"));
  empty_part (self->parts[UNTIMED], _("Not in This Week"));
  for (int day = 0; day < DAYS; day++)
    begin_day (self->parts[FIRST_DAY + day], monday + day, today);
}

/* A day on which nothing is on says so; the other parts are left out when they are empty. */
static void
end_week (SpWeekView *self)
{
  for (guint part = 0; part < N_PARTS; part++)
    {
      GtkWidget *title = gtk_widget_get_first_child (self->parts[part]);
      gboolean empty = gtk_widget_get_next_sibling (title) == NULL;
      if (empty && is_day (part))
        gtk_widget_add_css_class (add_label (self->parts[part], _("Nothing"), "caption"), "dim-label");
      gtk_widget_set_visible (self->parts[part], !empty || is_day (part));
    }
}

/**
 * sp_week_view_show:
 * @self: a week
 * @assets: (element-type SpAsset): what may be on
 * @monday: number of its first day
 * @today: number of the day to mark
 * @calendar: bank holidays and school terms
 *
 * Shows one week.
 */
void
sp_week_view_show (SpWeekView *self, GPtrArray *assets, gint32 monday, gint32 today, const SpCalendar *calendar)
{
  g_autoptr (GArray) events = sp_week_list (assets, monday, calendar);
  g_autofree gboolean *on = g_new0 (gboolean, assets->len + 1);

  begin_week (self, monday, today);
  for (guint i = 0; i < events->len; i++)
    {
      const SpWeekEvent *event = &g_array_index (events, SpWeekEvent, i);
      on[event->asset] = TRUE;
      add_event (self, assets, event, monday, calendar->nation);
    }
  for (guint i = 0; i < assets->len; i++)
    if (!on[i])
      {
        SpAsset *asset = g_ptr_array_index (assets, i);
        g_autofree char *made = sp_words_schedules (sp_asset_get_body (asset));
        const char *told = sp_asset_get_text (asset, "schedule_words");
        add_button (self->parts[UNTIMED], asset, NULL, told != NULL ? told : made);
      }
  end_week (self);
}

/* ---- the class ---- */

static void
sp_week_view_dispose (GObject *object)
{
  SpWeekView *self = SP_WEEK_VIEW (object);

  for (guint part = 0; part < N_PARTS; part++)
    g_clear_pointer (&self->parts[part], gtk_widget_unparent);
  G_OBJECT_CLASS (sp_week_view_parent_class)->dispose (object);
}

static void
sp_week_view_class_init (SpWeekViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sp_week_view_dispose;
  widget_class->get_request_mode = sp_week_view_get_request_mode;
  widget_class->measure = sp_week_view_measure;
  widget_class->size_allocate = sp_week_view_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "weekview");
}

static void
sp_week_view_init (SpWeekView *self)
{
  for (guint part = 0; part < N_PARTS; part++)
    {
      self->parts[part] = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 6,
                                        "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
      gtk_widget_add_css_class (self->parts[part], "week-part");
      gtk_widget_set_parent (self->parts[part], GTK_WIDGET (self));
    }
}
