/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All pairs of entries that probably mean the same thing. Only pairs that share a key or stand close together are
 * compared, so that the work grows with the list and not with its square. */
#include "sp-duplicates.h"

#include <math.h>
#include <string.h>

#define WHOLE_GROUP 64    /* of more entries than this under one key only neighbours by name are compared */
#define NEIGHBOURS 8
#define CLOSE_DEGREES 0.0009 /* a hundred metres, north and south */
#define MOST_CACHED 20000

typedef struct
{
  char     *id;
  char     *name;
  SpTraits *traits; /* NULL if it is deleted by now */
} Entry;

typedef struct
{
  gint64  doc;
  guint64 signature;
} Member;

typedef struct
{
  gint64 doc;
  double latitude;
  double longitude;
} Spot;

typedef struct
{
  SpDb                 *db;
  GCancellable         *cancellable;
  GFileProgressCallback progress;
  gpointer              user_data;
  gint64                done;
  gint64                all;
  GHashTable           *entries; /* doc → Entry */
  GHashTable           *found;   /* the two ids as one text */
  GPtrArray            *result;
} Search;

static void
entry_free (gpointer data)
{
  Entry *self = data;

  g_free (self->id);
  g_free (self->name);
  g_clear_pointer (&self->traits, sp_traits_free);
  g_free (self);
}

/**
 * sp_duplicate_free:
 * @self: (transfer full): a pair
 */
void
sp_duplicate_free (SpDuplicate *self)
{
  for (guint i = 0; i < 2; i++)
    {
      g_free (self->ids[i]);
      g_free (self->names[i]);
    }
  g_free (self);
}

static Entry *
read_entry (Search *self, gint64 doc, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (self->db, "SELECT d.id, r.body FROM doc d JOIN rev r ON r.n = d.winner WHERE d.n = ? AND NOT d.deleted", error);
  g_autoptr (SpNode) body = NULL;
  gboolean has_row;
  Entry *entry;

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_int64 (stmt, 1, doc);
  if (!sp_db_step (self->db, stmt, &has_row, error))
    return NULL;
  if (has_row)
    {
      body = sp_node_parse ((const char *) sqlite3_column_text (stmt, 1), sqlite3_column_bytes (stmt, 1), error);
      if (body == NULL)
        return NULL;
    }
  entry = g_new0 (Entry, 1);
  if (body == NULL)
    return entry;
  entry->id = g_strdup ((const char *) sqlite3_column_text (stmt, 0));
  entry->name = g_strdup (sp_node_get_text (body, "name"));
  entry->traits = sp_traits_new (entry->id, body);
  return entry;
}

static Entry *
get_entry (Search *self, gint64 doc, GError **error)
{
  Entry *entry = g_hash_table_lookup (self->entries, &doc);

  if (entry != NULL)
    return entry;
  entry = read_entry (self, doc, error);
  if (entry != NULL)
    g_hash_table_insert (self->entries, g_memdup2 (&doc, sizeof doc), entry);
  return entry;
}

/* Between two pairs, so that no entry in use goes away. */
static void
trim_cache (Search *self)
{
  if (g_hash_table_size (self->entries) > MOST_CACHED)
    g_hash_table_remove_all (self->entries);
}

static void
add_duplicate (Search *self, const Entry *a, const Entry *b, double score, SpLikenessReasons reasons)
{
  gboolean swap = strcmp (a->id, b->id) > 0;
  g_autofree char *key = g_strdup_printf ("%s\n%s", swap ? b->id : a->id, swap ? a->id : b->id);
  SpDuplicate *duplicate;

  if (g_hash_table_contains (self->found, key))
    return;
  duplicate = g_new0 (SpDuplicate, 1);
  duplicate->ids[swap] = g_strdup (a->id);
  duplicate->ids[!swap] = g_strdup (b->id);
  duplicate->names[swap] = g_strdup (a->name);
  duplicate->names[!swap] = g_strdup (b->name);
  duplicate->score = score;
  duplicate->reasons = reasons;
  g_ptr_array_add (self->result, duplicate);
  g_hash_table_add (self->found, g_steal_pointer (&key));
}

static gboolean
compare_pair (Search *self, gint64 a, gint64 b, GError **error)
{
  const Entry *left;
  const Entry *right;
  SpLikenessReasons reasons;
  double score;

  trim_cache (self);
  left = get_entry (self, a, error);
  right = left != NULL ? get_entry (self, b, error) : NULL;
  if (right == NULL)
    return FALSE;
  if (left->traits == NULL || right->traits == NULL)
    return TRUE;
  score = sp_likeness_compare (left->traits, right->traits, &reasons);
  if (score >= SP_LIKENESS_DUPLICATE)
    add_duplicate (self, left, right, score, reasons);
  return TRUE;
}

static int
compare_members (gconstpointer a, gconstpointer b)
{
  const Member *x = a;
  const Member *y = b;

  return x->signature != y->signature ? (x->signature > y->signature ? 1 : -1) : (x->doc > y->doc) - (x->doc < y->doc);
}

/* All pairs of a small group; in a large one only each with the next few of a like name. */
static gboolean
compare_group (Search *self, GArray *group, GError **error)
{
  guint reach = group->len;

  if (group->len > WHOLE_GROUP)
    {
      g_array_sort (group, compare_members);
      reach = NEIGHBOURS;
    }
  for (guint i = 0; i < group->len; i++)
    for (guint j = i + 1; j < group->len && j <= i + reach; j++)
      {
        const Member *a = &g_array_index (group, Member, i);
        const Member *b = &g_array_index (group, Member, j);
        if ((a->signature & b->signature) != 0 && !compare_pair (self, a->doc, b->doc, error))
          return FALSE;
      }
  g_array_set_size (group, 0);
  return TRUE;
}

static gboolean
go_on (Search *self, GError **error)
{
  if (++self->done % 1024 != 0)
    return TRUE;
  if (self->progress != NULL)
    self->progress (MIN (self->done, self->all), self->all, self->user_data);
  return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

static gboolean
compare_by_keys (Search *self, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (self->db, "SELECT key, doc, signature FROM likeness_key ORDER BY key", error);
  g_autoptr (GArray) group = g_array_new (FALSE, FALSE, sizeof (Member));
  gboolean has_row = TRUE;
  gint64 key = 0;

  if (stmt == NULL)
    return FALSE;
  while (sp_db_step (self->db, stmt, &has_row, error) && has_row)
    {
      Member member = { sqlite3_column_int64 (stmt, 1), (guint64) sqlite3_column_int64 (stmt, 2) };

      if (sqlite3_column_int64 (stmt, 0) != key && !compare_group (self, group, error))
        return FALSE;
      key = sqlite3_column_int64 (stmt, 0);
      g_array_append_val (group, member);
      if (!go_on (self, error))
        return FALSE;
    }
  return !has_row && compare_group (self, group, error);
}

static GArray *
load_spots (Search *self, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (self->db, "SELECT doc, latitude, longitude FROM asset"
                                              " WHERE latitude IS NOT NULL AND longitude IS NOT NULL ORDER BY latitude", error);
  g_autoptr (GArray) spots = g_array_new (FALSE, FALSE, sizeof (Spot));
  gboolean has_row = TRUE;

  if (stmt == NULL)
    return NULL;
  while (sp_db_step (self->db, stmt, &has_row, error) && has_row)
    {
      Spot spot = { sqlite3_column_int64 (stmt, 0), sqlite3_column_double (stmt, 1), sqlite3_column_double (stmt, 2) };
      g_array_append_val (spots, spot);
    }
  return has_row ? NULL : g_steal_pointer (&spots);
}

/* Sweeps from south to north: each with those less than a hundred metres north of it, if they are as close in the other
 * direction too. */
static gboolean
compare_by_place (Search *self, GError **error)
{
  g_autoptr (GArray) spots = load_spots (self, error);

  for (guint i = 0; spots != NULL && i < spots->len; i++)
    {
      const Spot *a = &g_array_index (spots, Spot, i);
      double reach = CLOSE_DEGREES / MAX (cos (a->latitude * G_PI / 180), 0.01);

      for (guint j = i + 1; j < spots->len; j++)
        {
          const Spot *b = &g_array_index (spots, Spot, j);
          if (b->latitude - a->latitude > CLOSE_DEGREES)
            break;
          if (fabs (b->longitude - a->longitude) <= reach && !compare_pair (self, a->doc, b->doc, error))
            return FALSE;
        }
      if (!go_on (self, error))
        return FALSE;
    }
  return spots != NULL;
}

static gboolean
count_work (Search *self, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (self->db, "SELECT (SELECT count (*) FROM likeness_key) + (SELECT count (latitude) FROM asset)", error);
  gboolean has_row;

  if (stmt == NULL || !sp_db_step (self->db, stmt, &has_row, error))
    return FALSE;
  self->all = sqlite3_column_int64 (stmt, 0);
  return TRUE;
}

static int
compare_duplicates (gconstpointer a, gconstpointer b)
{
  const SpDuplicate *x = *(const SpDuplicate * const *) a;
  const SpDuplicate *y = *(const SpDuplicate * const *) b;
  int order = x->score != y->score ? (x->score < y->score ? 1 : -1) : strcmp (x->ids[0], y->ids[0]);

  return order != 0 ? order : strcmp (x->ids[1], y->ids[1]);
}

/**
 * sp_duplicates_find:
 * @db: a connection
 * @cancellable: (nullable): to stop it
 * @progress: (nullable) (scope call): told now and then how much is done, on the calling thread
 * @user_data: for @progress
 * @error: %SP_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable) (element-type SpDuplicate): the pairs, the likeliest first
 */
GPtrArray *
sp_duplicates_find (SpDb *db, GCancellable *cancellable, GFileProgressCallback progress, gpointer user_data, GError **error)
{
  g_autoptr (GHashTable) entries = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, entry_free);
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) result = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_duplicate_free);
  Search self = { db, cancellable, progress, user_data, 0, 0, entries, found, result };

  if (g_cancellable_set_error_if_cancelled (cancellable, error) || !count_work (&self, error)
      || !compare_by_keys (&self, error) || !compare_by_place (&self, error))
    return NULL;
  g_ptr_array_sort (result, compare_duplicates);
  return g_steal_pointer (&result);
}
