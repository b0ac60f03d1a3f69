/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpPreferences: what a user can set: the name that signs, the base map, units, calendars, and how fast facts grow old; on a
 * page of its own, whom the store is shared with. What is chosen holds at once. */
#include "sp-preferences.h"

#include "sp-compat.h"
#include "sp-freshness-rows.h"
#include "sp-sharing-page.h"
#include "sp-term-calendars.h"

#include <glib/gi18n.h>
#include <string.h>

struct _SpPreferences
{
  AdwWindow parent_instance;

  GtkWindow    *parent;      /* owned, nullable: GTK wants it to live as long as this, which a call may hold */
  GSettings    *settings;    /* owned */
  GCancellable *cancellable; /* owned; of what is read from the store */
  GPtrArray    *calendars;   /* owned, nullable; (element-type SpTermCalendar) of the rows after the first */

  /* of the template */
  GtkEditable         *author;
  AdwPreferencesGroup *map;
  AdwComboRow         *base_map;
  AdwActionRow        *file;
  GtkEditable         *online_url;
  GtkEditable         *online_attribution;
  AdwComboRow         *units;
  AdwComboRow         *nation;
  AdwComboRow         *terms;
  AdwPreferencesGroup *freshness;
  GtkWidget           *reset;
  AdwViewStack        *stack;
  AdwViewStackPage    *sharing_page;
  SpSharingPage       *sharing;
};

G_DEFINE_FINAL_TYPE (SpPreferences, sp_preferences, ADW_TYPE_WINDOW)

/* Values of the setting base-map. */
enum { BUILT_IN, MAP_FILE, ONLINE };

/* ── The map ── */

static void
show_map_rows (SpPreferences *self)
{
  int kind = g_settings_get_enum (self->settings, "base-map");

  gtk_widget_set_visible (GTK_WIDGET (self->file), kind == MAP_FILE);
  gtk_widget_set_visible (GTK_WIDGET (self->online_url), kind == ONLINE);
  gtk_widget_set_visible (GTK_WIDGET (self->online_attribution), kind == ONLINE);
  adw_preferences_group_set_description (self->map,
                                         kind == ONLINE ? _("Whoever runs this address can see which places you look at.") : NULL);
}

static void
show_file (SpPreferences *self)
{
  g_autofree char *path = g_settings_get_string (self->settings, "mbtiles-file");
  g_autofree char *name = *path != '\0' ? g_filename_display_basename (path) : NULL;
  g_autofree char *markup = name != NULL ? g_markup_escape_text (name, -1) : NULL;

  adw_action_row_set_subtitle (self->file, markup != NULL ? markup : _("A raster MBTiles file"));
}

static void
file_chosen_cb (GListModel *files, gpointer data)
{
  g_autoptr (SpPreferences) self = data;
  g_autoptr (GFile) file = files != NULL ? g_list_model_get_item (files, 0) : NULL;

  if (file != NULL && g_file_peek_path (file) != NULL)
    g_settings_set_string (self->settings, "mbtiles-file", g_file_peek_path (file));
}

static void
choose_file_cb (SpPreferences *self)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _("Map files (MBTiles)"));
  gtk_file_filter_add_suffix (filter, "mbtiles");
  sp_compat_open_files (GTK_WINDOW (self), _("Choose a Map File"), filter, FALSE, file_chosen_cb, g_object_ref (self));
}

static void
url_changed_cb (SpPreferences *self)
{
  const char *text = gtk_editable_get_text (self->online_url);

  if (sp_preferences_is_tile_url (text))
    gtk_widget_remove_css_class (GTK_WIDGET (self->online_url), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->online_url), "error");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->online_url),
                               sp_preferences_is_tile_url (text) ? NULL
                                                                 : _("An address that begins with https:// and has {z}, {x} and {y}"));
}

static void
apply_url_cb (SpPreferences *self)
{
  const char *text = gtk_editable_get_text (self->online_url);

  if (sp_preferences_is_tile_url (text))
    g_settings_set_string (self->settings, "online-url", text);
}

/* ── Calendars ── */

static void
terms_cb (SpPreferences *self)
{
  guint selected = adw_combo_row_get_selected (self->terms);
  const char *id = "";

  if (self->calendars != NULL && selected > 0 && selected <= self->calendars->len)
    id = ((const SpTermCalendar *) g_ptr_array_index (self->calendars, selected - 1))->id;
  g_settings_set_string (self->settings, "term-calendar", id);
}

/* The first row leaves the choice to the store. */
static void
show_calendars (SpPreferences *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autofree char *chosen = g_settings_get_string (self->settings, "term-calendar");
  guint selected = 0;

  gtk_string_list_append (names, self->calendars->len > 0 ? _("The First of the List") : _("None in This List"));
  for (guint i = 0; i < self->calendars->len; i++)
    {
      const SpTermCalendar *calendar = g_ptr_array_index (self->calendars, i);

      gtk_string_list_append (names, calendar->name);
      if (g_str_equal (calendar->id, chosen))
        selected = i + 1;
    }
  adw_combo_row_set_model (self->terms, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->terms, selected);
  gtk_widget_set_sensitive (GTK_WIDGET (self->terms), self->calendars->len > 0);
  g_signal_connect_object (self->terms, "notify::selected", G_CALLBACK (terms_cb), self, G_CONNECT_SWAPPED);
}

/* SpStoreFunc */
static gpointer
list_calendars (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return sp_term_calendars_list (db, error);
}

static void
calendars_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpPreferences) self = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *calendars = sp_store_call_finish (SP_STORE (source), result, &error);

  if (calendars == NULL)
    return;
  self->calendars = calendars;
  show_calendars (self);
}

/* ── Freshness ── */

static void
show_reset (SpPreferences *self)
{
  g_autoptr (GVariant) rules = g_settings_get_value (self->settings, "freshness");

  gtk_widget_set_sensitive (self->reset, g_variant_n_children (rules) > 0);
}

static void
reset_cb (SpPreferences *self)
{
  g_settings_reset (self->settings, "freshness");
}

/* ── Bindings ── */

static gboolean
nick_to_selected (GValue *value, GVariant *variant, gpointer nicks)
{
  const char *const *list = nicks;

  for (guint i = 0; list[i] != NULL; i++)
    if (g_str_equal (list[i], g_variant_get_string (variant, NULL)))
      g_value_set_uint (value, i);
  return TRUE;
}

static GVariant *
selected_to_nick (const GValue *value, const GVariantType *type, gpointer nicks)
{
  const char *const *list = nicks;
  guint selected = g_value_get_uint (value);

  return selected < g_strv_length (nicks) ? g_variant_new_string (list[selected]) : NULL;
}

/* The rows of the template are in the order of the enumerations. */
static void
bind_settings (SpPreferences *self)
{
  static const char *const base_maps[] = { "built-in", "file", "online", NULL };
  static const char *const units[] = { "miles", "kilometres", NULL };
  static const char *const nations[] = { "england-and-wales", "scotland", "northern-ireland", NULL };
  const struct { const char *key; AdwComboRow *row; const char *const *nicks; } choices[] = {
    { "base-map", self->base_map, base_maps },
    { "units", self->units, units },
    { "nation", self->nation, nations },
  };

  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    g_settings_bind_with_mapping (self->settings, choices[i].key, choices[i].row, "selected", G_SETTINGS_BIND_DEFAULT,
                                  nick_to_selected, selected_to_nick, (gpointer) choices[i].nicks, NULL);
  g_settings_bind (self->settings, "author", self->author, "text", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "online-attribution", self->online_attribution, "text", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "online-url", self->online_url, "text", G_SETTINGS_BIND_GET);
  g_signal_connect_object (self->settings, "changed::base-map", G_CALLBACK (show_map_rows), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::mbtiles-file", G_CALLBACK (show_file), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::freshness", G_CALLBACK (show_reset), self, G_CONNECT_SWAPPED);
}

/* A window that was destroyed is hidden; it is disposed of when nothing holds it any more. */
static void
hidden_cb (SpPreferences *self)
{
  g_cancellable_cancel (self->cancellable);
  sp_sharing_page_cancel (self->sharing);
}

static void
sp_preferences_finalize (GObject *object)
{
  SpPreferences *self = SP_PREFERENCES (object);
  GtkWindow *parent = self->parent;

  g_clear_object (&self->settings);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->calendars, g_ptr_array_unref);
  G_OBJECT_CLASS (sp_preferences_parent_class)->finalize (object);
  g_clear_object (&parent);
}

static void
sp_preferences_class_init (SpPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sp_preferences_finalize;
  g_type_ensure (SP_TYPE_SHARING_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/signpost/Signpost/ui/sp-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, SpPreferences, author);
  gtk_widget_class_bind_template_child (widget_class, SpPreferences, map);
  gtk_widget_class_bind_template_child (widget_class, SpPreferences, base_map);
  gtk_widget_class_bind_template_child (widget_class, SpPreferences, file);
  gtk_widget_class_bind_template_child (widget_class, SpPreferences, online_url);
  gtk_widget_class_bind_template_child (widget_class, SpPreferences, online_attribution);
  gtk_widget_class_bind_template_child (widget_class, SpPreferences, units);
  gtk_widget_class_bind_template_child (widget_class, SpPreferences, nation);
  gtk_widget_class_bind_template_child (widget_class, SpPreferences, terms);
  gtk_widget_class_bind_template_child (widget_class, SpPreferences, freshness);
  gtk_widget_class_bind_template_child (widget_class, SpPreferences, reset);
  gtk_widget_class_bind_template_child (widget_class, SpPreferences, stack);
  gtk_widget_class_bind_template_child (widget_class, SpPreferences, sharing_page);
  gtk_widget_class_bind_template_child (widget_class, SpPreferences, sharing);
  gtk_widget_class_bind_template_callback (widget_class, choose_file_cb);
  gtk_widget_class_bind_template_callback (widget_class, apply_url_cb);
  gtk_widget_class_bind_template_callback (widget_class, url_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, reset_cb);
}

static void
sp_preferences_init (SpPreferences *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "hide", G_CALLBACK (hidden_cb), NULL);
}

/**
 * sp_preferences_new:
 * @parent: (nullable): the window that asks
 * @settings: what the user has set, which is changed at once
 * @store: (nullable): whose term calendars there are to choose from
 *
 * Returns: (transfer none): the window, to be presented
 */
SpPreferences *
sp_preferences_new (GtkWindow *parent, GSettings *settings, SpStore *store)
{
  SpPreferences *self = g_object_new (SP_TYPE_PREFERENCES, "transient-for", parent, "destroy-with-parent", TRUE, NULL);

  self->parent = parent != NULL ? g_object_ref (parent) : NULL;
  self->settings = g_object_ref (settings);
  bind_settings (self);
  show_map_rows (self);
  show_file (self);
  show_reset (self);
  sp_freshness_rows_add (self->freshness, settings);
  gtk_widget_set_sensitive (GTK_WIDGET (self->terms), FALSE);
  if (store != NULL)
    sp_store_read_async (store, list_calendars, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, self->cancellable, calendars_cb,
                         g_object_ref (self));
  return self;
}

/**
 * sp_preferences_set_sharing:
 * @self: the preferences
 * @sharing: whom the store of the window is shared with
 * @show: whether that is what somebody wants to see
 *
 * Adds the page for it.
 */
void
sp_preferences_set_sharing (SpPreferences *self, SpSharing *sharing, gboolean show)
{
  sp_sharing_page_set_sharing (self->sharing, sharing);
  adw_view_stack_page_set_visible (self->sharing_page, TRUE);
  if (show)
    adw_view_stack_set_visible_child_name (self->stack, "sharing");
}

/**
 * sp_preferences_is_tile_url:
 * @url: what somebody wrote
 *
 * Returns: whether tiles can be fetched there: an address of the web with `{z}`, `{x}` and `{y}`
 */
gboolean
sp_preferences_is_tile_url (const char *url)
{
  return (g_str_has_prefix (url, "https://") || g_str_has_prefix (url, "http://")) && strstr (url, "{z}") != NULL
         && strstr (url, "{x}") != NULL && strstr (url, "{y}") != NULL;
}
