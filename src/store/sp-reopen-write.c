/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How versions come to live again; what they say so that the question stays one stands in sp-reopen.c. */
#include "sp-reopen-private.h"

#include "sp-edit-list.h"
#include "sp-history.h"
#include "sp-splice.h"

#include <string.h>

/**
 * sp_reopen_version_free:
 * @data: (transfer full): a version
 */
void
sp_reopen_version_free (gpointer data)
{
  Version *version = data;

  g_clear_pointer (&version->doc, sp_doc_free);
  g_clear_pointer (&version->body, sp_node_unref);
  g_free (version->tombstone);
  g_free (version);
}

/**
 * sp_reopen_clear:
 * @self: what was decided; what it holds is freed, the struct is not
 */
void
sp_reopen_clear (Decided *self)
{
  g_free (self->decision);
  g_clear_pointer (&self->body, sp_node_unref);
  g_clear_pointer (&self->versions, g_ptr_array_unref);
}

/* ---- whose was whose ---- */

#define PREFIX "decided/" /* of a local document, which never travels */

/**
 * sp_resolve_remember_mine:
 * @db: the writing connection
 * @id: document id
 * @decision: the revision that decides
 * @mine: (nullable): the version that this store wrote; %NULL if it wrote none
 * @error: %SP_ERROR
 *
 * Remembers whose a version was, for when the decision is undone.
 *
 * Returns: whether that went well
 */
gboolean
sp_resolve_remember_mine (SpDb *db, const char *id, const char *decision, const char *mine, GError **error)
{
  g_autofree char *name = g_strconcat (PREFIX, id, NULL);
  g_autoptr (SpNode) node = sp_node_new_object ();
  g_autofree char *json = NULL;

  sp_node_set_text (node, "decision", decision);
  if (mine != NULL)
    sp_node_set_text (node, "mine", mine);
  json = sp_node_to_json (node);
  return strlen (name) > 512 || sp_docs_put_local (db, name, json, -1, NULL, error);
}

static char *
recall_mine (SpDb *db, const char *id, const char *decision)
{
  g_autofree char *name = g_strconcat (PREFIX, id, NULL);
  g_autofree char *json = sp_docs_get_local (db, name, NULL, NULL);
  g_autoptr (SpNode) node = json != NULL ? sp_node_parse (json, -1, NULL) : NULL;

  return node != NULL && g_strcmp0 (sp_node_get_text (node, "decision"), decision) == 0 ? g_strdup (sp_node_get_text (node, "mine")) : NULL;
}

/* ---- living again ---- */

static SpNode *
make_step (const char *from, const SpEditStamp *stamp, SpNode *was)
{
  SpNode *step = sp_node_new_object ();

  sp_node_set_text (step, "from", from);
  sp_node_set_text (step, "by", stamp->by);
  sp_node_set_text (step, "on", stamp->on);
  sp_node_set (step, "was", was);
  return step;
}

/* Writes what @rev said below @parent, but for its list of steps. @edit: (transfer full) */
static gboolean
write_again (SpDb *db, const char *id, const SpDoc *doc, const char *parent, SpNode *edit, char **rev, GError **error)
{
  g_autoptr (SpNode) changes = sp_node_new_object ();
  g_autofree char *json = NULL;

  sp_node_set (changes, "edit", edit);
  json = sp_splice_members (doc->body, changes, error);
  return json != NULL && sp_edit_write_below (db, id, parent, json, rev, error);
}

static gboolean
write_winner (SpDb *db, const char *id, const Decided *decided, const SpEditStamp *stamp, char **rev, GError **error)
{
  const Version *winner = g_ptr_array_index (decided->versions, 0);
  g_autoptr (SpNode) erased = sp_edit_list_keep_erased (sp_node_get (decided->body, "edit"));
  SpNode *step = make_step (decided->decision, stamp, sp_edit_list_diff (decided->body, winner->body)), *asks = sp_node_new_array ();

  for (guint i = 1; i < decided->versions->len; i++)
    sp_node_append (asks, sp_node_new_string (((const Version *) g_ptr_array_index (decided->versions, i))->doc->rev));
  sp_node_set (step, "asks", asks);
  return write_again (db, id, winner->doc, decided->decision, sp_edit_list_prepend (erased, step), rev, error)
         && sp_history_keep (db, id, decided->decision, "base", error);
}

/* Its list reaches back over the tombstone, as if that had changed nothing. @winner: (nullable): what it waits for */
static gboolean
write_loser (SpDb *db, const char *id, const Version *loser, const char *winner, const SpEditStamp *stamp, char **rev, GError **error)
{
  g_autoptr (SpNode) over = sp_edit_list_prepend (sp_node_get (loser->body, "edit"),
                                                  make_step (loser->doc->rev, stamp, sp_node_new_object ()));
  SpNode *step = make_step (loser->tombstone, stamp, sp_node_new_object ());

  if (winner != NULL)
    sp_node_set_text (step, "reopens", winner);
  return write_again (db, id, loser->doc, loser->tombstone, sp_edit_list_prepend (over, step), rev, error);
}

/* Whose was whose before is so again. */
static gboolean
note_mine (SpDb *db, const char *id, const char *mine, const Version *was, const char *is, GError **error)
{
  return g_strcmp0 (mine, was->doc->rev) != 0 || sp_edit_note_written (db, id, is, error);
}

/**
 * sp_reopen_write_all:
 * @db: the writing connection, inside a transaction
 * @id: document id
 * @decided: versions that shall live again; where all were deleted, each below its tombstone
 * @stamp: who asks again, when
 * @error: %SP_ERROR; then the transaction must be undone
 *
 * Returns: whether they were written
 */
gboolean
sp_reopen_write_all (SpDb *db, const char *id, const Decided *decided, const SpEditStamp *stamp, GError **error)
{
  g_autofree char *mine = recall_mine (db, id, decided->decision);
  g_autofree char *winner = NULL;

  if (!(decided->body != NULL ? write_winner (db, id, decided, stamp, &winner, error)
                              : write_loser (db, id, g_ptr_array_index (decided->versions, 0), NULL, stamp, &winner, error))
      || !note_mine (db, id, mine, g_ptr_array_index (decided->versions, 0), winner, error))
    return FALSE;
  for (guint i = 1; i < decided->versions->len; i++)
    {
      const Version *loser = g_ptr_array_index (decided->versions, i);
      g_autofree char *rev = NULL;

      if (!write_loser (db, id, loser, winner, stamp, &rev, error) || !note_mine (db, id, mine, loser, rev, error))
        return FALSE;
    }
  return TRUE;
}

