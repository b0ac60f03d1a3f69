/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The check of a whole store: is it sound, which entries are in conflict, which facts want checking, which entries are
 * there twice. It finds and tells; putting right is for a person. */
#include "sp-check.h"

#include "sp-clock.h"
#include "sp-duplicates.h"
#include "sp-unplaced.h"

static void
conflicted_free (gpointer data)
{
  SpConflicted *self = data;

  g_free (self->id);
  g_free (self->name);
  g_free (self);
}

static void
stale_free (gpointer data)
{
  SpStale *self = data;

  g_free (self->id);
  g_free (self->name);
  g_free (self);
}

/**
 * sp_check_report_free:
 * @self: (transfer full): a report
 */
void
sp_check_report_free (SpCheckReport *self)
{
  g_ptr_array_unref (self->problems);
  g_ptr_array_unref (self->conflicts);
  g_ptr_array_unref (self->stale);
  g_ptr_array_unref (self->duplicates);
  g_ptr_array_unref (self->refused);
  g_free (self);
}

static SpCheckReport *
report_new (void)
{
  SpCheckReport *self = g_new (SpCheckReport, 1);

  self->problems = g_ptr_array_new_with_free_func (g_free);
  self->conflicts = g_ptr_array_new_with_free_func (conflicted_free);
  self->stale = g_ptr_array_new_with_free_func (stale_free);
  self->duplicates = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_duplicate_free);
  self->unplaced = 0;
  self->refused = g_ptr_array_new_with_free_func (sp_refusal_free);
  return self;
}

static gboolean
find_conflicts (SpDb *db, GPtrArray *conflicts, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT d.id, d.conflicts, r.body ->> '$.name' FROM doc d JOIN rev r ON r.n = d.winner"
                                        " WHERE d.conflicts > 0 ORDER BY d.id", error);
  gboolean has_row = TRUE;

  if (stmt == NULL)
    return FALSE;
  while (sp_db_step (db, stmt, &has_row, error) && has_row)
    {
      SpConflicted *found = g_new (SpConflicted, 1);

      found->id = g_strdup ((const char *) sqlite3_column_text (stmt, 0));
      found->others = (guint) sqlite3_column_int (stmt, 1);
      found->name = g_strdup ((const char *) sqlite3_column_text (stmt, 2));
      g_ptr_array_add (conflicts, found);
    }
  return !has_row;
}

/* Entries that are kept only for the record need no checking. */
static gboolean
is_in_use (const SpNode *body)
{
  const char *status = sp_node_get_text (body, "status");

  return g_strcmp0 (status, "inactive") != 0 && g_strcmp0 (status, "defunct") != 0;
}

static void
add_stale (GPtrArray *stale, const char *id, const SpNode *body, const SpFreshnessRules *rules, gint32 today)
{
  for (guint i = 0; i < SP_N_FACT_GROUPS; i++)
    {
      SpFreshness clock;
      SpStale found = { NULL };

      if (!sp_fact_group_is_present (body, (SpFactGroup) i))
        continue;
      sp_freshness_read (rules, body, (SpFactGroup) i, today, &clock);
      if (clock.state == SP_FRESHNESS_FRESH)
        continue;
      found.id = g_strdup (id);
      found.name = g_strdup (sp_node_get_text (body, "name"));
      found.group = (SpFactGroup) i;
      found.state = clock.state;
      found.on = clock.on;
      found.due = clock.due;
      g_ptr_array_add (stale, g_memdup2 (&found, sizeof found));
    }
}

static gboolean
find_stale (SpDb *db, SpCheckReport *report, const SpFreshnessRules *rules, gint32 today, GCancellable *cancellable, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT d.id, r.body FROM doc d JOIN rev r ON r.n = d.winner"
                                        " WHERE d.id BETWEEN 'asset:' AND 'asset;' AND d.deleted = 0 ORDER BY d.id", error);
  gboolean has_row = TRUE;
  guint done = 0;

  if (stmt == NULL)
    return FALSE;
  while (sp_db_step (db, stmt, &has_row, error) && has_row)
    {
      const char *id = (const char *) sqlite3_column_text (stmt, 0);
      g_autoptr (GError) local = NULL;
      g_autoptr (SpNode) body = sp_node_parse ((const char *) sqlite3_column_text (stmt, 1), sqlite3_column_bytes (stmt, 1), &local);

      if (body == NULL)
        g_ptr_array_add (report->problems, g_strdup_printf ("%s: %s", id, local->message));
      else if (is_in_use (body))
        add_stale (report->stale, id, body, rules, today);
      if (++done % 256 == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }
  return !has_row;
}

static gboolean
find_duplicates (SpDb *db, SpCheckReport *report, GCancellable *cancellable, GFileProgressCallback progress, gpointer user_data, GError **error)
{
  GPtrArray *found = sp_duplicates_find (db, cancellable, progress, user_data, error);

  if (found == NULL)
    return FALSE;
  g_ptr_array_unref (report->duplicates);
  report->duplicates = found;
  return TRUE;
}

static gboolean
find_refused (SpDb *db, SpCheckReport *report, GError **error)
{
  GPtrArray *found = sp_refusals_list (db, NULL, error);

  if (found == NULL)
    return FALSE;
  g_ptr_array_unref (report->refused);
  report->refused = found;
  return TRUE;
}

/**
 * sp_check_run:
 * @db: a connection
 * @parts: what to look for
 * @rules: (nullable): the intervals that an organisation changed
 * @today: a day's number, see sp_clock_today()
 * @cancellable: (nullable): to stop it
 * @progress: (nullable) (scope call): told now and then how much of the search for duplicates is done, on the calling thread
 * @user_data: for @progress
 * @error: %SP_ERROR if it could not be checked, or %G_IO_ERROR_CANCELLED
 *
 * Looks through the whole store and changes nothing.
 *
 * Returns: (transfer full) (nullable): what was found
 */
SpCheckReport *
sp_check_run (SpDb *db, SpCheckParts parts, const SpFreshnessRules *rules, gint32 today, GCancellable *cancellable,
              GFileProgressCallback progress, gpointer user_data, GError **error)
{
  g_autoptr (SpCheckReport) report = report_new ();

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if ((parts & SP_CHECK_INTEGRITY) && !sp_check_integrity (db, report->problems, cancellable, error))
    return NULL;
  if ((parts & SP_CHECK_CONFLICTS) && !find_conflicts (db, report->conflicts, error))
    return NULL;
  if ((parts & SP_CHECK_STALE) && !find_stale (db, report, rules, today, cancellable, error))
    return NULL;
  if ((parts & SP_CHECK_DUPLICATES) && !find_duplicates (db, report, cancellable, progress, user_data, error))
    return NULL;
  if ((parts & SP_CHECK_REFUSED) && !find_refused (db, report, error))
    return NULL;
  if ((parts & SP_CHECK_UNPLACED) && (report->unplaced = sp_unplaced_count (db, error)) == G_MAXUINT64)
    return NULL;
  return g_steal_pointer (&report);
}

/**
 * sp_check_report_is_clean:
 * @self: a report
 *
 * Returns: whether nothing was found
 */
gboolean
sp_check_report_is_clean (const SpCheckReport *self)
{
  return self->problems->len == 0 && self->conflicts->len == 0 && self->stale->len == 0 && self->duplicates->len == 0
         && self->refused->len == 0;
}

static SpNode *
add_object (SpNode *list, const char *id, const char *name)
{
  SpNode *node = sp_node_new_object ();

  if (id != NULL)
    sp_node_set_text (node, "id", id);
  if (name != NULL)
    sp_node_set_text (node, "name", name);
  sp_node_append (list, node);
  return node;
}

static void
set_date (SpNode *node, const char *member, gint32 day)
{
  g_autofree char *date = day != SP_CIVIL_NO_DAY ? sp_civil_format_date (day) : NULL;

  if (date != NULL)
    sp_node_set_text (node, member, date);
}

static SpNode *
problems_to_node (GPtrArray *problems)
{
  SpNode *list = sp_node_new_array ();

  for (guint i = 0; i < problems->len; i++)
    sp_node_append (list, sp_node_new_string (g_ptr_array_index (problems, i)));
  return list;
}

static SpNode *
conflicts_to_node (GPtrArray *conflicts)
{
  SpNode *list = sp_node_new_array ();

  for (guint i = 0; i < conflicts->len; i++)
    {
      const SpConflicted *found = g_ptr_array_index (conflicts, i);
      sp_node_set (add_object (list, found->id, found->name), "others", sp_node_new_number (found->others));
    }
  return list;
}

static SpNode *
stale_to_node (GPtrArray *stale)
{
  static const char * const states[] = { "fresh", "due", "overdue", "never" };
  SpNode *list = sp_node_new_array ();

  for (guint i = 0; i < stale->len; i++)
    {
      const SpStale *found = g_ptr_array_index (stale, i);
      SpNode *node = add_object (list, found->id, found->name);

      sp_node_set_text (node, "group", sp_fact_group_get_name (found->group));
      sp_node_set_text (node, "state", states[found->state]);
      set_date (node, "on", found->on);
      set_date (node, "due", found->due);
    }
  return list;
}

static SpNode *
duplicates_to_node (GPtrArray *duplicates)
{
  SpNode *list = sp_node_new_array ();

  for (guint i = 0; i < duplicates->len; i++)
    {
      const SpDuplicate *found = g_ptr_array_index (duplicates, i);
      SpNode *node = add_object (list, NULL, NULL);
      SpNode *entries = sp_node_new_array ();
      SpNode *reasons = sp_node_new_array ();
      g_auto (GStrv) words = sp_likeness_list (found->reasons);

      add_object (entries, found->ids[0], found->names[0]);
      add_object (entries, found->ids[1], found->names[1]);
      for (guint j = 0; words[j] != NULL; j++)
        sp_node_append (reasons, sp_node_new_string (words[j]));
      sp_node_set (node, "entries", entries);
      sp_node_set (node, "score", sp_node_new_number ((int) (found->score * 100 + 0.5) / 100.0));
      sp_node_set (node, "reasons", reasons);
    }
  return list;
}

static SpNode *
refused_to_node (GPtrArray *refused)
{
  SpNode *list = sp_node_new_array ();

  for (guint i = 0; i < refused->len; i++)
    {
      const SpRefusal *refusal = g_ptr_array_index (refused, i);
      SpNode *node = add_object (list, refusal->id, refusal->name);
      g_autofree char *on = sp_clock_format (refusal->on);

      if (refusal->rev != NULL)
        sp_node_set_text (node, "rev", refusal->rev);
      sp_node_set_text (node, "direction", refusal->sent ? "sent" : "received");
      sp_node_set_text (node, "reason", refusal->reason);
      sp_node_set_text (node, "on", on);
    }
  return list;
}

/**
 * sp_check_report_to_node:
 * @self: a report
 *
 * The report as `check --json` prints it: {problems: [text], conflicts: [{id, name, others}], stale: [{id, name, group,
 * state, on, due}], duplicates: [{entries: [{id, name}, {id, name}], score, reasons: [text]}],
 * refused: [{id, name, rev, direction, reason, on}], unplaced: number}.
 *
 * Returns: (transfer full): an object
 */
SpNode *
sp_check_report_to_node (const SpCheckReport *self)
{
  SpNode *node = sp_node_new_object ();

  sp_node_set (node, "problems", problems_to_node (self->problems));
  sp_node_set (node, "conflicts", conflicts_to_node (self->conflicts));
  sp_node_set (node, "stale", stale_to_node (self->stale));
  sp_node_set (node, "duplicates", duplicates_to_node (self->duplicates));
  sp_node_set (node, "refused", refused_to_node (self->refused));
  sp_node_set (node, "unplaced", sp_node_new_number ((double) self->unplaced));
  return node;
}
