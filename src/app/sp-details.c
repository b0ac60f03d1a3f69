/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpDetails: everything that is known of the selected entry, in cards by group of facts, with what one does with it. It
 * follows an SpBrowser: the entry is shown as soon as it and what is around it have been read, and again when one of them
 * changes; meanwhile what was there stays, so that nothing flickers. */
#include "sp-details.h"

#include "sp-compat.h"
#include "sp-details-cards.h"
#include "sp-details-head.h"
#include "sp-store-links.h"
#include "sp-window.h"

#include <glib/gi18n.h>

#define PATIENCE_MS 300 /* before a spinner tells that it takes time */
#define SETTLE_MS 250   /* before what is around an entry is read again: an import changes much, often */

struct _SpDetails
{
  GtkWidget parent_instance;

  SpBrowser    *browser;  /* owned, nullable */
  GSettings    *settings; /* owned, nullable: not in a window */
  SpFacts      *facts;    /* owned, nullable: what is shown */
  GCancellable *reading;  /* owned, nullable: what is around the entry is on its way */
  guint         patience; /* source; 0 for none */
  guint         settle;   /* source; 0 for none */

  /* of the template */
  GtkStack          *stack;
  GtkSpinner        *spinner;
  GtkScrolledWindow *scroller;
  SpDetailsHead     *head;
  SpFactCard        *when, *where, *access, *here, *groups, *cost, *join, *contact, *building;
  SpFactCard        *volunteering, *languages, *funding, *assurance, *known_by, *source;
  GtkMenuButton     *confirm;
  GtkWidget         *edit;
  GtkWidget         *shortlist;
  GtkMenuButton     *menu;
};

G_DEFINE_FINAL_TYPE (SpDetails, sp_details, GTK_TYPE_WIDGET)

static void
stop_source (guint *source)
{
  if (*source != 0)
    g_source_remove (*source);
  *source = 0;
}

static void
stop_reading (SpDetails *self)
{
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

static void
show_page (SpDetails *self, const char *name)
{
  gtk_spinner_set_spinning (self->spinner, g_str_equal (name, "loading"));
  gtk_stack_set_visible_child_name (self->stack, name);
}

/* ---- showing ---- */

static void
fill_cards (SpDetails *self)
{
  sp_details_head_fill (self->head, self->facts);
  sp_details_fill_when (self->when, self->facts);
  sp_details_fill_where (self->where, self->facts);
  sp_details_fill_access (self->access, self->facts);
  sp_details_fill_here (self->here, self->facts);
  sp_details_fill_groups (self->groups, self->facts);
  sp_details_fill_cost (self->cost, self->facts);
  sp_details_fill_join (self->join, self->facts);
  sp_details_fill_contact (self->contact, self->facts);
  sp_details_fill_building (self->building, self->facts);
  sp_details_fill_volunteering (self->volunteering, self->facts);
  sp_details_fill_languages (self->languages, self->facts);
  sp_details_fill_funding (self->funding, self->facts);
  sp_details_fill_assurance (self->assurance, self->facts);
  sp_details_fill_known_by (self->known_by, self->facts);
  sp_details_fill_source (self->source, self->facts);
}

static void
add_item (GMenu *menu, const char *label, const char *action, const char *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, target != NULL ? "s" : NULL, target);
  g_menu_append_item (menu, item);
}

static GMenuModel *
make_menu (const char *id)
{
  g_autoptr (GMenu) menu = g_menu_new (), look = g_menu_new (), paper = g_menu_new (), copy = g_menu_new (), end = g_menu_new ();

  add_item (look, _("_History"), "win.history", id);
  add_item (paper, _("_Print Signposting Sheet…"), "win.print-sheet", id);
  add_item (paper, _("_Save Signposting Sheet as PDF…"), "win.save-sheet", id);
  add_item (copy, _("_Copy as Text"), "details.copy-text", NULL);
  add_item (copy, _("Copy I_D"), "details.copy-id", NULL);
  add_item (end, _("C_lose Entry…"), "win.close-entry", id);
  add_item (end, _("_Erase Personal Data…"), "win.erase", id);
  add_item (end, _("_Delete…"), "win.delete", id);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (look));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (paper));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (copy));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (end));
  return G_MENU_MODEL (g_steal_pointer (&menu));
}

/* Menus are made when they are opened: all of them would take longer than the cards. */
static void
confirm_cb (GtkMenuButton *button, gpointer data)
{
  SpDetails *self = data;
  g_autoptr (GMenuModel) menu = self->facts != NULL ? sp_fact_card_make_confirm_menu (sp_asset_get_id (self->facts->asset), "") : NULL;

  gtk_menu_button_set_menu_model (button, menu);
}

static void
menu_cb (GtkMenuButton *button, gpointer data)
{
  SpDetails *self = data;
  g_autoptr (GMenuModel) menu = self->facts != NULL ? make_menu (sp_asset_get_id (self->facts->asset)) : NULL;

  gtk_menu_button_set_menu_model (button, menu);
}

static gboolean
has_facts (const SpNode *body)
{
  for (guint group = 0; group < SP_N_FACT_GROUPS; group++)
    if (sp_fact_group_is_present (body, (SpFactGroup) group))
      return TRUE;
  return FALSE;
}

static void
fill_bar (SpDetails *self)
{
  const char *id = sp_asset_get_id (self->facts->asset);

  gtk_widget_set_sensitive (GTK_WIDGET (self->confirm), has_facts (self->facts->body));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->edit), "s", id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->edit), "win.edit"); /* a name without a target is warned about */
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->shortlist), "s", id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->shortlist), "win.shortlist-add");
}

typedef struct
{
  GtkRoot    *root; /* NULL: nobody gave up the keyboard */
  SpFactCard *card; /* NULL: none */
  int         row;  /* -1: none */
} Focus;

/* GTK remembers in each widget on the way where the keyboard was, and would go on from there. */
static void
forget_focus (GtkWidget *widget)
{
  for (GtkWidget *child; (child = gtk_widget_get_focus_child (widget)) != NULL; widget = child)
    gtk_widget_set_focus_child (widget, NULL);
}

/* Cards are made anew: what has the keyboard in their rows gives it up first, or GTK would look for another place later.
 * At another entry one begins at the top. */
static Focus
give_up_focus (SpDetails *self, gboolean same)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *card = focus != NULL ? gtk_widget_get_ancestor (focus, SP_TYPE_FACT_CARD) : NULL;
  int row = card != NULL ? sp_fact_card_get_focus_row (SP_FACT_CARD (card)) : -1;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->scroller)) || (same && row < 0))
    return (Focus){ NULL, NULL, -1 };
  gtk_root_set_focus (root, NULL);
  forget_focus (GTK_WIDGET (self->scroller));
  return (Focus){ root, same ? SP_FACT_CARD (card) : NULL, row };
}

static void
take_focus (SpDetails *self, const Focus *was)
{
  if (was->root != NULL && (was->card == NULL || !sp_fact_card_focus_row (was->card, (guint) was->row)))
    gtk_widget_child_focus (GTK_WIDGET (self->scroller), GTK_DIR_TAB_FORWARD);
}

/* @links: (transfer full) (nullable) */
static void
show_facts (SpDetails *self, SpLinks *links)
{
  gboolean same = self->facts != NULL
                  && g_strcmp0 (sp_asset_get_id (self->facts->asset), sp_browser_get_selected (self->browser)) == 0;
  Focus focus = give_up_focus (self, same);

  stop_source (&self->patience);
  g_clear_pointer (&self->facts, sp_facts_free);
  self->facts = sp_facts_new (self->browser, links, self->settings);
  fill_cards (self);
  fill_bar (self);
  if (!same)
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  show_page (self, "entry");
  take_focus (self, &focus);
}

/* ---- reading ---- */

static void
links_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SpDetails *self = data; /* alive unless it was cancelled */
  g_autoptr (GError) error = NULL;
  SpLinks *links = sp_store_get_links_finish (SP_STORE (source), result, &error);
  SpWindow *window;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->reading);
  show_facts (self, links);
  window = sp_window_of (GTK_WIDGET (self));
  if (error != NULL && window != NULL)
    sp_window_toast (window, error->message, NULL, NULL);
}

static void
read_links (SpDetails *self)
{
  g_autofree char *terms = self->settings != NULL ? g_settings_get_string (self->settings, "term-calendar") : NULL;

  stop_source (&self->settle);
  stop_reading (self);
  if (sp_browser_get_entry (self->browser) == NULL)
    return;
  self->reading = g_cancellable_new ();
  sp_store_get_links_async (sp_browser_get_store (self->browser), sp_browser_get_selected (self->browser),
                            sp_facts_get_nation (self->settings), terms, self->reading, links_cb, self);
}

static gboolean
lose_patience_cb (gpointer self)
{
  SP_DETAILS (self)->patience = 0;
  show_page (self, "loading");
  return G_SOURCE_REMOVE;
}

static gboolean
settled_cb (gpointer self)
{
  SP_DETAILS (self)->settle = 0;
  read_links (self);
  return G_SOURCE_REMOVE;
}

static void
entry_cb (SpDetails *self)
{
  if (sp_browser_get_entry (self->browser) != NULL)
    {
      read_links (self);
      return;
    }
  stop_reading (self);
  stop_source (&self->settle);
  stop_source (&self->patience);
  if (sp_browser_get_selected (self->browser) != NULL)
    self->patience = g_timeout_add (PATIENCE_MS, lose_patience_cb, self);
  else
    {
      g_clear_pointer (&self->facts, sp_facts_free);
      show_page (self, "empty");
    }
}

/* Another document may have come, gone, or moved to this hall. */
static void
changed_cb (SpDetails *self)
{
  if (self->facts != NULL && self->settle == 0)
    self->settle = g_timeout_add (SETTLE_MS, settled_cb, self);
}

static void
settings_cb (SpDetails *self)
{
  if (self->facts != NULL)
    read_links (self);
}

/* A search has ended: only if it is about another place do the distances change. */
static void
searched_cb (SpDetails *self)
{
  const SpFilters *filters = sp_query_get_filters (sp_finder_get_query (sp_browser_get_finder (self->browser)));

  if (self->facts != NULL
      && (g_strcmp0 (self->facts->near, filters->placed ? filters->near : NULL) != 0
          || (filters->placed && (self->facts->latitude != filters->latitude || self->facts->longitude != filters->longitude))))
    read_links (self);
}

/* ---- actions ---- */

static void
copy (SpDetails *self, const char *text, const char *done)
{
  SpWindow *window = sp_window_of (GTK_WIDGET (self));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  if (window != NULL)
    sp_window_toast (window, done, NULL, NULL);
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *text, *done;

  g_variant_get (parameter, "(&s&s)", &text, &done);
  copy (SP_DETAILS (widget), text, done);
}

static void
copy_id_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SpDetails *self = SP_DETAILS (widget);

  if (self->facts != NULL)
    copy (self, sp_asset_get_id (self->facts->asset), _("ID copied"));
}

static void
copy_text_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SpDetails *self = SP_DETAILS (widget);
  g_autofree char *text = self->facts != NULL ? sp_facts_to_text (self->facts) : NULL;

  if (text != NULL)
    copy (self, text, _("Copied as text, without what only members may see"));
}

static void
open_uri_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  sp_compat_open_uri (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, g_variant_get_string (parameter, NULL));
}

/* ---- the class ---- */

static void
sp_details_root (GtkWidget *widget)
{
  SpDetails *self = SP_DETAILS (widget);
  SpWindow *window;

  GTK_WIDGET_CLASS (sp_details_parent_class)->root (widget);
  window = sp_window_of (widget);
  if (window == NULL || gtk_window_get_application (GTK_WINDOW (window)) == NULL || self->settings != NULL)
    return;
  self->settings = g_object_ref (sp_window_get_settings (window));
  g_signal_connect_object (self->settings, "changed", G_CALLBACK (settings_cb), self, G_CONNECT_SWAPPED);
}

static void
let_go_of_browser (SpDetails *self)
{
  stop_reading (self);
  stop_source (&self->patience);
  stop_source (&self->settle);
  if (self->browser == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->browser, self);
  g_signal_handlers_disconnect_by_data (sp_browser_get_finder (self->browser), self);
  g_signal_handlers_disconnect_by_data (sp_browser_get_store (self->browser), self);
  g_clear_object (&self->browser);
}

static void
sp_details_dispose (GObject *object)
{
  SpDetails *self = SP_DETAILS (object);

  let_go_of_browser (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), SP_TYPE_DETAILS);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->facts, sp_facts_free);
  G_OBJECT_CLASS (sp_details_parent_class)->dispose (object);
}

#define BIND(child) gtk_widget_class_bind_template_child (widget_class, SpDetails, child)

static void
bind_children (GtkWidgetClass *widget_class)
{
  BIND (stack);
  BIND (spinner);
  BIND (scroller);
  BIND (head);
  BIND (when);
  BIND (where);
  BIND (access);
  BIND (here);
  BIND (groups);
  BIND (cost);
  BIND (join);
  BIND (contact);
  BIND (building);
  BIND (volunteering);
  BIND (languages);
  BIND (funding);
  BIND (assurance);
  BIND (known_by);
  BIND (source);
  BIND (confirm);
  BIND (edit);
  BIND (shortlist);
  BIND (menu);
}

static void
sp_details_class_init (SpDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sp_details_dispose;
  widget_class->root = sp_details_root;
  g_type_ensure (SP_TYPE_FACT_CARD);
  g_type_ensure (SP_TYPE_DETAILS_HEAD);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "details");
  gtk_widget_class_set_template_from_resource (widget_class, "/org/signpost/Signpost/ui/sp-details.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "details.copy", "(ss)", copy_action);
  gtk_widget_class_install_action (widget_class, "details.copy-id", NULL, copy_id_action);
  gtk_widget_class_install_action (widget_class, "details.copy-text", NULL, copy_text_action);
  gtk_widget_class_install_action (widget_class, "details.open-uri", "s", open_uri_action);
}

static void
sp_details_init (SpDetails *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->confirm, confirm_cb, self, NULL);
  gtk_menu_button_set_create_popup_func (self->menu, menu_cb, self, NULL);
}

/**
 * sp_details_new:
 *
 * Returns: (transfer floating): details that show nothing until they have a browser
 */
GtkWidget *
sp_details_new (void)
{
  return g_object_new (SP_TYPE_DETAILS, NULL);
}

/**
 * sp_details_set_browser:
 * @self: details
 * @browser: (nullable): whose entry to show
 *
 * Shows the browser's entry from now on.
 */
void
sp_details_set_browser (SpDetails *self, SpBrowser *browser)
{
  g_return_if_fail (SP_IS_DETAILS (self));

  let_go_of_browser (self);
  if (browser == NULL)
    {
      g_clear_pointer (&self->facts, sp_facts_free);
      show_page (self, "empty");
      return;
    }
  self->browser = g_object_ref (browser);
  g_signal_connect_object (browser, "notify::entry", G_CALLBACK (entry_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sp_browser_get_finder (browser), "ended", G_CALLBACK (searched_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sp_browser_get_store (browser), "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  entry_cb (self);
}
