/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lists of a service of Open Referral UK as those of an entry: times, contacts, costs, funding. What is not certain is
 * not made structure. */
#include "sp-oruk-asset.h"

#include "sp-field.h"
#include "sp-import-id.h"
#include "sp-oruk-private.h"

#include <string.h>

static SpNode *
new_item (const char *id, const char *list, guint position)
{
  SpNode *item = sp_node_new_object ();
  g_autofree char *item_id = sp_import_id_for_item (id, list, position);

  sp_node_set (item, "id", sp_node_new_string (item_id));
  return item;
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
  sp_oruk_copy (schedule, "interval", item, "interval", "schedules.*.interval");
  sp_node_set_text (item, "byday", days);
  copy_date (schedule, "dtstart", item);
  copy_date (schedule, "valid_from", item);
  copy_date (schedule, "valid_to", item);
  copy_time (schedule, "opens_at", item);
  copy_time (schedule, "closes_at", item);
  sp_oruk_copy (schedule, "notes", item, "note", "schedules.*.note");
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

  for (guint i = 0; i < sp_oruk_count (schedules); i++)
    {
      SpNode *item = read_schedule (sp_node_get_element (schedules, i), id, sp_node_get_length (list));
      if (item != NULL)
        sp_node_append (list, item);
    }
  return sp_oruk_or_null (list);
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

  for (guint i = 0; i < sp_oruk_count (schedules); i++)
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

  sp_oruk_copy (contact, "title", item, "title", "contacts.*.title");
  sp_oruk_copy (contact, "name", item, "name", "contacts.*.name");
  sp_oruk_copy (contact, "email", item, "email", "contacts.*.email");
  sp_node_append (list, item);
  return item;
}

/* The first number is the contact's; each further one, and those of the service, are contacts of their own. */
static void
add_phones (SpNode *list, const char *id, SpNode *item, const SpNode *phones)
{
  for (guint i = 0; i < sp_oruk_count (phones); i++)
    {
      const SpNode *phone = sp_node_get_element (phones, i);
      SpNode *own = item;

      if (own == NULL)
        {
          own = add_contact (list, id, NULL);
          sp_oruk_copy (phone, "description", own, "title", "contacts.*.title");
        }
      sp_oruk_copy (phone, "number", own, "phone", "contacts.*.phone");
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

  for (guint i = 0; i < sp_oruk_count (contacts); i++)
    {
      const SpNode *contact = sp_node_get_element (contacts, i);
      add_phones (list, id, add_contact (list, id, contact), sp_node_get (contact, "phones"));
    }
  if (mail != NULL && *mail != '\0' && !has_mail (list, mail))
    sp_oruk_copy (service, "email", add_contact (list, id, NULL), "email", "contacts.*.email");
  add_phones (list, id, NULL, sp_node_get (service, "phones"));
  return sp_oruk_or_null (list);
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

  for (guint i = 0; i < sp_oruk_count (options); i++)
    {
      const SpNode *option = sp_node_get_element (options, i);
      SpNode *item = new_item (id, "costs", i);
      sp_oruk_copy (option, "option", item, "option", "costs.*.option");
      sp_oruk_copy (option, "amount", item, "amount", "costs.*.amount");
      sp_oruk_copy (option, "currency", item, "currency", "costs.*.currency");
      sp_oruk_copy (option, "amount_description", item, "description", "costs.*.description");
      sp_node_append (list, item);
    }
  return sp_oruk_or_null (list);
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

  for (guint i = 0; i < sp_oruk_count (funding); i++)
    {
      SpNode *item = new_item (id, "funding", i);
      sp_oruk_copy (sp_node_get_element (funding, i), "source", item, "source", "funding.*.source");
      sp_node_append (list, item);
    }
  return sp_oruk_or_null (list);
}
