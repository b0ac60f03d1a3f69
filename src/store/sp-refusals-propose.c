/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What another replica refused, because the account there may only propose: it becomes a submission, and the entry says
 * again what it says there.
 *
 * The revisions that the other one lacks are taken out of the tree. To write what they changed back in another revision
 * would be refused as well, and the two would never agree. If a third replica has them, or what they replaced is no longer
 * kept, they stay. */
#include "sp-refusals-private.h"

#include "sp-asset.h"
#include "sp-docs.h"
#include "sp-edit-list.h"
#include "sp-submission.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
refuse (GError **error, SpError code, const char *id, const char *why)
{
  g_set_error (error, SP_ERROR, code, "%s: %s", id, why);
  return FALSE;
}

/* ---- what was refused ---- */

static SpRefusal *
find_refusal (SpDb *db, const char *id, GError **error)
{
  g_autoptr (GPtrArray) refusals = sp_refusals_list (db, NULL, error);

  for (guint i = 0; refusals != NULL && i < refusals->len; i++)
    {
      const SpRefusal *refusal = g_ptr_array_index (refusals, i);

      if (refusal->sent && refusal->lacks != NULL && strcmp (refusal->id, id) == 0)
        return g_ptr_array_steal_index (refusals, i);
    }
  if (refusals != NULL)
    refuse (error, SP_ERROR_NOT_FOUND, id, _("no change of it is known to have been refused"));
  return NULL;
}

/* The version that was refused: the one that lives, else the tombstone of a deletion. */
static gboolean
find_mine (SpDb *db, const SpRefusal *refusal, SpDoc **mine, GError **error)
{
  g_autoptr (GPtrArray) leaves = sp_docs_get_leaves (db, refusal->id, error);
  g_autoptr (SpDoc) best = NULL;
  guint live = 0;

  for (guint i = leaves != NULL ? leaves->len : 0; i-- > 0;)
    {
      const SpDoc *leaf = g_ptr_array_index (leaves, i);

      if (!g_strv_contains ((const char *const *) refusal->lacks, leaf->rev))
        continue;
      live += !leaf->deleted;
      g_clear_pointer (&best, sp_doc_free);
      best = g_ptr_array_steal_index (leaves, i); /* the live ones stand first */
    }
  if (leaves == NULL)
    return FALSE;
  if (best == NULL)
    return refuse (error, SP_ERROR_CONFLICT, refusal->id, _("the entry has changed since it was refused; it has to be synced first"));
  if (live > 1)
    return refuse (error, SP_ERROR_CONFLICT, refusal->id, _("the entry waits for a decision, which comes first"));
  *mine = g_steal_pointer (&best);
  return TRUE;
}

/* ---- what is to be proposed ---- */

typedef struct
{
  char   *base;    /* nullable: the revision that the other one has; NULL if it has none */
  SpNode *changes; /* nullable: nothing differs */
} Wish;

static void
clear_wish (Wish *wish)
{
  g_free (wish->base);
  g_clear_pointer (&wish->changes, sp_node_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wish, clear_wish)

static SpNode *
load_body (SpDb *db, const char *id, const char *rev)
{
  g_autoptr (SpDoc) doc = sp_docs_get (db, id, rev, NULL);

  return doc != NULL && doc->body != NULL && !doc->deleted ? sp_node_parse (doc->body, -1, NULL) : NULL;
}

/* What differs, but for what belongs to the writing of documents. All of it, where nobody here knows what was before. */
static SpNode *
compare (SpDb *db, const SpDoc *mine, GStrv path, const char *base, GError **error)
{
  static const char *const bookkeeping[] = { "created", "modified", "edit", "source" };
  g_autoptr (SpNode) after = sp_node_parse (mine->body, -1, error);
  g_autoptr (SpNode) before = after != NULL && base != NULL ? load_body (db, mine->id, base) : NULL;
  SpNode *changes;

  if (after == NULL)
    return NULL;
  if (before == NULL && base != NULL)
    before = sp_edit_list_rebuild (after, (const char *const *) path, base);
  if (before == NULL)
    before = sp_node_new_object ();
  changes = sp_asset_diff (before, after);
  for (guint i = 0; i < G_N_ELEMENTS (bookkeeping); i++)
    sp_node_remove (changes, bookkeeping[i]);
  return changes;
}

/* Only an editor may delete: what can be proposed is to close it. */
static SpNode *
make_closing (void)
{
  SpNode *changes = sp_node_new_object ();

  sp_node_set_text (changes, "status", "defunct");
  return changes;
}

static gboolean
make_wish (SpDb *db, const SpDoc *mine, const SpRefusal *refusal, Wish *wish, GError **error)
{
  g_auto (GStrv) path = sp_docs_get_revisions (db, mine->id, mine->rev, error);
  guint i = 0;

  if (path == NULL)
    return FALSE;
  while (path[i] != NULL && g_strv_contains ((const char *const *) refusal->lacks, path[i]))
    i++;
  wish->base = g_strdup (path[i]);
  if (!mine->deleted)
    wish->changes = compare (db, mine, path, wish->base, error);
  else if (wish->base != NULL)
    wish->changes = make_closing ();
  if (!mine->deleted && wish->changes == NULL)
    return FALSE;
  if (wish->changes != NULL && sp_node_get_length (wish->changes) == 0)
    g_clear_pointer (&wish->changes, sp_node_unref);
  return TRUE;
}

/* ---- taking it back ---- */

/* Whether a replica other than the one that refused was given what is here since: each that was leaves a checkpoint. */
static gboolean
has_spread (SpDb *db, const SpRefusal *refusal, gboolean *spread, GError **error)
{
  g_autofree char *now = sp_docs_get_update_seq (db, error);
  g_autofree char *list = g_strjoinv (",", refusal->lacks);
  SP_DB_STMT *stmt = now == NULL ? NULL
                                 : sp_db_prepare (db, "SELECT 1 FROM local WHERE body ->> '$.replicator' = 'signpost' AND body ->> '$.target' IS NOT ?1"
                                                      " AND body ->> '$.source_last_seq' LIKE '%' || ?2 AND CAST (body ->> '$.source_last_seq' AS INTEGER) >="
                                                      " (SELECT min (r.seq) FROM doc d JOIN rev r ON r.doc = d.n WHERE d.id = ?3"
                                                      "  AND instr (',' || ?4 || ',', ',' || r.gen || '-' || r.hash || ',') > 0) LIMIT 1", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, refusal->peer, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 2, strchr (now, '-'), -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 3, refusal->id, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 4, list, -1, SQLITE_STATIC);
  return sp_db_step (db, stmt, spread, error);
}

static gboolean
take_back (SpDb *db, const SpRefusal *refusal, gboolean *stays, GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (!has_spread (db, refusal, stays, error))
    return FALSE;
  if (*stays)
    return TRUE;
  if (sp_docs_remove_revisions (db, refusal->id, (const char *const *) refusal->lacks, &problem))
    return sp_refusals_forget (db, refusal->peer, TRUE, refusal->id, error);
  *stays = g_error_matches (problem, SP_ERROR, SP_ERROR_DENIED);
  if (!*stays)
    g_propagate_error (error, g_steal_pointer (&problem));
  return *stays;
}

static gboolean
write_submission (SpDb *db, const SpRefusal *refusal, const Wish *wish, const char *submission, const SpEditStamp *stamp, GError **error)
{
  g_autoptr (SpNode) document = NULL;

  if (wish->changes == NULL)
    return TRUE;
  document = sp_submission_make (refusal->id, wish->base, wish->changes, NULL);
  return sp_edit_save (db, submission, NULL, document, stamp, NULL, error);
}

static gboolean
propose (SpDb *db, const SpRefusal *refusal, const char *submission, const SpEditStamp *stamp, gboolean *stays, GError **error)
{
  g_autoptr (SpDoc) mine = NULL;
  g_auto (Wish) wish = { NULL, NULL };

  return find_mine (db, refusal, &mine, error) && make_wish (db, mine, refusal, &wish, error)
         && write_submission (db, refusal, &wish, submission, stamp, error) && take_back (db, refusal, stays, error)
         && (!*stays || sp_refusals_note_proposed (db, refusal, submission, error)) && sp_db_commit (db, error);
}

/**
 * sp_refusals_propose:
 * @db: the writing connection
 * @id: document id of an entry of which a change was refused
 * @submission: document id for the submission: see sp_submission_new_id()
 * @stamp: who proposes, when
 * @stays: (out): whether the entry still says here what was refused, since another copy has it too, or since what it
 *   replaced is no longer kept
 * @error: %SP_ERROR_NOT_FOUND if nothing of it was refused; %SP_ERROR_CONFLICT if it has changed since, or waits for a
 *   decision
 *
 * Proposes the change instead, in one transaction, and takes it back, so that the entry says what it says where it was
 * refused. A deletion is proposed as a closing; a change that says nothing new is only taken back.
 *
 * Returns: whether it was done; if not, nothing is
 */
gboolean
sp_refusals_propose (SpDb *db, const char *id, const char *submission, const SpEditStamp *stamp, gboolean *stays, GError **error)
{
  g_autoptr (SpRefusal) refusal = find_refusal (db, id, error);

  *stays = FALSE;
  if (refusal == NULL)
    return FALSE;
  if (!g_str_has_prefix (id, "asset:"))
    return refuse (error, SP_ERROR_INVALID, id, _("only entries can be proposed"));
  if (!sp_db_begin (db, error))
    return FALSE;
  if (propose (db, refusal, submission, stamp, stays, error))
    return TRUE;
  sp_db_rollback (db);
  return FALSE;
}
