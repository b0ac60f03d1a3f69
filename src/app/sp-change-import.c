/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking an import back as one step, and what a person is told of it. */
#include "sp-change-import.h"

#include "sp-import.h"

#include <glib/gi18n.h>

typedef struct
{
  guint      taken_back;
  GPtrArray *left; /* ids of entries that were edited since */
} Undone;

static void
undone_free (gpointer data)
{
  Undone *undone = data;

  g_clear_pointer (&undone->left, g_ptr_array_unref);
  g_free (undone);
}

/* SpStoreFunc */
static gpointer
undo (SpDb *db, gpointer id, GCancellable *cancellable, GError **error)
{
  Undone *undone = g_new0 (Undone, 1);

  if (sp_import_undo (db, id, &undone->taken_back, &undone->left, error))
    return undone;
  undone_free (undone);
  return NULL;
}

static char *
describe_undone (const Undone *undone)
{
  guint left = undone->left != NULL ? undone->left->len : 0;
  g_autofree char *done = g_strdup_printf (ngettext ("%u entry taken back.", "%u entries taken back.", undone->taken_back),
                                           undone->taken_back);
  g_autofree char *kept = NULL;

  if (left == 0)
    return g_steal_pointer (&done);
  kept = g_strdup_printf (ngettext ("%u entry stays: it was changed since.", "%u entries stay: they were changed since.", left),
                          left);
  return g_strdup_printf ("%s %s", done, kept);
}

/**
 * sp_change_import_undo_async:
 * @store: the store it went into
 * @import_id: of an import
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Takes an import back, but for the entries that were changed since.
 */
void
sp_change_import_undo_async (SpStore *store, const char *import_id, GAsyncReadyCallback callback, gpointer user_data)
{
  sp_store_write_async (store, undo, g_strdup (import_id), g_free, undone_free, NULL, callback, user_data);
}

/**
 * sp_change_import_undo_finish:
 * @store: the store
 * @result: what the callback got
 * @error: as sp_import_undo()
 *
 * Returns: (transfer full) (nullable): a sentence on how many were taken back and how many stay
 */
char *
sp_change_import_undo_finish (SpStore *store, GAsyncResult *result, GError **error)
{
  Undone *undone = sp_store_call_finish (store, result, error);
  char *words = undone != NULL ? describe_undone (undone) : NULL;

  g_clear_pointer (&undone, undone_free);
  return words;
}
