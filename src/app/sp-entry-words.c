/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in an entry and what changed in it, in words for a person: for its history, and where two people changed the
 * same. */
#include "sp-entry-words.h"

#include "sp-disclosure.h"
#include "sp-field.h"
#include "sp-form-words.h"
#include "sp-taxonomy.h"
#include "sp-typed.h"
#include "sp-words.h"

#include <glib/gi18n.h>
#include <string.h>

#define LONGEST 160 /* characters of one value */

/**
 * sp_entry_words_label:
 * @path: a member, a part of one, or an item of a list
 *
 * Returns: (transfer full): what a person calls it, such as "Web address"
 */
char *
sp_entry_words_label (const char *path)
{
  const SpField *field = sp_field_find (path);
  g_auto (GStrv) steps = g_strsplit (path, ".", 2);

  if (field == NULL)
    field = sp_field_find (steps[0]);
  return field != NULL ? sp_words_capitalise (_(field->label)) : g_strdup (path);
}

static char *
shorten (const char *text)
{
  g_autofree char *line = g_strdelimit (g_strdup (text), "\n\r\t", ' ');
  g_autofree char *start = NULL;

  if (g_utf8_strlen (line, -1) <= LONGEST)
    return g_steal_pointer (&line);
  start = g_utf8_substring (line, 0, LONGEST);
  return g_strconcat (start, "…", NULL);
}

static char *
say_string (const char *path, const SpField *field, const SpNode *value)
{
  const char *text = sp_node_get_string (value);
  const SpCategory *category = g_str_has_prefix (path, "categories") ? sp_taxonomy_lookup (sp_taxonomy_get_default (), text) : NULL;

  if (category != NULL)
    return g_strdup (sp_category_get_local_name (category));
  if (field != NULL && field->type == SP_FIELD_REFERENCE)
    return g_strdup (_("another entry")); /* its name is in another document */
  if (field != NULL && field->type == SP_FIELD_REFERENCES)
    return g_strdup (_("an area"));
  if (g_str_equal (path, "visible.until") && g_str_equal (text, SP_DISCLOSURE_NEVER))
    return g_strdup (_("Not in public lists"));
  if (field != NULL && field->type == SP_FIELD_DATE)
    return sp_typed_show (field, value);
  return g_strdup (sp_form_words_label (path, text));
}

static char *say (const char *path, const SpNode *value);

/* Parts that a person would not miss. */
static gboolean
is_machinery (const char *name)
{
  static const char *const names[] = { "id", "original", "hand_corrected", "row", "of", NULL };

  return g_strv_contains (names, name);
}

static char *
say_object (const char *path, const SpNode *object)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < sp_node_get_length (object); i++)
    {
      const char *name = sp_node_get_name (object, i);
      g_autofree char *below = g_strconcat (path, ".", name, NULL);
      g_autofree char *words = is_machinery (name) ? NULL : say (below, sp_node_get_element (object, i));
      if (words != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", words);
    }
  return text->len > 0 ? g_strdup (text->str) : NULL;
}

static char *
say_array (const char *path, const SpField *field, const SpNode *array)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean items = field != NULL && field->type == SP_FIELD_LIST;
  g_autofree char *below = items ? g_strconcat (path, ".*", NULL) : g_strdup (path);

  for (guint i = 0; i < sp_node_get_length (array); i++)
    {
      g_autofree char *words = say (below, sp_node_get_element (array, i));
      if (words != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? (items ? "; " : ", ") : "", words);
    }
  return text->len > 0 ? g_strdup (text->str) : NULL;
}

static char *
say_schedules (const SpNode *value)
{
  g_autoptr (SpNode) body = sp_node_new_object ();

  sp_node_set (body, "schedules", sp_node_ref ((SpNode *) value));
  return sp_words_schedules (body);
}

static char *
say (const char *path, const SpNode *value)
{
  const SpField *field = sp_field_find (path);

  switch (sp_node_get_kind (value))
    {
    case SP_JSON_STRING:
      return say_string (path, field, value);
    case SP_JSON_TRUE:
      return g_strdup (_("yes"));
    case SP_JSON_FALSE:
      return g_strdup (_("no"));
    case SP_JSON_OBJECT:
      return say_object (path, value);
    case SP_JSON_ARRAY:
      return strcmp (path, "schedules") == 0 ? say_schedules (value) : say_array (path, field, value);
    case SP_JSON_NULL:
      return NULL;
    default:
      return g_strdup (sp_node_get_lexeme (value));
    }
}

/**
 * sp_entry_words_value:
 * @path: a member, a part of one, or an item of a list
 * @value: (nullable): what stands there
 *
 * Returns: (transfer full): that in words, shortened; "nothing" if nothing does
 */
char *
sp_entry_words_value (const char *path, const SpNode *value)
{
  g_autofree char *words = value != NULL ? say (path, value) : NULL;

  return words != NULL ? shorten (words) : g_strdup (_("nothing"));
}

/* The same without the words that pass over details. */
static char *
say_details (const char *path, const SpNode *value)
{
  const char *text = sp_node_get_string (value);

  if (text != NULL)
    return g_strdup (text);
  return sp_node_is_array (value) ? say_array (path, sp_field_find (path), value) : say (path, value);
}

/**
 * sp_entry_words_whole:
 * @path: a member, a part of one, or an item of a list
 * @value: (nullable): what stands there
 * @other: (nullable): what it is set against
 *
 * Returns: (transfer full): @value in words, not shortened, and so that it differs from @other; %NULL if nothing stands there
 */
char *
sp_entry_words_whole (const char *path, const SpNode *value, const SpNode *other)
{
  g_autofree char *words = value != NULL ? say (path, value) : NULL;
  g_autofree char *others = other != NULL ? say (path, other) : NULL;

  if (words != NULL && g_strcmp0 (words, others) == 0)
    return say_details (path, value);
  return g_steal_pointer (&words);
}

/**
 * sp_entry_words_instant:
 * @on: (nullable): when, as documents hold it
 *
 * Returns: (transfer full): in local time, such as "22 November 2026, 14:05"; what is no instant as it stands
 */
char *
sp_entry_words_instant (const char *on)
{
  g_autoptr (GDateTime) instant = on != NULL ? g_date_time_new_from_iso8601 (on, NULL) : NULL;
  g_autoptr (GDateTime) local = instant != NULL ? g_date_time_to_local (instant) : NULL;
  g_autofree char *date = NULL;

  if (local == NULL)
    return g_strdup (on != NULL ? on : _("some time ago"));
  date = sp_words_date (sp_civil_day (g_date_time_get_year (local), g_date_time_get_month (local), g_date_time_get_day_of_month (local)));
  return g_strdup_printf ("%s, %02d:%02d", date, g_date_time_get_hour (local), g_date_time_get_minute (local));
}

/**
 * sp_entry_words_signature:
 * @by: (nullable): who
 * @on: (nullable): when, as documents hold it
 *
 * Returns: (transfer full): such as "ann · 22 November 2026, 14:05"
 */
char *
sp_entry_words_signature (const char *by, const char *on)
{
  g_autofree char *when = sp_entry_words_instant (on);

  /* Translators: who, and date and time */
  return by != NULL ? g_strdup_printf (_("%s · %s"), by, when) : g_steal_pointer (&when);
}

/**
 * sp_entry_words_change:
 * @member: a top member
 * @before: (nullable): what stood there; %NULL and JSON null for nothing
 * @after: (nullable): what stands there since, likewise
 *
 * Returns: (transfer full): such as "Web address: “https://example.org” instead of nothing"
 */
char *
sp_entry_words_change (const char *member, const SpNode *before, const SpNode *after)
{
  g_autofree char *label = sp_entry_words_label (member);
  g_autofree char *old = sp_entry_words_value (member, before);
  g_autofree char *new = sp_entry_words_value (member, after);
  gboolean had = before != NULL && sp_node_get_kind (before) != SP_JSON_NULL;
  gboolean has = after != NULL && sp_node_get_kind (after) != SP_JSON_NULL;

  if (had && has && strcmp (old, new) == 0) /* Translators: a part of an entry, changed where a summary does not show it */
    return g_strdup_printf (_("%s: details"), label);
  if (had && has) /* Translators: a part of an entry, what it says now, what it said before */
    return g_strdup_printf (_("%s: “%s” instead of “%s”"), label, new, old);
  if (has) /* Translators: a part of an entry, what it says now */
    return g_strdup_printf (_("%s: “%s” added"), label, new);
  /* Translators: a part of an entry, what it said before */
  return g_strdup_printf (_("%s: “%s” removed"), label, old);
}
