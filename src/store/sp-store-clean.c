/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was erased goes from the bytes of the file too, whoever asked for it: when the store is opened, soon after it was
 * written, and when the store is closed. Then too the index is completed that a large pull left out, the pieces of the indexes are
 * merged that many new entries left behind, and the log that grew with them is folded into the file. */
#include "sp-erase.h"
#include "sp-projection.h"
#include "sp-store-private.h"

#define LATER_MS 2000  /* so that a whole sync costs one cleaning */
#define SOON_MS 50     /* between two pieces of the same work: whatever else is to be written has its turn */
#define CLOSING_MS 300 /* that whoever closes the store waits for what the next to open it can go on with */
#define GOES_ON_KEY "signpost-clean-goes-on" /* of the connection: set if the last cleaning did a piece of its work */

/* One piece; when the store is closed, as many as whoever waits for that hardly notices. */
static gboolean
catch_up (SpDb *db, gboolean closing, GError **error)
{
  const gint64 until = closing ? g_get_monotonic_time () + CLOSING_MS * G_TIME_SPAN_MILLISECOND : 0;

  if (!sp_projection_is_behind (db))
    return TRUE;
  if (!sp_projection_catch_up (db, until, error))
    return FALSE;
  sp_db_set_data (db, GOES_ON_KEY, db, NULL);
  return TRUE;
}

/* @now: even if more is likely to come. What fails is tried again the next time; a damaged store is left as it is. */
static gpointer
clean (SpDb *db, gpointer now, GCancellable *cancellable, GError **error)
{
  const gboolean rests = now != NULL || !sp_projection_is_busy (db);

  sp_db_set_data (db, GOES_ON_KEY, NULL, NULL);
  if (sp_db_is_damaged (db) || !sp_erase_clean (db, error))
    return NULL;
  if (rests && !catch_up (db, now != NULL, error))
    return NULL;
  if (rests && !sp_projection_is_behind (db) && sp_projection_is_loose (db) && !sp_projection_merge (db, error))
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
  return !sp_db_is_damaged (db)
         && (sp_erase_is_pending (db) || sp_projection_is_behind (db) || sp_projection_is_loose (db) || sp_db_gathers (db));
}

/**
 * sp_store_clean:
 * @self: a store
 * @now: whether nothing more is going to be written, so that also what the next batch would make anew is done
 *
 * Has sp_erase_clean() done after everything that was asked for, and sp_projection_catch_up(), sp_projection_merge() and sp_db_fold()
 * where that is worth it. Nobody hears of it: what fails is tried again later.
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
 * @self: a store
 * @db: the writing connection, on its thread
 * @context: where to wait
 * @waiting: a member of @self: whether somebody waits already
 *
 * Has sp_store_clean() called in a moment, once for all who ask until then; sooner if it has done a piece of its work just now.
 */
void
sp_store_clean_later (SpStore *self, SpDb *db, GMainContext *context, gint *waiting)
{
  const gboolean goes_on = sp_db_get_data (db, GOES_ON_KEY) != NULL;
  g_autoptr (GSource) source = NULL;
  Later *later;

  if (!g_atomic_int_compare_and_exchange (waiting, 0, 1))
    return;
  later = g_new0 (Later, 1);
  g_weak_ref_init (&later->store, self);
  later->waiting = waiting;
  source = g_timeout_source_new (goes_on ? SOON_MS : LATER_MS);
  g_source_set_callback (source, clean_cb, later, free_later);
  g_source_attach (source, context);
}
