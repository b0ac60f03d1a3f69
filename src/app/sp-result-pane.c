/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpResultPane: what is looked for and what was found: filters, how many, in which order, and the list. The list is the
 * full equivalent of the map for keyboard and screen reader. A newer result replaces the older in place; only a search
 * that takes long shows that it runs. */
#include "sp-result-pane.h"

#include "sp-count-words.h"
#include "sp-empty-page.h"
#include "sp-filter-bar.h"
#include "sp-filter.h"
#include "sp-result-factory.h"
#include "sp-result-selection.h"
#include "sp-wrap-box.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#define PATIENCE_MS 200 /* before a search that runs is shown to run */

struct _SpResultPane
{
  GtkWidget parent_instance;

  SpBrowser         *browser;   /* owned, nullable */
  GSettings         *settings;  /* owned, nullable */
  SpResultSelection *selection; /* owned, nullable */
  guint              patience;  /* source, or 0 */
  guint              growing;   /* source, or 0: the list is about to get more rows */
  gboolean           is_asked;  /* the answer that comes is to another question */

  /* of the template */
  GtkWidget     *box;
  SpFilterBar   *filters;
  GtkLabel      *count;
  GtkSpinner    *spinner;
  GtkMenuButton *order_button;
  GMenuModel    *order_menu;
  GtkStack      *stack;
  GtkListView   *list;
  SpEmptyPage   *empty;
  AdwStatusPage *error;
  GtkButton     *error_button;
};

G_DEFINE_FINAL_TYPE (SpResultPane, sp_result_pane, GTK_TYPE_WIDGET)

/* ── Rows ── */

static gboolean
in_miles (SpResultPane *self)
{
  g_autofree char *units = g_settings_get_string (self->settings, "units");

  return g_str_equal (units, "miles");
}

static void
activate_cb (SpResultPane *self, guint position, GtkListView *list)
{
  g_autoptr (SpResult) result = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (result != NULL && sp_result_get_id (result) != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show", "s", sp_result_get_id (result));
}

/* ── Selection ── */

static void
selected_here_cb (SpResultPane *self)
{
  sp_browser_select (self->browser, sp_result_selection_get_id (self->selection));
}

static gboolean
is_focus_inside (SpResultPane *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list));
}

/* What was selected on the map comes into view; what the user does in the list moves nothing. */
static void
row_changed_cb (SpResultPane *self, guint position, guint count, SpResultSelection *selection)
{
  guint selected = sp_result_selection_get_position (selection);

  if (selected == position && gtk_widget_get_mapped (GTK_WIDGET (self->list)) && !is_focus_inside (self))
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", selected);
}

static void
selected_elsewhere_cb (SpResultPane *self)
{
  sp_result_selection_set_id (self->selection, sp_browser_get_selected (self->browser));
}

/* ── As many rows as are looked at ── */

static gboolean
grow_cb (gpointer data)
{
  SpResultPane *self = data;

  self->growing = 0;
  sp_result_selection_add_more (self->selection);
  return G_SOURCE_REMOVE;
}

/* Half a page before the end of the list there are more rows; at its top only if there is no end to be seen, as each answer
 * begins there, and most are read no further. Not at once: the list may be laying itself out. */
static void
scrolled_cb (SpResultPane *self)
{
  GtkAdjustment *position = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->list));
  double page = gtk_adjustment_get_page_size (position), value = gtk_adjustment_get_value (position);
  double seen = value > 0 ? value + 1.5 * page : page + 1;

  if (self->growing == 0 && page > 0 && self->selection != NULL && sp_result_selection_has_more (self->selection)
      && seen > gtk_adjustment_get_upper (position))
    self->growing = g_idle_add_full (G_PRIORITY_HIGH_IDLE, grow_cb, self, NULL);
}

/* The end is that of all. */
static gboolean
list_key_cb (SpResultPane *self, guint key)
{
  guint count = 0;

  if (self->selection != NULL)
    count = g_list_model_get_n_items (G_LIST_MODEL (sp_finder_get_list (sp_browser_get_finder (self->browser))));
  if (count > 0 && (key == GDK_KEY_End || key == GDK_KEY_KP_End))
    sp_result_selection_reveal (self->selection, count - 1);
  return GDK_EVENT_PROPAGATE;
}

static void
watch_list (SpResultPane *self)
{
  GtkAdjustment *position = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->list));
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect_object (position, "value-changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (position, "changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (list_key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
}

/* ── What was found ── */

static void
query_changed_cb (SpResultPane *self)
{
  SpQuery *query = sp_browser_get_query (self->browser);

  self->is_asked = TRUE;
  sp_result_selection_expect_answer (self->selection, TRUE);
  gtk_menu_button_set_label (self->order_button, sp_count_words_order (query));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->order_button), GTK_ACCESSIBLE_PROPERTY_LABEL, sp_count_words_order (query), -1);
}

/* @error: (nullable): why the list could not be brought up to date */
static char *
describe_hits (const SpHits *hits, const GError *error)
{
  g_autofree char *words = sp_count_words_found (hits->total, hits->exact);

  if (error != NULL) /* Translators: "12 found", then a sentence */
    return g_strdup_printf (_("%s; since then something has changed that cannot be shown: %s"), words, error->message);
  if (hits->relaxed)
    return g_strdup_printf (_("%s that have some of the words; nothing has them all"), words); /* Translators: "12 found" */
  return g_steal_pointer (&words);
}

static void
show_count (SpResultPane *self, const SpHits *hits, const GError *error)
{
  g_autofree char *words = hits != NULL ? describe_hits (hits, error) : NULL;

  gtk_label_set_label (self->count, words != NULL ? words : "");
}

/* @filter: (nullable): what to take away; %NULL to try again */
static void
set_remedy (SpResultPane *self, const char *filter)
{
  GtkActionable *button = GTK_ACTIONABLE (self->error_button);

  gtk_button_set_label (self->error_button, filter != NULL ? _("Search Everywhere") : _("Try Again"));
  gtk_actionable_set_action_name (button, NULL); /* name and target must fit each other at any moment */
  gtk_actionable_set_action_target_value (button, filter != NULL ? g_variant_new_string (filter) : NULL);
  gtk_actionable_set_action_name (button, filter != NULL ? "pane.remove" : "pane.again");
}

static void
show_error (SpResultPane *self, const GError *error)
{
  const SpFilters *filters = sp_query_get_filters (sp_browser_get_query (self->browser));
  gboolean place = g_error_matches (error, SP_ERROR, SP_ERROR_NOT_FOUND) || g_error_matches (error, SP_ERROR, SP_ERROR_AMBIGUOUS);
  const char *filter = filters->near != NULL && !filters->placed ? "near" : filters->area != NULL ? "area" : NULL;
  g_autofree char *escaped = g_markup_escape_text (error->message, -1);

  adw_status_page_set_title (self->error, place ? _("Place Not Found") : _("The Search Failed"));
  adw_status_page_set_description (self->error, escaped);
  set_remedy (self, place ? filter : NULL);
  gtk_label_set_label (self->count, "");
  gtk_stack_set_visible_child_name (self->stack, "error");
}

static void
stop_waiting (SpResultPane *self)
{
  g_clear_handle_id (&self->patience, g_source_remove);
  gtk_spinner_stop (self->spinner);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), FALSE);
}

/* The best answer to another question is its first; an answer that is only brought up to date moves nothing. */
static void
show_top (SpResultPane *self)
{
  if (self->is_asked && !is_focus_inside (self) && g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", 0);
  self->is_asked = FALSE;
  sp_result_selection_expect_answer (self->selection, FALSE);
}

static void
ended_cb (SpResultPane *self, SpFinder *finder)
{
  const GError *error = sp_finder_get_error (finder);
  const SpHits *hits = sp_finder_get_hits (finder);

  if (hits == NULL && error != NULL)
    {
      show_error (self, error);
      return;
    }
  show_count (self, hits, error);
  if (hits != NULL && hits->hits->len == 0)
    sp_empty_page_explain (self->empty, self->browser, in_miles (self));
  gtk_stack_set_visible_child_name (self->stack, hits != NULL && hits->hits->len == 0 ? "empty" : "list");
  show_top (self);
}

static gboolean
patience_cb (gpointer data)
{
  SpResultPane *self = data;

  self->patience = 0;
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), TRUE);
  gtk_spinner_start (self->spinner);
  return G_SOURCE_REMOVE;
}

static void
running_cb (SpResultPane *self, GParamSpec *pspec, SpFinder *finder)
{
  if (!sp_finder_is_running (finder))
    stop_waiting (self);
  else if (self->patience == 0 && !gtk_widget_get_visible (GTK_WIDGET (self->spinner)))
    self->patience = g_timeout_add (PATIENCE_MS, patience_cb, self);
}

/* ── Actions ── */

static void
again_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SpResultPane *self = SP_RESULT_PANE (widget);

  sp_browser_set_query (self->browser, sp_browser_get_query (self->browser));
}

static void
remove_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SpResultPane *self = SP_RESULT_PANE (widget);
  g_autoptr (SpQuery) query = sp_filter_without (sp_browser_get_query (self->browser), g_variant_get_string (parameter, NULL), NULL);

  sp_browser_set_query (self->browser, query);
}

/* ── Object ── */

static void
sp_result_pane_dispose (GObject *object)
{
  SpResultPane *self = SP_RESULT_PANE (object);

  g_clear_handle_id (&self->patience, g_source_remove);
  g_clear_handle_id (&self->growing, g_source_remove);
  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->browser);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (sp_result_pane_parent_class)->dispose (object);
}

static void
sp_result_pane_class_init (SpResultPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sp_result_pane_dispose;
  g_type_ensure (SP_TYPE_FILTER_BAR);
  g_type_ensure (SP_TYPE_EMPTY_PAGE);
  g_type_ensure (SP_TYPE_WRAP_BOX);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/signpost/Signpost/ui/sp-result-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, SpResultPane, box);
  gtk_widget_class_bind_template_child (widget_class, SpResultPane, filters);
  gtk_widget_class_bind_template_child (widget_class, SpResultPane, count);
  gtk_widget_class_bind_template_child (widget_class, SpResultPane, spinner);
  gtk_widget_class_bind_template_child (widget_class, SpResultPane, order_button);
  gtk_widget_class_bind_template_child (widget_class, SpResultPane, order_menu);
  gtk_widget_class_bind_template_child (widget_class, SpResultPane, stack);
  gtk_widget_class_bind_template_child (widget_class, SpResultPane, list);
  gtk_widget_class_bind_template_child (widget_class, SpResultPane, empty);
  gtk_widget_class_bind_template_child (widget_class, SpResultPane, error);
  gtk_widget_class_bind_template_child (widget_class, SpResultPane, error_button);
  gtk_widget_class_install_action (widget_class, "pane.again", NULL, again_action);
  gtk_widget_class_install_action (widget_class, "pane.remove", "s", remove_action);
}

static void
make_order_menu_cb (GtkMenuButton *button, gpointer self)
{
  if (gtk_menu_button_get_menu_model (button) == NULL)
    gtk_menu_button_set_menu_model (button, ((SpResultPane *) self)->order_menu);
}

static void
sp_result_pane_init (SpResultPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->order_button, make_order_menu_cb, self, NULL);
  g_signal_connect_swapped (self->list, "activate", G_CALLBACK (activate_cb), self);
  watch_list (self);
}

/* ── Public ── */

static void
take_order (SpResultPane *self)
{
  SpQueryOrder order = (SpQueryOrder) g_settings_get_enum (self->settings, "order");
  SpQuery *query = sp_browser_get_query (self->browser);

  if (sp_query_get_filters (query)->order != order)
    {
      g_autoptr (SpQuery) copy = sp_query_copy (query);
      sp_query_set_order (copy, order);
      sp_browser_set_query (self->browser, copy);
    }
}

/* Rows take their unit and the intervals when they are bound. */
static void
row_settings_cb (SpResultPane *self)
{
  g_autoptr (GtkListItemFactory) factory = sp_result_factory_new (self->settings);

  gtk_list_view_set_factory (self->list, factory);
}

/**
 * sp_result_pane_set_browser:
 * @self: a pane that has none yet
 * @browser: what the window looks at
 * @settings: the program's; the pane goes by its `order`, `units` and `freshness`
 */
void
sp_result_pane_set_browser (SpResultPane *self, SpBrowser *browser, GSettings *settings)
{
  SpFinder *finder = sp_browser_get_finder (browser);

  g_return_if_fail (SP_IS_RESULT_PANE (self) && self->browser == NULL);
  self->browser = g_object_ref (browser);
  self->settings = g_object_ref (settings);
  row_settings_cb (self);
  self->selection = sp_result_selection_new (sp_browser_get_store (browser), sp_finder_get_list (finder));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  sp_filter_bar_set_browser (self->filters, browser, settings);
  g_signal_connect_object (self->selection, "notify::id", G_CALLBACK (selected_here_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (row_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (browser, "notify::selected", G_CALLBACK (selected_elsewhere_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (browser, "notify::query", G_CALLBACK (query_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (finder, "ended", G_CALLBACK (ended_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (finder, "notify::running", G_CALLBACK (running_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::order", G_CALLBACK (take_order), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::units", G_CALLBACK (row_settings_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::freshness", G_CALLBACK (row_settings_cb), self, G_CONNECT_SWAPPED);
  selected_elsewhere_cb (self);
  take_order (self);
  query_changed_cb (self);
  running_cb (self, NULL, finder);
}

/**
 * sp_result_pane_focus_list:
 * @self: a pane
 * @select: whether to select the first row if none is
 *
 * Moves the keyboard into the list, to the selected row if it is there; if nothing was found, to what is offered instead.
 *
 * Returns: whether there is anything to go to
 */
gboolean
sp_result_pane_focus_list (SpResultPane *self, gboolean select)
{
  guint position;

  if (self->selection == NULL || g_list_model_get_n_items (G_LIST_MODEL (self->selection)) == 0)
    return gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
  if (select && sp_result_selection_get_id (self->selection) == NULL)
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), 0, TRUE);
  position = sp_result_selection_get_position (self->selection);
  sp_result_selection_reveal (self->selection, position);
  if (position != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);
  return gtk_widget_grab_focus (GTK_WIDGET (self->list));
}
