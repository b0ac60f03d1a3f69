/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Single documents for a program with a main loop: reading one with its conflicts, saving an edit, deleting. */
#include "sp-store-documents.h"

#include "sp-docs.h"

/**
 * sp_store_entry_free:
 * @self: (transfer full): an entry
 */
void
sp_store_entry_free (SpStoreEntry *self)
{
  g_clear_object (&self->asset);
  g_clear_pointer (&self->conflicts, g_ptr_array_unref);
  g_free (self);
}

static SpAsset *
read_leaf (const SpDoc *leaf, GError **error)
{
  g_autoptr (SpNode) body = sp_node_parse (leaf->body != NULL ? leaf->body : "{}", -1, error);

  return body != NULL ? sp_asset_new (leaf->id, leaf->rev, body) : NULL;
}

/* On a reader. One statement reads all leaves, so they are of one moment. */
static gpointer
get (SpDb *db, gpointer id, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) leaves = sp_docs_get_leaves (db, id, error);
  g_autoptr (SpStoreEntry) entry = NULL;

  if (leaves == NULL)
    return NULL;
  entry = g_new0 (SpStoreEntry, 1);
  entry->conflicts = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < leaves->len; i++)
    {
      const SpDoc *leaf = g_ptr_array_index (leaves, i);
      SpAsset *asset;

      if (i > 0 && leaf->deleted)
        continue;
      asset = read_leaf (leaf, error);
      if (asset == NULL)
        return NULL;
      if (i > 0)
        g_ptr_array_add (entry->conflicts, asset);
      else
        *entry = (SpStoreEntry){ asset, leaf->deleted, entry->conflicts };
    }
  return g_steal_pointer (&entry);
}

/**
 * sp_store_get_async:
 * @self: a store
 * @id: document id
 * @cancellable: (nullable): stops it
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Reads a document, of any type, with the versions that stand against each other.
 */
void
sp_store_get_async (SpStore *self, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  sp_store_read_async (self, get, g_strdup (id), g_free, (GDestroyNotify) sp_store_entry_free, cancellable, callback, user_data);
}

/**
 * sp_store_get_finish:
 * @self: a store
 * @result: what the callback got
 * @error: %SP_ERROR_NOT_FOUND
 *
 * Returns: (transfer full) (nullable): the document
 */
SpStoreEntry *
sp_store_get_finish (SpStore *self, GAsyncResult *result, GError **error)
{
  return sp_store_call_finish (self, result, error);
}

/* An edit on its way to the writer; owns all it points to. */
typedef struct
{
  char      *id;
  char      *parent;  /* nullable */
  SpNode    *changes; /* NULL to delete */
  char      *by;
  char      *on;
  SpEditKind kind;
} Edit;

static void
free_edit (gpointer data)
{
  Edit *edit = data;

  g_free (edit->id);
  g_free (edit->parent);
  g_clear_pointer (&edit->changes, sp_node_unref);
  g_free (edit->by);
  g_free (edit->on);
  g_free (edit);
}

static Edit *
new_edit (const char *id, const char *parent, const SpNode *changes, const SpEditStamp *stamp)
{
  Edit *edit = g_new0 (Edit, 1);

  *edit = (Edit){ g_strdup (id), g_strdup (parent), sp_node_copy (changes), g_strdup (stamp->by), g_strdup (stamp->on), stamp->kind };
  return edit;
}

/* On the writer. */
static gpointer
write_edit (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Edit *edit = data;
  const SpEditStamp stamp = { edit->by, edit->on, edit->kind };
  char *rev = NULL;

  if (edit->changes != NULL)
    sp_edit_save (db, edit->id, edit->parent, edit->changes, &stamp, &rev, error);
  else
    sp_edit_delete (db, edit->id, edit->parent, &stamp, &rev, error);
  return rev;
}

/**
 * sp_store_save_async:
 * @self: a store
 * @id: document id
 * @parent: (nullable): the revision that the edit began with; %NULL for a new document
 * @changes: an object: top members with their new values, JSON null for those to remove; copied
 * @stamp: who, when; copied
 * @callback: called in the caller's main context, after #SpStore::changed
 * @user_data: for @callback
 *
 * Saves an edit, as sp_edit_save() does. It cannot be stopped: once asked for, it is done or fails.
 */
void
sp_store_save_async (SpStore *self, const char *id, const char *parent, const SpNode *changes, const SpEditStamp *stamp,
                     GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (sp_node_is_object (changes));
  sp_store_write_async (self, write_edit, new_edit (id, parent, changes, stamp), free_edit, g_free, NULL, callback, user_data);
}

/**
 * sp_store_save_finish:
 * @self: a store
 * @result: what the callback got
 * @error: %SP_ERROR_CONFLICT if it was changed meanwhile, or as sp_edit_save()
 *
 * Returns: (transfer full) (nullable): the new revision; the one it began with if nothing changes
 */
char *
sp_store_save_finish (SpStore *self, GAsyncResult *result, GError **error)
{
  return sp_store_call_finish (self, result, error);
}

/**
 * sp_store_delete_async:
 * @self: a store
 * @id: document id
 * @parent: the live revision to delete
 * @stamp: who, when; copied
 * @callback: called in the caller's main context, after #SpStore::changed
 * @user_data: for @callback
 *
 * Deletes a document, as sp_edit_delete() does.
 */
void
sp_store_delete_async (SpStore *self, const char *id, const char *parent, const SpEditStamp *stamp,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  sp_store_write_async (self, write_edit, new_edit (id, parent, NULL, stamp), free_edit, g_free, NULL, callback, user_data);
}

/**
 * sp_store_delete_finish:
 * @self: a store
 * @result: what the callback got
 * @error: %SP_ERROR_CONFLICT if it was changed or deleted meanwhile
 *
 * Returns: (transfer full) (nullable): the tombstone's revision
 */
char *
sp_store_delete_finish (SpStore *self, GAsyncResult *result, GError **error)
{
  return sp_store_call_finish (self, result, error);
}
