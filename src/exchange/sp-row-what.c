/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an entry of a list is: its name, kind, categories, status, and its description, which also takes up what a list
 * says that has no member of its own: who runs it, and the words of categories that Signpost does not know. */
#include "sp-row.h"

#include "sp-cells.h"
#include "sp-disclosure.h"
#include "sp-title-case.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_CATEGORIES 8

typedef struct
{
  const char *words; /* lower case, a bar between */
  const char *value;
} Choice;

static const char *
choose (const Choice *choices, guint n, const char *text)
{
  g_autofree char *plain = g_utf8_strdown (text, -1);

  for (guint i = 0; i < n; i++)
    {
      g_auto (GStrv) words = g_strsplit (choices[i].words, "|", -1);
      if (g_strv_contains ((const char * const *) words, plain))
        return choices[i].value;
    }
  return NULL;
}

/* What a list does not say is a service, unless it describes a building. */
static void
add_kind (SpRow *row)
{
  static const Choice kinds[] = {
    { "place|venue|building|hall|location|premises|facility|space", "place" },
    { "service|activity|project|programme|support service", "service" },
    { "group|club|community group|voluntary group|society|association", "group" },
  };
  static const SpColumnField of_buildings[] = { SP_COLUMN_CAPACITY, SP_COLUMN_FLOOR_AREA, SP_COLUMN_KITCHEN,
                                                SP_COLUMN_HEATING, SP_COLUMN_GENERATOR };
  const char *text = sp_row_get (row, SP_COLUMN_KIND);
  const char *kind = text != NULL ? choose (kinds, G_N_ELEMENTS (kinds), text) : NULL;

  for (guint i = 0; kind == NULL && i < G_N_ELEMENTS (of_buildings); i++)
    if (sp_row_get (row, of_buildings[i]) != NULL)
      kind = "place";
  sp_node_set (row->body, "kind", sp_node_new_string (kind != NULL ? kind : "service"));
}

static void
add_status (SpRow *row)
{
  static const Choice statuses[] = {
    { "active|open|live|current|running|operational|yes", "active" },
    { "temporarily closed|temporarily_closed|closed temporarily|paused|suspended|on hold", "temporarily closed" },
    { "inactive|dormant|not running", "inactive" },
    { "defunct|closed|permanently closed|ended|ceased|no longer running", "defunct" },
  };
  int column = sp_row_next (row, SP_COLUMN_STATUS, -1);
  const char *text = sp_row_get (row, SP_COLUMN_CLOSED), *status;
  gboolean closed = FALSE;

  if (text != NULL && sp_cell_boolean (text, &closed))
    sp_node_set (row->body, "status", sp_node_new_string (closed ? "temporarily closed" : "active"));
  if (column < 0)
    return;
  status = choose (statuses, G_N_ELEMENTS (statuses), row->clean[column]);
  if (status != NULL && !(closed && strcmp (status, "active") == 0))
    sp_node_set (row->body, "status", sp_node_new_string (status));
  else if (status == NULL)
    sp_row_problem (row, column, _("“%s” is not a status that Signpost knows"), row->clean[column]);
}

static char *
read_day (const SpRow *row, SpColumnField field)
{
  int column = sp_row_next (row, field, -1);
  char *day = column >= 0 ? sp_cell_date (row->clean[column]) : NULL;

  if (column >= 0 && day == NULL)
    sp_row_problem (row, column, _("“%s” is not a date"), row->clean[column]);
  return day;
}

/* Whether the list does not publish it. The day on which it did is no answer; of any other that is none, somebody is told. */
static gboolean
is_hidden (const SpRow *row)
{
  gboolean value, hidden = FALSE;

  for (int i = -1; (i = sp_row_next (row, SP_COLUMN_VISIBLE, i)) >= 0;)
    {
      gboolean is_boolean = sp_cell_boolean (row->clean[i], &value);
      g_autofree char *day = is_boolean ? NULL : sp_cell_date (row->clean[i]);

      hidden = hidden || (is_boolean && !value);
      if (!is_boolean && day == NULL)
        sp_row_problem (row, i, _("“%s” is neither yes nor no"), row->clean[i]);
    }
  return hidden;
}

/* When it is in public lists; what a list does not publish, or not yet, is in none. */
static void
add_visible (SpRow *row)
{
  g_autofree char *from = read_day (row, SP_COLUMN_VISIBLE_FROM), *until = read_day (row, SP_COLUMN_VISIBLE_UNTIL);
  SpNode *visible = sp_node_new_object ();
  gboolean hidden = is_hidden (row);

  sp_node_set_text (visible, "from", hidden ? NULL : from);
  sp_node_set_text (visible, "until", hidden ? SP_DISCLOSURE_NEVER : until);
  sp_row_set_part (row->body, "visible", visible);
}

static void
add_category (SpNode *categories, const char *code)
{
  for (guint i = 0; i < sp_node_get_length (categories); i++)
    if (strcmp (sp_node_get_string (sp_node_get_element (categories, i)), code) == 0)
      return;
  if (sp_node_get_length (categories) < MAX_CATEGORIES)
    sp_node_append (categories, sp_node_new_string (code));
}

/* A cell is one category, or several with something between; what means nothing goes to @unknown. */
static void
read_categories (const SpRow *row, const char *cell, SpNode *categories, GString *unknown)
{
  const char *code = sp_taxonomy_find (row->taxonomy, cell);
  g_auto (GStrv) words = NULL;

  if (code != NULL)
    {
      add_category (categories, code);
      return;
    }
  words = g_strsplit_set (cell, ";,|/>\n", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      const char *word = g_strstrip (words[i]);
      if (*word == '\0')
        continue;
      code = sp_taxonomy_find (row->taxonomy, word);
      if (code != NULL)
        add_category (categories, code);
      else
        g_string_append_printf (unknown, "%s%s", unknown->len > 0 ? ", " : "", word);
    }
}

static void
add_paragraph (GString *description, const char *before, const char *text, const char *after)
{
  g_string_append_printf (description, "%s%s%s%s", description->len > 0 ? "\n\n" : "", before, text, after);
}

/* "Facebook: https://…" */
static void
add_link (const SpRow *row, GString *description)
{
  const char *link = sp_row_get (row, SP_COLUMN_LINK), *label = sp_row_get (row, SP_COLUMN_LINK_LABEL);
  g_autofree char *before = label != NULL ? g_strdup_printf ("%s: ", label) : g_strdup ("");

  if (link != NULL)
    add_paragraph (description, before, link, "");
}

/**
 * sp_row_add_description:
 * @row: a row
 *
 * Adds categories and description.
 */
void
sp_row_add_description (SpRow *row)
{
  g_autoptr (SpNode) categories = sp_node_new_array ();
  g_autoptr (GString) unknown = g_string_new (NULL);
  g_autoptr (GString) description = g_string_new (NULL);
  g_autofree char *text = sp_row_join (row, SP_COLUMN_DESCRIPTION, "\n\n");
  const char *organisation = sp_row_get (row, SP_COLUMN_ORGANISATION);

  for (int i = -1; (i = sp_row_next (row, SP_COLUMN_CATEGORIES, i)) >= 0;)
    read_categories (row, row->clean[i], categories, unknown);
  if (row->category != NULL)
    add_category (categories, row->category);
  if (text != NULL)
    add_paragraph (description, "", text, "");
  if (organisation != NULL && g_strcmp0 (organisation, sp_row_get (row, SP_COLUMN_NAME)) != 0)
    add_paragraph (description, "Run by ", organisation, g_str_has_suffix (organisation, ".") ? "" : ".");
  if (unknown->len > 0)
    add_paragraph (description, "Listed under: ", unknown->str, ".");
  add_link (row, description);
  sp_node_set_text (row->body, "description", description->str);
  if (sp_node_get_length (categories) > 0)
    sp_node_set (row->body, "categories", g_steal_pointer (&categories));
}

/**
 * sp_row_add_what:
 * @self: a row that has a name
 *
 * Adds name, kind, summary, description, categories, status, and when it is in public lists.
 */
void
sp_row_add_what (SpRow *self)
{
  g_autofree char *name = g_strdup (sp_row_get (self, SP_COLUMN_NAME)), *written = NULL;

  g_strdelimit (name, "\n", ' ');
  self->record->in_capitals = sp_title_case_is_capitals (name);
  if (self->record->in_capitals && self->title_case)
    written = sp_title_case_write (name);
  add_kind (self);
  sp_node_set (self->body, "name", sp_node_new_string (written != NULL ? written : name));
  sp_node_set_text (self->body, "alternate_name", sp_row_get (self, SP_COLUMN_ALTERNATE_NAME));
  sp_node_set_text (self->body, "summary", sp_row_get (self, SP_COLUMN_SUMMARY));
  sp_row_add_description (self);
  add_status (self);
  add_visible (self);
}
