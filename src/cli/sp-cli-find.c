/* SPDX-License-Identifier: GPL-3.0-or-later */
/* signpost find: search. */
#include "sp-cli.h"

#include "sp-cli-entry.h"
#include "sp-cli-filters.h"
#include "sp-cli-output.h"
#include "sp-clock.h"
#include "sp-search.h"

#include <glib/gi18n.h>
#include <math.h>

#define SHOWN 50 /* entries shown to a person who did not say how many */
#define BATCH 500 /* entries in memory at a time */

typedef struct
{
  gboolean json;
  gint32   today;
  guint    n; /* entries so far */
} Output;

static void
print_one (Output *output, const SpNode *asset, const SpHit *hit)
{
  if (output->json)
    {
      g_autoptr (SpNode) entry = sp_cli_entry_to_json (asset, hit, output->today);
      sp_cli_print (output->n > 0 ? ",\n" : "\n");
      sp_cli_print_json (entry);
    }
  else
    {
      if (output->n > 0)
        sp_cli_print ("\n");
      sp_cli_entry_print (asset, hit->distance, output->today);
    }
  output->n++;
}

static gboolean
print_hits (SpDb *db, const SpHits *hits, Output *output, GError **error)
{
  for (guint i = 0; i < hits->hits->len; i += BATCH)
    {
      const SpHit *first = &g_array_index (hits->hits, SpHit, i);
      g_autoptr (GPtrArray) assets = sp_search_load (db, first, MIN (BATCH, hits->hits->len - i), error);

      if (assets == NULL)
        return FALSE;
      for (guint j = 0; j < assets->len; j++)
        if (sp_node_get_length (g_ptr_array_index (assets, j)) > 0) /* else it was deleted since */
          print_one (output, g_ptr_array_index (assets, j), &first[j]);
    }
  return TRUE;
}

/* How many, of what, in which order; and what to loosen when there are none. */
static void
tell_count (SpQuery *query, const SpHits *hits, guint shown)
{
  g_autofree char *what = sp_query_describe (query);

  if (shown == 0)
    sp_cli_tell (_("Nothing found: %s. Fewer words, a wider distance or fewer filters may help.\n"), what);
  else if (hits->relaxed)
    sp_cli_tell (_("Nothing has all the words; %u have some of them: %s\n"), shown, what);
  else if (shown < hits->total)
    sp_cli_tell (_("The first %u of %u%s: %s\n"), shown, hits->total, hits->exact ? "" : "+", what);
  else
    sp_cli_tell (ngettext ("%u found: %s\n", "%u found: %s\n", shown), shown, what);
}

static gboolean
find (SpCliCall *call, SpQuery *query, gboolean json, GError **error)
{
  Output output = { json, sp_clock_today (), 0 };
  g_autoptr (SpDb) db = sp_cli_open (call, SP_CLI_READ, error);
  g_autoptr (SpHits) hits = NULL;

  if (db == NULL || !sp_cli_filters_complete (query, db, call->rest, error))
    return FALSE;
  hits = sp_search_find (db, query, NULL, error);
  if (hits == NULL)
    return FALSE;
  if (json)
    sp_cli_print ("[");
  if (!print_hits (db, hits, &output, error))
    return FALSE;
  if (json)
    sp_cli_print ("\n]\n");
  else
    tell_count (query, hits, output.n);
  return TRUE;
}

/**
 * sp_cli_find:
 * @call: the call
 * @context: gets the options
 * @argv: (array zero-terminated=1): the arguments after the subcommand's name
 * @error: see #SpCliFunc
 *
 * Lists what a search finds.
 *
 * Returns: whether it was done
 */
gboolean
sp_cli_find (SpCliCall *call, GOptionContext *context, GStrv *argv, GError **error)
{
  gboolean json = FALSE;
  int limit = -1;
  const GOptionEntry entries[] = {
    { "limit", 0, 0, G_OPTION_ARG_INT, &limit, N_("at most so many (50, or all with --json)"), N_("N") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("an array for scripts"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (SpQuery) query = sp_query_new ();

  sp_cli_filters_add (context, query);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!sp_cli_parse (call, context, argv, 0, G_MAXUINT, error))
    return FALSE;
  if (limit != -1 && limit < 1)
    return sp_cli_usage (error, _("--limit: at least 1 is expected"));
  if (limit < 0)
    limit = json ? 0 : SHOWN;
  sp_query_set_limit (query, (guint) limit);
  sp_query_set_strict (query, json); /* a script cannot see that these have some of the words only */
  return find (call, query, json, error);
}
