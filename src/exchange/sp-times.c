/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times in words become schedules where they are certain: "Tues & Thurs 10-12, term time only". Everything that is said
 * must be understood, and can only be meant in one way; else the text stays words, which are shown and printed anyway.
 *
 *   text     = sentence { STOP sentence }
 *   sentence = { clause | rule | "closed" days }
 *   clause   = days [ times ]  or, if the text begins with a time, times days
 *   rule     = what holds for the clauses of its sentence, or for all if its sentence has none: term time, bank
 *              holidays, booking
 */
#include "sp-times.h"

#include "sp-schedule.h"
#include "sp-times-token.h"

#include <string.h>

#define MAX_CLAUSES 16
#define MAX_RANGES 4
#define ALL_DAYS 0x7f

typedef struct
{
  SpTermRule term;
  SpBankRule bank;
  SpBooking  booking;
} Rules;

typedef struct
{
  int     sentence;
  guint8  weekly;    /* bit 0 Monday */
  int     interval;
  guint   n_monthly;
  struct
  {
    gint8  nth;
    guint8 weekday;
  } monthly[SP_SCHEDULE_MAX_BYDAY];
  guint   n_ranges;
  struct
  {
    int opens;
    int closes; /* or SP_SCHEDULE_NO_TIME */
  } ranges[MAX_RANGES];
  Rules   rules;
} Clause;

typedef struct
{
  const SpTimesToken *at;
  int      sentence;
  gboolean times_first;
  gboolean always;
  guint8   closed;      /* days that are named as closed */
  Rules    rules;       /* of all */
  Rules    here;        /* of the sentence that is read */
  guint    n_here;      /* clauses in it */
  guint    n_clauses;
  Clause   clauses[MAX_CLAUSES];
} Reader;

static gboolean
is_separator (SpTimesKind kind)
{
  return kind == SP_TIMES_COMMA || kind == SP_TIMES_AND || kind == SP_TIMES_FILLER || kind == SP_TIMES_COLON;
}

static gboolean
take (Reader *self, SpTimesKind kind)
{
  if (self->at->kind != kind)
    return FALSE;
  self->at++;
  return TRUE;
}

static void
skip (Reader *self, SpTimesKind kind)
{
  while (take (self, kind))
    ;
}

static void
skip_separators (Reader *self)
{
  while (is_separator (self->at->kind))
    self->at++;
}

/* What comes after separators, which are not taken. */
static const SpTimesToken *
peek (const Reader *self)
{
  const SpTimesToken *at = self->at;

  while (is_separator (at->kind))
    at++;
  return at;
}

/* ── Days ── */

/* "Mon", "Mon-Fri", "weekdays" */
static gboolean
read_day_atom (Reader *self, guint8 *days)
{
  int from = self->at->value;

  if (self->at->kind == SP_TIMES_DAYS)
    {
      *days |= (guint8) self->at++->value;
      return TRUE;
    }
  if (!take (self, SP_TIMES_DAY))
    return FALSE;
  if (self->at->kind == SP_TIMES_DASH && self->at[1].kind == SP_TIMES_DAY)
    {
      int to = self->at[1].value;

      if (to <= from)
        return FALSE;
      for (int day = from; day <= to; day++)
        *days |= (guint8) (1 << day);
      self->at += 2;
      return TRUE;
    }
  *days |= (guint8) (1 << from);
  return TRUE;
}

static gboolean
starts_day (const SpTimesToken *token)
{
  return token->kind == SP_TIMES_DAY || token->kind == SP_TIMES_DAYS;
}

/* "Mon, Wed & Fri", "every day except Sunday" */
static gboolean
read_day_set (Reader *self, guint8 *days)
{
  guint8 without = 0;

  if (!read_day_atom (self, days))
    return FALSE;
  while (starts_day (peek (self)))
    {
      skip_separators (self);
      if (!read_day_atom (self, days))
        return FALSE;
    }
  if (peek (self)->kind != SP_TIMES_EXCEPT || !starts_day (peek (self) + 1))
    return TRUE;
  skip_separators (self);
  self->at++;
  if (!read_day_set (self, &without) || (without & ~*days) != 0)
    return FALSE;
  *days &= (guint8) ~without;
  return *days != 0;
}

/* "1st", "1st and 3rd", as bits 1 to 4, and bit 0 for the last */
static guint
read_ordinals (Reader *self)
{
  guint ordinals = 0;

  while (peek (self)->kind == SP_TIMES_ORDINAL)
    {
      skip_separators (self);
      ordinals |= 1u << (self->at->value < 0 ? 0 : self->at->value);
      self->at++;
    }
  return ordinals;
}

static gboolean
add_monthly (Clause *clause, guint ordinals, guint8 days)
{
  static const gint8 order[] = { 1, 2, 3, 4, -1 };

  for (guint8 weekday = 0; weekday < 7; weekday++)
    for (guint i = 0; i < G_N_ELEMENTS (order); i++)
      {
        if ((days & (1 << weekday)) == 0 || (ordinals & (1u << (order[i] < 0 ? 0 : order[i]))) == 0)
          continue;
        if (clause->n_monthly == SP_SCHEDULE_MAX_BYDAY)
          return FALSE;
        clause->monthly[clause->n_monthly].nth = order[i];
        clause->monthly[clause->n_monthly++].weekday = weekday;
      }
  return TRUE;
}

/* "1st and 3rd Wed", "1st Tues and 3rd Thurs of the month". "Every second Tuesday" may be every other one. */
static gboolean
read_monthly_days (Reader *self, Clause *clause, gboolean every)
{
  gboolean doubtful = FALSE;

  while (peek (self)->kind == SP_TIMES_ORDINAL)
    {
      guint ordinals = read_ordinals (self);
      guint8 days = 0;

      doubtful |= every && (ordinals & ~(1u << 0 | 1u << 1)) != 0;
      skip (self, SP_TIMES_FILLER);
      if (!read_day_atom (self, &days) || !add_monthly (clause, ordinals, days))
        return FALSE;
    }
  skip (self, SP_TIMES_COMMA);
  if (take (self, SP_TIMES_MONTH))
    doubtful = FALSE;
  return !doubtful;
}

/* "weekly", "fortnightly", before or after the days */
static gboolean
read_rhythm (Reader *self, Clause *clause)
{
  const SpTimesToken *next = peek (self);

  if (next->kind != SP_TIMES_OTHER && next->kind != SP_TIMES_WEEKLY)
    return FALSE;
  skip_separators (self);
  if (self->at++->kind == SP_TIMES_OTHER)
    clause->interval = 2;
  return TRUE;
}

static gboolean
read_days (Reader *self, Clause *clause)
{
  gboolean every = take (self, SP_TIMES_EVERY);

  skip (self, SP_TIMES_FILLER);
  read_rhythm (self, clause);
  skip (self, SP_TIMES_FILLER);
  if (self->at->kind == SP_TIMES_ORDINAL)
    return clause->interval == 1 && read_monthly_days (self, clause, every);
  if (!read_day_set (self, &clause->weekly))
    return FALSE;
  if (clause->interval == 1)
    read_rhythm (self, clause);
  return self->at->kind != SP_TIMES_MONTH && (clause->interval == 1 || (clause->weekly & (clause->weekly - 1)) == 0);
}

/* ── Times ── */

static gboolean
read_range (Reader *self, Clause *clause, gboolean *open_ended)
{
  gboolean between;
  const SpTimesClock *from;
  int opens, closes = SP_SCHEDULE_NO_TIME;

  between = take (self, SP_TIMES_FROM);
  if (self->at->kind != SP_TIMES_CLOCK || clause->n_ranges == MAX_RANGES)
    return FALSE;
  from = &self->at++->clock;
  if ((self->at->kind == SP_TIMES_DASH || (between && self->at->kind == SP_TIMES_AND)) && self->at[1].kind == SP_TIMES_CLOCK)
    {
      if (!sp_times_range (from, &self->at[1].clock, &opens, &closes))
        return FALSE;
      self->at += 2;
    }
  else if (!sp_times_single (from, &opens))
    return FALSE;
  *open_ended |= closes == SP_SCHEDULE_NO_TIME;
  clause->ranges[clause->n_ranges].opens = opens;
  clause->ranges[clause->n_ranges++].closes = closes;
  return TRUE;
}

static gboolean
starts_time (const SpTimesToken *token)
{
  return token->kind == SP_TIMES_CLOCK || token->kind == SP_TIMES_FROM;
}

/* "10-12", "10-12 and 2-4". Of "10am, 2pm" nobody knows how long they last. */
static gboolean
read_times (Reader *self, Clause *clause)
{
  gboolean open_ended = FALSE;

  if (!read_range (self, clause, &open_ended))
    return FALSE;
  while (starts_time (peek (self)))
    {
      if (self->times_first && self->at->kind != SP_TIMES_AND)
        break;
      skip_separators (self);
      if (!read_range (self, clause, &open_ended))
        return FALSE;
    }
  return !open_ended || clause->n_ranges == 1;
}

/* ── Clauses ── */

static Clause *
add_clause (Reader *self)
{
  Clause *clause = &self->clauses[self->n_clauses];

  if (self->n_clauses == MAX_CLAUSES)
    return NULL;
  memset (clause, 0, sizeof *clause);
  clause->interval = 1;
  clause->sentence = self->sentence;
  self->n_clauses++;
  self->n_here++;
  return clause;
}

/* "Sun: closed" */
static void
drop_closed (Reader *self)
{
  self->n_clauses--;
  self->n_here--;
  self->closed |= self->clauses[self->n_clauses].weekly;
}

static gboolean
read_days_first (Reader *self)
{
  Clause *clause = add_clause (self);

  if (clause == NULL || !read_days (self, clause))
    return FALSE;
  if (peek (self)->kind == SP_TIMES_CLOSED && clause->weekly != 0 && !starts_day (peek (self) + 1)
      && peek (self)[1].kind != SP_TIMES_BANK && peek (self)[1].kind != SP_TIMES_HOLIDAYS)
    {
      skip_separators (self);
      self->at++;
      drop_closed (self);
      return TRUE;
    }
  if (self->at->kind == SP_TIMES_DASH && starts_time (self->at + 1))
    self->at++;
  if (peek (self)->kind == SP_TIMES_ALWAYS && clause->weekly == ALL_DAYS)
    return TRUE; /* the text says so next */
  if (!starts_time (peek (self)))
    return TRUE;
  skip_separators (self);
  return read_times (self, clause);
}

static gboolean
read_times_first (Reader *self)
{
  Clause *clause = add_clause (self);

  self->times_first = TRUE;
  if (clause == NULL || !read_times (self, clause))
    return FALSE;
  skip_separators (self);
  return read_days (self, clause);
}

static gboolean
read_clause (Reader *self)
{
  switch (self->at->kind)
    {
    case SP_TIMES_DAY:
    case SP_TIMES_DAYS:
    case SP_TIMES_EVERY:
    case SP_TIMES_OTHER:
    case SP_TIMES_WEEKLY:
    case SP_TIMES_ORDINAL:
      return !self->times_first && read_days_first (self);
    case SP_TIMES_CLOCK:
    case SP_TIMES_FROM:
      return (self->n_clauses == 0 || self->times_first) && read_times_first (self);
    default:
      return FALSE;
    }
}

/* ── Rules ── */

static gboolean
set_rule (int *rule, int value)
{
  if (*rule != 0 && *rule != value)
    return FALSE;
  *rule = value;
  return TRUE;
}

static gboolean
set_term (Reader *self, SpTermRule value)
{
  int rule = (int) self->here.term;
  gboolean fits = set_rule (&rule, (int) value);

  self->here.term = (SpTermRule) rule;
  skip (self, SP_TIMES_ONLY);
  return fits;
}

static gboolean
set_bank (Reader *self, SpBankRule value)
{
  int rule = (int) self->here.bank;
  gboolean fits = set_rule (&rule, (int) value);

  self->here.bank = (SpBankRule) rule;
  return fits;
}

static gboolean
set_booking (Reader *self, SpBooking value)
{
  int rule = (int) self->here.booking;
  gboolean fits = set_rule (&rule, (int) value);

  self->here.booking = (SpBooking) rule;
  return fits;
}

/* "except bank holidays", "closed in school holidays", "closed Sundays": what follows the word is closed. */
static gboolean
read_closed (Reader *self)
{
  skip (self, SP_TIMES_FILLER);
  if (take (self, SP_TIMES_HOLIDAYS))
    return set_term (self, SP_TERM_RULE_TERM) && peek (self)->kind != SP_TIMES_BANK;
  if (take (self, SP_TIMES_BANK))
    return set_bank (self, SP_BANK_RULE_CLOSED) && peek (self)->kind != SP_TIMES_HOLIDAYS;
  return self->at[-1].kind != SP_TIMES_EXCEPT && read_day_set (self, &self->closed);
}

/* "term time only", "in term", "school holidays only". "School holidays" alone may be when it is closed. */
static gboolean
read_part_of_year (Reader *self)
{
  gboolean during = take (self, SP_TIMES_DURING);

  skip (self, SP_TIMES_FILLER);
  if (take (self, SP_TIMES_TERM))
    return set_term (self, SP_TERM_RULE_TERM);
  return take (self, SP_TIMES_HOLIDAYS) && (during || self->at->kind == SP_TIMES_ONLY)
         && set_term (self, SP_TERM_RULE_HOLIDAYS);
}

static gboolean
read_rule (Reader *self)
{
  switch (self->at->kind)
    {
    case SP_TIMES_EXCEPT:
    case SP_TIMES_CLOSED:
      self->at++;
      return read_closed (self);
    case SP_TIMES_INCLUDING:
      self->at++;
      return take (self, SP_TIMES_BANK) && set_bank (self, SP_BANK_RULE_OPEN);
    case SP_TIMES_BOOKING:
      return set_booking (self, (SpBooking) self->at++->value);
    case SP_TIMES_ALWAYS:
      self->always = TRUE;
      self->at++;
      return TRUE;
    case SP_TIMES_DURING:
    case SP_TIMES_TERM:
    case SP_TIMES_HOLIDAYS:
      return read_part_of_year (self);
    default:
      return FALSE;
    }
}

static gboolean
has_rules (const Rules *rules)
{
  return rules->term != 0 || rules->bank != 0 || rules->booking != 0;
}

/* The sentence is over. Its rules hold for its one clause, or for all if it has none; that they stand in a sentence of
 * several clauses, or in the last of several sentences, leaves open what they are meant for. */
static gboolean
end_sentence (Reader *self, gboolean last)
{
  gboolean alone = self->n_clauses == self->n_here;

  if (has_rules (&self->here))
    {
      if (self->n_here > 1 || (self->n_here == 1 && last && !alone))
        return FALSE;
      if (self->n_here == 1)
        self->clauses[self->n_clauses - 1].rules = self->here;
      else if (has_rules (&self->rules))
        return FALSE;
      else
        self->rules = self->here;
    }
  self->here = (Rules){ 0 };
  self->n_here = 0;
  self->sentence++;
  return TRUE;
}

static gboolean
is_last_with_clause (const Reader *self)
{
  for (const SpTimesToken *at = self->at; at->kind != SP_TIMES_END; at++)
    if (starts_day (at) && !(at > self->at && at[-1].kind == SP_TIMES_CLOSED))
      return FALSE;
  return TRUE;
}

/* A rule that was begun must be understood. */
static gboolean
read_part (Reader *self)
{
  const SpTimesToken *start = self->at;

  return read_rule (self) || (self->at == start && read_clause (self));
}

static gboolean
read_text (Reader *self)
{
  for (;;)
    {
      skip_separators (self);
      if (self->at->kind == SP_TIMES_STOP || self->at->kind == SP_TIMES_END)
        {
          if (!end_sentence (self, is_last_with_clause (self)))
            return FALSE;
          if (!take (self, SP_TIMES_STOP))
            return TRUE;
          continue;
        }
      if (!read_part (self))
        return FALSE;
    }
}

/* ── What was read ── */

/* Either all clauses have hours or none; no day is open and closed. */
static gboolean
makes_sense (const Reader *self)
{
  gboolean timed = self->clauses[0].n_ranges > 0;

  for (guint i = 0; i < self->n_clauses; i++)
    {
      const Clause *clause = &self->clauses[i];

      if ((clause->n_ranges > 0) != timed || (clause->weekly & self->closed) != 0)
        return FALSE;
      if (has_rules (&clause->rules) && has_rules (&self->rules))
        return FALSE;
    }
  if (self->always)
    return self->n_clauses == 0 ? self->closed == 0
                                : self->n_clauses == 1 && !timed && self->clauses[0].weekly == ALL_DAYS;
  return self->n_clauses > 0;
}

static void
set_hour (SpNode *item, const char *member, int minutes)
{
  g_autofree char *text = NULL;

  if (minutes == SP_SCHEDULE_NO_TIME)
    return;
  text = g_strdup_printf ("%02d:%02d", minutes / 60 % 24, minutes % 60);
  sp_node_set_text (item, member, text);
}

static void
set_rules (SpNode *item, const Rules *rules)
{
  static const char *const terms[] = { NULL, "term", "holidays" };
  static const char *const banks[] = { NULL, "open", "closed", "ask" };
  static const char *const bookings[] = { NULL, "drop-in", "booked", "appointment" };

  sp_node_set_text (item, "term", terms[rules->term]);
  sp_node_set_text (item, "bank_holidays", banks[rules->bank]);
  sp_node_set_text (item, "booking", bookings[rules->booking]);
}

static char *
make_byday (const Clause *clause)
{
  static const char *const names[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };
  GString *out = g_string_new (NULL);

  for (guint day = 0; day < 7; day++)
    if ((clause->weekly & (1 << day)) != 0)
      g_string_append_printf (out, "%s%s", out->len > 0 ? "," : "", names[day]);
  for (guint i = 0; i < clause->n_monthly; i++)
    g_string_append_printf (out, "%s%d%s", out->len > 0 ? "," : "", clause->monthly[i].nth, names[clause->monthly[i].weekday]);
  return g_string_free (out, FALSE);
}

static void
append_item (SpNode *schedules, const Clause *clause, int opens, int closes, const Rules *rules)
{
  SpNode *item = sp_node_new_object ();
  g_autofree char *byday = make_byday (clause);

  sp_node_set_text (item, "freq", clause->n_monthly > 0 ? "monthly" : "weekly");
  if (clause->interval != 1)
    sp_node_set (item, "interval", sp_node_new_number (clause->interval));
  sp_node_set_text (item, "byday", byday);
  set_hour (item, "opens_at", opens);
  set_hour (item, "closes_at", closes);
  set_rules (item, rules);
  sp_node_append (schedules, item);
}

static void
append_clause (SpNode *schedules, const Clause *clause, const Rules *all)
{
  const Rules *rules = has_rules (&clause->rules) ? &clause->rules : all;

  for (guint i = 0; i < clause->n_ranges; i++)
    append_item (schedules, clause, clause->ranges[i].opens, clause->ranges[i].closes, rules);
  if (clause->n_ranges == 0)
    append_item (schedules, clause, SP_SCHEDULE_NO_TIME, SP_SCHEDULE_NO_TIME, rules);
}

static void
append_always (SpNode *schedules, const Rules *rules)
{
  SpNode *item = sp_node_new_object ();

  sp_node_set_text (item, "freq", "always");
  set_rules (item, rules);
  sp_node_append (schedules, item);
}

/**
 * sp_times_read:
 * @text: times in words, as a list has them, UTF-8
 *
 * Reads times in words, English. Any thread.
 *
 * Returns: (transfer full) (nullable): the member `schedules`, whose items have no ids yet; %NULL where the text is not
 *   understood in full or could be meant in another way
 */
SpNode *
sp_times_read (const char *text)
{
  g_autoptr (GArray) tokens = sp_times_tokens (text);
  Reader self = { 0 };
  SpNode *schedules;

  if (tokens == NULL)
    return NULL;
  self.at = (const SpTimesToken *) (gpointer) tokens->data;
  if (!read_text (&self) || !makes_sense (&self))
    return NULL;
  schedules = sp_node_new_array ();
  if (self.always)
    append_always (schedules, self.n_clauses > 0 && has_rules (&self.clauses[0].rules) ? &self.clauses[0].rules : &self.rules);
  else
    for (guint i = 0; i < self.n_clauses; i++)
      append_clause (schedules, &self.clauses[i], &self.rules);
  return schedules;
}
