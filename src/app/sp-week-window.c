/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpWeekWindow: what happens in one place, week by week. It follows the store while it is open. */
#include "sp-week-window.h"

#include "sp-clock.h"
#include "sp-facts.h"
#include "sp-store-documents.h"
#include "sp-store-links.h"
#include "sp-week-view.h"
#include "sp-week.h"
#include "sp-words.h"

#include <glib/gi18n.h>

struct _SpWeekWindow
{
  AdwWindow parent_instance;

  SpWindow     *window;  /* not owned: the one it stands before, which outlives it */
  SpStore      *store;   /* owned */
  char         *venue;   /* owned; document id */
  SpLinks      *links;   /* owned, nullable until read */
  gint32        monday;  /* of the week that is shown */
  GCancellable *closing; /* owned; stops what is read */

  /* of the template */
  AdwWindowTitle *title;
  GtkStack       *stack;
  AdwStatusPage  *empty;
  SpWeekView     *week;
};

G_DEFINE_FINAL_TYPE (SpWeekWindow, sp_week_window, ADW_TYPE_WINDOW)

/* ---- showing ---- */

/* "16 to 22 November 2026" */
static char *
get_span (gint32 monday)
{
  int month, last_month, month_day;
  g_autofree char *first = sp_words_date (monday), *last = sp_words_date (monday + 6);

  sp_civil_split (monday, NULL, &month, &month_day);
  sp_civil_split (monday + 6, NULL, &last_month, NULL);
  if (month == last_month) /* Translators: first day of the month, last day with month and year */
    return g_strdup_printf (_("%d to %s"), month_day, last);
  return g_strdup_printf (_("%s to %s"), first, last);
}

static void
show_week (SpWeekWindow *self)
{
  g_autofree char *span = get_span (self->monday);

  adw_window_title_set_subtitle (self->title, span);
  if (self->links == NULL)
    return;
  if (self->links->here->len > 0)
    sp_week_view_show (self->week, self->links->here, self->monday, sp_clock_today (), &self->links->calendar);
  gtk_stack_set_visible_child_name (self->stack, self->links->here->len > 0 ? "week" : "empty");
}

static void
links_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SpWeekWindow *self = data; /* alive unless it was cancelled */
  g_autoptr (GError) error = NULL;
  SpLinks *links = sp_store_get_links_finish (SP_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (links == NULL)
    {
      adw_status_page_set_description (self->empty, error->message);
      gtk_stack_set_visible_child_name (self->stack, "empty");
      return;
    }
  g_clear_pointer (&self->links, sp_links_free);
  self->links = links;
  show_week (self);
}

static void
venue_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SpWeekWindow *self = data; /* alive unless it was cancelled */
  g_autoptr (SpStoreEntry) entry = sp_store_get_finish (SP_STORE (source), result, NULL);
  const char *name = entry != NULL ? sp_asset_get_name (entry->asset) : NULL;

  if (name == NULL)
    return;
  adw_window_title_set_title (self->title, name);
  gtk_window_set_title (GTK_WINDOW (self), name);
}

static void
read_all (SpWeekWindow *self)
{
  GSettings *settings = sp_window_get_settings (self->window);
  g_autofree char *terms = g_settings_get_string (settings, "term-calendar");

  sp_store_get_links_async (self->store, self->venue, sp_facts_get_nation (settings), terms, self->closing, links_cb, self);
  sp_store_get_async (self->store, self->venue, self->closing, venue_cb, self);
}

/* ---- actions ---- */

static void
turn (SpWeekWindow *self, gint32 monday)
{
  gint32 first = sp_week_monday (sp_civil_day (SP_CIVIL_MIN_YEAR + 1, 1, 8));
  gint32 last = sp_week_monday (sp_civil_day (SP_CIVIL_MAX_YEAR - 1, 12, 1));

  self->monday = CLAMP (monday, first, last);
  show_week (self);
}

static void
previous_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  turn (SP_WEEK_WINDOW (widget), SP_WEEK_WINDOW (widget)->monday - 7);
}

static void
next_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  turn (SP_WEEK_WINDOW (widget), SP_WEEK_WINDOW (widget)->monday + 7);
}

static void
today_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  turn (SP_WEEK_WINDOW (widget), sp_week_monday (sp_clock_today ()));
}

/* Shows the entry in the window behind, and leaves the week. */
static void
show_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SpWeekWindow *self = SP_WEEK_WINDOW (widget);

  gtk_widget_activate_action_variant (GTK_WIDGET (self->window), "win.show", parameter);
  gtk_window_close (GTK_WINDOW (self));
}

/* ---- the class ---- */

static void
sp_week_window_dispose (GObject *object)
{
  SpWeekWindow *self = SP_WEEK_WINDOW (object);

  gtk_window_set_transient_for (GTK_WINDOW (self), NULL); /* an answer may hold this longer than that lives */
  g_cancellable_cancel (self->closing);
  if (self->store != NULL)
    g_signal_handlers_disconnect_by_data (self->store, self);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (sp_week_window_parent_class)->dispose (object);
}

static void
sp_week_window_finalize (GObject *object)
{
  SpWeekWindow *self = SP_WEEK_WINDOW (object);

  g_clear_pointer (&self->links, sp_links_free);
  g_object_unref (self->closing);
  g_free (self->venue);
  G_OBJECT_CLASS (sp_week_window_parent_class)->finalize (object);
}

static void
sp_week_window_class_init (SpWeekWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sp_week_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = sp_week_window_finalize;
  g_type_ensure (SP_TYPE_WEEK_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/signpost/Signpost/ui/sp-week-window.ui");
  gtk_widget_class_bind_template_child (widget_class, SpWeekWindow, title);
  gtk_widget_class_bind_template_child (widget_class, SpWeekWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, SpWeekWindow, empty);
  gtk_widget_class_bind_template_child (widget_class, SpWeekWindow, week);
  gtk_widget_class_install_action (widget_class, "week.previous", NULL, previous_action);
  gtk_widget_class_install_action (widget_class, "week.next", NULL, next_action);
  gtk_widget_class_install_action (widget_class, "week.today", NULL, today_action);
  gtk_widget_class_install_action (widget_class, "week.show", "s", show_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Up, GDK_ALT_MASK, "week.previous", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Down, GDK_ALT_MASK, "week.next", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Home, GDK_ALT_MASK, "week.today", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
sp_week_window_init (SpWeekWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->closing = g_cancellable_new ();
  self->monday = sp_week_monday (sp_clock_today ());
}

/**
 * sp_week_window_new:
 * @parent: the window it stands before, with a store
 * @venue: document id of a place
 *
 * Returns: (transfer none): a window with the present week of that place, not shown yet
 */
GtkWindow *
sp_week_window_new (SpWindow *parent, const char *venue)
{
  SpWeekWindow *self = g_object_new (SP_TYPE_WEEK_WINDOW, "transient-for", parent, NULL);

  self->window = parent;
  self->store = g_object_ref (sp_browser_get_store (sp_window_get_browser (parent)));
  self->venue = g_strdup (venue);
  g_signal_connect_object (self->store, "changed", G_CALLBACK (read_all), self, G_CONNECT_SWAPPED);
  show_week (self);
  read_all (self);
  return GTK_WINDOW (self);
}
