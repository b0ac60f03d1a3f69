/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpSearchBox: where one types what one looks for. The list follows each key; below stand what else may be meant: a place
 * or a postcode to be near, an area, a category, one entry. The keyboard stays in the entry all the while. */
#include "sp-search-box.h"

#include "sp-filter.h"
#include "sp-postcode.h"
#include "sp-shape.h"
#include "sp-suggest.h"

#include <glib/gi18n.h>

#define ALL_KINDS \
  (1u << SP_SUGGESTION_PLACE | 1u << SP_SUGGESTION_AREA | 1u << SP_SUGGESTION_CATEGORY | 1u << SP_SUGGESTION_ENTRY)
#define QUIET_MS 120 /* after a key, before anything is suggested: the list and the map come first */

struct _SpSearchBox
{
  GtkWidget parent_instance;

  SpBrowser    *browser;     /* owned, nullable */
  GPtrArray    *suggestions; /* owned, nullable; SpSuggestion, a row each */
  GCancellable *suggesting;  /* owned, nullable */
  guint         quiet;       /* source, or 0: about to suggest */
  gboolean      following;   /* the text is set because the query changed */

  /* of the template */
  GtkSearchEntry *entry;
  GtkPopover     *popover;
  GtkListBox     *list;
};

G_DEFINE_FINAL_TYPE (SpSearchBox, sp_search_box, GTK_TYPE_WIDGET)

enum { LEAVE, N_SIGNALS };
static guint signals[N_SIGNALS];

static const char *
get_text (SpSearchBox *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

static void
stop_suggesting (SpSearchBox *self)
{
  g_clear_handle_id (&self->quiet, g_source_remove);
  if (self->suggesting != NULL)
    g_cancellable_cancel (self->suggesting);
  g_clear_object (&self->suggesting);
}

static void
hide_suggestions (SpSearchBox *self)
{
  stop_suggesting (self);
  gtk_popover_popdown (self->popover);
  gtk_accessible_reset_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

/* ── Rows ── */

static char *
get_label (const SpSuggestion *suggestion)
{
  switch (suggestion->kind)
    {
    case SP_SUGGESTION_PLACE: return g_strdup_printf (_("Near %s"), suggestion->label);
    case SP_SUGGESTION_AREA: return g_strdup_printf (_("In %s"), suggestion->label);
    case SP_SUGGESTION_CATEGORY: return g_strdup_printf (_("Category: %s"), suggestion->label);
    case SP_SUGGESTION_ENTRY:
    default: return g_strdup (suggestion->label);
    }
}

static GtkWidget *
make_picture (const SpSuggestion *suggestion)
{
  static const char *const icons[] = { "mark-location-symbolic", "signpost-map-symbolic", "", "go-next-symbolic" };
  GtkWidget *image = gtk_image_new_from_icon_name (icons[suggestion->kind]);

  if (suggestion->kind == SP_SUGGESTION_CATEGORY)
    sp_shape_show (GTK_IMAGE (image), suggestion->value);
  return image;
}

static GtkWidget *
make_row (const SpSuggestion *suggestion)
{
  g_autofree char *text = get_label (suggestion);
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), make_picture (suggestion));
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  return row;
}

static void
fill (SpSearchBox *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; i < self->suggestions->len; i++)
    gtk_list_box_append (self->list, make_row (g_ptr_array_index (self->suggestions, i)));
  gtk_list_box_unselect_all (self->list);
}

static gboolean
has_focus (SpSearchBox *self)
{
  return (gtk_widget_get_state_flags (GTK_WIDGET (self->entry)) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

static void
suggested_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpSearchBox) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) suggestions = sp_suggest_finish (SP_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->suggesting);
  if (suggestions == NULL) /* the search says the same in the list */
    return;
  g_clear_pointer (&self->suggestions, g_ptr_array_unref);
  self->suggestions = g_steal_pointer (&suggestions);
  fill (self);
  if (self->suggestions->len == 0 || !has_focus (self))
    {
      hide_suggestions (self);
      return;
    }
  gtk_widget_set_size_request (GTK_WIDGET (self->popover), gtk_widget_get_width (GTK_WIDGET (self)), -1);
  gtk_popover_popup (self->popover);
}

static gboolean
quiet_cb (gpointer data)
{
  SpSearchBox *self = data;

  self->quiet = 0;
  self->suggesting = g_cancellable_new ();
  sp_suggest_async (sp_browser_get_store (self->browser), get_text (self), ALL_KINDS, self->suggesting, suggested_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
suggest (SpSearchBox *self)
{
  stop_suggesting (self);
  if (*get_text (self) == '\0')
    hide_suggestions (self);
  else
    self->quiet = g_timeout_add (QUIET_MS, quiet_cb, self);
}

/* ── The query ── */

static void
text_changed_cb (SpSearchBox *self)
{
  g_autoptr (SpQuery) query = NULL;
  g_autofree char *words = g_strstrip (g_strdup (get_text (self)));

  if (self->following || self->browser == NULL)
    return;
  query = sp_query_copy (sp_browser_get_query (self->browser));
  sp_query_set_words (query, *words != '\0' ? words : NULL);
  self->following = TRUE;
  sp_browser_set_query (self->browser, query);
  self->following = FALSE;
  suggest (self);
}

/* Without its words: they were a place, an area or a category. */
static SpQuery *
begin_query (SpSearchBox *self)
{
  SpQuery *query = sp_query_copy (sp_browser_get_query (self->browser));

  sp_query_set_words (query, NULL);
  return query;
}

static void
take (SpSearchBox *self, const SpSuggestion *suggestion)
{
  g_autoptr (SpQuery) query = begin_query (self);

  hide_suggestions (self);
  switch (suggestion->kind)
    {
    case SP_SUGGESTION_PLACE:
      sp_query_set_near (query, suggestion->label, suggestion->latitude, suggestion->longitude);
      break;
    case SP_SUGGESTION_AREA:
      sp_query_set_area (query, suggestion->value, suggestion->label);
      break;
    case SP_SUGGESTION_CATEGORY:
      sp_query_set_filter (query, "category", suggestion->value, NULL);
      break;
    case SP_SUGGESTION_ENTRY:
    default:
      gtk_widget_activate_action (GTK_WIDGET (self), "win.show", "s", suggestion->value);
      return;
    }
  sp_browser_set_query (self->browser, query);
}

static void
row_activated_cb (SpSearchBox *self, GtkListBoxRow *row)
{
  guint index = (guint) gtk_list_box_row_get_index (row);

  if (self->suggestions != NULL && index < self->suggestions->len)
    take (self, g_ptr_array_index (self->suggestions, index));
}

static gboolean
take_postcode (SpSearchBox *self)
{
  SpPostcodeKind kind;
  g_autofree char *postcode = sp_postcode_read (get_text (self), &kind);
  g_autoptr (SpQuery) words = NULL;
  g_autoptr (SpQuery) query = NULL;

  if (postcode == NULL)
    return FALSE;
  words = begin_query (self);
  sp_query_clear_filter (words, "near");
  query = sp_filter_with (words, "near", postcode, NULL);
  hide_suggestions (self);
  sp_browser_set_query (self->browser, query);
  return TRUE;
}

static void
activate_cb (SpSearchBox *self)
{
  GtkListBoxRow *row = gtk_widget_get_visible (GTK_WIDGET (self->popover)) ? gtk_list_box_get_selected_row (self->list) : NULL;

  if (row != NULL)
    row_activated_cb (self, row);
  else if (!take_postcode (self))
    {
      hide_suggestions (self);
      g_signal_emit (self, signals[LEAVE], 0);
    }
}

/* The query was changed elsewhere. */
static void
query_changed_cb (SpSearchBox *self)
{
  const char *words = sp_query_get_filters (sp_browser_get_query (self->browser))->words;

  if (self->following)
    return;
  self->following = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), words != NULL ? words : "");
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
  self->following = FALSE;
  hide_suggestions (self);
}

/* ── Keys ── */

static void
select_row (SpSearchBox *self, GtkListBoxRow *row)
{
  g_autofree char *label = NULL;

  if (row == NULL)
    {
      gtk_list_box_unselect_all (self->list);
      gtk_accessible_reset_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
      return;
    }
  label = get_label (g_ptr_array_index (self->suggestions, (guint) gtk_list_box_row_get_index (row)));
  gtk_list_box_select_row (self->list, row);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, label, -1);
}

/* Past the last suggestion comes the list. @by: 1 down, -1 up */
static gboolean
move (SpSearchBox *self, int by)
{
  gboolean open = gtk_widget_get_visible (GTK_WIDGET (self->popover));
  GtkListBoxRow *row = open ? gtk_list_box_get_selected_row (self->list) : NULL;
  int index = (row != NULL ? gtk_list_box_row_get_index (row) : -1) + by;

  if (by < 0 && !open)
    return FALSE;
  if (open && (index < 0 || gtk_list_box_get_row_at_index (self->list, index) != NULL))
    {
      select_row (self, index >= 0 ? gtk_list_box_get_row_at_index (self->list, index) : NULL);
      return TRUE;
    }
  hide_suggestions (self);
  g_signal_emit (self, signals[LEAVE], 0);
  return TRUE;
}

static gboolean
key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, SpSearchBox *self)
{
  switch (key)
    {
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      return move (self, 1);
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      return move (self, -1);
    case GDK_KEY_Escape:
      if (!gtk_widget_get_visible (GTK_WIDGET (self->popover)) && self->quiet == 0 && self->suggesting == NULL)
        return FALSE; /* none are there, nor on their way: it is for the words */
      hide_suggestions (self);
      return TRUE;
    default:
      return FALSE;
    }
}

/* With nothing to clear, Escape is for the window. */
static void
stop_search_cb (SpSearchBox *self)
{
  if (*get_text (self) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.back", NULL);
}

static void
search_started_cb (SpSearchBox *self)
{
  gtk_text_grab_focus_without_selecting (GTK_TEXT (gtk_editable_get_delegate (GTK_EDITABLE (self->entry))));
}

static void
sp_search_box_dispose (GObject *object)
{
  SpSearchBox *self = SP_SEARCH_BOX (object);
  GtkWidget *child;

  stop_suggesting (self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->browser);
  g_clear_pointer (&self->suggestions, g_ptr_array_unref);
  G_OBJECT_CLASS (sp_search_box_parent_class)->dispose (object);
}

static gboolean
sp_search_box_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (SP_SEARCH_BOX (widget)->entry));
}

static void
sp_search_box_class_init (SpSearchBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sp_search_box_dispose;
  widget_class->grab_focus = sp_search_box_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/signpost/Signpost/ui/sp-search-box.ui");
  gtk_widget_class_bind_template_child (widget_class, SpSearchBox, entry);
  gtk_widget_class_bind_template_child (widget_class, SpSearchBox, popover);
  gtk_widget_class_bind_template_child (widget_class, SpSearchBox, list);

  /**
   * SpSearchBox::leave:
   * @self: the box
   *
   * The keyboard wants to go on to what was found.
   */
  signals[LEAVE] = g_signal_new ("leave", SP_TYPE_SEARCH_BOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sp_search_box_init (SpSearchBox *self)
{
  GtkEventController *keys = gtk_event_controller_key_new (), *focus = gtk_event_controller_focus_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (hide_suggestions), self);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), focus);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (text_changed_cb), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect_swapped (self->entry, "stop-search", G_CALLBACK (stop_search_cb), self);
  g_signal_connect_swapped (self->entry, "search-started", G_CALLBACK (search_started_cb), self);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
}

/**
 * sp_search_box_set_browser:
 * @self: a box that has none yet
 * @browser: whose query it changes
 */
void
sp_search_box_set_browser (SpSearchBox *self, SpBrowser *browser)
{
  g_return_if_fail (SP_IS_SEARCH_BOX (self) && self->browser == NULL);
  self->browser = g_object_ref (browser);
  g_signal_connect_object (browser, "notify::query", G_CALLBACK (query_changed_cb), self, G_CONNECT_SWAPPED);
  query_changed_cb (self);
}

/**
 * sp_search_box_set_key_capture:
 * @self: a box
 * @widget: where letters that nothing else takes begin a search
 */
void
sp_search_box_set_key_capture (SpSearchBox *self, GtkWidget *widget)
{
  gtk_search_entry_set_key_capture_widget (self->entry, widget);
}

/**
 * sp_search_box_get_editable:
 * @self: a box
 *
 * Returns: (transfer none): what one types into
 */
GtkEditable *sp_search_box_get_editable (SpSearchBox *self) { return GTK_EDITABLE (self->entry); }
