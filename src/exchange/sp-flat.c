/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An asset as one flat row, and back without loss. The columns are those of core's table of fields, in its order, with
 * up to nine items of each list: "contacts.1.phone". The id comes first. A top-level member goes into
 * such columns as a whole or not at all: what does not fit (a tenth contact, a member that only a newer Signpost knows,
 * a value of another type) stands as JSON in the last column, `_rest`. So a row reads well in a spreadsheet, and
 * every member comes back as it was.
 *
 * A cell that a spreadsheet would take for a formula gets an apostrophe in front, and so does one that begins with
 * apostrophes and then would; reading takes one away again. Numbers stay numbers. */
#include "sp-flat.h"

#include "sp-flat-table.h"

#include <string.h>

#define USUAL_CELLS 48
#define SET_SEPARATOR "; "
#define COLUMN(i) (sp_flat_get_column (i))

static gboolean
is_number (const SpFlatColumn *column)
{
  return column->field != NULL && (column->field->type == SP_FIELD_NUMBER || column->field->type == SP_FIELD_INTEGER);
}

/* What a spreadsheet would calculate: = + - @, their full-width forms, and a tab or line end before them. */
static gboolean
would_run (const char *text)
{
  static const char * const wide[] = { "＝", "＋", "－", "＠" };

  if (*text != '\0' && strchr ("=+-@\t\r\n", *text) != NULL)
    return TRUE;
  for (guint i = 0; *text == '\xEF' && i < G_N_ELEMENTS (wide); i++)
    if (g_str_has_prefix (text, wide[i]))
      return TRUE;
  return FALSE;
}

/* @text: (transfer full) */
static char *
protect (char *text)
{
  char *with_mark;

  if (!would_run (text + strspn (text, "'")))
    return text;
  with_mark = g_strconcat ("'", text, NULL);
  g_free (text);
  return with_mark;
}

/**
 * sp_flat_unprotect:
 * @text: of a cell that does not hold a number
 *
 * Returns: (transfer none): what it means, without the apostrophe that keeps a spreadsheet from calculating it
 */
const char *
sp_flat_unprotect (const char *text)
{
  return *text == '\'' && would_run (text + strspn (text, "'")) ? text + 1 : text;
}

/* --- from an asset --- */

static void
clear_cell (gpointer data)
{
  g_free (((SpFlatCell *) data)->text);
}

/* @text: (transfer full) */
static void
add_cell (GArray *cells, guint column, char *text)
{
  SpFlatCell cell = { column, is_number (COLUMN (column)) ? text : protect (text) };

  g_array_append_val (cells, cell);
}

/* The words of a set with "; " between; NULL if one of them would not come back alone. */
static char *
join_set (const SpNode *set)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < sp_node_get_length (set); i++)
    {
      const char *word = sp_node_get_string (sp_node_get_element (set, i));
      if (word == NULL || *word == '\0' || strchr (word, ';') != NULL || g_ascii_isspace (*word)
          || g_ascii_isspace (word[strlen (word) - 1]))
        {
          g_string_free (all, TRUE);
          return NULL;
        }
      if (i > 0)
        g_string_append (all, SET_SEPARATOR);
      g_string_append (all, word);
    }
  return g_string_free (all, FALSE);
}

static char *
leaf_text (const SpField *field, const SpNode *value)
{
  if (field->type == SP_FIELD_JSON)
    return sp_node_to_json (value);
  if (!sp_field_check (field, value, NULL))
    return NULL;
  switch ((int) field->type)
    {
    case SP_FIELD_NUMBER:
    case SP_FIELD_INTEGER:
      return g_strdup (sp_node_get_lexeme (value));
    case SP_FIELD_BOOLEAN:
      return g_strdup (sp_node_get_boolean (value) ? "true" : "false");
    case SP_FIELD_SET:
    case SP_FIELD_REFERENCES:
      return sp_node_get_length (value) > 0 ? join_set (value) : NULL;
    default:
      return g_strdup (sp_node_get_string (value));
    }
}

static gboolean flatten (const SpNode *value, const SpFlatStep *step, GArray *cells);

static gboolean
flatten_members (const SpNode *object, const SpFlatStep *step, GArray *cells)
{
  for (guint i = 0; i < sp_node_get_length (object); i++)
    if (!flatten (sp_node_get_element (object, i), g_hash_table_lookup (step->next, sp_node_get_name (object, i)), cells))
      return FALSE;
  return sp_node_get_length (object) > 0;
}

static gboolean
flatten_items (const SpNode *list, const SpFlatStep *step, GArray *cells)
{
  for (guint i = 0; i < sp_node_get_length (list); i++)
    {
      const SpNode *item = sp_node_get_element (list, i);
      const char position[] = { (char) ('1' + i), '\0' };
      if (i >= SP_FLAT_MAX_ITEMS || !sp_node_is_object (item) || sp_node_get_text (item, "id") == NULL
          || !flatten_members (item, g_hash_table_lookup (step->next, position), cells))
        return FALSE;
    }
  return sp_node_get_length (list) > 0;
}

/* Appends the cells of one value; FALSE if something in it does not fit, whatever was appended so far. */
static gboolean
flatten (const SpNode *value, const SpFlatStep *step, GArray *cells)
{
  char *text;

  if (step == NULL || step->field == NULL)
    return FALSE;
  if (step->column >= 0)
    {
      text = leaf_text (step->field, value);
      if (text == NULL)
        return FALSE;
      add_cell (cells, (guint) step->column, text);
      return TRUE;
    }
  if (step->field->type == SP_FIELD_LIST && sp_node_is_array (value))
    return flatten_items (value, step, cells);
  return step->field->type == SP_FIELD_OBJECT && sp_node_is_object (value) && flatten_members (value, step, cells);
}

static int
compare_cells (gconstpointer a, gconstpointer b)
{
  return (int) ((const SpFlatCell *) a)->column - (int) ((const SpFlatCell *) b)->column;
}

/**
 * sp_flat_from_asset:
 * @asset: a document; of its members that begin with `_` only `_id` is kept
 *
 * Returns: (transfer full) (element-type SpFlatCell): its cells in the order of the columns
 */
GArray *
sp_flat_from_asset (const SpNode *asset)
{
  GArray *cells = g_array_sized_new (FALSE, FALSE, sizeof (SpFlatCell), USUAL_CELLS);
  GHashTable *steps = sp_flat_get_steps ()->next;
  g_autoptr (SpNode) rest = sp_node_new_object ();

  g_array_set_clear_func (cells, clear_cell);
  for (guint i = 0; i < sp_node_get_length (asset); i++)
    {
      const char *name = sp_node_get_name (asset, i);
      SpNode *value = sp_node_get_element (asset, i);
      guint before = cells->len;

      if (strcmp (name, "_id") == 0 && sp_node_get_string (value) != NULL)
        add_cell (cells, 0, g_strdup (sp_node_get_string (value)));
      if (name[0] == '_')
        continue;
      if (flatten (value, g_hash_table_lookup (steps, name), cells))
        continue;
      g_array_set_size (cells, before);
      sp_node_set (rest, name, sp_node_ref (value));
    }
  if (sp_node_get_length (rest) > 0)
    add_cell (cells, sp_flat_get_n_columns () - 1, sp_node_to_json (rest));
  g_array_sort (cells, compare_cells);
  return cells;
}

/* --- to an asset --- */

static SpNode *
split_set (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, ";", -1);
  SpNode *set = sp_node_new_array ();

  for (guint i = 0; words[i] != NULL; i++)
    if (*g_strstrip (words[i]) != '\0')
      sp_node_append (set, sp_node_new_string (words[i]));
  return set;
}

static SpNode *
read_leaf (const SpField *field, const char *text, GError **error)
{
  g_autoptr (SpNode) value = NULL;

  switch ((int) field->type)
    {
    case SP_FIELD_JSON:
      return sp_node_parse (text, -1, error);
    case SP_FIELD_NUMBER:
    case SP_FIELD_INTEGER:
      value = sp_node_parse (text, -1, NULL);
      if (value != NULL && sp_node_get_lexeme (value) == NULL)
        g_clear_pointer (&value, sp_node_unref);
      break;
    case SP_FIELD_SET:
    case SP_FIELD_REFERENCES:
      value = split_set (text);
      break;
    case SP_FIELD_BOOLEAN:
      break;
    default:
      value = sp_node_new_string (text);
    }
  if (value == NULL)
    return sp_field_parse (field, text, error);
  return sp_field_check (field, value, error) ? g_steal_pointer (&value) : NULL;
}

/* The object or list item that holds the last step, made where it is missing. */
static SpNode *
make_parent (SpNode *body, char **steps)
{
  SpNode *at = body;

  for (guint i = 0; steps[i + 1] != NULL; i++)
    {
      SpNode *child;

      if (sp_node_is_array (at))
        {
          guint position = (guint) g_ascii_strtoull (steps[i], NULL, 10);
          while (sp_node_get_length (at) < position)
            sp_node_append (at, sp_node_new_object ());
          at = sp_node_get_element (at, position - 1);
          continue;
        }
      child = sp_node_get (at, steps[i]);
      if (child == NULL)
        {
          child = g_ascii_isdigit (steps[i + 1][0]) ? sp_node_new_array () : sp_node_new_object ();
          sp_node_set (at, steps[i], child);
        }
      at = child;
    }
  return at;
}

static void
refuse_cell (GPtrArray *refused, const SpFlatColumn *column, const char *why)
{
  g_ptr_array_add (refused, g_strdup (column->title));
  g_ptr_array_add (refused, g_strdup (why));
}

/* Somebody emptied all cells of an item: then it is gone. */
static void
drop_empty_items (SpNode *body)
{
  for (guint i = 0; i < sp_node_get_length (body); i++)
    {
      SpNode *list = sp_node_get_element (body, i);
      const SpField *field = sp_node_is_array (list) ? sp_field_find (sp_node_get_name (body, i)) : NULL;

      for (guint k = field != NULL && field->type == SP_FIELD_LIST ? sp_node_get_length (list) : 0; k-- > 0;)
        if (sp_node_is_object (sp_node_get_element (list, k))
            && sp_node_get_length (sp_node_get_element (list, k)) == 0)
          sp_node_remove_index (list, k);
    }
}

/**
 * sp_flat_to_asset:
 * @cells: (element-type SpFlatCell): the cells of a row that are not empty, in the order of the columns
 * @refused: (element-type utf8): where title and reason of each cell that does not fit its field are added, in turn
 *
 * Returns: (transfer full): the document, without what stands in `_rest`
 */
SpNode *
sp_flat_to_asset (GArray *cells, GPtrArray *refused)
{
  SpNode *body = sp_node_new_object ();

  for (guint i = 0; i < cells->len; i++)
    {
      const SpFlatCell *cell = &g_array_index (cells, SpFlatCell, i);
      const SpFlatColumn *column = COLUMN (cell->column);
      const char *text = is_number (column) ? cell->text : sp_flat_unprotect (cell->text);
      g_autoptr (GError) error = NULL;
      SpNode *value;

      if (cell->column == 0)
        sp_node_set (body, "_id", sp_node_new_string (text));
      if (column->field == NULL)
        continue;
      value = read_leaf (column->field, text, &error);
      if (value != NULL)
        sp_node_set (make_parent (body, column->steps), column->steps[g_strv_length (column->steps) - 1], value);
      else
        refuse_cell (refused, column, error->message);
    }
  drop_empty_items (body);
  return body;
}

/**
 * sp_flat_add_rest:
 * @body: what sp_flat_to_asset() made of @cells
 * @cells: (element-type SpFlatCell): the cells of a row
 * @refused: (element-type utf8): where title and reason are added if `_rest` cannot be read
 *
 * Adds the members that did not fit into columns.
 */
void
sp_flat_add_rest (SpNode *body, GArray *cells, GPtrArray *refused)
{
  const SpFlatCell *last = cells->len > 0 ? &g_array_index (cells, SpFlatCell, cells->len - 1) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SpNode) rest = NULL;

  if (last == NULL || last->column + 1 != sp_flat_get_n_columns ())
    return;
  rest = sp_node_parse (sp_flat_unprotect (last->text), -1, &error);
  if (!sp_node_is_object (rest))
    refuse_cell (refused, COLUMN (last->column), error != NULL ? error->message : "an object is expected");
  for (guint i = 0; sp_node_is_object (rest) && i < sp_node_get_length (rest); i++)
    if (sp_node_get_name (rest, i)[0] != '_')
      sp_node_set (body, sp_node_get_name (rest, i), sp_node_ref (sp_node_get_element (rest, i)));
}
