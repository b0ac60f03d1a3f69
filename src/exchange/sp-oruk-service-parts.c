/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When and where an entry is, as Open Referral UK has it. */
#include "sp-oruk-private.h"

#include "sp-oruk-service.h"
#include "sp-words.h"

static const char *
or_nothing (const char *text)
{
  return text != NULL ? text : "";
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
      sp_oruk_copy (item, alike[i], schedule, alike[i], path);
    }
  sp_oruk_copy (item, "note", schedule, "notes", "schedules.*.note");
  return schedule;
}

/**
 * sp_oruk_add_schedules:
 * @service: gets its schedules
 * @id: of the service
 * @asset: the entry
 *
 * The words that a person wrote stand in a schedule of their own; those that Signpost makes, which also tell of terms and
 * bank holidays, beside the first.
 */
void
sp_oruk_add_schedules (SpNode *service, const char *id, const SpNode *asset)
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
  sp_oruk_set_list (service, "schedules", schedules);
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
  sp_oruk_set_list (location, "accessibility", list);
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
  if (sp_oruk_get_fitting (place, "latitude", "location.latitude") != NULL && sp_oruk_get_fitting (place, "longitude", "location.longitude") != NULL)
    {
      sp_node_set (location, "latitude", sp_node_ref (sp_node_get (place, "latitude")));
      sp_node_set (location, "longitude", sp_node_ref (sp_node_get (place, "longitude")));
    }
  if (sp_node_is_object (address))
    add_address (location, address);
  add_access (location, sp_node_get (asset, "accessibility"));
  return location;
}

/**
 * sp_oruk_add_location:
 * @service: gets the place where it is held
 * @id: of the service
 * @asset: the entry
 * @venue: (nullable): the place it is held in
 */
void
sp_oruk_add_location (SpNode *service, const char *id, const SpNode *asset, const SpNode *venue)
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
