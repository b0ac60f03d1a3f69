/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpColumns: what each column of a list is: as a person said, else as its header reads. */
#include "sp-columns.h"

#include "sp-column-content.h"
#include "sp-column-personal.h"
#include "sp-import-id.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _SpColumns
{
  GArray     *columns;                    /* SpColumn */
  GArray     *ranks;                      /* guint */
  GHashTable *by_header;                  /* owned header → index + 1 */
  GHashTable *maps;                       /* owned header in lower case → SpColumnField */
  int         first[SP_N_COLUMN_FIELDS];  /* the first column of a field, or -1 */
  gboolean    settled;
  gboolean    nameless;                   /* names of people are left out */
};

#define COLUMN(self, i) (&g_array_index ((self)->columns, SpColumn, (i)))
#define RANK(self, i) (g_array_index ((self)->ranks, guint, (i)))

/* "Column=field"; the last sign of equality divides, and nothing after it leaves the column out. */
static gboolean
add_map (SpColumns *self, const char *map, GError **error)
{
  const char *divide = strrchr (map, '=');
  SpColumnField field = SP_COLUMN_NONE;
  g_autofree char *header = NULL;

  if (divide == NULL || divide == map)
    {
      g_set_error (error, SP_ERROR, SP_ERROR_USAGE, _("“%s”: expected Column=field, such as “Where=address”"), map);
      return FALSE;
    }
  if (divide[1] != '\0')
    {
      field = sp_column_field_from_path (divide + 1);
      if (field == SP_COLUMN_NONE)
        {
          g_set_error (error, SP_ERROR, SP_ERROR_USAGE, _("“%s”: a list has no field “%s”"), map, divide + 1);
          return FALSE;
        }
    }
  header = g_strndup (map, (gsize) (divide - map));
  g_hash_table_insert (self->maps, g_utf8_strdown (g_strstrip (header), -1), GINT_TO_POINTER (field));
  return TRUE;
}

/**
 * sp_columns_new:
 * @maps: (nullable) (array zero-terminated=1): what a person said, each as "Column=field"
 * @error: %SP_ERROR_USAGE if one of them cannot be understood
 *
 * Returns: (transfer full) (nullable): no columns yet
 */
SpColumns *
sp_columns_new (const char * const *maps, GError **error)
{
  g_autoptr (SpColumns) self = g_new0 (SpColumns, 1);

  self->columns = g_array_new (FALSE, FALSE, sizeof (SpColumn));
  self->ranks = g_array_new (FALSE, FALSE, sizeof (guint));
  self->by_header = g_hash_table_new (g_str_hash, g_str_equal);
  self->maps = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < SP_N_COLUMN_FIELDS; i++)
    self->first[i] = -1;
  for (guint i = 0; maps != NULL && maps[i] != NULL; i++)
    if (!add_map (self, maps[i], error))
      return NULL;
  return g_steal_pointer (&self);
}

/**
 * sp_columns_free:
 * @self: (transfer full): columns
 */
void
sp_columns_free (SpColumns *self)
{
  for (guint i = 0; i < self->columns->len; i++)
    g_free (COLUMN (self, i)->header);
  g_array_unref (self->columns);
  g_array_unref (self->ranks);
  g_hash_table_unref (self->by_header);
  g_hash_table_unref (self->maps);
  g_free (self);
}

static char *
make_unique (SpColumns *self, const char *header)
{
  g_autofree char *plain = g_strstrip (g_strdup (header));
  char *name;

  if (*plain == '\0')
    name = g_strdup_printf ("Column %u", self->columns->len + 1);
  else
    name = g_strdup (plain);
  for (guint n = 2; g_hash_table_contains (self->by_header, name); n++)
    {
      g_free (name);
      name = g_strdup_printf ("%s (%u)", plain, n);
    }
  return name;
}

/* Puts column @index at the end of the chain of its field. */
static void
link_column (SpColumns *self, guint index)
{
  int *link = &self->first[COLUMN (self, index)->field];

  while (*link >= 0)
    link = &COLUMN (self, *link)->next;
  *link = (int) index;
}

/* A cell that holds whatever its writer had is still read for numbers and addresses, but not kept as it is. */
static void
leave_out (SpColumn *column)
{
  column->left_out = column->personal || column->field == SP_COLUMN_CONTACT;
  if (column->personal)
    column->field = SP_COLUMN_NONE;
}

/**
 * sp_columns_add:
 * @self: columns
 * @header: what stands above the next one
 *
 * A column added after sp_columns_settle() is used where its field has none yet.
 *
 * Returns: its index
 */
guint
sp_columns_add (SpColumns *self, const char *header)
{
  SpColumn column = { make_unique (self, header), SP_COLUMN_NONE, FALSE, FALSE, -1 };
  g_autofree char *key = g_utf8_strdown (column.header, -1);
  gpointer said = NULL;
  guint rank = 0;

  if (g_hash_table_lookup_extended (self->maps, key, NULL, &said))
    column.field = GPOINTER_TO_INT (said);
  else
    {
      column.field = sp_column_recognise (column.header, &rank);
      rank = rank == G_MAXUINT ? rank : rank + 1; /* what a person said ranks first */
    }
  column.personal = sp_column_is_personal (column.header, column.field);
  if (self->nameless)
    leave_out (&column);
  if (self->settled && self->first[column.field] >= 0 && !sp_column_field_repeats (column.field))
    column.field = SP_COLUMN_NONE;
  g_array_append_val (self->columns, column);
  g_array_append_val (self->ranks, rank);
  if (self->settled && column.field != SP_COLUMN_NONE)
    link_column (self, self->columns->len - 1);
  g_hash_table_insert (self->by_header, column.header, GUINT_TO_POINTER (self->columns->len));
  return self->columns->len - 1;
}

/**
 * sp_columns_find:
 * @self: columns
 * @header: a header as the columns have it, made unique
 *
 * Returns: the index of that column, or -1
 */
int
sp_columns_find (const SpColumns *self, const char *header)
{
  return (int) GPOINTER_TO_UINT (g_hash_table_lookup (self->by_header, header)) - 1;
}

/* Of several columns for a field that has room for one, the best spelling wins; the others stay in the original. */
static void
choose (SpColumns *self, SpColumnField field)
{
  int best = -1;

  for (guint i = 0; i < self->columns->len; i++)
    if (COLUMN (self, i)->field == field && (best < 0 || RANK (self, i) < RANK (self, best)))
      best = (int) i;
  for (guint i = 0; i < self->columns->len; i++)
    if (COLUMN (self, i)->field == field && (int) i != best)
      COLUMN (self, i)->field = SP_COLUMN_NONE;
}

/* A list of organisations, or of halls, has no other name than theirs. */
static void
promote_to_name (SpColumns *self)
{
  static const SpColumnField candidates[] = { SP_COLUMN_ORGANISATION, SP_COLUMN_VENUE };

  for (guint i = 0; i < self->columns->len; i++)
    if (COLUMN (self, i)->field == SP_COLUMN_NAME)
      return;
  for (guint c = 0; c < G_N_ELEMENTS (candidates); c++)
    for (guint i = 0; i < self->columns->len; i++)
      if (COLUMN (self, i)->field == candidates[c])
        {
          COLUMN (self, i)->field = SP_COLUMN_NAME;
          return;
        }
}

/* Whether a person said what the column is, or its header says what it is not: a fax is no telephone. */
static gboolean
is_told (SpColumns *self, const char *header)
{
  g_autofree char *key = g_utf8_strdown (header, -1);

  return g_hash_table_contains (self->maps, key) || strstr (key, "fax") != NULL;
}

/**
 * sp_columns_guess:
 * @self: all columns of a list, not settled
 * @rows: (element-type GPtrArray): some rows below the header, of cells that are not %NULL
 *
 * Columns whose header says nothing known are recognised by what stands in them, where that can be nothing else.
 */
void
sp_columns_guess (SpColumns *self, GPtrArray *rows)
{
  g_autofree SpColumnField *fields = g_new0 (SpColumnField, self->columns->len);

  if (rows->len == 0)
    return;
  for (guint i = 0; i < self->columns->len; i++)
    fields[i] = COLUMN (self, i)->field;
  sp_column_content_guess (rows, self->columns->len, fields);
  for (guint i = 0; i < self->columns->len; i++)
    if (COLUMN (self, i)->field == SP_COLUMN_NONE && !is_told (self, COLUMN (self, i)->header))
      COLUMN (self, i)->field = fields[i];
}

/**
 * sp_columns_leave_names:
 * @self: all columns of a list, not settled
 * @rule: what is to become of columns with the names of people
 *
 * What a person said of a column before does not save it.
 *
 * Returns: whether they are left out
 */
gboolean
sp_columns_leave_names (SpColumns *self, SpNamesRule rule)
{
  gboolean is_register = FALSE;

  for (guint i = 0; i < self->columns->len; i++)
    is_register = is_register || sp_column_is_of_register (COLUMN (self, i)->header);
  self->nameless = rule == SP_NAMES_LEAVE || (rule == SP_NAMES_AUTO && is_register);
  for (guint i = 0; i < self->columns->len && self->nameless; i++)
    leave_out (COLUMN (self, i));
  return self->nameless;
}

/**
 * sp_columns_settle:
 * @self: all columns of a list
 * @error: %SP_ERROR_PARSE if none of them can be the name
 *
 * Decides between columns that look alike.
 *
 * Returns: whether the list can be read
 */
gboolean
sp_columns_settle (SpColumns *self, GError **error)
{
  for (guint field = SP_COLUMN_NONE + 1; field < SP_N_COLUMN_FIELDS; field++)
    if (!sp_column_field_repeats (field))
      choose (self, field);
  promote_to_name (self);
  for (guint i = 0; i < self->columns->len; i++)
    if (COLUMN (self, i)->field != SP_COLUMN_NONE)
      link_column (self, i);
  self->settled = TRUE;
  if (self->first[SP_COLUMN_NAME] >= 0)
    return TRUE;
  g_set_error_literal (
      error, SP_ERROR, SP_ERROR_PARSE,
      _("No column was recognised as the name of an entry; say which one it is with --map \"Column=name\""));
  return FALSE;
}

/**
 * sp_columns_check_maps:
 * @self: all columns of a list
 * @error: %SP_ERROR_USAGE with the column that is not there
 *
 * Returns: whether the list has each column that a person named
 */
gboolean
sp_columns_check_maps (const SpColumns *self, GError **error)
{
  GHashTableIter iter;
  gpointer said;

  g_hash_table_iter_init (&iter, self->maps);
  while (g_hash_table_iter_next (&iter, &said, NULL))
    {
      gboolean found = FALSE;

      for (guint i = 0; i < self->columns->len && !found; i++)
        {
          g_autofree char *key = g_utf8_strdown (COLUMN (self, i)->header, -1);
          found = strcmp (key, said) == 0;
        }
      if (!found)
        {
          g_set_error (error, SP_ERROR, SP_ERROR_USAGE, _("--map: the list has no column “%s”"), (const char *) said);
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * sp_columns_get_length:
 * @self: columns
 *
 * Returns: how many there are
 */
guint sp_columns_get_length (const SpColumns *self) { return self->columns->len; }

/**
 * sp_columns_get:
 * @self: columns
 * @index: below their number
 *
 * Returns: (transfer none): the column; valid until the next sp_columns_add()
 */
const SpColumn *
sp_columns_get (const SpColumns *self, guint index)
{
  g_return_val_if_fail (index < self->columns->len, NULL);
  return COLUMN (self, index);
}

/**
 * sp_columns_first:
 * @self: settled columns
 * @field: what is looked for
 *
 * Returns: the index of the first column of that field, or -1; go on with its @next
 */
int
sp_columns_first (const SpColumns *self, SpColumnField field)
{
  return self->first[field];
}

/**
 * sp_columns_get_feed:
 * @self: columns
 * @url: (nullable): where the list was fetched
 *
 * Returns: (transfer full): what names the list, see sp_import_id_feed_from_url() and sp_import_id_feed_from_names()
 */
char *
sp_columns_get_feed (const SpColumns *self, const char *url)
{
  g_autoptr (GPtrArray) names = NULL;

  if (url != NULL)
    return sp_import_id_feed_from_url (url);
  names = g_ptr_array_new ();
  for (guint i = 0; i < self->columns->len; i++)
    g_ptr_array_add (names, COLUMN (self, i)->header);
  return sp_import_id_feed_from_names ((const char * const *) names->pdata, names->len);
}
