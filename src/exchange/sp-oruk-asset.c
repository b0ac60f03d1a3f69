/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A service of Open Referral UK 3.0 (HSDS-UK) as the members of an entry: what stands in a member of the standard and
 * means the same in ours. Nothing is guessed and nothing is cleaned; what does not fit a field is left. So a service that
 * was made of an entry gives that entry back, as far as the standard can say it. */
#include "sp-oruk-asset.h"

#include "sp-oruk-private.h"
#include "sp-oruk-service.h"

static void
set_if (SpNode *body, const char *member, SpNode *value)
{
  if (value != NULL)
    sp_node_set (body, member, value);
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
  const SpNode *first = sp_oruk_count (addresses) > 0 ? sp_node_get_element (addresses, 0) : NULL;
  SpNode *address = sp_node_new_object ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    sp_oruk_copy (first, names[i][0], address, names[i][1], names[i][2]);
  if (g_strcmp0 (sp_node_get_text (location, "external_identifier_type"), "UPRN") == 0)
    sp_oruk_copy (location, "external_identifier", address, "uprn", "address.uprn");
  return sp_oruk_or_null (address);
}

static SpNode *
read_position (const SpNode *location)
{
  SpNode *position = sp_node_new_object ();

  sp_oruk_copy (location, "latitude", position, "latitude", "location.latitude");
  sp_oruk_copy (location, "longitude", position, "longitude", "location.longitude");
  return sp_oruk_or_null (position);
}

static SpNode *
read_access (const SpNode *location)
{
  const SpNode *entries = sp_node_get (location, "accessibility");
  SpNode *access = sp_node_new_object (), *tags = sp_node_new_array ();

  for (guint i = 0; i < sp_oruk_count (entries); i++)
    {
      const SpNode *entry = sp_node_get_element (entries, i);
      const char *tag = sp_node_get_text (entry, "accessibility");
      if (tag != NULL && *tag != '\0')
        sp_node_append (tags, sp_node_new_string (tag));
      sp_oruk_copy (entry, "details", access, "detail", "accessibility.detail");
    }
  set_if (access, "tags", sp_oruk_or_null (tags));
  return sp_oruk_or_null (access);
}

/* --- the whole --- */

static SpNode *
read_words_of (const SpNode *list, const char *path)
{
  SpNode *words = sp_node_new_array ();

  for (guint i = 0; i < sp_oruk_count (list); i++)
    {
      const char *word = sp_node_get_string (sp_node_get_path (sp_node_get_element (list, i), path));
      if (word != NULL && *word != '\0')
        sp_node_append (words, sp_node_new_string (word));
    }
  return sp_oruk_or_null (words);
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
  return sp_oruk_or_null (codes);
}

static SpNode *
read_eligibility (const SpNode *service)
{
  SpNode *eligibility = sp_node_new_object ();

  sp_oruk_copy (service, "minimum_age", eligibility, "minimum_age", "eligibility.minimum_age");
  sp_oruk_copy (service, "maximum_age", eligibility, "maximum_age", "eligibility.maximum_age");
  return sp_oruk_or_null (eligibility);
}

static void
read_what (const SpNode *service, SpNode *body)
{
  const char *alert = sp_node_get_text (service, "alert");

  sp_oruk_copy (service, "name", body, "name", "name");
  sp_oruk_copy (service, "description", body, "description", "description");
  sp_oruk_copy (service, "url", body, "url", "url");
  sp_oruk_copy (service, "status", body, "status", "status");
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
