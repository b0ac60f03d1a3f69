/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The year of a place: its nation's bank holidays and its schools' terms. */
#include "sp-calendar.h"

#include <glib/gi18n-lib.h>

/**
 * sp_calendar_init:
 * @self: (out caller-allocates): a calendar without terms
 * @nation: whose bank holidays count
 */
void
sp_calendar_init (SpCalendar *self, SpNation nation)
{
  self->nation = nation;
  self->n_terms = 0;
}

static void
insert_term (SpCalendar *self, gint32 from, gint32 until)
{
  guint at = self->n_terms++;

  for (; at > 0 && self->terms[at - 1].from > from; at--)
    self->terms[at] = self->terms[at - 1];
  self->terms[at].from = from;
  self->terms[at].until = until;
}

/**
 * sp_calendar_add:
 * @self: a calendar
 * @term_calendar: the body of a `term-calendar:` document
 * @error: the first term that cannot be read; those before it are kept
 *
 * Adds terms. A half-term holiday is the gap between two of them.
 *
 * Returns: whether all terms were read
 */
gboolean
sp_calendar_add (SpCalendar *self, const SpNode *term_calendar, GError **error)
{
  const SpNode *terms = sp_node_get (term_calendar, "terms");

  for (guint i = 0; sp_node_is_array (terms) && i < sp_node_get_length (terms); i++)
    {
      const SpNode *term = sp_node_get_element (terms, i);
      gint32 from = sp_civil_parse_date (sp_node_get_text (term, "from"));
      gint32 until = sp_civil_parse_date (sp_node_get_text (term, "until"));

      if (from == SP_CIVIL_NO_DAY || until == SP_CIVIL_NO_DAY || until < from)
        {
          g_set_error (error, SP_ERROR, SP_ERROR_INVALID,
                       _("Term %u: expected from and until to be dates, the earlier first"), i + 1);
          return FALSE;
        }
      if (self->n_terms == SP_CALENDAR_MAX_TERMS)
        {
          g_set_error (error, SP_ERROR, SP_ERROR_INVALID, _("Term %u: a calendar has at most %d terms"), i + 1,
                       SP_CALENDAR_MAX_TERMS);
          return FALSE;
        }
      insert_term (self, from, until);
    }
  return TRUE;
}

/**
 * sp_calendar_get_term:
 * @self: (nullable): a calendar
 * @day: a day's number
 *
 * Returns: whether the day is in term; unknown before the first term and after the last, since the next may not be
 *   entered yet
 */
SpTermState
sp_calendar_get_term (const SpCalendar *self, gint32 day)
{
  gboolean before = FALSE, after = FALSE;

  for (guint i = 0; self != NULL && i < self->n_terms; i++)
    {
      if (day >= self->terms[i].from && day <= self->terms[i].until)
        return SP_TERM_TIME;
      before |= self->terms[i].until < day;
      after |= self->terms[i].from > day;
    }
  return before && after ? SP_TERM_HOLIDAYS : SP_TERM_UNKNOWN;
}
