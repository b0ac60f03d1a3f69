/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One entry that a search found: a few lines for a person, or an object for a script. */
#include "sp-cli-entry.h"

#include "sp-cli-output.h"
#include "sp-freshness.h"
#include "sp-taxonomy.h"
#include "sp-words.h"

#include <glib/gi18n.h>
#include <math.h>

/* When it takes place, in the words of whoever keeps the entry, or else in ours. */
static char *
schedule_words (const SpNode *asset)
{
  const char *words = sp_node_get_text (asset, "schedule_words");

  return words != NULL && *words != '\0' ? g_strdup (words) : sp_words_schedules (asset);
}

/* ── For a script ── */

static void
copy_member (SpNode *object, const char *name, const SpNode *value)
{
  if (value != NULL)
    sp_node_set (object, name, sp_node_copy (value));
}

static void
set_date (SpNode *object, const char *name, gint32 day)
{
  g_autofree char *date = day != SP_CIVIL_NO_DAY ? sp_civil_format_date (day) : NULL;

  if (date != NULL)
    sp_node_set_text (object, name, date);
}

/* Each clock with the day on which it falls due; a group that nobody checked is left out. */
static SpNode *
checked_to_json (const SpNode *asset, gint32 today)
{
  SpNode *checked = sp_node_new_object ();

  for (int i = 0; i < SP_N_FACT_GROUPS; i++)
    {
      SpFreshness freshness;
      SpNode *clock;
      sp_freshness_read (NULL, asset, (SpFactGroup) i, today, &freshness);
      if (freshness.on == SP_CIVIL_NO_DAY)
        continue;
      clock = sp_node_new_object ();
      set_date (clock, "on", freshness.on);
      set_date (clock, "due", freshness.due);
      sp_node_set (checked, sp_fact_group_get_name ((SpFactGroup) i), clock);
    }
  return checked;
}

/**
 * sp_cli_entry_to_json:
 * @asset: an asset that was found, with its `_id`
 * @hit: where it is, maybe by its venue, and how far
 * @today: a day's number
 *
 * Returns: (transfer full): what `find --json` shows of it; what is not known is left out
 */
SpNode *
sp_cli_entry_to_json (const SpNode *asset, const SpHit *hit, gint32 today)
{
  g_autofree char *when = schedule_words (asset);
  SpNode *entry = sp_node_new_object ();

  sp_node_set_text (entry, "id", sp_node_get_text (asset, "_id"));
  copy_member (entry, "kind", sp_node_get (asset, "kind"));
  copy_member (entry, "name", sp_node_get (asset, "name"));
  copy_member (entry, "categories", sp_node_get (asset, "categories"));
  if (!isnan (hit->latitude))
    {
      sp_node_set (entry, "latitude", sp_node_new_number (hit->latitude));
      sp_node_set (entry, "longitude", sp_node_new_number (hit->longitude));
    }
  if (!isnan (hit->distance))
    sp_node_set (entry, "distance_m", sp_node_new_number (round (hit->distance)));
  if (sp_node_get (asset, "status") != NULL)
    copy_member (entry, "status", sp_node_get (asset, "status"));
  else
    sp_node_set_text (entry, "status", "active");
  if (when != NULL)
    sp_node_set_text (entry, "schedule_words", when);
  sp_node_set (entry, "checked", checked_to_json (asset, today));
  return entry;
}

/* ── For a person ── */

static void
add_part (GString *line, const char *words)
{
  if (words != NULL && *words != '\0')
    g_string_append_printf (line, "%s%s", line->len > 0 ? " · " : "", words);
}

static void
add_categories (GString *line, const SpNode *asset)
{
  const SpNode *codes = sp_node_get (asset, "categories");

  for (guint i = 0; sp_node_is_array (codes) && i < sp_node_get_length (codes); i++)
    {
      const char *code = sp_node_get_string (sp_node_get_element (codes, i));
      const SpCategory *category = code != NULL ? sp_taxonomy_lookup (sp_taxonomy_get_default (), code) : NULL;
      add_part (line, category != NULL ? sp_category_get_local_name (category) : code);
    }
}

static void
add_distance (GString *line, double distance)
{
  g_autofree char *words = NULL;

  if (isnan (distance))
    return;
  if (distance < 950)
    words = g_strdup_printf (_("%.0f m"), round (distance / 10) * 10);
  else
    words = g_strdup_printf (_("%.1f km"), distance / 1000);
  add_part (line, words);
}

/* What is to be said of one clock; NULL of one that was never set. */
static char *
clock_words (const SpNode *asset, SpFactGroup group, gint32 today)
{
  SpFreshness freshness;
  g_autofree char *words = NULL;

  sp_freshness_read (NULL, asset, group, today, &freshness);
  if (freshness.on == SP_CIVIL_NO_DAY)
    return NULL;
  words = sp_freshness_get_words (&freshness, today);
  return freshness.state == SP_FRESHNESS_FRESH ? g_steal_pointer (&words) : g_strdup_printf (_("%s, due again"), words);
}

/* The groups of which the same is to be said, together: “times, place checked 3 weeks ago · cost checked 2 years ago”. */
static void
add_checked (GString *line, const SpNode *asset, gint32 today)
{
  char *words[SP_N_FACT_GROUPS];

  for (int i = 0; i < SP_N_FACT_GROUPS; i++)
    words[i] = clock_words (asset, (SpFactGroup) i, today);
  for (int i = 0; i < SP_N_FACT_GROUPS; i++)
    {
      if (words[i] == NULL)
        continue;
      add_part (line, sp_fact_group_get_name ((SpFactGroup) i));
      for (int j = i + 1; j < SP_N_FACT_GROUPS; j++)
        if (g_strcmp0 (words[i], words[j]) == 0)
          {
            g_string_append_printf (line, ", %s", sp_fact_group_get_name ((SpFactGroup) j));
            g_clear_pointer (&words[j], g_free);
          }
      g_string_append_printf (line, " %s", words[i]);
      g_free (words[i]);
    }
  if (line->len == 0)
    add_part (line, _("never checked"));
}

static void
print_line (GString *line)
{
  if (line->len > 0)
    sp_cli_print ("  %s\n", line->str);
  g_string_truncate (line, 0);
}

/**
 * sp_cli_entry_print:
 * @asset: an asset that was found, with its `_id`
 * @distance: metres from the place of the search, or NAN
 * @today: a day's number
 *
 * Shows what a person needs to choose: what it is, where, when, and how sure that is.
 */
void
sp_cli_entry_print (const SpNode *asset, double distance, gint32 today)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *when = schedule_words (asset);
  const char *status = sp_node_get_text (asset, "status");
  const SpNode *address = sp_node_get (asset, "address");
  const SpNode *notice = sp_node_get (asset, "notice");

  sp_cli_print ("%s\n", sp_node_get_text (asset, "name"));
  add_part (line, sp_node_get_text (asset, "kind"));
  add_categories (line, asset);
  if (g_strcmp0 (status, "active") != 0)
    add_part (line, status);
  print_line (line);
  add_part (line, sp_node_get_text (address, "line_1"));
  add_part (line, sp_node_get_text (address, "city"));
  add_part (line, sp_node_get_text (address, "postal_code"));
  add_distance (line, distance);
  print_line (line);
  add_part (line, when);
  print_line (line);
  add_part (line, sp_node_get_text (notice, "text"));
  print_line (line);
  add_checked (line, asset, today);
  print_line (line);
  sp_cli_print ("  %s\n", sp_node_get_text (asset, "_id"));
}
