/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the details of an entry can have done to it: saying that its facts are still right. That sets clocks, as an edit
 * like any other, which can be undone. */
#include "sp-window-actions.h"

#include "sp-clock.h"
#include "sp-freshness.h"
#include "sp-store-documents.h"

#include <glib/gi18n.h>

#define HOW_KEY "sp-window-confirm-how" /* of the window: how the last facts were confirmed */

typedef struct
{
  SpWindow *window; /* owned */
  char     *group;
  char     *how;
} Confirmation;

static void
confirmation_free (Confirmation *self)
{
  g_object_unref (self->window);
  g_free (self->group);
  g_free (self->how);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Confirmation, confirmation_free)

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpWindow) window = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = sp_changes_save_finish (SP_CHANGES (source), result, &error);

  if (id == NULL)
    sp_window_toast (window, error->message, NULL, NULL);
}

/* "Men’s Shed: confirmed today by those who run it" */
static char *
make_label (SpAsset *asset, const char *how, gint32 today)
{
  const SpFreshness clock = { SP_FRESHNESS_FRESH, today, SP_CIVIL_NO_DAY, SP_CIVIL_NO_DAY, how };
  g_autofree char *words = sp_freshness_get_words (&clock, today);

  return g_strdup_printf ("%s: %s", sp_asset_get_name (asset) != NULL ? sp_asset_get_name (asset) : _("Entry"), words);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Confirmation) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SpStoreEntry) entry = sp_store_get_finish (SP_STORE (source), result, &error);
  SpChanges *changes = sp_window_get_changes (self->window);
  gint32 today = sp_clock_today ();
  g_autoptr (SpNode) checked = NULL;
  g_autofree char *label = NULL;

  if (changes == NULL)
    return; /* the window was closed meanwhile */
  if (entry == NULL || entry->deleted)
    {
      sp_window_toast (self->window, error != NULL ? error->message : _("This entry was deleted"), NULL, NULL);
      return;
    }
  checked = sp_freshness_confirm (sp_asset_get_body (entry->asset), self->group, sp_changes_get_author (changes), self->how, today);
  if (checked == NULL)
    {
      sp_window_toast (self->window, _("This entry says nothing yet that could be confirmed"), NULL, NULL);
      return;
    }
  label = make_label (entry->asset, self->how, today);
  sp_changes_save_async (changes, sp_asset_get_id (entry->asset), sp_asset_get_rev (entry->asset), checked, label, saved_cb,
                         g_object_ref (self->window));
}

static void
confirm (SpWindow *window, const char *id, const char *group, const char *how)
{
  Confirmation *self = g_new (Confirmation, 1);

  *self = (Confirmation){ g_object_ref (window), g_strdup (group), g_strdup (how) };
  sp_store_get_async (sp_browser_get_store (sp_window_get_browser (window)), id, NULL, read_cb, self);
}

static void
confirm_how_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  const char *id, *group, *how;

  g_variant_get (parameter, "(&s&s&s)", &id, &group, &how);
  g_object_set_data_full (window, HOW_KEY, g_strdup (how), g_free);
  confirm (window, id, group, how);
}

/* As the last time; at first a call, since that is how most is checked. */
static void
confirm_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  const char *id, *group, *how = g_object_get_data (window, HOW_KEY);

  g_variant_get (parameter, "(&s&s)", &id, &group);
  confirm (window, id, group, how != NULL ? how : "phone");
}

/**
 * sp_window_add_details_actions:
 * @self: a window with a store
 *
 * Adds win.confirm (document id, fact group or "" for all) and win.confirm-how, which takes "owner", "phone" or "visit"
 * as well.
 */
void
sp_window_add_details_actions (SpWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "confirm", .activate = confirm_action, .parameter_type = "(ss)" },
    { .name = "confirm-how", .activate = confirm_how_action, .parameter_type = "(sss)" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
