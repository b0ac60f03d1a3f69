/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calendars: read back by libical, they show the dates that Signpost would. */
#include "exchange-utils.h"

#include "sp-clock.h"
#include "sp-schedule.h"

#include <libical/ical.h>

#define TODAY "2026-11-22"
#define HORIZON 365

static char *
write_calendar (const char *json, const SpCalendar *calendar, guint *n_timeless)
{
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SpNode) asset = sp_node_parse (json, -1, &error);
  g_autoptr (SpWriter) writer = NULL;
  g_autofree char *said = NULL;

  g_assert_no_error (error);
  writer = sp_writer_new (out, "ics", NULL, &error);
  g_assert_true (sp_writer_add_linked (writer, asset, NULL, calendar, &error));
  g_assert_true (sp_writer_finish (writer, &error));
  g_assert_no_error (error);
  said = sp_writer_describe (writer);
  *n_timeless = said != NULL;
  return g_strndup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (out)),
                    g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (out)));
}

typedef struct
{
  GArray  *dates; /* gint64: minutes since 1970 in London, tentative ones negative */
  gboolean tentative;
} Found;

static void
found_cb (icalcomponent *event, struct icaltime_span *span, void *data)
{
  Found *found = data;
  SpCivilTime at = sp_clock_london (span->start);
  gint64 minute = (gint64) at.day * SP_MINUTES_A_DAY + at.minute;

  if (icalcomponent_get_status (event) == ICAL_STATUS_TENTATIVE)
    minute = -minute;
  g_array_append_val (found->dates, minute);
}

static int
compare_minutes (gconstpointer a, gconstpointer b)
{
  gint64 one = *(const gint64 *) a, other = *(const gint64 *) b;

  return one < other ? -1 : one > other;
}

static icalcomponent *
parse (const char *text)
{
  icalcomponent *calendar = icalparser_parse_string (text);

  g_assert_nonnull (calendar);
  g_assert_cmpint (icalcomponent_count_errors (calendar), ==, 0);
  g_assert_true (icalrestriction_check (calendar));
  return calendar;
}

/* All dates of all events, as libical works them out. */
static GArray *
read_back (const char *text)
{
  icalcomponent *calendar = parse (text);
  Found found = { g_array_new (FALSE, FALSE, sizeof (gint64)), FALSE };
  struct icaltimetype from = icaltime_from_string ("20261101T000000Z"), until = icaltime_from_string ("20280101T000000Z");

  for (icalcomponent *event = icalcomponent_get_first_component (calendar, ICAL_VEVENT_COMPONENT); event != NULL;
       event = icalcomponent_get_next_component (calendar, ICAL_VEVENT_COMPONENT))
    icalcomponent_foreach_recurrence (event, from, until, found_cb, &found);
  icalcomponent_free (calendar);
  g_array_sort (found.dates, compare_minutes);
  return found.dates;
}

/* The same dates as core has them. */
static GArray *
expect (const char *json, const SpCalendar *calendar)
{
  g_autoptr (SpNode) asset = sp_node_parse (json, -1, NULL);
  g_autofree SpOccurrence *list = g_new (SpOccurrence, 4000);
  gint32 today = sp_civil_parse_date (TODAY);
  guint n = sp_schedule_between (asset, today, today + HORIZON, calendar, list, 4000);
  GArray *dates = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < n; i++)
    {
      gint64 minute = (gint64) list[i].day * SP_MINUTES_A_DAY + MAX (0, list[i].opens);
      if (list[i].always)
        continue;
      if (list[i].doubts != SP_DOUBT_NONE)
        minute = -minute;
      g_array_append_val (dates, minute);
    }
  g_array_sort (dates, compare_minutes);
  return dates;
}

#define ASSET(members) "{\"_id\":\"asset:3d80850a-35d8-4bcd-8893-6b0e08f72fd7\",\"type\":\"asset\",\"name\":\"Club\"," members "}"
#define SCHEDULE(members) "\"schedules\":[{\"id\":\"s1\"," members "}]"

static const char * const cases[] = {
  ASSET (SCHEDULE ("\"freq\":\"weekly\",\"byday\":\"TU,TH\",\"opens_at\":\"10:00\",\"closes_at\":\"12:00\"")),
  ASSET (SCHEDULE ("\"freq\":\"weekly\",\"byday\":\"MO\",\"opens_at\":\"19:30\",\"bank_holidays\":\"closed\"")),
  ASSET (SCHEDULE ("\"freq\":\"weekly\",\"byday\":\"MO,TU,WE,TH,FR\",\"opens_at\":\"09:00\",\"closes_at\":\"17:00\",\"bank_holidays\":\"ask\"")),
  ASSET (SCHEDULE ("\"freq\":\"weekly\",\"byday\":\"WE\",\"interval\":2,\"dtstart\":\"2026-09-02\",\"opens_at\":\"10:00\"")),
  ASSET (SCHEDULE ("\"freq\":\"weekly\",\"byday\":\"WE\",\"interval\":2,\"opens_at\":\"10:00\"")),
  ASSET (SCHEDULE ("\"freq\":\"weekly\",\"byday\":\"SU,MO\",\"interval\":3,\"dtstart\":\"2026-11-08\",\"opens_at\":\"10:00\",\"bank_holidays\":\"open\"")),
  ASSET (SCHEDULE ("\"freq\":\"weekly\",\"dtstart\":\"2026-09-04\",\"opens_at\":\"10:00\"")),
  ASSET (SCHEDULE ("\"freq\":\"monthly\",\"byday\":\"2MO,-1FR\",\"opens_at\":\"14:00\",\"bank_holidays\":\"open\"")),
  ASSET (SCHEDULE ("\"freq\":\"monthly\",\"byday\":\"5MO\",\"opens_at\":\"14:00\",\"bank_holidays\":\"open\"")),
  ASSET (SCHEDULE ("\"freq\":\"monthly\",\"interval\":2,\"dtstart\":\"2026-01-31\",\"opens_at\":\"14:00\"")),
  ASSET (SCHEDULE ("\"freq\":\"monthly\",\"interval\":3,\"byday\":\"1SA\",\"dtstart\":\"2026-02-07\",\"opens_at\":\"14:00\"")),
  ASSET (SCHEDULE ("\"freq\":\"once\",\"dtstart\":\"2026-12-24\",\"opens_at\":\"23:00\",\"closes_at\":\"01:30\"")),
  ASSET (SCHEDULE ("\"freq\":\"weekly\",\"byday\":\"SA\",\"valid_from\":\"2027-01-10\",\"valid_to\":\"2027-03-30\"")),
  ASSET (SCHEDULE ("\"freq\":\"weekly\",\"byday\":\"TU\",\"opens_at\":\"01:30\",\"term\":\"term\"")),
  ASSET (SCHEDULE ("\"freq\":\"weekly\",\"byday\":\"MO,WE\",\"opens_at\":\"10:00\",\"term\":\"holidays\"")),
  ASSET (SCHEDULE ("\"freq\":\"weekly\",\"byday\":\"SU\",\"opens_at\":\"00:30\"")
         ",\"notice\":{\"text\":\"New hall\",\"from\":\"2026-12-01\",\"until\":\"2027-01-31\"}"),
  ASSET (SCHEDULE ("\"freq\":\"weekly\",\"byday\":\"TU\",\"opens_at\":\"10:00\"")
         ",\"schedule_exceptions\":[{\"id\":\"x1\",\"from\":\"2026-12-20\",\"until\":\"2027-01-10\",\"closed\":true},"
         "{\"id\":\"x2\",\"from\":\"2027-02-06\",\"closed\":false},{\"id\":\"x3\",\"from\":\"2027-03-02\",\"note\":\"perhaps\"}]"),
  ASSET ("\"schedules\":[{\"freq\":\"weekly\",\"byday\":\"MO\",\"opens_at\":\"09:00\"},{\"freq\":\"weekly\",\"byday\":\"MO\",\"opens_at\":\"18:00\"},"
         "{\"freq\":\"nonsense\"}]"),
  ASSET (SCHEDULE ("\"freq\":\"weekly\",\"byday\":\"TU\",\"opens_at\":\"10:00\"") ",\"status\":\"temporarily closed\",\"notice\":{\"text\":\"Flood\",\"until\":\"2027-02-01\"}"),
};

static void
add_term (SpCalendar *calendar, const char *from, const char *until)
{
  calendar->terms[calendar->n_terms].from = sp_civil_parse_date (from);
  calendar->terms[calendar->n_terms++].until = sp_civil_parse_date (until);
}

static void
test_dates (void)
{
  SpCalendar calendar;

  sp_calendar_init (&calendar, SP_NATION_ENGLAND_AND_WALES);
  add_term (&calendar, "2026-09-02", "2026-12-18");
  add_term (&calendar, "2027-01-05", "2027-03-24");
  add_term (&calendar, "2027-04-12", "2027-07-21");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint timeless;
      g_autofree char *text = write_calendar (cases[i], &calendar, &timeless);
      g_autoptr (GArray) got = read_back (text);
      g_autoptr (GArray) wanted = expect (cases[i], &calendar);

      g_assert_cmpuint (wanted->len, >, 0);
      if (got->len != wanted->len || memcmp (got->data, wanted->data, got->len * sizeof (gint64)) != 0)
        g_error ("case %u: %u dates instead of %u\n%s", i, got->len, wanted->len, text);
      g_assert_cmpuint (timeless, ==, 0);
    }
}

/* A rule and its exceptions, not a heap of single days. */
static void
test_form (void)
{
  guint timeless;
  g_autofree char *text = write_calendar (cases[1], NULL, &timeless);
  g_autofree char *once = write_calendar (cases[11], NULL, &timeless);

  g_assert_nonnull (strstr (text, "\r\nRRULE:FREQ=WEEKLY;BYDAY=MO;WKST=MO;UNTIL=20271122T193000Z\r\n"));
  g_assert_nonnull (strstr (text, "\r\nEXDATE;TZID=Europe/London:20270329T193000\r\n")); /* Easter Monday */
  g_assert_nonnull (strstr (text, "\r\nSUMMARY:Club\r\n"));
  g_assert_null (strstr (once, "RRULE:FREQ=WEEKLY"));
  g_assert_nonnull (strstr (once, "DTEND;TZID=Europe/London:20261225T013000\r\n"));
}

/* Whatever stands in an entry, each line is short, none begins something of its own, and texts come back. */
static void
test_texts (void)
{
  static const char json[] =
    ASSET ("\"summary\":\"a,b;c\\\\d\\nBEGIN:VEVENT\\r\\nEND:VCALENDAR\\u0001 Tŷ Gwyn 😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀\","
           "\"url\":\"https://example.org/a b\\nX:y\",\"address\":{\"line_1\":\"1, High Street\"},"
           SCHEDULE ("\"freq\":\"weekly\",\"byday\":\"TU\",\"note\":\"x:y;z\""));
  guint timeless;
  g_autofree char *text = write_calendar (json, NULL, &timeless);
  g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);
  icalcomponent *calendar = parse (text), *event;
  const char *description;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_assert_cmpuint (strlen (lines[i]), <=, 75);
      g_assert_true (g_utf8_validate (lines[i], -1, NULL));
      g_assert_null (strpbrk (lines[i], "\n\r\x01"));
    }
  g_assert_cmpint (icalcomponent_count_components (calendar, ICAL_VEVENT_COMPONENT), ==, 1);
  event = icalcomponent_get_first_component (calendar, ICAL_VEVENT_COMPONENT);
  description = icalcomponent_get_description (event);
  g_assert_nonnull (strstr (description, "a,b;c\\d\nBEGIN:VEVENT\nEND:VCALENDAR Tŷ Gwyn 😀"));
  g_assert_cmpstr (icalcomponent_get_location (event), ==, "1, High Street");
  icalcomponent_free (calendar);
}

/* What has no day is counted, and an empty calendar is still one. */
static void
test_timeless (void)
{
  static const char * const none[] = {
    ASSET ("\"schedule_words\":\"By appointment\""), ASSET (SCHEDULE ("\"freq\":\"always\"")),
    ASSET (SCHEDULE ("\"freq\":\"weekly\",\"byday\":\"TU\"") ",\"status\":\"defunct\""),
  };

  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    {
      guint timeless;
      g_autofree char *text = write_calendar (none[i], NULL, &timeless);
      icalcomponent *calendar = parse (text);

      g_assert_cmpuint (timeless, ==, 1);
      g_assert_cmpint (icalcomponent_count_components (calendar, ICAL_VEVENT_COMPONENT), ==, 0);
      icalcomponent_free (calendar);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_setenv (SP_CLOCK_VARIABLE, TODAY, TRUE);
  g_test_add_func ("/ics/dates", test_dates);
  g_test_add_func ("/ics/form", test_form);
  g_test_add_func ("/ics/texts", test_texts);
  g_test_add_func ("/ics/timeless", test_timeless);
  return g_test_run ();
}
