/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Making the projection again from all documents: SQLite reads a batch of bodies, a thread takes them apart while the
 * batch before is written, and tables whose order is not that of the documents are written from sorted arrays. */
#include "sp-projection-private.h"

#include "sp-areas.h"
#include "sp-schema.h"
#include "sp-twins.h"

#define BATCH 256 /* documents; so often the cancellable is asked */
#define MOST_KEYS 2000000 /* that wait to be written: 48 MB */

/* A document on its way. */
typedef struct
{
  gint64  doc;
  gint64  seq;
  char   *id;   /* owned */
  char   *json; /* owned; until it is parsed */
  gsize   length;
  SpNode *body; /* owned; NULL if it could not be parsed */
  SpText *text; /* owned, nullable; what was made of it */
  GError *error; /* owned; why not */
} Document;

typedef struct
{
  SpDb        *db;
  GThreadPool *parser; /* one thread */
  GAsyncQueue *parsed; /* of GArray of Document */
  SpBulk       bulk;
} Rebuild;

static void
clear_document (gpointer data)
{
  Document *document = data;

  g_free (document->id);
  g_free (document->json);
  if (document->body != NULL)
    sp_node_unref (document->body);
  g_clear_pointer (&document->text, sp_text_free);
  g_clear_error (&document->error);
}

/* In the thread. */
static void
parse_batch (gpointer data, gpointer parsed)
{
  GArray *batch = data;

  for (guint i = 0; i < batch->len; i++)
    {
      Document *document = &g_array_index (batch, Document, i);
      document->body = sp_node_parse (document->json, (gssize) document->length, &document->error);
      if (document->body != NULL && g_str_has_prefix (document->id, "asset:"))
        document->text = sp_text_new (document->body);
    }
  g_async_queue_push (parsed, batch);
}

static gboolean
is_projected (const char *id)
{
  return g_str_has_prefix (id, "asset:") || g_str_has_prefix (id, "area:");
}

/* Reads the next documents. @taken: how many rows that were. Gives NULL on failure; an empty batch at the end. */
static GArray *
read_batch (SpDb *db, sqlite3_stmt *stmt, guint *taken, GError **error)
{
  g_autoptr (GArray) batch = g_array_sized_new (FALSE, FALSE, sizeof (Document), BATCH);
  gboolean has_row = TRUE;

  g_array_set_clear_func (batch, clear_document);
  for (*taken = 0; batch->len < BATCH;)
    {
      const char *id;
      Document document = { 0 };

      if (!sp_db_step (db, stmt, &has_row, error))
        return NULL;
      if (!has_row)
        break;
      ++*taken;
      id = (const char *) sqlite3_column_text (stmt, 2);
      if (!is_projected (id))
        continue;
      document = (Document){ .doc = sqlite3_column_int64 (stmt, 0), .seq = sqlite3_column_int64 (stmt, 1), .id = g_strdup (id) };
      document.json = g_strdup ((const char *) sqlite3_column_text (stmt, 3));
      document.length = (gsize) sqlite3_column_bytes (stmt, 3);
      g_array_append_val (batch, document);
    }
  return g_steal_pointer (&batch);
}

static gboolean
write_document (Rebuild *self, Document *document, GError **error)
{
  if (document->body == NULL)
    {
      g_propagate_prefixed_error (error, g_steal_pointer (&document->error), "%s: ", document->id);
      return FALSE;
    }
  if (g_str_has_prefix (document->id, "area:"))
    return sp_areas_project (self->db, document->doc, document->id, document->body, error);
  return sp_projection_write (self->db, document->doc, document->seq, document->body, document->text, &self->bulk, error);
}

static gboolean
write_batch (Rebuild *self, GArray *batch, GError **error)
{
  for (guint i = 0; i < batch->len; i++)
    if (!write_document (self, &g_array_index (batch, Document, i), error))
      return FALSE;
  return self->bulk.keys->len < MOST_KEYS || sp_twins_write (self->db, self->bulk.keys, error);
}

static gint64
count_documents (SpDb *db)
{
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT count (*) FROM doc", NULL);

  if (stmt == NULL || !sp_db_step (db, stmt, &has_row, NULL))
    return 0;
  return sqlite3_column_int64 (stmt, 0);
}

/* One batch is always with the parser while that before it is written. */
static gboolean
write_batches (Rebuild *self, GCancellable *cancellable, GFileProgressCallback progress, gpointer user_data, GError **error)
{
  gint64 total = count_documents (self->db), done = 0;
  gboolean more = TRUE;
  guint taken = 0, with_parser = 0;
  SP_DB_STMT *stmt = sp_db_prepare (self->db, "SELECT doc.n, doc.seq, doc.id, body FROM doc JOIN rev ON rev.n = doc.winner"
                                              " WHERE NOT doc.deleted ORDER BY doc.seq", error);

  if (stmt == NULL)
    return FALSE;
  while (more || with_parser > 0)
    {
      g_autoptr (GArray) ready = NULL;
      GArray *next = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || (more && (next = read_batch (self->db, stmt, &taken, error)) == NULL))
        return FALSE;
      more = next != NULL && next->len == BATCH;
      if (next != NULL)
        g_thread_pool_push (self->parser, next, NULL);
      with_parser += next != NULL;
      if (with_parser == 2 || !more)
        {
          ready = g_async_queue_pop (self->parsed);
          with_parser--;
        }
      if (ready != NULL && !write_batch (self, ready, error))
        return FALSE;
      done += next != NULL ? taken : 0;
      if (progress != NULL)
        progress (more ? MIN (done, total) : total, total, user_data);
    }
  return TRUE;
}

static gboolean
project_all (SpDb *db, GCancellable *cancellable, GFileProgressCallback progress, gpointer user_data, GError **error)
{
  Rebuild self = { db, NULL, g_async_queue_new_full ((GDestroyNotify) g_array_unref) };
  gboolean good;

  self.bulk.positions = g_array_new (FALSE, FALSE, sizeof (SpPlaced));
  self.bulk.keys = g_array_new (FALSE, FALSE, sizeof (SpTwinKey));
  self.parser = g_thread_pool_new (parse_batch, self.parsed, 1, FALSE, NULL);
  good = write_batches (&self, cancellable, progress, user_data, error)
         && sp_rows_write_positions (db, self.bulk.positions, error) && sp_twins_write (db, self.bulk.keys, error);
  g_thread_pool_free (self.parser, FALSE, TRUE);
  g_async_queue_unref (self.parsed);
  g_array_unref (self.bulk.positions);
  g_array_unref (self.bulk.keys);
  return good;
}

/**
 * sp_projection_rebuild:
 * @db: the writing connection
 * @cancellable: (nullable): stops it; the old projection stays
 * @progress: (nullable): told how many documents are done
 * @user_data: for @progress
 * @error: %SP_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Drops the projection and makes it again from the documents, in one transaction.
 *
 * Returns: whether that went well
 */
gboolean
sp_projection_rebuild (SpDb *db, GCancellable *cancellable, GFileProgressCallback progress, gpointer user_data, GError **error)
{
  if (!sp_db_begin (db, error))
    return FALSE;
  sp_words_forget (db);
  if (sp_schema_drop_projection (db, error)
      && sp_schema_create_projection (db, error)
      && sp_projection_set_bulk (db, TRUE, error)
      && project_all (db, cancellable, progress, user_data, error)
      && sp_projection_merge (db, error)
      && sp_projection_set_bulk (db, FALSE, error)
      && sp_db_commit (db, error))
    return TRUE;
  sp_db_rollback (db);
  return FALSE;
}
