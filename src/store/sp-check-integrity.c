/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a store is sound: the file as SQLite sees it, the revision trees as documents need them, and the projection
 * as it must follow from the documents. */
#include "sp-check.h"

#include "sp-polygon.h"

#include <string.h>

#define MOST_OF_A_KIND 20 /* problems of one kind that are named */

/* Each gives the ids of the documents that break a rule. */
static const struct { const char *sql; const char *problem; } rules[] = {
  { "SELECT d.id FROM doc d LEFT JOIN rev r ON r.n = d.winner WHERE r.doc IS NOT d.n OR r.leaf <> 1",
    "the version that is shown is not the end of a branch" },
  { "SELECT d.id FROM doc d WHERE d.winner IS NOT (SELECT r.n FROM rev r WHERE r.doc = d.n AND r.leaf = 1"
    "  ORDER BY r.deleted, r.gen DESC, r.hash DESC LIMIT 1)",
    "the version that is shown is not the one that wins" },
  { "SELECT d.id FROM doc d JOIN rev r ON r.n = d.winner WHERE d.deleted <> r.deleted",
    "it is marked as deleted, or not, against the version that is shown" },
  { "SELECT d.id FROM doc d WHERE d.leaves <> (SELECT count (*) FROM rev r WHERE r.doc = d.n AND r.leaf = 1)",
    "the number of its branches is wrong" },
  { "SELECT d.id FROM doc d WHERE d.conflicts <> (SELECT count (*) FROM rev r WHERE r.doc = d.n AND r.leaf = 1 AND r.deleted = 0"
    "  AND r.n <> d.winner)",
    "the number of its conflicts is wrong" },
  { "SELECT DISTINCT d.id FROM rev r JOIN doc d ON d.n = r.doc WHERE r.leaf <> NOT EXISTS"
    "  (SELECT 1 FROM rev c WHERE c.doc = r.doc AND c.gen = r.gen + 1 AND c.parent = r.hash)",
    "a version is marked as the end of a branch, or not, against its tree" },
  { "SELECT d.id FROM doc d JOIN rev r ON r.n = d.winner WHERE r.deleted = 0 AND r.body IS NULL",
    "the content of the version that is shown is gone" },
  { "SELECT 'version ' || n FROM rev r WHERE NOT EXISTS (SELECT 1 FROM doc d WHERE d.n = r.doc)",
    "it belongs to no document" },
  { "SELECT d.id FROM doc d WHERE d.seq > (SELECT CAST (value AS INTEGER) FROM meta WHERE key = 'update_seq')",
    "it has a sequence that was never given out" },
  { "SELECT d.id FROM doc d WHERE d.id BETWEEN 'asset:' AND 'asset;' AND d.deleted = 0 AND NOT EXISTS (SELECT 1 FROM asset a WHERE a.doc = d.n)",
    "searching cannot find it; signpost check --rebuild puts that right" },
  { "SELECT 'row ' || a.doc FROM asset a WHERE NOT EXISTS (SELECT 1 FROM doc d WHERE d.n = a.doc AND d.deleted = 0)",
    "searching finds what is not there; signpost check --rebuild puts that right" },
};

static void
add_problem (GPtrArray *problems, guint *count, const char *what, const char *problem)
{
  if (++*count <= MOST_OF_A_KIND)
    g_ptr_array_add (problems, g_strdup_printf ("%s: %s", what, problem));
  else if (*count == MOST_OF_A_KIND + 1)
    g_ptr_array_add (problems, g_strdup_printf ("And more: %s", problem));
}

static gboolean
check_rule (SpDb *db, guint rule, GPtrArray *problems, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, rules[rule].sql, error);
  gboolean has_row = TRUE;
  guint count = 0;

  if (stmt == NULL)
    return FALSE;
  while (count <= MOST_OF_A_KIND && sp_db_step (db, stmt, &has_row, error) && has_row)
    add_problem (problems, &count, (const char *) sqlite3_column_text (stmt, 0), rules[rule].problem);
  return !has_row || count > MOST_OF_A_KIND;
}

static gboolean
check_file (SpDb *db, GPtrArray *problems, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, "PRAGMA integrity_check (20)", error);
  gboolean has_row = TRUE;

  if (stmt == NULL)
    return FALSE;
  while (sp_db_step (db, stmt, &has_row, error) && has_row)
    if (strcmp ((const char *) sqlite3_column_text (stmt, 0), "ok") != 0)
      g_ptr_array_add (problems, g_strdup_printf ("The file: %s", (const char *) sqlite3_column_text (stmt, 0)));
  return !has_row;
}

/* Areas that cannot be searched in, since their outline cannot be read. */
static gboolean
check_areas (SpDb *db, GPtrArray *problems, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT d.id, r.body FROM doc d JOIN rev r ON r.n = d.winner WHERE d.id BETWEEN 'area:' AND 'area;'"
                                        " AND d.deleted = 0 AND NOT EXISTS (SELECT 1 FROM area a WHERE a.doc = d.n)", error);
  gboolean has_row = TRUE;
  guint count = 0;

  if (stmt == NULL)
    return FALSE;
  while (sp_db_step (db, stmt, &has_row, error) && has_row)
    {
      g_autoptr (SpNode) body = sp_node_parse ((const char *) sqlite3_column_text (stmt, 1), sqlite3_column_bytes (stmt, 1), NULL);
      g_autoptr (GError) reason = NULL;
      SpPolygon *outline = sp_polygon_new (sp_node_get (body, "geometry"), &reason);

      g_clear_pointer (&outline, sp_polygon_unref);
      add_problem (problems, &count, (const char *) sqlite3_column_text (stmt, 0),
                   reason != NULL ? reason->message : "it is no area to search in; signpost check --rebuild puts that right");
    }
  return !has_row;
}

/**
 * sp_check_integrity:
 * @db: a connection
 * @problems: (element-type utf8): gets a sentence for each problem
 * @cancellable: (nullable): asked between the steps
 * @error: %SP_ERROR if it could not be checked, or %G_IO_ERROR_CANCELLED
 *
 * Reads all of the store and changes nothing.
 *
 * Returns: whether all could be checked, sound or not
 */
gboolean
sp_check_integrity (SpDb *db, GPtrArray *problems, GCancellable *cancellable, GError **error)
{
  if (!check_file (db, problems, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) || !check_rule (db, i, problems, error))
      return FALSE;
  return check_areas (db, problems, error);
}
