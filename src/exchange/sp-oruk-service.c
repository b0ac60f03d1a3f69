/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An entry as a service of Open Referral UK 3.0 (HSDS-UK): what the standard has a member for. A few members of HSDS 3.0
 * that the British profile does not name, but does not forbid either, are used too: how to reach a contact, the currency
 * of a cost, the code of a language. The rest is added by sp-oruk-own.c. */
#include "sp-oruk-service.h"

#include "sp-field.h"
#include "sp-oruk-id.h"
#include "sp-taxonomy.h"
#include "sp-words.h"

#include <string.h>

/**
 * sp_oruk_part_new:
 * @owner: UUID of what it is a part of
 * @list: the member that holds it
 * @position: of it there, from 0
 *
 * Returns: (transfer full): an object with its `id`
 */
SpNode *
sp_oruk_part_new (const char *owner, const char *list, guint position)
{
  SpNode *part = sp_node_new_object ();
  char id[SP_ORUK_ID_SIZE];

  sp_oruk_id_of_part (owner, list, position, id);
  sp_node_set (part, "id", sp_node_new_string (id));
  return part;
}

/**
 * sp_oruk_term_new:
 * @service_id: UUID of the service it is said of
 * @position: of the attribute, from 0
 * @taxonomy: what the name belongs to
 * @name: of the term
 * @description: what it means
 *
 * Returns: (transfer full): an attribute with its taxonomy term
 */
SpNode *
sp_oruk_term_new (const char *service_id, guint position, const char *taxonomy, const char *name, const char *description)
{
  SpNode *attribute = sp_oruk_part_new (service_id, "attributes", position);
  SpNode *term = sp_oruk_part_new (service_id, "terms", position);

  sp_node_set (term, "name", sp_node_new_string (name));
  sp_node_set (term, "description", sp_node_new_string (description));
  sp_node_set (term, "taxonomy", sp_node_new_string (taxonomy));
  sp_node_set (attribute, "link_type", sp_node_new_string ("service"));
  sp_node_set (attribute, "taxonomy_term", term);
  return attribute;
}

/* A member that is of the type the field has, and nothing else: what is odd goes elsewhere as it is. */
static const SpNode *
get_valid (const SpNode *object, const char *member, const char *path)
{
  const SpNode *value = sp_node_get (object, member);

  return value != NULL && sp_field_check (sp_field_find (path), value, NULL) ? value : NULL;
}

static void
copy_valid (const SpNode *from, const char *member, const char *path, SpNode *to, const char *name)
{
  const SpNode *value = get_valid (from, member, path);

  if (value != NULL && (sp_node_get_string (value) == NULL || *sp_node_get_string (value) != '\0'))
    sp_node_set (to, name, sp_node_ref ((SpNode *) value));
}

static void
set_list (SpNode *service, const char *member, SpNode *list)
{
  if (sp_node_get_length (list) > 0)
    sp_node_set (service, member, list);
  else
    sp_node_unref (list);
}

/* --- what and for whom --- */

static const char *
or_nothing (const char *text)
{
  return text != NULL ? text : "";
}

/* An instant, as the standard wants it, of a date. */
static void
set_modified (SpNode *service, const SpNode *asset)
{
  const char *on = sp_node_get_text (sp_node_get (asset, "modified"), "on");
  g_autofree char *instant = NULL;

  if (on == NULL || !sp_field_is_date (on))
    return;
  instant = strlen (on) > 10 ? g_strdup (on) : g_strconcat (on, "T00:00:00Z", NULL);
  sp_node_set (service, "last_modified", sp_node_new_string (instant));
}

/* The day on which anything was checked last. */
static void
set_assured (SpNode *service, const SpNode *asset)
{
  const SpNode *checked = sp_node_get (asset, "checked");
  const char *latest = NULL;
  g_autofree char *day = NULL;

  for (guint i = 0; sp_node_is_object (checked) && i < sp_node_get_length (checked); i++)
    {
      const char *on = sp_node_get_text (sp_node_get_element (checked, i), "on");
      if (on != NULL && sp_field_is_date (on) && (latest == NULL || strncmp (on, latest, 10) > 0))
        latest = on;
    }
  day = latest != NULL ? g_strndup (latest, 10) : NULL;
  sp_node_set_text (service, "assured_date", day);
}

/* As RFC 3986 has it: what people write with blanks or letters of other alphabets is an address, but no URI. */
static gboolean
is_uri (const char *text)
{
  if (text == NULL || !g_uri_is_valid (text, G_URI_FLAGS_NONE, NULL))
    return FALSE;
  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_isgraph (*p) || strchr ("\"<>\\^`{|}", *p) != NULL)
      return FALSE;
  return TRUE;
}

static void
add_what (SpNode *service, const SpNode *asset)
{
  const char *name = sp_node_get_text (asset, "name");
  const char *url = sp_node_get_text (asset, "url");
  const SpNode *status = get_valid (asset, "status", "status");
  const SpNode *eligibility = sp_node_get (asset, "eligibility");

  sp_node_set (service, "name", sp_node_new_string (name != NULL ? name : ""));
  sp_node_set_text (service, "description", sp_node_get_text (asset, "description"));
  if (is_uri (url))
    sp_node_set_text (service, "url", url);
  sp_node_set (service, "status", status != NULL ? sp_node_ref ((SpNode *) status) : sp_node_new_string ("active"));
  copy_valid (eligibility, "minimum_age", "eligibility.minimum_age", service, "minimum_age");
  copy_valid (eligibility, "maximum_age", "eligibility.maximum_age", service, "maximum_age");
  sp_node_set_text (service, "alert", sp_node_get_text (sp_node_get (asset, "notice"), "text"));
  if (sp_node_get_flag (asset, "free", FALSE))
    sp_node_set_text (service, "fees", "Free");
  set_assured (service, asset);
  set_modified (service, asset);
}

/* A group that nobody else runs is its own organisation. */
static void
add_organisation (SpNode *service, const char *id, const SpNode *asset, const SpNode *organisation)
{
  const char *document_id = sp_node_get_text (asset, "organisation");
  g_autofree char *linked = document_id != NULL ? sp_oruk_id_of_document (document_id) : NULL;
  const SpNode *who = document_id != NULL ? organisation : asset;
  SpNode *part;

  if (linked == NULL && g_strcmp0 (sp_node_get_text (asset, "kind"), "group") != 0)
    return;
  part = sp_oruk_part_new (id, "organization", 0);
  if (linked != NULL)
    sp_node_set_text (part, "id", linked);
  sp_node_set (service, "organization_id", sp_node_ref (sp_node_get (part, "id")));
  sp_node_set (part, "name", sp_node_new_string (or_nothing (sp_node_get_text (who, "name"))));
  sp_node_set (part, "description", sp_node_new_string (or_nothing (sp_node_get_text (who, "description"))));
  if (is_uri (sp_node_get_text (who, "url")))
    sp_node_set_text (part, "website", sp_node_get_text (who, "url"));
  if (who != NULL)
    sp_node_set (service, "organization", part);
  else
    sp_node_unref (part); /* it is not in this store, and its name nobody knows */
}

/* --- when --- */

/* The standard knows weeks and months; what is once has its date alone, and what is always open is so every day. */
static void
add_freq (SpNode *schedule, const SpNode *item)
{
  const char *freq = sp_node_get_text (item, "freq");

  if (g_strcmp0 (freq, "weekly") == 0)
    sp_node_set_text (schedule, "freq", "WEEKLY");
  else if (g_strcmp0 (freq, "monthly") == 0)
    sp_node_set_text (schedule, "freq", "MONTHLY");
  else if (g_strcmp0 (freq, "always") == 0)
    {
      sp_node_set_text (schedule, "freq", "WEEKLY");
      sp_node_set_text (schedule, "byday", "MO,TU,WE,TH,FR,SA,SU");
    }
}

static SpNode *
make_schedule (const char *id, const SpNode *item, guint position)
{
  static const char * const alike[] = { "interval", "byday", "dtstart", "valid_from", "valid_to", "opens_at", "closes_at" };
  SpNode *schedule = sp_oruk_part_new (id, "schedules", position);

  sp_node_set_text (schedule, "service_id", id);
  add_freq (schedule, item);
  for (guint i = 0; i < G_N_ELEMENTS (alike); i++)
    {
      g_autofree char *path = g_strconcat ("schedules.*.", alike[i], NULL);
      copy_valid (item, alike[i], path, schedule, alike[i]);
    }
  copy_valid (item, "note", "schedules.*.note", schedule, "notes");
  return schedule;
}

/* The words that a person wrote stand in an entry of their own; those that Signpost makes, which also tell of terms and
 * bank holidays, beside the first entry. */
static void
add_schedules (SpNode *service, const char *id, const SpNode *asset)
{
  const SpNode *items = sp_node_get (asset, "schedules");
  const char *words = sp_node_get_text (asset, "schedule_words");
  SpNode *schedules = sp_node_new_array ();

  for (guint i = 0; sp_node_is_array (items) && i < sp_node_get_length (items); i++)
    sp_node_append (schedules, make_schedule (id, sp_node_get_element (items, i), i));
  if (words != NULL && *words != '\0')
    {
      SpNode *schedule = sp_oruk_part_new (id, "schedule_words", 0);
      sp_node_set_text (schedule, "service_id", id);
      sp_node_set_text (schedule, "description", words);
      sp_node_append (schedules, schedule);
    }
  else if (sp_node_get_length (schedules) > 0)
    {
      g_autofree char *made = sp_words_schedules (asset);
      sp_node_set_text (sp_node_get_element (schedules, 0), "description", made);
    }
  set_list (service, "schedules", schedules);
}

/* --- where --- */

static void
add_address (SpNode *location, const SpNode *address)
{
  const char *id = sp_node_get_text (location, "id");
  const char *first = sp_node_get_text (address, "line_1"), *second = sp_node_get_text (address, "line_2");
  g_autofree char *lines = g_strconcat (or_nothing (first), first != NULL && second != NULL ? ", " : "", or_nothing (second), NULL);
  SpNode *part = sp_oruk_part_new (id, "addresses", 0), *list = sp_node_new_array ();

  sp_node_set_text (part, "location_id", id);
  sp_node_set (part, "address_1", sp_node_new_string (lines));
  sp_node_set (part, "city", sp_node_new_string (or_nothing (sp_node_get_text (address, "city"))));
  sp_node_set (part, "state_province", sp_node_new_string (or_nothing (sp_node_get_text (address, "county"))));
  sp_node_set (part, "postal_code", sp_node_new_string (or_nothing (sp_node_get_text (address, "postal_code"))));
  sp_node_set (part, "country", sp_node_new_string ("GB"));
  sp_node_set (part, "address_type", sp_node_new_string ("physical"));
  sp_node_append (list, part);
  sp_node_set (location, "addresses", list);
  if (sp_node_get_text (address, "uprn") != NULL)
    {
      sp_node_set_text (location, "external_identifier", sp_node_get_text (address, "uprn"));
      sp_node_set_text (location, "external_identifier_type", "UPRN");
    }
}

static void
add_access (SpNode *location, const SpNode *access)
{
  const char *id = sp_node_get_text (location, "id"), *detail = sp_node_get_text (access, "detail");
  const SpNode *tags = sp_node_get (access, "tags");
  SpNode *list = sp_node_new_array ();

  for (guint i = 0; sp_node_is_array (tags) && i < sp_node_get_length (tags); i++)
    {
      SpNode *part = sp_oruk_part_new (id, "accessibility", i);
      sp_node_set_text (part, "location_id", id);
      sp_node_set_text (part, "accessibility", sp_node_get_string (sp_node_get_element (tags, i)));
      sp_node_append (list, part);
    }
  if (detail != NULL)
    {
      SpNode *part = sp_oruk_part_new (id, "accessibility", sp_node_get_length (list));
      sp_node_set_text (part, "location_id", id);
      sp_node_set_text (part, "details", detail);
      sp_node_append (list, part);
    }
  set_list (location, "accessibility", list);
}

/* Where the entry itself says nothing, it is where its venue is. */
static SpNode *
make_location (const char *id, const SpNode *asset, const SpNode *venue)
{
  const SpNode *place = sp_node_get (asset, "location"), *address = sp_node_get (asset, "address");
  SpNode *location = sp_oruk_part_new (id, "location", 0);

  if (place == NULL && address == NULL && venue != NULL)
    {
      place = sp_node_get (venue, "location");
      address = sp_node_get (venue, "address");
    }
  sp_node_set_text (location, "location_type", "physical");
  sp_node_set_text (location, "name", sp_node_get_text (venue, "name"));
  if (get_valid (place, "latitude", "location.latitude") != NULL && get_valid (place, "longitude", "location.longitude") != NULL)
    {
      sp_node_set (location, "latitude", sp_node_ref (sp_node_get (place, "latitude")));
      sp_node_set (location, "longitude", sp_node_ref (sp_node_get (place, "longitude")));
    }
  if (sp_node_is_object (address))
    add_address (location, address);
  add_access (location, sp_node_get (asset, "accessibility"));
  return location;
}

static void
add_location (SpNode *service, const char *id, const SpNode *asset, const SpNode *venue)
{
  g_autoptr (SpNode) location = make_location (id, asset, venue);
  SpNode *at, *list;

  if (sp_node_get_length (location) <= 2) /* id and type alone */
    return;
  at = sp_oruk_part_new (id, "service_at_locations", 0);
  list = sp_node_new_array ();
  sp_node_set_text (at, "service_id", id);
  sp_node_set (at, "location_id", sp_node_ref (sp_node_get (location, "id")));
  sp_node_set (at, "location", g_steal_pointer (&location));
  sp_node_append (list, at);
  sp_node_set (service, "service_at_locations", list);
}

/* --- whom to ask, and for how much --- */

/* What goes through as the format "email" of JSON Schema. */
static gboolean
is_mail (const char *text)
{
  const char *at = text != NULL ? strchr (text, '@') : NULL;

  return at != NULL && at > text && at[1] != '\0' && strchr (at + 1, '@') == NULL && strpbrk (text, " \t\r\n<>,;\"") == NULL;
}

static void
add_contact (SpNode *service, const char *id, SpNode *list, const SpNode *item)
{
  SpNode *contact = sp_oruk_part_new (id, "contacts", sp_node_get_length (list));
  const SpNode *number = get_valid (item, "phone", "contacts.*.phone");

  sp_node_set_text (contact, "service_id", id);
  copy_valid (item, "name", "contacts.*.name", contact, "name");
  copy_valid (item, "title", "contacts.*.title", contact, "title");
  if (is_mail (sp_node_get_text (item, "email")))
    sp_node_set_text (contact, "email", sp_node_get_text (item, "email"));
  if (sp_node_get (contact, "email") != NULL && sp_node_get (service, "email") == NULL)
    sp_node_set (service, "email", sp_node_ref (sp_node_get (contact, "email")));
  if (number != NULL)
    {
      SpNode *phone = sp_oruk_part_new (id, "phones", sp_node_get_length (list)), *phones = sp_node_new_array ();
      sp_node_set (phone, "contact_id", sp_node_ref (sp_node_get (contact, "id")));
      sp_node_set (phone, "number", sp_node_ref ((SpNode *) number));
      sp_node_append (phones, phone);
      sp_node_set (contact, "phones", phones);
    }
  sp_node_append (list, contact);
}

static void
add_contacts (SpNode *service, const char *id, const SpNode *asset)
{
  const SpNode *items = sp_node_get (asset, "contacts");
  SpNode *list = sp_node_new_array ();

  for (guint i = 0; sp_node_is_array (items) && i < sp_node_get_length (items); i++)
    add_contact (service, id, list, sp_node_get_element (items, i));
  set_list (service, "contacts", list);
}

static void
add_costs (SpNode *service, const char *id, const SpNode *asset)
{
  const SpNode *items = sp_node_get (asset, "costs");
  SpNode *list = sp_node_new_array ();

  for (guint i = 0; sp_node_is_array (items) && i < sp_node_get_length (items); i++)
    {
      const SpNode *item = sp_node_get_element (items, i);
      SpNode *cost = sp_oruk_part_new (id, "cost_options", i);
      sp_node_set_text (cost, "service_id", id);
      copy_valid (item, "option", "costs.*.option", cost, "option");
      copy_valid (item, "amount", "costs.*.amount", cost, "amount");
      copy_valid (item, "currency", "costs.*.currency", cost, "currency");
      copy_valid (item, "description", "costs.*.description", cost, "amount_description");
      sp_node_append (list, cost);
    }
  set_list (service, "cost_options", list);
}

static void
add_funding (SpNode *service, const char *id, const SpNode *asset)
{
  const SpNode *items = sp_node_get (asset, "funding");
  SpNode *list = sp_node_new_array ();

  for (guint i = 0; sp_node_is_array (items) && i < sp_node_get_length (items); i++)
    {
      SpNode *funding = sp_oruk_part_new (id, "funding", i);
      sp_node_set_text (funding, "service_id", id);
      copy_valid (sp_node_get_element (items, i), "source", "funding.*.source", funding, "source");
      sp_node_append (list, funding);
    }
  set_list (service, "funding", list);
}

static void
add_languages (SpNode *service, const char *id, const SpNode *asset)
{
  const SpNode *codes = get_valid (asset, "languages", "languages");
  SpNode *list = sp_node_new_array ();

  for (guint i = 0; codes != NULL && i < sp_node_get_length (codes); i++)
    {
      SpNode *language = sp_oruk_part_new (id, "languages", i);
      sp_node_set_text (language, "service_id", id);
      sp_node_set (language, "code", sp_node_ref (sp_node_get_element (codes, i)));
      sp_node_append (list, language);
    }
  set_list (service, "languages", list);
}

/* A category is a term of our taxonomy; one that nobody knows any more keeps its code as its name. */
static void
add_categories (SpNode *service, const char *id, const SpNode *asset)
{
  const SpNode *codes = get_valid (asset, "categories", "categories");
  SpNode *list = sp_node_new_array ();

  for (guint i = 0; codes != NULL && i < sp_node_get_length (codes); i++)
    {
      const char *code = sp_node_get_string (sp_node_get_element (codes, i));
      const SpCategory *category = sp_taxonomy_lookup (sp_taxonomy_get_default (), code);
      const char *name = category != NULL ? category->name : code;
      SpNode *attribute = sp_oruk_term_new (id, i, SP_ORUK_CATEGORIES, name,
                                            category != NULL && category->summary != NULL ? category->summary : name);

      sp_node_set (sp_node_get (attribute, "taxonomy_term"), "term", sp_node_new_string (code));
      sp_node_append (list, attribute);
    }
  set_list (service, "attributes", list);
}

/**
 * sp_oruk_service_new:
 * @asset: an entry, as far as it may be told
 * @venue: (nullable): likewise the place it is held in
 * @organisation: (nullable): likewise who runs it
 *
 * Returns: (transfer full): a service with what the standard has members for; only texts and numbers that are valid there
 */
SpNode *
sp_oruk_service_new (const SpNode *asset, const SpNode *venue, const SpNode *organisation)
{
  const char *document_id = sp_node_get_text (asset, "_id");
  g_autofree char *id = sp_oruk_id_of_document (document_id != NULL ? document_id : "");
  SpNode *service = sp_node_new_object ();

  sp_node_set (service, "id", sp_node_new_string (id));
  add_what (service, asset);
  add_organisation (service, id, asset, organisation);
  add_schedules (service, id, asset);
  add_location (service, id, asset, venue);
  add_contacts (service, id, asset);
  add_costs (service, id, asset);
  add_funding (service, id, asset);
  add_languages (service, id, asset);
  add_categories (service, id, asset);
  return service;
}
