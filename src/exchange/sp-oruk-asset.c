/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A service of Open Referral UK 3.0 (HSDS-UK) as the members of an entry: what stands in a member of the standard and
 * means the same in ours. Nothing is guessed and nothing is cleaned; what does not fit a field is left. So a service that
 * was made of an entry gives that entry back, as far as the standard can say it. */
#include "sp-oruk-asset.h"

#include "sp-field.h"
#include "sp-import-id.h"
#include "sp-oruk-service.h"

#include <string.h>

#define MOST_ITEMS 200 /* of one list */

static guint
get_count (const SpNode *list)
{
  return sp_node_is_array (list) ? MIN (sp_node_get_length (list), MOST_ITEMS) : 0;
}

static void
copy_fitting (const SpNode *from, const char *name, SpNode *to, const char *member, const char *path)
{
  const SpNode *value = sp_node_get (from, name);

  if (value != NULL && g_strcmp0 (sp_node_get_string (value), "") != 0
      && sp_field_check (sp_field_find (path), value, NULL))
    sp_node_set (to, member, sp_node_ref ((SpNode *) value));
}

static SpNode *
new_item (const char *id, const char *list, guint position)
{
  SpNode *item = sp_node_new_object ();
  g_autofree char *item_id = sp_import_id_for_item (id, list, position);

  sp_node_set (item, "id", sp_node_new_string (item_id));
  return item;
}

static SpNode *
or_null (SpNode *list)
{
  if (sp_node_get_length (list) > 0)
    return list;
  sp_node_unref (list);
  return NULL;
}

static void
set_if (SpNode *body, const char *member, SpNode *value)
{
  if (value != NULL)
    sp_node_set (body, member, value);
}

/* --- when --- */

/* "10:00", and as the standard has it "10:00:00", "10:00Z" or "09:00+01:00": the hour on the clock of the place. */
static void
copy_time (const SpNode *schedule, const char *name, SpNode *item)
{
  const char *text = sp_node_get_text (schedule, name);
  g_autofree char *time = text != NULL ? g_strndup (text, 5) : NULL;

  if (time != NULL && sp_field_is_time (time) && (text[5] == '\0' || strchr (":Z+-", text[5]) != NULL))
    sp_node_set_text (item, name, time);
}

static void
copy_date (const SpNode *schedule, const char *name, SpNode *item)
{
  const char *text = sp_node_get_text (schedule, name);
  g_autofree char *date = text != NULL && sp_field_is_date (text) ? g_strndup (text, 10) : NULL;

  sp_node_set_text (item, name, date);
}

/* "MO, we" as "MO,WE", and "2MO"; NULL for anything else. */
static char *
read_days (const char *text)
{
  static const char * const days[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU", NULL };
  g_autofree char *upper = g_ascii_strup (text, -1);
  g_auto (GStrv) parts = g_strsplit (upper, ",", 17);
  GString *all = g_string_new (NULL);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *part = g_strstrip (parts[i]), *day = part + strspn (part, "+-0123456789");
      if (i < 16 && g_strv_contains (days, day) && day - part <= 3)
        g_string_append_printf (all, "%s%s", all->len > 0 ? "," : "", *part == '+' ? part + 1 : part);
      else
        {
          g_string_free (all, TRUE);
          return NULL;
        }
    }
  return g_string_free (all, all->len == 0);
}

/* Days of the month by their number, and rules that are no rules, are words and not structure. */
static SpNode *
read_schedule (const SpNode *schedule, const char *id, guint position)
{
  const char *freq = sp_node_get_text (schedule, "freq"), *byday = sp_node_get_text (schedule, "byday");
  g_autofree char *days = byday != NULL ? read_days (byday) : NULL;
  g_autoptr (SpNode) item = new_item (id, "schedules", position);

  if (sp_node_get (schedule, "bymonthday") != NULL && g_strcmp0 (sp_node_get_text (schedule, "bymonthday"), "") != 0)
    return NULL;
  if (freq != NULL && g_ascii_strcasecmp (freq, "WEEKLY") == 0)
    sp_node_set_text (item, "freq", "weekly");
  else if (freq != NULL && g_ascii_strcasecmp (freq, "MONTHLY") == 0)
    sp_node_set_text (item, "freq", "monthly");
  else if (freq != NULL)
    return NULL;
  else if (sp_node_get_text (schedule, "dtstart") != NULL && byday == NULL)
    sp_node_set_text (item, "freq", "once");
  if (sp_node_get_length (item) == 1 || (byday != NULL && days == NULL)
      || (days == NULL && sp_node_get_text (schedule, "dtstart") == NULL))
    return NULL;
  copy_fitting (schedule, "interval", item, "interval", "schedules.*.interval");
  sp_node_set_text (item, "byday", days);
  copy_date (schedule, "dtstart", item);
  copy_date (schedule, "valid_from", item);
  copy_date (schedule, "valid_to", item);
  copy_time (schedule, "opens_at", item);
  copy_time (schedule, "closes_at", item);
  copy_fitting (schedule, "notes", item, "note", "schedules.*.note");
  return g_steal_pointer (&item);
}

/**
 * sp_oruk_read_schedules:
 * @service: a service
 * @id: of the document it becomes
 *
 * Returns: (transfer full) (nullable): what of its times is structure
 */
SpNode *
sp_oruk_read_schedules (const SpNode *service, const char *id)
{
  const SpNode *schedules = sp_node_get (service, "schedules");
  SpNode *list = sp_node_new_array ();

  for (guint i = 0; i < get_count (schedules); i++)
    {
      SpNode *item = read_schedule (sp_node_get_element (schedules, i), id, sp_node_get_length (list));
      if (item != NULL)
        sp_node_append (list, item);
    }
  return or_null (list);
}

/* Whether a schedule is nothing but words. */
static gboolean
is_words (const SpNode *schedule)
{
  static const char * const others[] = { "freq", "byday", "bymonthday", "dtstart", "opens_at", "closes_at" };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (sp_node_get (schedule, others[i]) != NULL)
      return FALSE;
  return sp_node_get_text (schedule, "description") != NULL;
}

/**
 * sp_oruk_read_words:
 * @service: a service
 *
 * Returns: (transfer full) (nullable): what it says of its times in schedules that hold nothing but words
 */
char *
sp_oruk_read_words (const SpNode *service)
{
  const SpNode *schedules = sp_node_get (service, "schedules");
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < get_count (schedules); i++)
    {
      const SpNode *schedule = sp_node_get_element (schedules, i);
      if (is_words (schedule))
        g_string_append_printf (words, "%s%s", words->len > 0 ? "; " : "", sp_node_get_text (schedule, "description"));
    }
  return words->len > 0 ? g_strdup (words->str) : NULL;
}

/* --- whom to ask --- */

static SpNode *
add_contact (SpNode *list, const char *id, const SpNode *contact)
{
  SpNode *item = new_item (id, "contacts", sp_node_get_length (list));

  copy_fitting (contact, "title", item, "title", "contacts.*.title");
  copy_fitting (contact, "name", item, "name", "contacts.*.name");
  copy_fitting (contact, "email", item, "email", "contacts.*.email");
  sp_node_append (list, item);
  return item;
}

/* The first number is the contact's; each further one, and those of the service, are contacts of their own. */
static void
add_phones (SpNode *list, const char *id, SpNode *item, const SpNode *phones)
{
  for (guint i = 0; i < get_count (phones); i++)
    {
      const SpNode *phone = sp_node_get_element (phones, i);
      SpNode *own = item;

      if (own == NULL)
        {
          own = add_contact (list, id, NULL);
          copy_fitting (phone, "description", own, "title", "contacts.*.title");
        }
      copy_fitting (phone, "number", own, "phone", "contacts.*.phone");
      item = NULL;
    }
}

static gboolean
has_mail (const SpNode *list, const char *mail)
{
  for (guint i = 0; i < sp_node_get_length (list); i++)
    if (g_strcmp0 (sp_node_get_text (sp_node_get_element (list, i), "email"), mail) == 0)
      return TRUE;
  return FALSE;
}

/**
 * sp_oruk_read_contacts:
 * @service: a service
 * @id: of the document it becomes
 *
 * Returns: (transfer full) (nullable): whom to ask
 */
SpNode *
sp_oruk_read_contacts (const SpNode *service, const char *id)
{
  const SpNode *contacts = sp_node_get (service, "contacts");
  const char *mail = sp_node_get_text (service, "email");
  SpNode *list = sp_node_new_array ();

  for (guint i = 0; i < get_count (contacts); i++)
    {
      const SpNode *contact = sp_node_get_element (contacts, i);
      add_phones (list, id, add_contact (list, id, contact), sp_node_get (contact, "phones"));
    }
  if (mail != NULL && *mail != '\0' && !has_mail (list, mail))
    copy_fitting (service, "email", add_contact (list, id, NULL), "email", "contacts.*.email");
  add_phones (list, id, NULL, sp_node_get (service, "phones"));
  return or_null (list);
}

/* --- for how much --- */

/**
 * sp_oruk_read_costs:
 * @service: a service
 * @id: of the document it becomes
 *
 * Returns: (transfer full) (nullable): what it costs
 */
SpNode *
sp_oruk_read_costs (const SpNode *service, const char *id)
{
  const SpNode *options = sp_node_get (service, "cost_options");
  SpNode *list = sp_node_new_array ();

  for (guint i = 0; i < get_count (options); i++)
    {
      const SpNode *option = sp_node_get_element (options, i);
      SpNode *item = new_item (id, "costs", i);
      copy_fitting (option, "option", item, "option", "costs.*.option");
      copy_fitting (option, "amount", item, "amount", "costs.*.amount");
      copy_fitting (option, "currency", item, "currency", "costs.*.currency");
      copy_fitting (option, "amount_description", item, "description", "costs.*.description");
      sp_node_append (list, item);
    }
  return or_null (list);
}

/**
 * sp_oruk_read_funding:
 * @service: a service
 * @id: of the document it becomes
 *
 * Returns: (transfer full) (nullable): who pays for it
 */
SpNode *
sp_oruk_read_funding (const SpNode *service, const char *id)
{
  const SpNode *funding = sp_node_get (service, "funding");
  SpNode *list = sp_node_new_array ();

  for (guint i = 0; i < get_count (funding); i++)
    {
      SpNode *item = new_item (id, "funding", i);
      copy_fitting (sp_node_get_element (funding, i), "source", item, "source", "funding.*.source");
      sp_node_append (list, item);
    }
  return or_null (list);
}

/* --- where --- */

/**
 * sp_oruk_get_location:
 * @service: a service
 * @position: which one, from 0
 *
 * Returns: (transfer none) (nullable): a place where it is held
 */
const SpNode *
sp_oruk_get_location (const SpNode *service, guint position)
{
  const SpNode *at = sp_node_get (service, "service_at_locations");

  if (!sp_node_is_array (at) || position >= sp_node_get_length (at))
    return NULL;
  return sp_node_get (sp_node_get_element (at, position), "location");
}

static SpNode *
read_address (const SpNode *location)
{
  static const char * const names[][3] = { { "address_1", "line_1", "address.line_1" },
                                           { "city", "city", "address.city" },
                                           { "state_province", "county", "address.county" },
                                           { "postal_code", "postal_code", "address.postal_code" } };
  const SpNode *addresses = sp_node_get (location, "addresses");
  const SpNode *first = get_count (addresses) > 0 ? sp_node_get_element (addresses, 0) : NULL;
  SpNode *address = sp_node_new_object ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    copy_fitting (first, names[i][0], address, names[i][1], names[i][2]);
  if (g_strcmp0 (sp_node_get_text (location, "external_identifier_type"), "UPRN") == 0)
    copy_fitting (location, "external_identifier", address, "uprn", "address.uprn");
  return or_null (address);
}

static SpNode *
read_position (const SpNode *location)
{
  SpNode *position = sp_node_new_object ();

  copy_fitting (location, "latitude", position, "latitude", "location.latitude");
  copy_fitting (location, "longitude", position, "longitude", "location.longitude");
  return or_null (position);
}

static SpNode *
read_access (const SpNode *location)
{
  const SpNode *entries = sp_node_get (location, "accessibility");
  SpNode *access = sp_node_new_object (), *tags = sp_node_new_array ();

  for (guint i = 0; i < get_count (entries); i++)
    {
      const SpNode *entry = sp_node_get_element (entries, i);
      const char *tag = sp_node_get_text (entry, "accessibility");
      if (tag != NULL && *tag != '\0')
        sp_node_append (tags, sp_node_new_string (tag));
      copy_fitting (entry, "details", access, "detail", "accessibility.detail");
    }
  set_if (access, "tags", or_null (tags));
  return or_null (access);
}

/* --- the whole --- */

static SpNode *
read_words_of (const SpNode *list, const char *path)
{
  SpNode *words = sp_node_new_array ();

  for (guint i = 0; i < get_count (list); i++)
    {
      const char *word = sp_node_get_string (sp_node_get_path (sp_node_get_element (list, i), path));
      if (word != NULL && *word != '\0')
        sp_node_append (words, sp_node_new_string (word));
    }
  return or_null (words);
}

static SpNode *
read_categories (const SpNode *service)
{
  const SpNode *attributes = sp_node_get (service, "attributes");
  SpNode *codes = sp_node_new_array ();

  for (guint i = 0; sp_node_is_array (attributes) && i < sp_node_get_length (attributes); i++)
    {
      const SpNode *term = sp_node_get (sp_node_get_element (attributes, i), "taxonomy_term");
      const char *code = sp_node_get_text (term, "term");
      if (code != NULL && g_strcmp0 (sp_node_get_text (term, "taxonomy"), SP_ORUK_CATEGORIES) == 0)
        sp_node_append (codes, sp_node_new_string (code));
    }
  return or_null (codes);
}

static SpNode *
read_eligibility (const SpNode *service)
{
  SpNode *eligibility = sp_node_new_object ();

  copy_fitting (service, "minimum_age", eligibility, "minimum_age", "eligibility.minimum_age");
  copy_fitting (service, "maximum_age", eligibility, "maximum_age", "eligibility.maximum_age");
  return or_null (eligibility);
}

static void
read_what (const SpNode *service, SpNode *body)
{
  const char *alert = sp_node_get_text (service, "alert");

  copy_fitting (service, "name", body, "name", "name");
  copy_fitting (service, "description", body, "description", "description");
  copy_fitting (service, "url", body, "url", "url");
  copy_fitting (service, "status", body, "status", "status");
  if (g_strcmp0 (sp_node_get_text (service, "fees"), "Free") == 0)
    sp_node_set (body, "free", sp_node_new_boolean (TRUE));
  if (alert != NULL && *alert != '\0')
    {
      SpNode *notice = sp_node_new_object ();
      sp_node_set_text (notice, "text", alert);
      sp_node_set (body, "notice", notice);
    }
}

/**
 * sp_oruk_asset_new:
 * @service: a service that sp_oruk_service_new() made, perhaps changed by others since
 * @id: of the document it becomes
 *
 * Returns: (transfer full): its members, without those that begin with `_`
 */
SpNode *
sp_oruk_asset_new (const SpNode *service, const char *id)
{
  SpNode *body = sp_node_new_object ();
  const SpNode *location = sp_oruk_get_location (service, 0);
  g_autofree char *words = sp_oruk_read_words (service);

  sp_node_set (body, "type", sp_node_new_string ("asset"));
  sp_node_set (body, "schema", sp_node_new_lexeme ("1"));
  read_what (service, body);
  set_if (body, "schedules", sp_oruk_read_schedules (service, id));
  sp_node_set_text (body, "schedule_words", words);
  set_if (body, "location", read_position (location));
  set_if (body, "address", read_address (location));
  set_if (body, "accessibility", read_access (location));
  set_if (body, "contacts", sp_oruk_read_contacts (service, id));
  set_if (body, "costs", sp_oruk_read_costs (service, id));
  set_if (body, "funding", sp_oruk_read_funding (service, id));
  set_if (body, "languages", read_words_of (sp_node_get (service, "languages"), "code"));
  set_if (body, "categories", read_categories (service));
  set_if (body, "eligibility", read_eligibility (service));
  return body;
}
