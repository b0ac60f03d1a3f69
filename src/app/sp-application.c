/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpApplication: the program with windows. It knows which store they open and holds what they share: the settings, the
 * style sheet and the actions that belong to no window.
 *
 * A store that is named by --store gets a process of its own, so that two stores can be open side by side. */
#include "sp-application.h"

#include "sp-about.h"
#include "sp-base-map.h"
#include "sp-focus.h"
#include "sp-preferences.h"
#include "sp-secret-keyring.h"
#include "sp-taxonomy.h"
#include "sp-thread.h"
#include "sp-window.h"

#include <glib/gi18n.h>

struct _SpApplication
{
  AdwApplication parent_instance;

  GSettings *settings; /* owned */
  SpKeyring *keyring;  /* owned */
  char      *store;    /* owned; path of the store */

  SpStoreOpening *opening; /* owned, nullable: the store, until a window takes it */
};

G_DEFINE_FINAL_TYPE (SpApplication, sp_application, ADW_TYPE_APPLICATION)

static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (data));

  for (GList *next; windows != NULL; windows = next)
    {
      next = windows->next;
      gtk_window_close (windows->data);
    }
}

static void
show_preferences (SpApplication *self, gboolean sharing)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));
  SpBrowser *browser = SP_IS_WINDOW (window) ? sp_window_get_browser (SP_WINDOW (window)) : NULL;
  SpPreferences *preferences = sp_preferences_new (window, self->settings, browser != NULL ? sp_browser_get_store (browser) : NULL);

  if (browser != NULL)
    sp_preferences_set_sharing (preferences, sp_window_get_sharing (SP_WINDOW (window)), sharing);
  gtk_window_present (GTK_WINDOW (preferences));
}

static void
preferences_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  show_preferences (data, FALSE);
}

static void
sharing_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  show_preferences (data, TRUE);
}

static void
about_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  sp_about_show (gtk_application_get_active_window (data));
}

static const GActionEntry actions[] = {
  { .name = "about", .activate = about_action },
  { .name = "preferences", .activate = preferences_action },
  { .name = "quit", .activate = quit_action },
  { .name = "sharing", .activate = sharing_action },
};

static void
sp_application_activate (GApplication *application)
{
  SpApplication *self = SP_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  sp_thread_put_main_first (); /* somebody looks on from here */
  if (window == NULL)
    window = GTK_WINDOW (sp_window_new (self, self->store));
  gtk_window_present (window);
}

static void
sp_application_window_added (GtkApplication *application, GtkWindow *window)
{
  GTK_APPLICATION_CLASS (sp_application_parent_class)->window_added (application, window);
  sp_focus_watch (window);
}

/* What the first search and the first tile wait for. */
static gpointer
read_ahead (gpointer data)
{
  sp_taxonomy_get_built_in ();
  sp_base_map_get_default ();
  return NULL;
}

static void
sp_application_startup (GApplication *application)
{
  static const char *const preferences[] = { "<Control>comma", NULL };
  static const char *const quit[] = { "<Control>q", NULL };
  static const char *const help[] = { "<Control>question", "<Control>F1", NULL };

  /* while GTK starts; a second program that only wakes this one does not come here */
  SP_APPLICATION (application)->opening = sp_store_opening_start (SP_APPLICATION (application)->store);
  g_thread_unref (g_thread_new ("read-ahead", read_ahead, NULL));
  G_APPLICATION_CLASS (sp_application_parent_class)->startup (application);
  gtk_window_set_default_icon_name (SP_APPLICATION_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), application);
  gtk_application_set_accels_for_action (GTK_APPLICATION (application), "app.quit", quit);
  gtk_application_set_accels_for_action (GTK_APPLICATION (application), "app.preferences", preferences);
  gtk_application_set_accels_for_action (GTK_APPLICATION (application), "win.show-help-overlay", help);
}

static int
sp_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  SpApplication *self = SP_APPLICATION (application);
  g_autofree char *store = NULL;

  if (g_variant_dict_lookup (options, "store", "^ay", &store))
    {
      g_free (self->store);
      self->store = g_canonicalize_filename (store, NULL);
      g_application_set_flags (application, g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
    }
  return -1; /* go on */
}

static void
sp_application_finalize (GObject *object)
{
  SpApplication *self = SP_APPLICATION (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->keyring);
  g_clear_pointer (&self->opening, sp_store_opening_free);
  g_free (self->store);
  G_OBJECT_CLASS (sp_application_parent_class)->finalize (object);
}

static void
sp_application_class_init (SpApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sp_application_finalize;
  application_class->activate = sp_application_activate;
  application_class->startup = sp_application_startup;
  GTK_APPLICATION_CLASS (klass)->window_added = sp_application_window_added;
  application_class->handle_local_options = sp_application_handle_local_options;
}

static void
sp_application_init (SpApplication *self)
{
  static const GOptionEntry entries[] = {
    { "store", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_("the store to open"), N_("FILE") },
    G_OPTION_ENTRY_NULL
  };

  self->settings = g_settings_new (SP_APPLICATION_ID);
  self->keyring = sp_secret_keyring_new ();
  self->store = g_build_filename (g_get_user_data_dir (), "signpost", "signpost.db", NULL);
  g_application_add_main_option_entries (G_APPLICATION (self), entries);
}

/**
 * sp_application_new:
 *
 * Returns: (transfer full): the program; the store is the one of `--store`, else the user's own
 */
SpApplication *
sp_application_new (void)
{
  return g_object_new (SP_TYPE_APPLICATION, "application-id", SP_APPLICATION_ID, "resource-base-path", "/org/signpost/Signpost",
                       NULL);
}

/**
 * sp_application_get_settings:
 * @self: the program
 *
 * Returns: (transfer none): what the user has set, for all windows
 */
GSettings *
sp_application_get_settings (SpApplication *self)
{
  g_return_val_if_fail (SP_IS_APPLICATION (self), NULL);
  return self->settings;
}

/**
 * sp_application_get_keyring:
 * @self: the program
 *
 * Returns: (transfer none): where passwords are kept
 */
SpKeyring *
sp_application_get_keyring (SpApplication *self)
{
  g_return_val_if_fail (SP_IS_APPLICATION (self), NULL);
  return self->keyring;
}

/**
 * sp_application_set_keyring:
 * @self: the program, without windows
 * @keyring: where passwords are kept, other than by the desktop
 */
void
sp_application_set_keyring (SpApplication *self, SpKeyring *keyring)
{
  g_return_if_fail (SP_IS_APPLICATION (self));
  g_set_object (&self->keyring, keyring);
}

/**
 * sp_application_take_opening:
 * @self: the program
 * @store: path of a store
 *
 * Returns: (transfer full) (nullable): this store, as it has been being opened since the start; %NULL for another one, and
 *   the next time
 */
SpStoreOpening *
sp_application_take_opening (SpApplication *self, const char *store)
{
  g_return_val_if_fail (SP_IS_APPLICATION (self), NULL);
  return g_strcmp0 (store, self->store) == 0 ? g_steal_pointer (&self->opening) : NULL;
}
