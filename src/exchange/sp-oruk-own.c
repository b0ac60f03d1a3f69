/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What Open Referral UK cannot say of an entry. It stands twice: in words below the description, for people; and for
 * Signpost as attributes of a taxonomy of its own, one for each field, called like a column of our own CSV (sp-flat.c).
 *
 * Which fields those are is not a list that somebody keeps: the service is read back, and what is not there again, or is
 * there and was not before, becomes an attribute. So nothing is lost, and what others change in a member of the standard
 * comes back changed. */
#include "sp-oruk-own.h"

#include "sp-field.h"
#include "sp-flat.h"
#include "sp-oruk-asset.h"
#include "sp-oruk-service.h"
#include "sp-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define TAXONOMY "Signpost data"
#define ID "_id"
#define ABSENT "_absent" /* the columns that the service has and the entry has not */
#define ADDED "_added"   /* what was written below the description */

static const char *
get_own (const SpNode *attribute, const char **text)
{
  const SpNode *term = sp_node_get (attribute, "taxonomy_term");

  if (g_strcmp0 (sp_node_get_text (term, "taxonomy"), TAXONOMY) != 0)
    return NULL;
  *text = sp_node_get_text (term, "description");
  return *text != NULL ? sp_node_get_text (term, "name") : NULL;
}

static const char *
find_own (const SpNode *service, const char *name)
{
  const SpNode *attributes = sp_node_get (service, "attributes");
  const char *text = NULL;

  for (guint i = 0; sp_node_is_array (attributes) && i < sp_node_get_length (attributes); i++)
    if (g_strcmp0 (get_own (sp_node_get_element (attributes, i), &text), name) == 0)
      return text;
  return NULL;
}

/**
 * sp_oruk_own_is:
 * @service: a service
 *
 * Returns: whether Signpost wrote it
 */
gboolean
sp_oruk_own_is (const SpNode *service)
{
  const char *id = find_own (service, ID);

  return id != NULL && g_str_has_prefix (id, "asset:") && id[strlen ("asset:")] != '\0';
}

/* --- out --- */

typedef struct
{
  const char *id;         /* the service's */
  SpNode     *attributes; /* (transfer none) */
  GString    *absent;
  GString    *words;
} Rest;

static void
add_attribute (Rest *rest, const char *name, const char *text)
{
  sp_node_append (rest->attributes,
                  sp_oruk_term_new (rest->id, sp_node_get_length (rest->attributes), TAXONOMY, name, text));
}

/* Fields that people should read of, and whose column alone says enough: "Kitchen", "Who it is for: carers". */
static gboolean
is_for_people (const char *title)
{
  static const char * const fields[] = { "summary", "alternate_name", "availability.", "eligibility.who", "eligibility.not_for",
                                         "eligibility.tags", "referral.", "building.", "volunteering.", "schedule_exceptions." };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_str_has_prefix (title, fields[i]))
      return strcmp (title, "building.keyholder") != 0 && !g_str_has_suffix (title, ".id");
  return FALSE;
}

static void
add_words (Rest *rest, const char *title, const char *text)
{
  const SpField *field = sp_field_find (title);
  g_autofree char *label = sp_words_capitalise (_(field->label));

  if (rest->words->len > 0)
    g_string_append_c (rest->words, '\n');
  if (strcmp (title, "summary") == 0)
    g_string_append (rest->words, text);
  else if (field->type == SP_FIELD_BOOLEAN)
    g_string_append_printf (rest->words, "%s: %s", label, strcmp (text, "true") == 0 ? _("yes") : _("no"));
  else
    g_string_append_printf (rest->words, "%s: %s", label, text);
}

static void
add_cell (Rest *rest, const SpFlatCell *cell)
{
  const char *title = sp_flat_get_title (cell->column);

  add_attribute (rest, title, cell->text);
  if (is_for_people (title))
    add_words (rest, title, sp_flat_unprotect (cell->text));
}

/* Both are in the order of the columns. */
static void
compare (Rest *rest, const GArray *entry, const GArray *back)
{
  guint a = 0, b = 0;

  while (a < entry->len || b < back->len)
    {
      const SpFlatCell *one = a < entry->len ? &g_array_index (entry, SpFlatCell, a) : NULL;
      const SpFlatCell *other = b < back->len ? &g_array_index (back, SpFlatCell, b) : NULL;

      if (other == NULL || (one != NULL && one->column < other->column))
        {
          if (one->column > 0) /* the id is there anyway */
            add_cell (rest, one);
          a++;
        }
      else if (one == NULL || other->column < one->column)
        {
          g_string_append_printf (rest->absent, "%s%s", rest->absent->len > 0 ? ";" : "", sp_flat_get_title (other->column));
          b++;
        }
      else
        {
          if (strcmp (one->text, other->text) != 0)
            add_cell (rest, one);
          a++, b++;
        }
    }
}

static void
add_to_description (SpNode *service, Rest *rest)
{
  const char *description = sp_node_get_text (service, "description");
  g_autofree char *all = NULL;

  if (rest->words->len == 0)
    return;
  if (description != NULL)
    g_string_prepend (rest->words, "\n\n");
  all = g_strconcat (description != NULL ? description : "", rest->words->str, NULL);
  add_attribute (rest, ADDED, rest->words->str);
  sp_node_set_text (service, "description", all);
}

/**
 * sp_oruk_own_add:
 * @service: what sp_oruk_service_new() made of @asset
 * @asset: the entry
 *
 * Adds what the standard cannot say.
 */
void
sp_oruk_own_add (SpNode *service, const SpNode *asset)
{
  const char *id = sp_node_get_text (asset, "_id") != NULL ? sp_node_get_text (asset, "_id") : "";
  g_autoptr (SpNode) read = sp_oruk_asset_new (service, id);
  g_autoptr (GArray) entry = sp_flat_from_asset (asset), back = sp_flat_from_asset (read);
  g_autoptr (GString) absent = g_string_new (NULL), words = g_string_new (NULL);
  SpNode *attributes = sp_node_get (service, "attributes");
  Rest rest = { sp_node_get_text (service, "id"), attributes, absent, words };

  if (attributes == NULL)
    {
      rest.attributes = sp_node_new_array ();
      sp_node_set (service, "attributes", rest.attributes);
    }
  add_attribute (&rest, ID, id);
  compare (&rest, entry, back);
  if (absent->len > 0)
    add_attribute (&rest, ABSENT, absent->str);
  add_to_description (service, &rest);
}

/* --- in --- */

/* The service as it was before something was written below its description. */
static SpNode *
without_added (const SpNode *service)
{
  const char *added = find_own (service, ADDED), *description = sp_node_get_text (service, "description");
  SpNode *copy = sp_node_copy (service);

  if (added != NULL && description != NULL && g_str_has_suffix (description, added))
    {
      g_autofree char *before = g_strndup (description, strlen (description) - strlen (added));
      sp_node_set_text (copy, "description", before);
    }
  return copy;
}

static int
compare_cells (gconstpointer a, gconstpointer b)
{
  return (int) ((const SpFlatCell *) a)->column - (int) ((const SpFlatCell *) b)->column;
}

static void
drop_column (GArray *cells, int column)
{
  for (guint i = cells->len; i-- > 0;)
    if ((int) g_array_index (cells, SpFlatCell, i).column == column)
      g_array_remove_index (cells, i);
}

static void
drop_absent (GArray *cells, const char *absent)
{
  g_auto (GStrv) titles = g_strsplit (absent != NULL ? absent : "", ";", -1);

  for (guint i = 0; titles[i] != NULL; i++)
    drop_column (cells, sp_flat_find (titles[i]));
}

static void
take_attributes (GArray *cells, const SpNode *service)
{
  const SpNode *attributes = sp_node_get (service, "attributes");

  for (guint i = 0; sp_node_is_array (attributes) && i < sp_node_get_length (attributes); i++)
    {
      const char *text = NULL, *name = get_own (sp_node_get_element (attributes, i), &text);
      int column = name != NULL ? sp_flat_find (name) : -1;
      SpFlatCell cell;

      if (column <= 0)
        continue;
      drop_column (cells, column);
      cell = (SpFlatCell){ (guint) column, g_strdup (text) };
      g_array_append_val (cells, cell);
    }
  g_array_sort (cells, compare_cells);
}

/**
 * sp_oruk_own_read:
 * @service: a service of which sp_oruk_own_is() holds
 * @refused: (element-type utf8): where column and reason of what cannot be read are added, in turn
 *
 * Returns: (transfer full): the entry, with its `_id`
 */
SpNode *
sp_oruk_own_read (const SpNode *service, GPtrArray *refused)
{
  const char *id = find_own (service, ID);
  g_autoptr (SpNode) plain = without_added (service);
  g_autoptr (SpNode) read = sp_oruk_asset_new (plain, id);
  g_autoptr (GArray) cells = sp_flat_from_asset (read);
  SpNode *body;

  drop_absent (cells, find_own (service, ABSENT));
  take_attributes (cells, service);
  body = sp_flat_to_asset (cells, refused);
  sp_flat_add_rest (body, cells, refused);
  sp_node_set (body, "_id", sp_node_new_string (id));
  return body;
}
