/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of our own CSV, made of core's table of fields: in its order, each list's fields once for each of the
 * first nine items. The id is first, `_rest` last. */
#include "sp-flat-table.h"

#include "sp-flat.h"

#include <string.h>

typedef struct
{
  GArray     *columns;  /* SpFlatColumn */
  GHashTable *by_title; /* title → index + 1 */
  SpFlatStep  steps;    /* of which the first are names of members */
} Table;

/* The object or list that the first @n names lead to. */
static const SpField *
find_branch (char **names, guint n)
{
  g_autoptr (GString) path = g_string_new (names[0]);

  for (guint i = 1; i < n; i++)
    g_string_append_printf (path, ".%s", names[i]);
  return sp_field_find (path->str);
}

static void
add_steps (SpFlatStep *from, char **names, int column, const SpField *field)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      SpFlatStep *step;

      if (from->next == NULL)
        from->next = g_hash_table_new (g_str_hash, g_str_equal);
      step = g_hash_table_lookup (from->next, names[i]);
      if (step == NULL)
        {
          step = g_new0 (SpFlatStep, 1);
          step->column = names[i + 1] == NULL ? column : -1;
          step->field = names[i + 1] == NULL ? field : find_branch (names, i + 1);
          g_hash_table_insert (from->next, names[i], step);
        }
      from = step;
    }
}

static void
add_column (Table *table, const char *path, const SpField *field)
{
  SpFlatColumn column = { NULL, g_strsplit (path, ".", -1), field };

  /* spreadsheets and map programs know these two by their plain names */
  column.title = g_strdup (g_str_has_prefix (path, "location.l") ? path + strlen ("location.") : path);
  g_array_append_val (table->columns, column);
  g_hash_table_insert (table->by_title, column.title, GUINT_TO_POINTER (table->columns->len));
  add_steps (&table->steps, column.steps, (int) table->columns->len - 1, field);
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
  for (guint item = 1; item <= SP_FLAT_MAX_ITEMS; item++)
    for (guint i = list + 1; i < end; i++)
      if (!is_branch (&fields[i]))
        {
          g_autofree char *path =
              g_strdup_printf ("%s.%u.%s", fields[list].path, item, fields[i].path + strlen (prefix));
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

  table->columns = g_array_new (FALSE, FALSE, sizeof (SpFlatColumn));
  table->by_title = g_hash_table_new (g_str_hash, g_str_equal);
  table->steps.column = -1;
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

/**
 * sp_flat_get_n_columns:
 *
 * Returns: how many columns our own CSV has; any thread may ask
 */
guint sp_flat_get_n_columns (void) { return get_table ()->columns->len; }

/**
 * sp_flat_get_column:
 * @column: below sp_flat_get_n_columns()
 *
 * For sp-flat.c.
 *
 * Returns: (transfer none): that column; lasts as long as the program
 */
const SpFlatColumn *
sp_flat_get_column (guint column)
{
  return &g_array_index (get_table ()->columns, SpFlatColumn, column);
}

/**
 * sp_flat_get_title:
 * @column: below sp_flat_get_n_columns()
 *
 * Returns: (transfer none): what stands above it
 */
const char *sp_flat_get_title (guint column) { return sp_flat_get_column (column)->title; }

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

/**
 * sp_flat_get_steps:
 *
 * For sp-flat.c.
 *
 * Returns: (transfer none): where the members of an asset lead; lasts as long as the program
 */
const SpFlatStep *
sp_flat_get_steps (void)
{
  return &get_table ()->steps;
}
