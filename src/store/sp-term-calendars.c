/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The calendars of school terms that a store has. */
#include "sp-term-calendars.h"

static void
free_calendar (gpointer data)
{
  SpTermCalendar *calendar = data;

  g_free (calendar->id);
  g_free (calendar->name);
  g_free (calendar);
}

/**
 * sp_term_calendars_list:
 * @db: a connection
 * @error: %SP_ERROR
 *
 * Returns: (transfer full) (element-type SpTermCalendar) (nullable): the calendars, by id
 */
GPtrArray *
sp_term_calendars_list (SpDb *db, GError **error)
{
  g_autoptr (GPtrArray) calendars = g_ptr_array_new_with_free_func (free_calendar);
  gboolean has_row = TRUE;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT doc.id, ifnull (body ->> '$.name', doc.id) FROM doc JOIN rev ON rev.n = doc.winner"
                                        " WHERE NOT doc.deleted AND doc.id >= 'term-calendar:' AND doc.id < 'term-calendar;'"
                                        " ORDER BY doc.id", error);

  if (stmt == NULL)
    return NULL;
  while (has_row)
    {
      SpTermCalendar *calendar;

      if (!sp_db_step (db, stmt, &has_row, error))
        return NULL;
      if (!has_row)
        break;
      calendar = g_new0 (SpTermCalendar, 1);
      calendar->id = g_strdup ((const char *) sqlite3_column_text (stmt, 0));
      calendar->name = g_strdup ((const char *) sqlite3_column_text (stmt, 1));
      g_ptr_array_add (calendars, calendar);
    }
  return g_steal_pointer (&calendars);
}
