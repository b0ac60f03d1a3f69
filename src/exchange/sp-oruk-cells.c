/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A service of somebody else's directory as a row with the columns of any other list: so it is cleaned, kept, previewed and
 * mapped like one. What a row has no room for, lists of contacts, times and costs, is added to the entry afterwards. */
#include "sp-oruk-cells.h"

#include "sp-cells.h"
#include "sp-oruk-asset.h"

#include <string.h>

typedef enum
{
  OF_SERVICE,        /* a member of the service */
  OF_LISTS,          /* members of the items of a list of the service */
  OF_ORGANISATION,
  OF_CONTACT,        /* of the first contact */
  OF_PHONE,
  OF_MAIL,
  OF_FEES,
  OF_LOCATION,
  OF_LOCATION_LISTS,
  OF_ADDRESS,        /* of the first address */
  OF_UPRN,
} From;

/* The members of HSDS that people know; what they are to us, "" for those only kept with the original row; where they
 * stand, and of lists the members whose words count, the first that is there. */
static const struct
{
  const char *header;
  const char *field;
  From        from;
  const char *member;
  const char *items[4];
} columns_of_services[] = {
  { "id", "source.row", OF_SERVICE, "id", { NULL } },
  { "name", "name", OF_SERVICE, "name", { NULL } },
  { "alternate_name", "alternate_name", OF_SERVICE, "alternate_name", { NULL } },
  { "description", "description", OF_SERVICE, "description", { NULL } },
  { "organization", "organisation.name", OF_ORGANISATION, "name", { NULL } },
  { "taxonomy_terms", "categories", OF_LISTS, "attributes", { "taxonomy_term.name", NULL } },
  { "status", "status", OF_SERVICE, "status", { NULL } },
  { "alert", "", OF_SERVICE, "alert", { NULL } },
  { "url", "url", OF_SERVICE, "url", { NULL } },
  { "location", "venue.name", OF_LOCATION, "name", { NULL } },
  { "address_1", "address.line_1", OF_ADDRESS, "address_1", { NULL } },
  { "address_2", "address.line_2", OF_ADDRESS, "address_2", { NULL } },
  { "city", "address.city", OF_ADDRESS, "city", { NULL } },
  { "state_province", "address.county", OF_ADDRESS, "state_province", { NULL } },
  { "postal_code", "address.postal_code", OF_ADDRESS, "postal_code", { NULL } },
  { "uprn", "address.uprn", OF_UPRN, "external_identifier", { NULL } },
  { "latitude", "location.latitude", OF_LOCATION, "latitude", { NULL } },
  { "longitude", "location.longitude", OF_LOCATION, "longitude", { NULL } },
  { "contact_name", "contacts.name", OF_CONTACT, "name", { NULL } },
  { "contact_title", "contacts.title", OF_CONTACT, "title", { NULL } },
  { "phone", "contacts.phone", OF_PHONE, NULL, { NULL } },
  { "email", "contacts.email", OF_MAIL, NULL, { NULL } },
  { "schedule", "schedule_words", OF_LISTS, "schedules", { "description", NULL } },
  { "fees", "costs", OF_FEES, "fees", { NULL } },
  { "minimum_age", "eligibility.minimum_age", OF_SERVICE, "minimum_age", { NULL } },
  { "maximum_age", "eligibility.maximum_age", OF_SERVICE, "maximum_age", { NULL } },
  { "eligibility_description", "eligibility.who", OF_SERVICE, "eligibility_description", { NULL } },
  { "application_process", "referral", OF_SERVICE, "application_process", { NULL } },
  { "accessibility", "accessibility.detail", OF_LOCATION_LISTS, "accessibility", { "description", "details", "accessibility", NULL } },
  { "languages", "languages", OF_LISTS, "languages", { "name", "code", "language", NULL } },
  { "service_areas", "", OF_LISTS, "service_areas", { "name", "service_area", NULL } },
  { "funding", "", OF_LISTS, "funding", { "source", NULL } },
  { "accreditations", "", OF_SERVICE, "accreditations", { NULL } },
  { "assured_date", "checked", OF_SERVICE, "assured_date", { NULL } },
  { "last_modified", "", OF_SERVICE, "last_modified", { NULL } },
};

/**
 * sp_oruk_columns_new:
 * @options: how to read the list
 * @error: %SP_ERROR_USAGE if what a person said of a column cannot be understood
 *
 * Returns: (transfer full) (nullable): the columns of a directory, settled; always the same, so that its next edition is
 *   known by them
 */
SpColumns *
sp_oruk_columns_new (const SpReaderOptions *options, GError **error)
{
  g_autoptr (GStrvBuilder) maps = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;
  g_autoptr (SpColumns) columns = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (columns_of_services); i++)
    {
      g_autofree char *map = g_strconcat (columns_of_services[i].header, "=", columns_of_services[i].field, NULL);
      g_strv_builder_add (maps, map);
    }
  if (options->maps != NULL)
    g_strv_builder_addv (maps, (const char **) options->maps); /* what a person says comes last, and holds */
  all = g_strv_builder_end (maps);
  columns = sp_columns_new ((const char * const *) all, error);
  if (columns == NULL)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (columns_of_services); i++)
    sp_columns_add (columns, columns_of_services[i].header);
  sp_columns_leave_names (columns, options->names);
  if (!sp_columns_check_maps (columns, error))
    return NULL;
  if (!sp_columns_settle (columns, options->nameless ? NULL : error) && !options->nameless)
    return NULL;
  return g_steal_pointer (&columns);
}

/* A text or a number; the number as it is written. */
static const char *
get_scalar (const SpNode *object, const char *member)
{
  const SpNode *value = sp_node_get (object, member);
  const char *lexeme = value != NULL ? sp_node_get_lexeme (value) : NULL;

  return lexeme != NULL ? lexeme : sp_node_get_string (value);
}

static void
add_text (GString *all, const char *text, const char *separator)
{
  if (text != NULL && *text != '\0' && strstr (all->str, text) == NULL)
    g_string_append_printf (all, "%s%s", all->len > 0 ? separator : "", text);
}

/* A member of each item of a list, the first of @names that it has. */
static char *
join_members (const SpNode *list, const char * const *names, const char *separator)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; sp_node_is_array (list) && i < sp_node_get_length (list); i++)
    for (guint k = 0; names[k] != NULL; k++)
      {
        const char *text = sp_node_get_string (sp_node_get_path (sp_node_get_element (list, i), names[k]));
        if (text == NULL || *text == '\0')
          continue;
        add_text (all, text, separator);
        break;
      }
  return all->len > 0 ? g_strdup (all->str) : NULL;
}

static const SpNode *
get_first (const SpNode *object, const char *list)
{
  const SpNode *items = sp_node_get (object, list);

  return sp_node_is_array (items) && sp_node_get_length (items) > 0 ? sp_node_get_element (items, 0) : NULL;
}

static const char *
find_phone (const SpNode *service)
{
  const char *number = get_scalar (get_first (get_first (service, "contacts"), "phones"), "number");

  return number != NULL ? number : get_scalar (get_first (service, "phones"), "number");
}

static const char *
find_mail (const SpNode *service)
{
  const char *mail = sp_node_get_text (service, "email");

  return mail != NULL && *mail != '\0' ? mail : sp_node_get_text (get_first (service, "contacts"), "email");
}

/* Deprecated, and said better by the options, if there are any. */
static const char *
find_fees (const SpNode *service)
{
  return get_first (service, "cost_options") == NULL ? get_scalar (service, "fees") : NULL;
}

static char *
read_cell (guint column, const SpNode *service, const SpNode *location)
{
  const char *member = columns_of_services[column].member;
  const char * const *items = columns_of_services[column].items;

  switch (columns_of_services[column].from)
    {
    case OF_LISTS:
      return join_members (sp_node_get (service, member), items, "; ");
    case OF_LOCATION_LISTS:
      return join_members (sp_node_get (location, member), items, "; ");
    case OF_ORGANISATION:
      return g_strdup (sp_node_get_text (sp_node_get (service, "organization"), member));
    case OF_CONTACT:
      return g_strdup (sp_node_get_text (get_first (service, "contacts"), member));
    case OF_PHONE:
      return g_strdup (find_phone (service));
    case OF_MAIL:
      return g_strdup (find_mail (service));
    case OF_FEES:
      return g_strdup (find_fees (service));
    case OF_LOCATION:
      return g_strdup (get_scalar (location, member));
    case OF_ADDRESS:
      return g_strdup (get_scalar (get_first (location, "addresses"), member));
    case OF_UPRN:
      return g_strcmp0 (sp_node_get_text (location, "external_identifier_type"), "UPRN") == 0
               ? g_strdup (get_scalar (location, member)) : NULL;
    case OF_SERVICE:
    default:
      return g_strdup (get_scalar (service, member));
    }
}

/**
 * sp_oruk_cells_read:
 * @service: a service
 * @location: (nullable): where it is held
 *
 * Returns: (transfer full) (element-type utf8): its cells, %NULL for those it does not say, one for each column
 */
GPtrArray *
sp_oruk_cells_read (const SpNode *service, const SpNode *location)
{
  GPtrArray *cells = g_ptr_array_new_full (G_N_ELEMENTS (columns_of_services), g_free);

  for (guint i = 0; i < G_N_ELEMENTS (columns_of_services); i++)
    g_ptr_array_add (cells, read_cell (i, service, location));
  return cells;
}

/* --- what a row has no room for --- */

static void
clean_member (SpNode *item, const char *member, gboolean is_phone)
{
  const char *text = sp_node_get_text (item, member);
  g_autofree char *clean = text != NULL ? sp_cell_clean (text) : NULL;
  g_autofree char *phone = clean != NULL && is_phone ? sp_cell_phone (clean) : NULL;

  sp_node_set_text (item, member, is_phone ? phone : clean);
}

/* Which of these say nothing was cleaned away: a contact that nobody can reach is none. */
static SpNode *
clean_contacts (SpNode *contacts, gboolean with_names)
{
  for (guint i = sp_node_get_length (contacts); i-- > 0;)
    {
      SpNode *item = sp_node_get_element (contacts, i);
      if (!with_names)
        sp_node_remove (item, "name");
      clean_member (item, "name", FALSE);
      clean_member (item, "title", FALSE);
      clean_member (item, "email", FALSE);
      clean_member (item, "phone", TRUE);
      if (sp_node_get_length (item) == 1)
        sp_node_remove_index (contacts, i);
    }
  return contacts;
}

static gboolean
is_column_of (const SpColumns *columns, const char *header, SpColumnField field)
{
  int index = sp_columns_find (columns, header);

  return index >= 0 && sp_columns_get (columns, (guint) index)->field == field;
}

static void
set_contacts (SpNode *asset, const SpNode *service, const SpColumns *columns)
{
  g_autoptr (SpNode) contacts = NULL;

  if (!is_column_of (columns, "phone", SP_COLUMN_PHONE) || !is_column_of (columns, "email", SP_COLUMN_EMAIL))
    return; /* a person has said otherwise */
  contacts = sp_oruk_read_contacts (service, sp_node_get_text (asset, "_id"));
  if (contacts == NULL)
    return;
  clean_contacts (contacts, is_column_of (columns, "contact_name", SP_COLUMN_CONTACT_NAME));
  if (sp_node_get_length (contacts) > 0)
    sp_node_set (asset, "contacts", g_steal_pointer (&contacts));
}

/* Nothing but options that cost nothing is free. */
static void
set_costs (SpNode *asset, const SpNode *service)
{
  SpNode *costs = sp_oruk_read_costs (service, sp_node_get_text (asset, "_id"));
  gboolean free = TRUE;

  if (costs == NULL)
    return;
  for (guint i = 0; i < sp_node_get_length (costs); i++)
    {
      SpNode *cost = sp_node_get_element (costs, i);
      if (sp_node_get (cost, "amount") != NULL && sp_node_get (cost, "currency") == NULL)
        sp_node_set_text (cost, "currency", "GBP");
      free = free && sp_node_get (cost, "amount") != NULL && sp_node_get_number (cost, "amount") == 0;
    }
  sp_node_set (asset, "costs", costs);
  if (free)
    sp_node_set (asset, "free", sp_node_new_boolean (TRUE));
}

/**
 * sp_oruk_cells_finish:
 * @record: what the row of a service became
 * @service: the service
 * @location: (nullable): where it is held
 * @columns: what each column is
 *
 * Adds the lists, and the alert.
 */
void
sp_oruk_cells_finish (SpRecord *record, const SpNode *service, const SpNode *location, const SpColumns *columns)
{
  SpNode *asset = record->asset;
  const char *id = sp_node_get_text (asset, "_id"), *alert = sp_node_get_text (service, "alert");
  SpNode *schedules = sp_oruk_read_schedules (service, id), *funding = sp_oruk_read_funding (service, id);
  g_autofree char *words = alert != NULL ? sp_cell_clean (alert) : NULL;

  if (schedules != NULL)
    sp_node_set (asset, "schedules", schedules);
  if (funding != NULL)
    sp_node_set (asset, "funding", funding);
  if (words != NULL)
    {
      SpNode *notice = sp_node_new_object ();
      sp_node_set_text (notice, "text", words);
      sp_node_set (asset, "notice", notice);
    }
  set_contacts (asset, service, columns);
  set_costs (asset, service);
}
