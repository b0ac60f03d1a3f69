/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The filters of a search as options, for every subcommand that works on what a search finds. */
#include "sp-cli-filters.h"

#include "sp-areas.h"
#include "sp-cli-output.h"
#include "sp-gazetteer.h"
#include "sp-search.h"

#include <glib/gi18n.h>
#include <string.h>

static gboolean
filter_cb (const char *option, const char *value, gpointer query, GError **error)
{
  GError *reason = NULL;

  if (value != NULL && !g_utf8_validate (value, -1, NULL))
    {
      g_set_error (error, SP_ERROR, SP_ERROR_USAGE, _("%s: its value is not UTF-8"), option);
      return FALSE;
    }
  if (sp_query_set_filter (query, option + strspn (option, "-"), value, &reason))
    return TRUE;
  g_set_error_literal (error, SP_ERROR, SP_ERROR_USAGE, reason->message);
  g_error_free (reason);
  return FALSE;
}

#define FILTER(name, description, value) \
  { name, 0, G_OPTION_FLAG_FILENAME, G_OPTION_ARG_CALLBACK, filter_cb, description, value }
#define FLAG(name, description) \
  { name, 0, G_OPTION_FLAG_NO_ARG, G_OPTION_ARG_CALLBACK, filter_cb, description, NULL }

static const GOptionEntry entries[] = {
  FILTER ("near", N_("a postcode, a place, or LATITUDE,LONGITUDE"), N_("PLACE")),
  FILTER ("within", N_("how far from there: 3km, 2mi, 500m"), N_("DISTANCE")),
  FILTER ("box", N_("between two corners of the map: SOUTH,WEST,NORTH,EAST in degrees"), N_("CORNERS")),
  FILTER ("area", N_("inside an area that was imported"), N_("NAME")),
  FILTER ("category", N_("of a category"), N_("CATEGORY")),
  FILTER ("need", N_("answers a need, in everyday words"), N_("WORDS")),
  FILTER ("kind", N_("place, service or group"), N_("KIND")),
  FILTER ("day", N_("open on a day: tue"), N_("DAY")),
  FILTER ("time", N_("open at a time: 14:00"), N_("TIME")),
  FLAG ("free", N_("costs nothing")),
  FILTER ("cost-at-most", N_("costs at most so many pounds"), N_("POUNDS")),
  FILTER ("access", N_("accessible: wheelchair, hearing-loop …"), N_("TAG")),
  FILTER ("language", N_("in a language: cy"), N_("LANGUAGE")),
  FILTER ("age", N_("for somebody of this age"), N_("YEARS")),
  FILTER ("crisis", N_("has a role in a crisis: “rest centre” …"), N_("ROLE")),
  FILTER ("capacity", N_("holds at least so many people"), N_("PEOPLE")),
  FLAG ("volunteers", N_("wants volunteers")),
  FLAG ("available", N_("has places, as far as is known")),
  FLAG ("stale", N_("has facts that are due to be checked")),
  FLAG ("unplaced", N_("is not on the map yet")),
  FLAG ("hidden", N_("is outside its dates for showing, and found in no other way")),
  FILTER ("status", N_("active, “temporarily closed”, inactive or defunct"), N_("STATUS")),
  G_OPTION_ENTRY_NULL
};

/**
 * sp_cli_filters_add:
 * @context: of a subcommand, without options yet
 * @query: gets what the options say; must outlive the parsing
 *
 * Adds the filters to a subcommand's options. Errors are %SP_ERROR_USAGE.
 */
void
sp_cli_filters_add (GOptionContext *context, SpQuery *query)
{
  GOptionGroup *group = g_option_group_new ("filters", NULL, NULL, query, NULL);

  g_option_group_add_entries (group, entries);
  g_option_group_set_translation_domain (group, GETTEXT_PACKAGE);
  g_option_context_set_main_group (context, group);
}

/* Where --near is. The error for several places of one name lists them, so that the next call can say which. */
static gboolean
complete_near (SpQuery *query, SpDb *db, GError **error)
{
  const SpFilters *filters = sp_query_get_filters (query);
  g_autoptr (SpSpot) spot = NULL;

  if (filters->near == NULL || filters->placed)
    return TRUE;
  spot = sp_gazetteer_resolve (db, filters->near, NULL, error);
  if (spot == NULL)
    {
      if (error != NULL && g_error_matches (*error, SP_ERROR, SP_ERROR_PARSE)) /* degrees that are none */
        (*error)->code = SP_ERROR_USAGE;
      g_prefix_error (error, "--near: ");
      return FALSE;
    }
  if (spot->approximate)
    sp_cli_tell (_("The position of %s is not known; it is taken from its neighbours.\n"), spot->name);
  sp_query_set_near (query, spot->name, spot->latitude, spot->longitude);
  return TRUE;
}

static gboolean
complete_area (SpQuery *query, SpDb *db, GError **error)
{
  const SpFilters *filters = sp_query_get_filters (query);
  g_autoptr (SpArea) area = NULL;

  if (filters->area == NULL)
    return TRUE;
  area = sp_areas_find (db, filters->area, NULL, error);
  if (area == NULL)
    {
      g_prefix_error (error, "--area: ");
      return FALSE;
    }
  sp_query_set_area (query, area->id, area->name);
  return TRUE;
}

static gboolean
check_categories (SpQuery *query, SpDb *db, GError **error)
{
  const SpFilters *filters = sp_query_get_filters (query);

  for (guint i = 0; i < filters->categories->len; i++)
    if (!sp_search_check_category (db, g_ptr_array_index (filters->categories, i), error))
      {
        g_prefix_error (error, "--category: ");
        return FALSE;
      }
  return TRUE;
}

/**
 * sp_cli_filters_complete:
 * @query: with the filters as they were given
 * @db: a connection
 * @words: (array zero-terminated=1): what to look for
 * @error: %SP_ERROR_AMBIGUOUS with the candidates, %SP_ERROR_NOT_FOUND, %SP_ERROR_USAGE
 *
 * Completes a query by what only the store can tell: where a place is, which area a name means, whether there is such a
 * category.
 *
 * Returns: whether it can be searched for
 */
gboolean
sp_cli_filters_complete (SpQuery *query, SpDb *db, char **words, GError **error)
{
  const SpFilters *filters = sp_query_get_filters (query);
  g_autofree char *text = g_strjoinv (" ", words);

  if (filters->within > 0 && filters->near == NULL)
    {
      g_set_error_literal (error, SP_ERROR, SP_ERROR_USAGE, _("--within: how far from where? --near says it"));
      return FALSE;
    }
  if (*text != '\0')
    sp_query_set_words (query, text);
  return check_categories (query, db, error) && complete_near (query, db, error) && complete_area (query, db, error);
}
