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

#include "sp-field.h"

#include <string.h>

#define MAX_ITEMS 9
#define SET_SEPARATOR "; "

typedef struct
{
  char          *title; /* owned */
  char         **steps; /* owned; names, and positions in lists from 1 */
  const SpField *field; /* NULL of `_id` and `_rest` */
} Column;

typedef struct
{
  GArray     *columns;  /* Column */
  GHashTable *by_title; /* title → index + 1 */
  GHashTable *by_path;  /* path → index + 1 */
} Table;

static void
add_column (Table *table, const char *path, const SpField *field)
{
  Column column = { NULL, g_strsplit (path, ".", -1), field };

  /* spreadsheets and map programs know these two by their plain names */
  column.title = g_strdup (g_str_has_prefix (path, "location.l") ? path + strlen ("location.") : path);
  g_array_append_val (table->columns, column);
  g_hash_table_insert (table->by_title, column.title, GUINT_TO_POINTER (table->columns->len));
  g_hash_table_insert (table->by_path, g_strdup (path), GUINT_TO_POINTER (table->columns->len));
}

static gboolean
is_branch (const SpField *field)
{
  return field->type == SP_FIELD_OBJECT || field->type == SP_FIELD_LIST;
}

/* The fields of a list stand together in the table, after the list; each item gets all of them before the next item. */
static guint
add_items (Table *table, const SpField *fields, guint n, guint list)
{
  g_autofree char *prefix = g_strconcat (fields[list].path, ".*.", NULL);
  guint end = list + 1;

  while (end < n && g_str_has_prefix (fields[end].path, prefix))
    end++;
  for (guint item = 1; item <= MAX_ITEMS; item++)
    for (guint i = list + 1; i < end; i++)
      if (!is_branch (&fields[i]))
        {
          g_autofree char *path = g_strdup_printf ("%s.%u.%s", fields[list].path, item, fields[i].path + strlen (prefix));
          add_column (table, path, &fields[i]);
        }
  return end;
}

static Table *
make_table (void)
{
  Table *table = g_new0 (Table, 1);
  guint n;
  const SpField *fields = sp_field_get_all (&n);

  table->columns = g_array_new (FALSE, FALSE, sizeof (Column));
  table->by_title = g_hash_table_new (g_str_hash, g_str_equal);
  table->by_path = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  add_column (table, "_id", NULL);
  for (guint i = 0; i < n;)
    {
      if (fields[i].type == SP_FIELD_LIST)
        {
          i = add_items (table, fields, n, i);
          continue;
        }
      if (!is_branch (&fields[i]) && strcmp (fields[i].path, "edit") != 0)
        add_column (table, fields[i].path, &fields[i]);
      i++;
    }
  add_column (table, SP_FLAT_REST, NULL);
  return table;
}

static const Table *
get_table (void)
{
  static gsize table;

  if (g_once_init_enter (&table))
    g_once_init_leave (&table, (gsize) make_table ());
  return (const Table *) table;
}

#define COLUMN(i) (&g_array_index (get_table ()->columns, Column, (i)))

guint sp_flat_get_n_columns (void) { return get_table ()->columns->len; }

/**
 * sp_flat_get_title:
 * @column: below sp_flat_get_n_columns()
 *
 * Returns: (transfer none): what stands above it
 */
const char *sp_flat_get_title (guint column) { return COLUMN (column)->title; }

/**
 * sp_flat_find:
 * @title: what stands above a column
 *
 * Returns: the column, or -1 if there is none of that title
 */
int
sp_flat_find (const char *title)
{
  return (int) GPOINTER_TO_UINT (g_hash_table_lookup (get_table ()->by_title, title)) - 1;
}

static gboolean
is_number (const Column *column)
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
  for (guint i = 0; i < G_N_ELEMENTS (wide); i++)
    if (g_str_has_prefix (text, wide[i]))
      return TRUE;
  return FALSE;
}

static char *
protect (const char *text)
{
  return would_run (text + strspn (text, "'")) ? g_strconcat ("'", text, NULL) : g_strdup (text);
}

static const char *
unprotect (const char *text)
{
  return *text == '\'' && would_run (text + strspn (text, "'")) ? text + 1 : text;
}

/* --- from an asset --- */

static void
clear_cell (gpointer data)
{
  g_free (((SpFlatCell *) data)->text);
}

static void
add_cell (GArray *cells, guint column, char *text)
{
  SpFlatCell cell = { column, is_number (COLUMN (column)) ? g_strdup (text) : protect (text) };

  g_free (text);
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
      g_string_append_printf (all, "%s%s", i > 0 ? SET_SEPARATOR : "", word);
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

static gboolean flatten (const SpNode *value, const char *path, GArray *cells);

static gboolean
flatten_members (const SpNode *object, const char *path, GArray *cells)
{
  for (guint i = 0; i < sp_node_get_length (object); i++)
    {
      g_autofree char *inner = g_strconcat (path, ".", sp_node_get_name (object, i), NULL);
      if (strchr (sp_node_get_name (object, i), '.') != NULL || !flatten (sp_node_get_element (object, i), inner, cells))
        return FALSE;
    }
  return sp_node_get_length (object) > 0;
}

static gboolean
flatten_items (const SpNode *list, const char *path, GArray *cells)
{
  for (guint i = 0; i < sp_node_get_length (list); i++)
    {
      const SpNode *item = sp_node_get_element (list, i);
      g_autofree char *inner = g_strdup_printf ("%s.%u", path, i + 1);
      if (i >= MAX_ITEMS || !sp_node_is_object (item) || sp_node_get_text (item, "id") == NULL || !flatten_members (item, inner, cells))
        return FALSE;
    }
  return sp_node_get_length (list) > 0;
}

/* Appends the cells of one value; FALSE if something in it does not fit, whatever was appended so far. */
static gboolean
flatten (const SpNode *value, const char *path, GArray *cells)
{
  guint column = GPOINTER_TO_UINT (g_hash_table_lookup (get_table ()->by_path, path));
  const SpField *field;
  char *text;

  if (column > 0)
    {
      text = COLUMN (column - 1)->field != NULL ? leaf_text (COLUMN (column - 1)->field, value) : NULL;
      if (text == NULL)
        return FALSE;
      add_cell (cells, column - 1, text);
      return TRUE;
    }
  field = sp_field_find (path);
  if (field == NULL)
    return FALSE;
  if (field->type == SP_FIELD_LIST && sp_node_is_array (value))
    return flatten_items (value, path, cells);
  return field->type == SP_FIELD_OBJECT && sp_node_is_object (value) && flatten_members (value, path, cells);
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
  GArray *cells = g_array_new (FALSE, FALSE, sizeof (SpFlatCell));
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
      if (strchr (name, '.') == NULL && flatten (value, name, cells))
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
refuse_cell (GPtrArray *refused, const Column *column, const char *why)
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
      const SpField *field = sp_field_find (sp_node_get_name (body, i));
      SpNode *list = sp_node_get_element (body, i);
      for (guint k = field != NULL && field->type == SP_FIELD_LIST ? sp_node_get_length (list) : 0; k-- > 0;)
        if (sp_node_is_object (sp_node_get_element (list, k)) && sp_node_get_length (sp_node_get_element (list, k)) == 0)
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
      const Column *column = COLUMN (cell->column);
      const char *text = is_number (column) ? cell->text : unprotect (cell->text);
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
  rest = sp_node_parse (unprotect (last->text), -1, &error);
  if (!sp_node_is_object (rest))
    refuse_cell (refused, COLUMN (last->column), error != NULL ? error->message : "an object is expected");
  for (guint i = 0; sp_node_is_object (rest) && i < sp_node_get_length (rest); i++)
    if (sp_node_get_name (rest, i)[0] != '_')
      sp_node_set (body, sp_node_get_name (rest, i), sp_node_ref (sp_node_get_element (rest, i)));
}
