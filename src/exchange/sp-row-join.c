/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row that says more of an entry goes into it: what an entry has several of is added, what it has one of is filled in where
 * nothing was said, and the rest goes into the description. The row itself is kept beside the first one. */
#include "sp-row-join.h"

#include "sp-import-id.h"

#include <string.h>

#define MOST_ITEMS 50

/* Whether two items say the same; their ids do not count. */
static gboolean
is_same_item (const SpNode *a, const SpNode *b)
{
  g_autoptr (SpNode) one = sp_node_copy (a), other = sp_node_copy (b);

  sp_node_remove (one, "id");
  sp_node_remove (other, "id");
  return sp_node_equal (one, other);
}

static gboolean
has_item (const SpNode *list, const SpNode *item)
{
  for (guint i = 0; i < sp_node_get_length (list); i++)
    if (is_same_item (sp_node_get_element (list, i), item))
      return TRUE;
  return FALSE;
}

/* Contacts, costs, schedules: an item that is new gets an id by its place. */
static void
join_items (SpNode *asset, const SpNode *more, const char *name)
{
  const SpNode *items = sp_node_get (more, name);
  SpNode *list = sp_node_get (asset, name);

  if (items != NULL && list == NULL)
    {
      list = sp_node_new_array ();
      sp_node_set (asset, name, list);
    }
  for (guint i = 0; i < sp_node_get_length (items); i++)
    {
      g_autofree char *id = NULL;
      SpNode *item;

      if (has_item (list, sp_node_get_element (items, i)) || sp_node_get_length (list) >= MOST_ITEMS)
        continue;
      item = sp_node_copy (sp_node_get_element (items, i));
      id = sp_import_id_for_item (sp_node_get_text (asset, "_id"), name, sp_node_get_length (list));
      sp_node_set_text (item, "id", id);
      sp_node_append (list, item);
    }
}

/* Categories, languages. */
static void
join_words (SpNode *asset, const SpNode *more, const char *name, guint most)
{
  const SpNode *words = sp_node_get (more, name);
  SpNode *list = sp_node_get (asset, name);

  if (words != NULL && list == NULL)
    {
      list = sp_node_new_array ();
      sp_node_set (asset, name, list);
    }
  for (guint i = 0; i < sp_node_get_length (words); i++)
    {
      gboolean known = sp_node_get_length (list) >= most;

      for (guint k = 0; k < sp_node_get_length (list); k++)
        known = known || sp_node_equal (sp_node_get_element (list, k), sp_node_get_element (words, i));
      if (!known)
        sp_node_append (list, sp_node_copy (sp_node_get_element (words, i)));
    }
}

/* Text that is not there already goes to the end of what is. */
static void
append_text (SpNode *object, const char *name, const char *separator, const char *text)
{
  const char *before = sp_node_get_text (object, name);
  g_autofree char *both = NULL;

  if (text == NULL || (before != NULL && strstr (before, text) != NULL))
    return;
  both = before != NULL ? g_strconcat (before, separator, text, NULL) : g_strdup (text);
  sp_node_set_text (object, name, both);
}

/* Members of an object that were not said yet. */
static void
join_members (SpNode *asset, const SpNode *more, const char *name)
{
  const SpNode *object = sp_node_get (more, name);
  SpNode *before = sp_node_get (asset, name);

  if (object != NULL && before == NULL)
    {
      sp_node_set (asset, name, sp_node_copy (object));
      return;
    }
  for (guint i = 0; i < sp_node_get_length (object); i++)
    {
      const char *member = sp_node_get_name (object, i);
      const SpNode *value = sp_node_get_element (object, i);

      if (strcmp (member, "tags") == 0)
        join_words (before, object, "tags", MOST_ITEMS);
      else if (sp_node_get (before, member) == NULL)
        sp_node_set (before, member, sp_node_copy (value));
      else if (sp_node_get_string (value) != NULL && sp_node_get_string (sp_node_get (before, member)) != NULL)
        append_text (before, member, "; ", sp_node_get_string (value));
    }
}

static char *
describe_address (const SpNode *address)
{
  static const char * const members[] = { "line_1", "line_2", "city", "county", "postal_code" };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (sp_node_get_text (address, members[i]) != NULL)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", sp_node_get_text (address, members[i]));
  return g_string_free (text, FALSE);
}

/* An entry is in one place; that it is in others too, its description says. */
static void
join_place (SpNode *asset, const SpNode *more)
{
  SpNode *address = sp_node_get (more, "address"), *location = sp_node_get (more, "location");
  g_autofree char *words = NULL, *sentence = NULL;

  if (address == NULL && location == NULL)
    return;
  if (sp_node_get (asset, "address") == NULL && sp_node_get (asset, "location") == NULL)
    {
      if (address != NULL)
        sp_node_set (asset, "address", sp_node_copy (address));
      if (location != NULL)
        sp_node_set (asset, "location", sp_node_copy (location));
      return;
    }
  words = address != NULL ? describe_address (address) : NULL;
  if (words == NULL || sp_node_equal (address, sp_node_get (asset, "address")))
    return;
  sentence = g_strdup_printf ("Also at: %s.", words);
  append_text (asset, "description", "\n\n", sentence);
}

static void
join_url (SpNode *asset, const SpNode *more)
{
  const char *url = sp_node_get_text (more, "url"), *before = sp_node_get_text (asset, "url");

  if (url == NULL || g_strcmp0 (url, before) == 0)
    return;
  if (before == NULL)
    sp_node_set_text (asset, "url", url);
  else
    append_text (asset, "description", "\n\n", url);
}

/* "notes (row 5)" */
static void
keep_row (SpNode *asset, const SpNode *more, guint row)
{
  SpNode *original = sp_node_get_path (asset, "source.original");
  const SpNode *cells = sp_node_get_path (more, "source.original");

  for (guint i = 0; original != NULL && i < sp_node_get_length (cells); i++)
    {
      g_autofree char *name = g_strdup_printf ("%s (row %u)", sp_node_get_name (cells, i), row);
      sp_node_set (original, name, sp_node_copy (sp_node_get_element (cells, i)));
    }
}

/**
 * sp_row_join_more:
 * @asset: an entry with its `_id`
 * @more: what another row says of it
 * @row: which row that is, as a person counts
 *
 * Puts it into the entry. What both say is said once.
 */
void
sp_row_join_more (SpNode *asset, const SpNode *more, guint row)
{
  static const char * const lists[] = { "contacts", "costs", "schedules" };
  static const char * const objects[] = { "eligibility", "referral", "accessibility", "building", "volunteering", "checked" };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    join_items (asset, more, lists[i]);
  for (guint i = 0; i < G_N_ELEMENTS (objects); i++)
    join_members (asset, more, objects[i]);
  join_words (asset, more, "categories", 8);
  join_words (asset, more, "languages", MOST_ITEMS);
  append_text (asset, "schedule_words", "; ", sp_node_get_text (more, "schedule_words"));
  append_text (asset, "description", "\n\n", sp_node_get_text (more, "description"));
  if (sp_node_get (asset, "free") == NULL && sp_node_get (more, "free") != NULL)
    sp_node_set (asset, "free", sp_node_copy (sp_node_get (more, "free")));
  join_place (asset, more);
  join_url (asset, more);
  keep_row (asset, more, row);
}
