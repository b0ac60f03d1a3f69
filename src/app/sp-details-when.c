/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The card "When": the times in words, the next dates with what speaks against them, and the exceptions to come. */
#include "sp-details-cards.h"

#include "sp-bank-holidays.h"
#include "sp-words.h"

#include <glib/gi18n.h>

#define NEXT_DATES 5

/**
 * sp_details_doubt_words:
 * @on: a date
 * @nation: whose bank holidays hold
 *
 * Returns: (transfer none) (nullable): why one had better ask: what the document says of it, or else what the doubt is
 *   about; %NULL if there is none
 */
const char *
sp_details_doubt_words (const SpOccurrence *on, SpNation nation)
{
  const char *holiday = sp_bank_holidays_get_name (nation, on->day);

  if (on->doubts & (SP_DOUBT_EXCEPTION | SP_DOUBT_NOTICE))
    return on->note;
  if ((on->doubts & SP_DOUBT_BANK_HOLIDAY) && holiday != NULL)
    return _(holiday);
  if (on->doubts & SP_DOUBT_TERM)
    return _("only in term time");
  if (on->doubts & SP_DOUBT_WEEK)
    return _("perhaps not that week");
  return NULL;
}

/* @before: why one had better ask on the date before; it is not said again. */
static char *
name_date (const SpFacts *facts, const SpOccurrence *on, const char **before)
{
  g_autofree char *words = sp_words_occurrence (on, facts->now.day);
  const char *doubt = sp_details_doubt_words (on, facts->links->calendar.nation);
  gboolean says_why = doubt != NULL && g_strcmp0 (doubt, *before) != 0;
  g_autofree char *line = says_why ? g_strdup_printf ("%s (%s)", words, doubt) : g_strdup (words);

  *before = doubt;
  return sp_words_capitalise (line);
}

static void
add_next_dates (SpFactCard *card, const SpFacts *facts)
{
  SpOccurrence dates[NEXT_DATES];
  guint n = sp_schedule_next (facts->body, facts->now, &facts->links->calendar, dates, NEXT_DATES);
  g_autoptr (GString) text = g_string_new (NULL);
  const char *doubt = NULL;

  if (n == 1 && dates[0].always)
    return; /* it is said above */
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *line = name_date (facts, &dates[i], &doubt);
      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", line);
    }
  sp_fact_card_add (card, ngettext ("Next date", "Next dates", n), text->str);
}

/* What the machine understands, where somebody wrote words of their own. */
static void
add_times (SpFactCard *card, const SpFacts *facts)
{
  const char *told = sp_node_get_text (facts->body, "schedule_words");
  g_autofree char *made = sp_words_schedules (facts->body);

  sp_fact_card_add (card, NULL, told != NULL ? told : made);
  if (told != NULL && made != NULL && g_ascii_strcasecmp (told, made) != 0)
    sp_fact_card_add (card, _("For the next dates, this counts"), made);
  if (told == NULL && made == NULL)
    sp_fact_card_add_missing (card, NULL, _("The times are not known"));
}

static const char *
name_exception (SpAnswer closed)
{
  if (closed == SP_ANSWER_YES)
    return _("Closed");
  return closed == SP_ANSWER_NO ? _("Open as an exception") : _("Something is different");
}

static void
add_exceptions (SpFactCard *card, const SpFacts *facts)
{
  const SpNode *list = sp_node_get (facts->body, "schedule_exceptions");

  for (guint i = 0; i < sp_details_count (list); i++)
    {
      const SpNode *item = sp_node_get_element (list, i);
      SpScheduleException exception;
      g_autofree char *span = NULL, *words = NULL, *text = NULL;
      sp_schedule_exception_read (item, &exception);
      if (sp_details_is_over (item, facts->now.day))
        continue;
      span = sp_details_span (exception.from, exception.until);
      words = span != NULL ? sp_words_capitalise (span) : NULL;
      text = sp_details_join (": ", words, exception.note);
      sp_fact_card_add (card, name_exception (exception.closed), text);
    }
}

/**
 * sp_details_fill_when:
 * @card: the card
 * @facts: the facts of an entry
 *
 * Fills the card with `schedules`, `schedule_words` and `schedule_exceptions`.
 */
void
sp_details_fill_when (SpFactCard *card, const SpFacts *facts)
{
  sp_fact_card_begin (card, facts);
  add_times (card, facts);
  add_next_dates (card, facts);
  add_exceptions (card, facts);
  sp_fact_card_end (card);
}

/**
 * sp_details_get_next_words:
 * @facts: the facts of an entry
 *
 * Returns: (transfer full) (nullable): whether it is open now, or else when it is next, for the top of the details
 */
char *
sp_details_get_next_words (const SpFacts *facts)
{
  SpOccurrence next;
  g_autofree char *words = NULL, *time = NULL;

  if (sp_schedule_next (facts->body, facts->now, &facts->links->calendar, &next, 1) == 0)
    return NULL;
  if (next.always && next.doubts == SP_DOUBT_NONE)
    return g_strdup (_("Always open"));
  if (sp_schedule_open_at (facts->body, facts->now, &facts->links->calendar) == SP_OPEN_OPEN && next.closes >= 0)
    {
      time = sp_words_time (next.closes);
      return g_strdup_printf (_("Open now, until %s"), time);
    }
  words = sp_words_occurrence (&next, facts->now.day);
  return g_strdup_printf (_("Next: %s"), words);
}
