/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everybody at the same time: all have the same versions before anybody merges, and then each merges alone, with what it
 * happens to have kept. And what goes when time goes by. */
#include "model.h"

#include "sp-history.h"
#include "sp-settle.h"

#define FAR 4102444800 /* seconds since 1970: whatever was kept has been kept for long enough by then */

/* Those that can meet, directly or over others. */
guint
town_find_island (const Town *town, guint from)
{
  guint island = 1u << from;

  for (guint round = 0; round < town->schedule->n_replicas; round++)
    for (guint a = 0; a < town->schedule->n_replicas; a++)
      for (guint b = 0; b < town->schedule->n_replicas; b++)
        if ((island & (1u << a)) != 0 && a != b && town_can_meet (town, a, b))
          island |= 1u << b;
  return island;
}

static gboolean
settle_all (SpDb *db, GError **error)
{
  for (guint i = 0; i < MODEL_N_DOCUMENTS; i++)
    {
      g_autofree char *id = town_make_id (i);
      g_auto (GStrv) live = sp_docs_get_conflicts (db, id, NULL);
      SpSettled settled;

      if (live != NULL && !sp_settle_document (db, id, &settled, error))
        return FALSE;
    }
  return TRUE;
}

static gpointer
settle_job (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 *written = data, before;

  if (!sp_db_begin (db, error))
    return NULL;
  before = sp_db_get_seq (db, error);
  if (!settle_all (db, error))
    {
      sp_db_rollback (db);
      return NULL;
    }
  *written += sp_db_get_seq (db, NULL) - before;
  return sp_db_commit (db, error) ? data : NULL;
}

static gboolean
is_on (guint island, guint replica)
{
  return (island & (1u << replica)) != 0;
}

/* Everything goes everywhere on the island, over as many others as it needs. */
static gint64
exchange (Town *town, guint island)
{
  gint64 written = 0, more = 1;

  for (guint round = 0; round < town->schedule->n_replicas && more > 0; round++)
    {
      more = 0;
      for (guint a = 0; a < town->schedule->n_replicas; a++)
        for (guint b = 0; b < town->schedule->n_replicas; b++)
          if (a != b && is_on (island, a) && is_on (island, b) && town_can_meet (town, a, b))
            more += town_copy_changes (town, a, b, 0, FALSE);
      written += more;
    }
  return written;
}

/* Gives how much was written. */
gint64
town_meet (Town *town, guint island)
{
  gint64 written = exchange (town, island);

  for (guint i = 0; i < town->schedule->n_replicas; i++)
    {
      g_autoptr (GError) error = NULL;

      if (is_on (island, i) && town->replicas[i].merges && town_call (&town->replicas[i], settle_job, &written, &error) == NULL)
        town_fail (town, "replica %u: %s", i, error->message);
    }
  return written;
}

static gpointer
expire_job (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return sp_history_expire (db, FAR, error) && sp_docs_compact (db, NULL, error) ? db : NULL;
}

void
town_expire (Town *town, const Step *step)
{
  g_autoptr (GError) error = NULL;

  town_call (&town->replicas[step->on], expire_job, NULL, &error);
  g_assert_no_error (error);
  town->lost |= town->replicas[step->on].may_know; /* of the history only: what can be read now stays */
}
