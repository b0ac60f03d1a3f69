/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a store remembers of the replicas it is synced with: up to where they have everything, and what they refused. */
#include "sp-store-peer-notes.h"

#include "sp-clock.h"
#include "sp-docs.h"
#include "sp-history.h"
#include "sp-news.h"
#include "sp-refusals.h"

#include <string.h>

/**
 * sp_store_peer_count:
 * @db: a connection
 * @info: gets how many documents there are, and checkpoints of replicas
 * @error: %SP_ERROR
 *
 * Returns: whether they could be counted
 */
gboolean
sp_store_peer_count (SpDb *db, SpPeerInfo *info, GError **error)
{
  guint live, deleted;
  gboolean has_row;
  SP_DB_STMT *stmt = NULL;

  if (!sp_docs_count (db, &live, &deleted, error))
    return FALSE;
  stmt = sp_db_prepare (db, "SELECT count(*) FROM local WHERE body ->> '$.replicator' = 'signpost'", error);
  if (stmt == NULL || !sp_db_step (db, stmt, &has_row, error))
    return FALSE;
  info->n_documents = (gint64) live + deleted;
  info->n_checkpoints = (guint) sqlite3_column_int (stmt, 0);
  return TRUE;
}

static const SpPeerDocument *
get_refused (const SpPeerNote *note, guint i, const char *id)
{
  const SpPeerDocument *document = i < note->refused->len ? g_ptr_array_index (note->refused, i) : NULL;

  return document != NULL && strcmp (document->id, id) == 0 ? document : NULL;
}

static void
add_lacks (const SpPeerNote *note, const SpPeerDocument *document, GStrvBuilder *all)
{
  if (!note->sent && document->rev != NULL)
    g_strv_builder_add (all, document->rev);
  else if (note->sent && document->lacks != NULL)
    g_strv_builder_addv (all, (const char **) document->lacks);
}

/* Of one document several versions may have been refused, one after the other: what is missing of any of them. Of what did
 * not come here, its past is of no use: these are what to ask for again. */
static GStrv
join_lacks (const SpPeerNote *note, guint i, const char *id)
{
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();
  const SpPeerDocument *document;

  while (i > 0 && get_refused (note, i - 1, id) != NULL)
    i--;
  for (; (document = get_refused (note, i, id)) != NULL; i++)
    add_lacks (note, document, all);
  return g_strv_builder_end (all);
}

static gboolean
note_refused (SpDb *db, const SpPeerNote *note, GError **error)
{
  for (guint i = 0; i < note->refused->len; i++)
    {
      const SpPeerDocument *document = g_ptr_array_index (note->refused, i);
      g_auto (GStrv) lacks = join_lacks (note, i, document->id);
      const SpRefusal refusal = { .peer = note->peer, .id = document->id, .rev = document->rev,
                                  .reason = document->error->message, .sent = note->sent, .on = sp_clock_now (), .lacks = lacks };

      if (!sp_refusals_note (db, &refusal, error))
        return FALSE;
    }
  return TRUE;
}

/* What got through is no longer refused; mostly nothing was. */
static gboolean
note_taken (SpDb *db, const SpPeerNote *note, GError **error)
{
  g_autoptr (GPtrArray) refusals = note->taken->len > 0 ? sp_refusals_list (db, note->peer, error) : g_ptr_array_new ();

  if (refusals == NULL)
    return FALSE;
  for (guint i = 0; refusals->len > 0 && i < note->taken->len; i++)
    {
      const SpPeerRev *rev = g_ptr_array_index (note->taken, i);

      if (!sp_refusals_forget (db, note->peer, note->sent, rev->id, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
note_acked (SpDb *db, const SpPeerNote *note, GError **error)
{
  if (!note->sent || note->since == NULL || note->since[0] != '"')
    return TRUE;
  return sp_history_set_peer (db, note->peer, g_ascii_strtoll (note->since + 1, NULL, 10), sp_clock_now (), error);
}

/* What is given comes after what is taken, and tells as well that all has come, should the last to come have been nothing. */
static gboolean
note_end (SpDb *db, const SpPeerNote *note, GError **error)
{
  return (!note->sent && !note->at_end) || sp_news_end_first (db, error);
}

/**
 * sp_store_peer_write_note:
 * @db: the writing connection
 * @note: an SpPeerNote
 * @cancellable: (nullable): not used
 * @error: %SP_ERROR
 *
 * Returns: (nullable): @note if it is remembered
 */
gpointer
sp_store_peer_write_note (SpDb *db, gpointer note, GCancellable *cancellable, GError **error)
{
  if (!sp_db_begin (db, error))
    return NULL;
  if (note_taken (db, note, error) && note_refused (db, note, error) && note_acked (db, note, error)
      && note_end (db, note, error) && sp_db_commit (db, error))
    return note;
  sp_db_rollback (db);
  return NULL;
}

/* A document that is not here cannot be offered again. */
static gboolean
add_leaves (SpDb *db, const char *id, GPtrArray *revs, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GPtrArray) leaves = sp_docs_get_leaves (db, id, &problem);

  for (guint i = 0; leaves != NULL && i < leaves->len; i++)
    g_ptr_array_add (revs, sp_peer_rev_new (id, ((const SpDoc *) g_ptr_array_index (leaves, i))->rev));
  if (leaves != NULL || g_error_matches (problem, SP_ERROR, SP_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/**
 * sp_store_peer_list_refused:
 * @db: a connection
 * @peer: uuid of a replica
 * @cancellable: (nullable): not used
 * @error: %SP_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type SpPeerRev): the leaves of documents that it refused
 */
gpointer
sp_store_peer_list_refused (SpDb *db, gpointer peer, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) refusals = sp_refusals_list (db, peer, error);
  g_autoptr (GPtrArray) revs = g_ptr_array_new_with_free_func (sp_peer_rev_free);

  for (guint i = 0; refusals != NULL && i < refusals->len; i++)
    {
      const SpRefusal *refusal = g_ptr_array_index (refusals, i);

      if (refusal->sent && !add_leaves (db, refusal->id, revs, error))
        return NULL;
    }
  return refusals != NULL ? g_steal_pointer (&revs) : NULL;
}

/**
 * sp_store_peer_list_not_got:
 * @db: a connection
 * @peer: uuid of a replica
 * @cancellable: (nullable): not used
 * @error: %SP_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type SpPeerRev): the revisions of its documents that could not be had or stored
 */
gpointer
sp_store_peer_list_not_got (SpDb *db, gpointer peer, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) refusals = sp_refusals_list (db, peer, error);
  g_autoptr (GPtrArray) revs = g_ptr_array_new_with_free_func (sp_peer_rev_free);

  for (guint i = 0; refusals != NULL && i < refusals->len; i++)
    {
      const SpRefusal *refusal = g_ptr_array_index (refusals, i);
      const gboolean has_list = refusal->lacks != NULL && refusal->lacks[0] != NULL;

      for (guint k = 0; !refusal->sent && has_list && refusal->lacks[k] != NULL; k++)
        g_ptr_array_add (revs, sp_peer_rev_new (refusal->id, refusal->lacks[k]));
      if (!refusal->sent && !has_list && refusal->rev != NULL)
        g_ptr_array_add (revs, sp_peer_rev_new (refusal->id, refusal->rev));
    }
  return refusals != NULL ? g_steal_pointer (&revs) : NULL;
}
