/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was erased goes from the bytes of the file too, whoever asked for it: when the store is opened, soon after it was
 * written, and when the store is closed. Then too the pieces of the indexes are merged that many new entries left behind, and the
 * log that grew with them is folded into the file. */
#include "sp-erase.h"
#include "sp-projection.h"
#include "sp-store-private.h"

#define LATER_S 2 /* so that a whole sync costs one cleaning */

/* @now: even if more is likely to come. What fails is tried again the next time; a damaged store is left as it is. */
static gpointer
clean (SpDb *db, gpointer now, GCancellable *cancellable, GError **error)
{
  const gboolean rests = now != NULL || !sp_projection_is_busy (db);

  if (sp_db_is_damaged (db) || !sp_erase_clean (db, error))
    return NULL;
  if (rests && sp_projection_is_loose (db) && !sp_projection_merge (db, error))
    return NULL;
  if (rests)
    sp_db_fold (db);
  return db;
}

/**
 * sp_store_needs_cleaning:
 * @db: the writing connection
 *
 * Returns: whether sp_store_clean() has something to do
 */
gboolean
sp_store_needs_cleaning (SpDb *db)
{
  return !sp_db_is_damaged (db) && (sp_erase_is_pending (db) || sp_projection_is_loose (db) || sp_db_gathers (db));
}

/**
 * sp_store_clean:
 * @self: a store
 * @now: whether nothing more is going to be written, so that also what the next batch would make anew is done
 *
 * Has sp_erase_clean() done after everything that was asked for, and sp_projection_merge() and sp_db_fold() where that is worth it. Nobody
 * hears of it: what fails is tried again later.
 */
void
sp_store_clean (SpStore *self, gboolean now)
{
  sp_store_write_async (self, clean, GINT_TO_POINTER (now), NULL, NULL, NULL, NULL, NULL);
}

typedef struct
{
  GWeakRef store;
  gint    *waiting;
} Later;

static gboolean
clean_cb (gpointer data)
{
  Later *later = data;
  g_autoptr (SpStore) self = g_weak_ref_get (&later->store);

  if (self != NULL)
    {
      g_atomic_int_set (later->waiting, 0);
      sp_store_clean (self, FALSE);
    }
  return G_SOURCE_REMOVE;
}

static void
free_later (gpointer data)
{
  Later *later = data;

  g_weak_ref_clear (&later->store);
  g_free (later);
}

/**
 * sp_store_clean_later:
 * @self: a store, on any thread
 * @context: where to wait
 * @waiting: a member of @self: whether somebody waits already
 *
 * Has sp_store_clean() called in a moment, once for all who ask until then.
 */
void
sp_store_clean_later (SpStore *self, GMainContext *context, gint *waiting)
{
  g_autoptr (GSource) source = NULL;
  Later *later;

  if (!g_atomic_int_compare_and_exchange (waiting, 0, 1))
    return;
  later = g_new0 (Later, 1);
  g_weak_ref_init (&later->store, self);
  later->waiting = waiting;
  source = g_timeout_source_new_seconds (LATER_S);
  g_source_set_callback (source, clean_cb, later, free_later);
  g_source_attach (source, context);
}
