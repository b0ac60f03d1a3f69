/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of every member of an asset: its path, what may stand there, and what people call it. Forms, the
 * command line, imports and exports all read it; to add a field, add a line here. */
#include "sp-field.h"

#include <math.h>
#include <string.h>

#define N_(text) text

static const char * const kinds[] = { "place", "service", "group", NULL };
static const char * const statuses[] = { "active", "temporarily closed", "inactive", "defunct", NULL };
static const char * const availabilities[] = { "open", "waiting list", "full", NULL };
static const char * const accuracies[] = { "exact", "postcode", "place", "area", NULL };
static const char * const audiences[] = { "public", "members", NULL };
static const char * const bases[] = { "role mailbox", "consent", "legitimate interest", NULL };
static const char * const freqs[] = { "weekly", "monthly", "once", "always", NULL };
static const char * const terms[] = { "any", "term", "holidays", NULL };
static const char * const bank_holidays[] = { "open", "closed", "ask", NULL };
static const char * const bookings[] = { "drop-in", "booked", "appointment", NULL };
static const char * const referrals[] = { "just turn up", "ring first", "self", "professional", NULL };
static const char * const crisis_roles[] = { "rest centre", "vaccination", "food hub", "warm space", NULL };
static const char * const assurances[] = { "safeguarding policy", "DBS", "insurance", "risk assessment", NULL };
static const char * const hows[] = { "owner", "phone", "visit", "imported", NULL };

#define CHECKED(group, label) \
  { "checked." group, SP_FIELD_OBJECT, NULL, label }, \
  { "checked." group ".on", SP_FIELD_DATE, NULL, N_("checked on") }, \
  { "checked." group ".by", SP_FIELD_TEXT, NULL, N_("checked by") }, \
  { "checked." group ".how", SP_FIELD_CHOICE, hows, N_("how it was checked") }

static const SpField fields[] = {
  { "type", SP_FIELD_TEXT, NULL, N_("document type") },
  { "schema", SP_FIELD_INTEGER, NULL, N_("schema") },
  { "kind", SP_FIELD_CHOICE, kinds, N_("kind") },
  { "name", SP_FIELD_TEXT, NULL, N_("name") },
  { "alternate_name", SP_FIELD_TEXT, NULL, N_("other name") },
  { "summary", SP_FIELD_TEXT, NULL, N_("in one sentence") },
  { "description", SP_FIELD_PROSE, NULL, N_("description") },
  { "categories", SP_FIELD_SET, NULL, N_("categories") },
  { "status", SP_FIELD_CHOICE, statuses, N_("status") },
  { "notice", SP_FIELD_OBJECT, NULL, N_("notice") },
  { "notice.text", SP_FIELD_TEXT, NULL, N_("notice") },
  { "notice.from", SP_FIELD_DATE, NULL, N_("notice from") },
  { "notice.until", SP_FIELD_DATE, NULL, N_("notice until") },
  { "visible", SP_FIELD_OBJECT, NULL, N_("shown") },
  { "visible.from", SP_FIELD_DATE, NULL, N_("shown from") },
  { "visible.until", SP_FIELD_DATE, NULL, N_("shown until") },
  { "availability", SP_FIELD_OBJECT, NULL, N_("availability") },
  { "availability.state", SP_FIELD_CHOICE, availabilities, N_("places free") },
  { "availability.wait", SP_FIELD_TEXT, NULL, N_("how long one waits") },
  { "availability.on", SP_FIELD_DATE, NULL, N_("as of") },
  { "location", SP_FIELD_OBJECT, NULL, N_("position") },
  { "location.latitude", SP_FIELD_NUMBER, NULL, N_("latitude") },
  { "location.longitude", SP_FIELD_NUMBER, NULL, N_("longitude") },
  { "location.accuracy", SP_FIELD_CHOICE, accuracies, N_("how exact the position is") },
  { "address", SP_FIELD_OBJECT, NULL, N_("address") },
  { "address.line_1", SP_FIELD_TEXT, NULL, N_("address, first line") },
  { "address.line_2", SP_FIELD_TEXT, NULL, N_("address, second line") },
  { "address.city", SP_FIELD_TEXT, NULL, N_("town or village") },
  { "address.county", SP_FIELD_TEXT, NULL, N_("county") },
  { "address.postal_code", SP_FIELD_TEXT, NULL, N_("postcode") },
  { "address.uprn", SP_FIELD_TEXT, NULL, N_("unique property reference number") },
  { "venue", SP_FIELD_REFERENCE, NULL, N_("venue") },
  { "organisation", SP_FIELD_REFERENCE, NULL, N_("organisation") },
  { "service_areas", SP_FIELD_REFERENCES, NULL, N_("areas served") },
  { "contacts", SP_FIELD_LIST, NULL, N_("contacts") },
  { "contacts.*.id", SP_FIELD_TEXT, NULL, N_("id") },
  { "contacts.*.title", SP_FIELD_TEXT, NULL, N_("role") },
  { "contacts.*.name", SP_FIELD_TEXT, NULL, N_("name") },
  { "contacts.*.phone", SP_FIELD_PHONE, NULL, N_("telephone") },
  { "contacts.*.email", SP_FIELD_EMAIL, NULL, N_("e-mail") },
  { "contacts.*.visible_to", SP_FIELD_CHOICE, audiences, N_("who may see it") },
  { "contacts.*.basis", SP_FIELD_OBJECT, NULL, N_("why we may keep it") },
  { "contacts.*.basis.kind", SP_FIELD_CHOICE, bases, N_("why we may keep it") },
  { "contacts.*.basis.on", SP_FIELD_DATE, NULL, N_("agreed on") },
  { "contacts.*.basis.note", SP_FIELD_TEXT, NULL, N_("note") },
  { "url", SP_FIELD_URL, NULL, N_("web address") },
  { "schedules", SP_FIELD_LIST, NULL, N_("times") },
  { "schedules.*.id", SP_FIELD_TEXT, NULL, N_("id") },
  { "schedules.*.freq", SP_FIELD_CHOICE, freqs, N_("how often") },
  { "schedules.*.interval", SP_FIELD_INTEGER, NULL, N_("every how many weeks or months") },
  { "schedules.*.byday", SP_FIELD_TEXT, NULL, N_("days") },
  { "schedules.*.opens_at", SP_FIELD_TIME, NULL, N_("opens at") },
  { "schedules.*.closes_at", SP_FIELD_TIME, NULL, N_("closes at") },
  { "schedules.*.dtstart", SP_FIELD_DATE, NULL, N_("first date") },
  { "schedules.*.valid_from", SP_FIELD_DATE, NULL, N_("season from") },
  { "schedules.*.valid_to", SP_FIELD_DATE, NULL, N_("season to") },
  { "schedules.*.term", SP_FIELD_CHOICE, terms, N_("school terms") },
  { "schedules.*.bank_holidays", SP_FIELD_CHOICE, bank_holidays, N_("on bank holidays") },
  { "schedules.*.booking", SP_FIELD_CHOICE, bookings, N_("booking") },
  { "schedules.*.note", SP_FIELD_TEXT, NULL, N_("note") },
  { "schedule_exceptions", SP_FIELD_LIST, NULL, N_("exceptions") },
  { "schedule_exceptions.*.id", SP_FIELD_TEXT, NULL, N_("id") },
  { "schedule_exceptions.*.from", SP_FIELD_DATE, NULL, N_("from") },
  { "schedule_exceptions.*.until", SP_FIELD_DATE, NULL, N_("until") },
  { "schedule_exceptions.*.closed", SP_FIELD_BOOLEAN, NULL, N_("closed") },
  { "schedule_exceptions.*.note", SP_FIELD_TEXT, NULL, N_("note") },
  { "schedule_words", SP_FIELD_TEXT, NULL, N_("when, in words") },
  { "free", SP_FIELD_BOOLEAN, NULL, N_("free") },
  { "costs", SP_FIELD_LIST, NULL, N_("costs") },
  { "costs.*.id", SP_FIELD_TEXT, NULL, N_("id") },
  { "costs.*.option", SP_FIELD_TEXT, NULL, N_("what for") },
  { "costs.*.amount", SP_FIELD_NUMBER, NULL, N_("amount") },
  { "costs.*.currency", SP_FIELD_TEXT, NULL, N_("currency") },
  { "costs.*.description", SP_FIELD_TEXT, NULL, N_("description") },
  { "eligibility", SP_FIELD_OBJECT, NULL, N_("who it is for") },
  { "eligibility.minimum_age", SP_FIELD_INTEGER, NULL, N_("youngest age") },
  { "eligibility.maximum_age", SP_FIELD_INTEGER, NULL, N_("oldest age") },
  { "eligibility.who", SP_FIELD_TEXT, NULL, N_("who it is for") },
  { "eligibility.not_for", SP_FIELD_TEXT, NULL, N_("who it is not for") },
  { "eligibility.tags", SP_FIELD_SET, NULL, N_("groups of people") },
  { "referral", SP_FIELD_OBJECT, NULL, N_("how to join") },
  { "referral.how", SP_FIELD_CHOICE, referrals, N_("how to join") },
  { "referral.detail", SP_FIELD_TEXT, NULL, N_("details of joining") },
  { "referral.url", SP_FIELD_URL, NULL, N_("web address of the form") },
  { "accessibility", SP_FIELD_OBJECT, NULL, N_("access") },
  { "accessibility.tags", SP_FIELD_SET, NULL, N_("access") },
  { "accessibility.detail", SP_FIELD_TEXT, NULL, N_("access details") },
  { "languages", SP_FIELD_SET, NULL, N_("languages") },
  { "translations", SP_FIELD_JSON, NULL, N_("translations") },
  { "building", SP_FIELD_OBJECT, NULL, N_("building") },
  { "building.capacity", SP_FIELD_INTEGER, NULL, N_("how many people it holds") },
  { "building.floor_area_m2", SP_FIELD_NUMBER, NULL, N_("floor area in square metres") },
  { "building.kitchen", SP_FIELD_BOOLEAN, NULL, N_("kitchen") },
  { "building.parking", SP_FIELD_INTEGER, NULL, N_("parking spaces") },
  { "building.wifi", SP_FIELD_BOOLEAN, NULL, N_("Wi-Fi") },
  { "building.heating", SP_FIELD_TEXT, NULL, N_("heating") },
  { "building.generator", SP_FIELD_BOOLEAN, NULL, N_("generator") },
  { "building.crisis_roles", SP_FIELD_SET, crisis_roles, N_("roles in a crisis") },
  { "building.keyholder", SP_FIELD_TEXT, NULL, N_("who has the key") },
  { "volunteering", SP_FIELD_OBJECT, NULL, N_("volunteering") },
  { "volunteering.wanted", SP_FIELD_BOOLEAN, NULL, N_("volunteers wanted") },
  { "volunteering.roles", SP_FIELD_TEXT, NULL, N_("what volunteers do") },
  { "funding", SP_FIELD_LIST, NULL, N_("funding") },
  { "funding.*.id", SP_FIELD_TEXT, NULL, N_("id") },
  { "funding.*.source", SP_FIELD_TEXT, NULL, N_("who pays") },
  { "funding.*.amount", SP_FIELD_NUMBER, NULL, N_("amount") },
  { "funding.*.currency", SP_FIELD_TEXT, NULL, N_("currency") },
  { "funding.*.from", SP_FIELD_DATE, NULL, N_("from") },
  { "funding.*.until", SP_FIELD_DATE, NULL, N_("until") },
  { "assurance", SP_FIELD_LIST, NULL, N_("assurance") },
  { "assurance.*.id", SP_FIELD_TEXT, NULL, N_("id") },
  { "assurance.*.what", SP_FIELD_CHOICE, assurances, N_("what was seen") },
  { "assurance.*.seen_on", SP_FIELD_DATE, NULL, N_("seen on") },
  { "assurance.*.by", SP_FIELD_TEXT, NULL, N_("by") },
  { "known_by", SP_FIELD_LIST, NULL, N_("known by") },
  { "known_by.*.id", SP_FIELD_TEXT, NULL, N_("id") },
  { "known_by.*.team", SP_FIELD_TEXT, NULL, N_("team") },
  { "known_by.*.visited_on", SP_FIELD_DATE, NULL, N_("visited on") },
  { "checked", SP_FIELD_OBJECT, NULL, N_("checked") },
  CHECKED ("times", N_("times checked")),
  CHECKED ("place", N_("place checked")),
  CHECKED ("contact", N_("contact checked")),
  CHECKED ("cost", N_("cost checked")),
  CHECKED ("join", N_("joining checked")),
  CHECKED ("building", N_("building checked")),
  { "source", SP_FIELD_OBJECT, NULL, N_("source") },
  { "source.feed", SP_FIELD_TEXT, NULL, N_("list it came from") },
  { "source.row", SP_FIELD_TEXT, NULL, N_("row in that list") },
  { "source.retrieved", SP_FIELD_DATE, NULL, N_("read on") },
  { "source.original", SP_FIELD_JSON, NULL, N_("the row as it was") },
  { "source.hand_corrected", SP_FIELD_SET, NULL, N_("corrected by hand") },
  { "created", SP_FIELD_OBJECT, NULL, N_("created") },
  { "created.on", SP_FIELD_DATE, NULL, N_("created on") },
  { "created.by", SP_FIELD_TEXT, NULL, N_("created by") },
  { "modified", SP_FIELD_OBJECT, NULL, N_("changed") },
  { "modified.on", SP_FIELD_DATE, NULL, N_("changed on") },
  { "modified.by", SP_FIELD_TEXT, NULL, N_("changed by") },
  { "edit", SP_FIELD_JSON, NULL, N_("newest changes") },
};

/**
 * sp_field_get_all:
 * @n: (out): how many there are
 *
 * Returns: (transfer none) (array length=n): every member of an asset, parents before their parts
 */
const SpField *
sp_field_get_all (guint *n)
{
  *n = G_N_ELEMENTS (fields);
  return fields;
}

/* Whether @path, in which an item of a list may be named by position or id, means the field @pattern. */
static gboolean
path_matches (const char *pattern, const char *path)
{
  while (*pattern != '\0' && *path != '\0')
    {
      if (*pattern == '*')
        {
          path += strcspn (path, ".");
          pattern++;
        }
      else if (*pattern++ != *path++)
        return FALSE;
    }
  return *pattern == '\0' && *path == '\0';
}

/**
 * sp_field_find:
 * @path: a path such as `contacts.1.phone` or `contacts.*.phone`
 *
 * Returns: (nullable) (transfer none): the field it means
 */
const SpField *
sp_field_find (const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (path_matches (fields[i].path, path))
      return &fields[i];
  return NULL;
}

/**
 * sp_field_is_time:
 * @text: anything
 *
 * Returns: whether @text is a time of day as `HH:MM`, 00:00 to 24:00
 */
gboolean
sp_field_is_time (const char *text)
{
  int hour, minute;

  if (strlen (text) != 5 || text[2] != ':' || !g_ascii_isdigit (text[0]) || !g_ascii_isdigit (text[1])
      || !g_ascii_isdigit (text[3]) || !g_ascii_isdigit (text[4]))
    return FALSE;
  hour = (text[0] - '0') * 10 + text[1] - '0';
  minute = (text[3] - '0') * 10 + text[4] - '0';
  return (hour < 24 && minute < 60) || (hour == 24 && minute == 0);
}

/**
 * sp_field_is_date:
 * @text: anything
 *
 * Returns: whether @text begins with a date of the calendar as `YYYY-MM-DD` and is that alone or an instant in UTC
 */
gboolean
sp_field_is_date (const char *text)
{
  gsize n = strlen (text);
  guint parts[3] = { 0 };

  if (n < 10 || text[4] != '-' || text[7] != '-')
    return FALSE;
  for (guint i = 0, part = 0; i < 10; i++)
    {
      if (i == 4 || i == 7)
        part++;
      else if (!g_ascii_isdigit (text[i]))
        return FALSE;
      else
        parts[part] = parts[part] * 10 + (guint) (text[i] - '0');
    }
  if (!g_date_valid_dmy ((GDateDay) parts[2], (GDateMonth) parts[1], (GDateYear) parts[0]))
    return FALSE;
  if (n == 10)
    return TRUE;
  g_autoptr (GDateTime) instant = g_date_time_new_from_iso8601 (text, NULL);
  return instant != NULL;
}
