/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A service of somebody else's directory as a row with the columns of any other list: so it is cleaned, kept, previewed and
 * mapped like one. What a row has no room for, lists of contacts, times and costs, is added to the entry afterwards. */
#include "sp-oruk-cells.h"

#include "sp-cells.h"
#include "sp-oruk-asset.h"

#include <string.h>

/* The members of HSDS that people know, and what they are to us; "" for those only kept with the original row. */
static const struct { const char *header, *field; } columns_of_services[] = {
  { "id", "source.row" },
  { "name", "name" },
  { "alternate_name", "alternate_name" },
  { "description", "description" },
  { "organization", "organisation.name" },
  { "taxonomy_terms", "categories" },
  { "status", "status" },
  { "alert", "" },
  { "url", "url" },
  { "location", "venue.name" },
  { "address_1", "address.line_1" },
  { "address_2", "address.line_2" },
  { "city", "address.city" },
  { "state_province", "address.county" },
  { "postal_code", "address.postal_code" },
  { "uprn", "address.uprn" },
  { "latitude", "location.latitude" },
  { "longitude", "location.longitude" },
  { "contact_name", "contacts.name" },
  { "contact_title", "contacts.title" },
  { "phone", "contacts.phone" },
  { "email", "contacts.email" },
  { "schedule", "schedule_words" },
  { "fees", "costs" },
  { "minimum_age", "eligibility.minimum_age" },
  { "maximum_age", "eligibility.maximum_age" },
  { "eligibility_description", "eligibility.who" },
  { "application_process", "referral" },
  { "accessibility", "accessibility.detail" },
  { "languages", "languages" },
  { "service_areas", "" },
  { "funding", "" },
  { "accreditations", "" },
  { "assured_date", "checked" },
  { "last_modified", "" },
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

/* @header as @service and @location say it; members of the service itself have its name. */
static char *
read_cell (const char *header, const SpNode *service, const SpNode *location)
{
  static const char * const of_address[] = { "address_1", "address_2", "city", "state_province", "postal_code", NULL };
  static const char * const of_location[] = { "latitude", "longitude", NULL };
  static const char * const description[] = { "description", NULL }, * const source[] = { "source", NULL };
  static const char * const language[] = { "name", "code", "language", NULL };
  static const char * const access[] = { "description", "details", "accessibility", NULL };
  static const char * const area[] = { "name", "service_area", NULL }, * const term[] = { "taxonomy_term.name", NULL };

  if (strcmp (header, "organization") == 0)
    return g_strdup (sp_node_get_text (sp_node_get (service, "organization"), "name"));
  if (strcmp (header, "taxonomy_terms") == 0)
    return join_members (sp_node_get (service, "attributes"), term, "; ");
  if (strcmp (header, "location") == 0)
    return g_strdup (sp_node_get_text (location, "name"));
  if (g_strv_contains (of_address, header))
    return g_strdup (get_scalar (get_first (location, "addresses"), header));
  if (strcmp (header, "uprn") == 0)
    return g_strcmp0 (sp_node_get_text (location, "external_identifier_type"), "UPRN") == 0
             ? g_strdup (get_scalar (location, "external_identifier")) : NULL;
  if (g_strv_contains (of_location, header))
    return g_strdup (get_scalar (location, header));
  if (strcmp (header, "contact_name") == 0 || strcmp (header, "contact_title") == 0)
    return g_strdup (sp_node_get_text (get_first (service, "contacts"), header + strlen ("contact_")));
  if (strcmp (header, "phone") == 0)
    return g_strdup (find_phone (service));
  if (strcmp (header, "email") == 0)
    return g_strdup (find_mail (service));
  if (strcmp (header, "schedule") == 0)
    return join_members (sp_node_get (service, "schedules"), description, "; ");
  if (strcmp (header, "accessibility") == 0)
    return join_members (sp_node_get (location, "accessibility"), access, "; ");
  if (strcmp (header, "languages") == 0)
    return join_members (sp_node_get (service, "languages"), language, ", ");
  if (strcmp (header, "service_areas") == 0)
    return join_members (sp_node_get (service, "service_areas"), area, "; ");
  if (strcmp (header, "funding") == 0)
    return join_members (sp_node_get (service, "funding"), source, "; ");
  if (strcmp (header, "fees") == 0 && get_first (service, "cost_options") != NULL)
    return NULL; /* deprecated, and said better there */
  return g_strdup (get_scalar (service, header));
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
    g_ptr_array_add (cells, read_cell (columns_of_services[i].header, service, location));
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
