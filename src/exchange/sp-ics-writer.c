/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpIcsWriter: when everything is on, as a calendar (iCalendar, RFC 5545) that anybody's calendar program can show: an
 * event for each schedule, from today for one year, so that nothing stays in somebody's calendar for ever. Dates about
 * which one had better ask are tentative and say so. */
#include "sp-ics-writer.h"

#include "sp-clock.h"
#include "sp-content-line.h"
#include "sp-entry-words.h"
#include "sp-ics-dates.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DAYS_AHEAD 365

struct _SpIcsWriter
{
  SpWriter parent_instance;

  gboolean begun;
  gint32   today;
};

G_DEFINE_FINAL_TYPE (SpIcsWriter, sp_ics_writer, SP_TYPE_WRITER)

#define ZONE "Europe/London"

/* Summer time in the United Kingdom since 1996. */
static const char zone[] =
  "BEGIN:VTIMEZONE\r\n"
  "TZID:" ZONE "\r\n"
  "BEGIN:DAYLIGHT\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100\r\nTZNAME:BST\r\n"
  "DTSTART:19960331T010000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nEND:DAYLIGHT\r\n"
  "BEGIN:STANDARD\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000\r\nTZNAME:GMT\r\n"
  "DTSTART:19961027T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\n"
  "END:VTIMEZONE\r\n";

static gboolean
begin (SpIcsWriter *self, GError **error)
{
  g_autoptr (GString) out = g_string_new ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Signpost//Signpost//EN\r\n"
                                          "CALSCALE:GREGORIAN\r\n");

  if (self->begun)
    return TRUE;
  self->begun = TRUE;
  sp_content_line_append_text (out, "X-WR-CALNAME", "Signpost");
  sp_content_line_append_text (out, "X-WR-CALDESC", sp_writer_get_filtered (SP_WRITER (self)));
  g_string_append (out, "X-WR-TIMEZONE:" ZONE "\r\n");
  g_string_append (out, zone);
  return sp_writer_put (SP_WRITER (self), out->str, out->len, error);
}

static char *
format_day (gint32 day)
{
  int year, month, month_day;

  sp_civil_split (day, &year, &month, &month_day);
  return g_strdup_printf ("%04d%02d%02d", year, month, month_day);
}

static char *
format_time (gint32 day, int minute)
{
  g_autofree char *date = format_day (day + minute / SP_MINUTES_A_DAY);

  minute %= SP_MINUTES_A_DAY;
  return g_strdup_printf ("%sT%02d%02d00", date, minute / 60, minute % 60);
}

static gboolean
has_hours (const SpIcsSeries *series)
{
  return series->opens >= 0;
}

/* A moment on the clock in London, in UTC: what UNTIL must be. The clock there changes at 1 o'clock UTC. */
static char *
format_utc (gint32 day, int minute)
{
  gint64 seconds = (gint64) day * 86400 + minute * 60;
  SpCivilTime shown = sp_clock_london (seconds);
  gint64 ahead = ((gint64) shown.day * SP_MINUTES_A_DAY + shown.minute) * 60 - seconds;
  g_autoptr (GDateTime) moment = NULL;

  shown = sp_clock_london (seconds - ahead);
  if ((gint64) shown.day * SP_MINUTES_A_DAY + shown.minute != seconds / 60)
    ahead = 0; /* in the hour that the clock change skips or repeats */
  moment = g_date_time_new_from_unix_utc (seconds - ahead);
  return g_date_time_format (moment, "%Y%m%dT%H%M%SZ");
}

/* All day where no hour is known. */
static void
append_start_and_end (GString *out, const SpIcsSeries *series)
{
  g_autofree char *start = has_hours (series) ? format_time (series->first, series->opens) : format_day (series->first);
  g_autofree char *end = NULL;

  if (!has_hours (series))
    {
      sp_content_line_append (out, "DTSTART;VALUE=DATE", start);
      return;
    }
  sp_content_line_append (out, "DTSTART;TZID=" ZONE, start);
  if (series->closes <= series->opens)
    return;
  end = format_time (series->first, series->closes);
  sp_content_line_append (out, "DTEND;TZID=" ZONE, end);
}

static void
append_rule (GString *out, const SpIcsSeries *series)
{
  g_autofree char *until = has_hours (series) ? format_utc (series->last, series->opens) : format_day (series->last);
  g_autofree char *rule = NULL;

  if (series->rule == NULL)
    return;
  rule = g_strdup_printf ("%s;UNTIL=%s", series->rule, until);
  sp_content_line_append (out, "RRULE", rule);
  for (guint i = 0; i < series->left_out->len; i++)
    {
      gint32 day = g_array_index (series->left_out, gint32, i);
      g_autofree char *date = has_hours (series) ? format_time (day, series->opens) : format_day (day);
      sp_content_line_append (out, has_hours (series) ? "EXDATE;TZID=" ZONE : "EXDATE;VALUE=DATE", date);
    }
}

/* Why one had better ask. */
static const char *
get_doubt_words (SpDoubt doubts)
{
  if (doubts & SP_DOUBT_NOTICE)
    return _("Ask first: something is different for now.");
  if (doubts & SP_DOUBT_EXCEPTION)
    return _("Ask first: this day is an exception.");
  if (doubts & SP_DOUBT_WEEK)
    return _("Ask first: it is not every week, and not known which.");
  if (doubts & SP_DOUBT_TERM)
    return _("Ask first: it depends on the school term.");
  return _("Ask first: it is a bank holiday.");
}

static void
append_words (GString *out, SpWriter *writer, const SpNode *body, const SpIcsSeries *series)
{
  const SpNode *venue = sp_writer_get_venue (writer);
  const char *name = sp_node_get_text (body, "name");
  g_autofree char *where = sp_entry_words_where (body, venue), *plain = sp_entry_words_plain (body, venue);
  g_autofree char *summary = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  summary = series->doubts != SP_DOUBT_NONE ? g_strdup_printf (_("%s (ask first)"), name != NULL ? name : "") : g_strdup (name);
  if (series->doubts != SP_DOUBT_NONE)
    g_string_append_printf (text, "%s\n", get_doubt_words (series->doubts));
  if (series->note != NULL && *series->note != '\0')
    g_string_append_printf (text, "%s\n", series->note);
  g_string_append (text, plain);
  sp_content_line_append_text (out, "SUMMARY", summary);
  sp_content_line_append_text (out, "LOCATION", where);
  sp_content_line_append_text (out, "DESCRIPTION", text->str);
}

static void
append_links (GString *out, SpWriter *writer, const SpNode *body)
{
  g_autoptr (GPtrArray) categories = sp_entry_words_categories (body);
  g_autoptr (GString) names = g_string_new (NULL);
  const char *latitude, *longitude, *url = sp_node_get_text (body, "url");
  g_autofree char *value = NULL;

  if (sp_entry_words_position (body, sp_writer_get_venue (writer), &latitude, &longitude))
    {
      g_autofree char *geo = g_strdup_printf ("%s;%s", latitude, longitude);
      sp_content_line_append (out, "GEO", geo);
    }
  if (sp_entry_words_is_web_address (url))
    {
      value = g_uri_escape_string (url, G_URI_RESERVED_CHARS_GENERIC_DELIMITERS G_URI_RESERVED_CHARS_SUBCOMPONENT_DELIMITERS "%", FALSE);
      sp_content_line_append (out, "URL", value);
    }
  for (guint i = 0; i < categories->len; i++)
    {
      g_autofree char *name = sp_content_line_escape (g_ptr_array_index (categories, i));
      g_string_append_printf (names, "%s%s", i > 0 ? "," : "", name);
    }
  if (names->len > 0)
    sp_content_line_append (out, "CATEGORIES", names->str);
}

/* The same dates have the same id next time, so that a calendar that takes the file in again updates what it has. */
static void
append_event (GString *out, SpIcsWriter *self, const SpNode *body, const SpIcsSeries *series)
{
  g_autofree char *uuid = sp_content_line_uuid (sp_node_get_text (body, "_id"));
  g_autofree char *day = format_day (series->first);
  const char *certainty = series->doubts != SP_DOUBT_NONE ? "-ask" : "";
  gboolean single = series->rule == NULL;
  g_autofree char *uid = g_strdup_printf ("%s-%u%s%s%s@signpost", uuid, series->schedule, certainty, single ? "-" : "",
                                          single ? day : "");
  g_autofree char *stamp = format_utc (self->today, 0);

  g_string_append (out, "BEGIN:VEVENT\r\n");
  sp_content_line_append (out, "UID", uid);
  sp_content_line_append (out, "DTSTAMP", stamp);
  append_start_and_end (out, series);
  append_rule (out, series);
  append_words (out, SP_WRITER (self), body, series);
  append_links (out, SP_WRITER (self), body);
  g_string_append (out, series->doubts != SP_DOUBT_NONE ? "STATUS:TENTATIVE\r\n" : "STATUS:CONFIRMED\r\n");
  g_string_append (out, "TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n");
}

static gboolean
sp_ics_writer_add (SpWriter *writer, const SpNode *body, GError **error)
{
  SpIcsWriter *self = SP_ICS_WRITER (writer);
  g_autoptr (GPtrArray) all = sp_ics_dates_read (body, sp_writer_get_calendar (writer), self->today, self->today + DAYS_AHEAD);
  g_autoptr (GString) out = g_string_new (NULL);

  if (!begin (self, error))
    return FALSE;
  if (all->len == 0)
    sp_writer_add_timeless (writer);
  for (guint i = 0; i < all->len; i++)
    append_event (out, self, body, g_ptr_array_index (all, i));
  return sp_writer_put (writer, out->str, out->len, error);
}

static gboolean
sp_ics_writer_end (SpWriter *writer, GError **error)
{
  return begin (SP_ICS_WRITER (writer), error)
         && sp_writer_put (writer, "END:VCALENDAR\r\n", strlen ("END:VCALENDAR\r\n"), error);
}

static void
sp_ics_writer_class_init (SpIcsWriterClass *class)
{
  SP_WRITER_CLASS (class)->wants_links = TRUE;
  SP_WRITER_CLASS (class)->add = sp_ics_writer_add;
  SP_WRITER_CLASS (class)->end = sp_ics_writer_end;
}

static void
sp_ics_writer_init (SpIcsWriter *self)
{
  self->today = sp_clock_today ();
}
