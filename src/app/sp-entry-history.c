/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The history of an entry in words: who changed what and when, as far as this store still knows, and what a version has to
 * be changed by to be as it was. Bodies come from the store's kept versions, or are rebuilt from the old values in the
 * `edit` list. */
#include "sp-entry-history.h"

#include "sp-asset.h"
#include "sp-docs.h"
#include "sp-edit-list.h"
#include "sp-entry-words.h"
#include "sp-history.h"

#include <glib/gi18n.h>
#include <string.h>

#define MOST_STEPS 60

static void
free_step (gpointer data)
{
  SpHistoryStep *step = data;

  g_free (step->rev);
  g_free (step->by);
  g_free (step->on);
  g_ptr_array_unref (step->words);
  g_clear_pointer (&step->body, sp_node_unref);
  g_free (step);
}

/**
 * sp_entry_history_free:
 * @self: (transfer full): a history
 */
void
sp_entry_history_free (SpEntryHistory *self)
{
  g_free (self->id);
  g_free (self->name);
  g_ptr_array_unref (self->steps);
  g_free (self);
}

/* What is known of a document; borrowed but for @now. */
typedef struct
{
  const char *const *revisions; /* newest first */
  GPtrArray         *versions;  /* of SpVersion */
  SpNode            *now;       /* the present body */
  gboolean           deleted;   /* that is a tombstone */
} Known;

static SpNode *
find_body (const Known *known, guint index)
{
  const char *rev = known->revisions[index];

  if (index == 0)
    return sp_node_ref (known->now);
  for (guint i = 0; i < known->versions->len; i++)
    {
      const SpVersion *version = g_ptr_array_index (known->versions, i);
      if (strcmp (version->rev, rev) == 0)
        return sp_node_parse (version->body, -1, NULL);
    }
  return sp_edit_list_rebuild (known->now, known->revisions, rev);
}

/* The step of the `edit` list that tells of a revision; NULL if the list does not reach back to it. */
static const SpNode *
find_edit (const Known *known, guint index)
{
  const SpNode *list = sp_node_get (known->now, "edit");

  return index < sp_edit_list_count (list, known->revisions) ? sp_node_get_element (list, index) : NULL;
}

static gboolean
is_bookkeeping (const char *name)
{
  static const char *const names[] = { "created", "modified", "edit", "source", "type", "schema", NULL };

  return g_strv_contains (names, name);
}

static void
add_changes (GPtrArray *words, const SpNode *before, const SpNode *after)
{
  g_autoptr (SpNode) changes = sp_asset_diff (before, after);

  for (guint i = 0; i < sp_node_get_length (changes); i++)
    {
      const char *name = sp_node_get_name (changes, i);
      if (!is_bookkeeping (name))
        g_ptr_array_add (words, sp_entry_words_change (name, sp_node_get (before, name), sp_node_get_element (changes, i)));
    }
}

static void
add_erased (GPtrArray *words, const SpNode *erased)
{
  for (guint i = 0; i < sp_node_get_length (erased); i++)
    {
      const char *member = sp_node_get_string (sp_node_get_element (erased, i));
      g_autofree char *label = member != NULL ? sp_entry_words_label (member) : NULL;
      if (label != NULL) /* Translators: a part of an entry, such as Contacts */
        g_ptr_array_add (words, g_strdup_printf (_("%s: erased for good"), label));
    }
}

static void
describe (const Known *known, guint index, SpHistoryStep *step)
{
  const SpNode *edit = find_edit (known, index);
  g_autoptr (SpNode) before = known->revisions[index + 1] != NULL ? find_body (known, index + 1) : NULL;

  if (index == 0 && known->deleted)
    g_ptr_array_add (step->words, g_strdup (_("Deleted")));
  else if (known->revisions[index + 1] == NULL && g_str_has_prefix (step->rev, "1-"))
    g_ptr_array_add (step->words, g_strdup (_("Added")));
  else if (before != NULL && step->body != NULL && sp_node_get (edit, "erased") == NULL)
    add_changes (step->words, before, step->body);
  add_erased (step->words, sp_node_get (edit, "erased"));
  if (sp_node_get (edit, "merged") != NULL)
    g_ptr_array_add (step->words, g_strdup (_("Put together with what others had changed")));
  if (step->words->len == 0)
    g_ptr_array_add (step->words, g_strdup (_("What changed is not kept any more")));
}

static SpHistoryStep *
make_step (const Known *known, guint index)
{
  SpHistoryStep *step = g_new0 (SpHistoryStep, 1);
  const SpNode *edit = find_edit (known, index), *modified;

  step->rev = g_strdup (known->revisions[index]);
  step->words = g_ptr_array_new_with_free_func (g_free);
  step->body = find_body (known, index);
  modified = edit != NULL ? edit : sp_node_get (step->body, "modified");
  step->by = g_strdup (sp_node_get_text (modified, "by"));
  step->on = g_strdup (sp_node_get_text (modified, "on"));
  describe (known, index, step);
  return step;
}

/* A version that gave way when versions were put together: what it said can still be had. */
static SpHistoryStep *
make_loser (const Known *known, const SpVersion *version)
{
  SpHistoryStep *step = g_new0 (SpHistoryStep, 1);
  const SpNode *modified;

  step->rev = g_strdup (version->rev);
  step->words = g_ptr_array_new_with_free_func (g_free);
  step->body = sp_node_parse (version->body, -1, NULL);
  modified = sp_node_get (step->body, "modified");
  step->by = g_strdup (sp_node_get_text (modified, "by"));
  step->on = g_strdup (sp_node_get_text (modified, "on"));
  g_ptr_array_add (step->words, g_strdup (_("This version stood against another and was put together with it, or gave way to it")));
  if (step->body != NULL && known->now != NULL && !known->deleted)
    add_changes (step->words, known->now, step->body);
  return step;
}

/* Before the first step that is older, as far as clocks tell; never before the present one. */
static void
insert_loser (GPtrArray *steps, SpHistoryStep *loser)
{
  guint at = 1;

  while (at < steps->len && g_strcmp0 (((const SpHistoryStep *) g_ptr_array_index (steps, at))->on, loser->on) >= 0)
    at++;
  g_ptr_array_insert (steps, (int) at, loser);
}

static void
add_losers (const Known *known, GPtrArray *steps)
{
  for (guint i = 0; i < known->versions->len; i++)
    {
      const SpVersion *version = g_ptr_array_index (known->versions, i);
      if (g_strcmp0 (version->why, "loser") == 0 && !g_strv_contains (known->revisions, version->rev))
        insert_loser (steps, make_loser (known, version));
    }
}

static gpointer
read_job (SpDb *db, gpointer id, GCancellable *cancellable, GError **error)
{
  g_autoptr (SpDoc) doc = sp_docs_get (db, id, NULL, error);
  g_auto (GStrv) revisions = doc != NULL ? sp_docs_get_revisions (db, id, doc->rev, error) : NULL;
  g_autoptr (GPtrArray) versions = revisions != NULL ? sp_history_get (db, id, error) : NULL;
  g_autoptr (SpNode) now = versions != NULL ? sp_node_parse (doc->body != NULL ? doc->body : "{}", -1, error) : NULL;
  Known known = { (const char *const *) revisions, versions, now, doc != NULL && doc->deleted };
  SpEntryHistory *self;

  if (now == NULL)
    return NULL;
  self = g_new0 (SpEntryHistory, 1);
  self->id = g_strdup (id);
  self->name = g_strdup (sp_node_get_text (now, "name"));
  self->steps = g_ptr_array_new_with_free_func (free_step);
  for (guint i = 0; revisions[i] != NULL && i < MOST_STEPS; i++)
    g_ptr_array_add (self->steps, make_step (&known, i));
  add_losers (&known, self->steps);
  return self;
}

/**
 * sp_entry_history_read_async:
 * @store: a store
 * @id: document id
 * @cancellable: (nullable): stops it
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Reads the history of an entry, off the main loop.
 */
void
sp_entry_history_read_async (SpStore *store, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  sp_store_read_async (store, read_job, g_strdup (id), g_free, (GDestroyNotify) sp_entry_history_free, cancellable, callback, user_data);
}

/**
 * sp_entry_history_read_finish:
 * @store: a store
 * @result: what the callback got
 * @error: %SP_ERROR_NOT_FOUND, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the history
 */
SpEntryHistory *
sp_entry_history_read_finish (SpStore *store, GAsyncResult *result, GError **error)
{
  return sp_store_call_finish (store, result, error);
}

/**
 * sp_entry_history_restore:
 * @self: a history
 * @step: position of a version whose body is known
 *
 * Checks of facts are not taken back: they were made on the days that they name.
 *
 * Returns: (transfer full): the members to set, JSON null for those to remove, for the present version to say what that one
 *   said
 */
SpNode *
sp_entry_history_restore (const SpEntryHistory *self, guint step)
{
  static const char *const not_restored[] = { "checked", "created", "edit", "modified", "source", NULL };
  const SpHistoryStep *now = g_ptr_array_index (self->steps, 0), *then = g_ptr_array_index (self->steps, step);
  SpNode *changes = sp_asset_diff (now->body, then->body);

  for (guint i = sp_node_get_length (changes); i-- > 0;)
    if (g_strv_contains (not_restored, sp_node_get_name (changes, i)))
      sp_node_remove_index (changes, i);
  return changes;
}
