/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An entry as a service of Open Referral UK 3.0 (HSDS-UK): what the standard has a member for. A few members of HSDS 3.0
 * that the British profile does not name, but does not forbid either, are used too: how to reach a contact, the currency
 * of a cost, the code of a language. The rest is added by sp-oruk-own.c. */
#include "sp-oruk-service.h"

#include "sp-field.h"
#include "sp-oruk-id.h"
#include "sp-oruk-private.h"
#include "sp-taxonomy.h"

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
  const SpNode *status = sp_oruk_get_fitting (asset, "status", "status");
  const SpNode *eligibility = sp_node_get (asset, "eligibility");

  sp_node_set (service, "name", sp_node_new_string (name != NULL ? name : ""));
  sp_node_set_text (service, "description", sp_node_get_text (asset, "description"));
  if (is_uri (url))
    sp_node_set_text (service, "url", url);
  sp_node_set (service, "status", status != NULL ? sp_node_ref ((SpNode *) status) : sp_node_new_string ("active"));
  sp_oruk_copy (eligibility, "minimum_age", service, "minimum_age", "eligibility.minimum_age");
  sp_oruk_copy (eligibility, "maximum_age", service, "maximum_age", "eligibility.maximum_age");
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
  const SpNode *number = sp_oruk_get_fitting (item, "phone", "contacts.*.phone");

  sp_node_set_text (contact, "service_id", id);
  sp_oruk_copy (item, "name", contact, "name", "contacts.*.name");
  sp_oruk_copy (item, "title", contact, "title", "contacts.*.title");
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
  sp_oruk_set_list (service, "contacts", list);
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
      sp_oruk_copy (item, "option", cost, "option", "costs.*.option");
      sp_oruk_copy (item, "amount", cost, "amount", "costs.*.amount");
      sp_oruk_copy (item, "currency", cost, "currency", "costs.*.currency");
      sp_oruk_copy (item, "description", cost, "amount_description", "costs.*.description");
      sp_node_append (list, cost);
    }
  sp_oruk_set_list (service, "cost_options", list);
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
      sp_oruk_copy (sp_node_get_element (items, i), "source", funding, "source", "funding.*.source");
      sp_node_append (list, funding);
    }
  sp_oruk_set_list (service, "funding", list);
}

static void
add_languages (SpNode *service, const char *id, const SpNode *asset)
{
  const SpNode *codes = sp_oruk_get_fitting (asset, "languages", "languages");
  SpNode *list = sp_node_new_array ();

  for (guint i = 0; codes != NULL && i < sp_node_get_length (codes); i++)
    {
      SpNode *language = sp_oruk_part_new (id, "languages", i);
      sp_node_set_text (language, "service_id", id);
      sp_node_set (language, "code", sp_node_ref (sp_node_get_element (codes, i)));
      sp_node_append (list, language);
    }
  sp_oruk_set_list (service, "languages", list);
}

/* A category is a term of our taxonomy; one that nobody knows any more keeps its code as its name. */
static void
add_categories (SpNode *service, const char *id, const SpNode *asset)
{
  const SpNode *codes = sp_oruk_get_fitting (asset, "categories", "categories");
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
  sp_oruk_set_list (service, "attributes", list);
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
  sp_oruk_add_schedules (service, id, asset);
  sp_oruk_add_location (service, id, asset, venue);
  add_contacts (service, id, asset);
  add_costs (service, id, asset);
  add_funding (service, id, asset);
  add_languages (service, id, asset);
  add_categories (service, id, asset);
  return service;
}
