/* SPDX-License-Identifier: GPL-3.0-or-later */
/* signpost export: what a search finds, as a file for others. */
#include "sp-cli.h"

#include "sp-area-cache.h"
#include "sp-cli-filters.h"
#include "sp-cli-output.h"
#include "sp-clock.h"
#include "sp-link-cache.h"
#include "sp-search.h"
#include "sp-writer.h"

#include <gio/gunixoutputstream.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#define BATCH 500 /* entries in memory at a time */

typedef struct
{
  char *format; /* owned */
  char *mode;   /* owned, nullable: full */
  char *output; /* owned, nullable: standard output */
} Export;

static void
clear_export (Export *self)
{
  g_free (self->format);
  g_free (self->mode);
  g_free (self->output);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Export, clear_export)

static gboolean
check_options (const Export *self, GError **error)
{
  const char * const *formats = sp_writer_get_formats ();
  g_autofree char *known = g_strjoinv (", ", (char **) formats);

  if (self->format == NULL)
    return sp_cli_usage (error, _("--format says what to write: %s"), known);
  if (!g_strv_contains (formats, self->format))
    return sp_cli_usage (error, _("--format: “%s” is not one of %s"), self->format, known);
  if (self->mode != NULL && strcmp (self->mode, "full") != 0 && strcmp (self->mode, "public") != 0)
    return sp_cli_usage (error, _("--mode: “%s” is neither full nor public"), self->mode);
  if (self->output == NULL && strcmp (self->format, "xlsx") == 0 && isatty (STDOUT_FILENO))
    return sp_cli_usage (error, _("--output: a spreadsheet is not for a terminal; give the name of a file"));
  return TRUE;
}

static SpWriter *
open_writer (const Export *self, SpDisclosure *disclosure, GError **error)
{
  g_autoptr (GOutputStream) out = NULL;
  g_autoptr (GFile) file = NULL;

  if (self->output != NULL)
    {
      file = g_file_new_for_commandline_arg (self->output);
      return sp_writer_open (file, self->format, disclosure, error);
    }
  out = g_unix_output_stream_new (STDOUT_FILENO, FALSE);
  return sp_writer_new (out, self->format, disclosure, error);
}

/* @areas: (nullable): in which they may be, for a writer that tells it */
static gboolean
write_asset (SpDb *db, SpLinkCache *links, SpAreaCache *areas, const SpNode *asset, SpWriter *writer, GError **error)
{
  const SpNode *venue, *organisation = NULL;
  const char *area = NULL;
  SpCalendar calendar;

  if (!sp_writer_wants_links (writer) && areas == NULL)
    return sp_writer_add (writer, asset, error);
  if (!sp_link_cache_read (links, db, asset, &venue, &calendar, error)
      || (sp_writer_wants_links (writer) && !sp_link_cache_read_organisation (links, db, asset, &organisation, error))
      || (areas != NULL && !sp_area_cache_find (areas, db, asset, venue, &area, error)))
    return FALSE;
  sp_writer_set_organisation (writer, organisation);
  sp_writer_set_area (writer, areas != NULL && area == NULL ? "" : area);
  return sp_writer_add_linked (writer, asset, venue, &calendar, error);
}

static gboolean
write_hits (SpDb *db, const SpHits *hits, SpWriter *writer, GError **error)
{
  g_autoptr (SpLinkCache) links = sp_link_cache_new (SP_NATION_ENGLAND_AND_WALES, NULL);
  g_autoptr (GError) problem = NULL;
  g_autoptr (SpAreaCache) areas = sp_writer_wants_area (writer) ? sp_area_cache_new_usual (db, &problem) : NULL;

  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  for (guint i = 0; i < hits->hits->len; i += BATCH)
    {
      const SpHit *first = &g_array_index (hits->hits, SpHit, i);
      g_autoptr (GPtrArray) assets = sp_search_load (db, first, MIN (BATCH, hits->hits->len - i), error);

      if (assets == NULL)
        return FALSE;
      for (guint j = 0; j < assets->len; j++)
        if (sp_node_get_length (g_ptr_array_index (assets, j)) > 0 /* else it was deleted since */
            && !write_asset (db, links, areas, g_ptr_array_index (assets, j), writer, error))
          return FALSE;
      sp_cli_progress (_("%u of %u written"), i, hits->hits->len);
    }
  sp_db_shrink (db);
  return sp_writer_finish (writer, error);
}

static gboolean
export (const Export *self, SpDb *db, SpQuery *query, GError **error)
{
  gboolean is_public = g_strcmp0 (self->mode, "public") == 0;
  g_autofree char *today = sp_clock_today_text (), *words = sp_query_describe (query);
  g_autoptr (SpHits) hits = sp_search_find (db, query, NULL, error);
  g_autoptr (SpWriter) writer = NULL;
  g_autofree char *withheld = NULL;
  SpDisclosure disclosure;

  sp_disclosure_init (&disclosure, today);
  disclosure.leave_overdue = !sp_query_get_filters (query)->stale; /* unless they were asked for */
  if (hits == NULL || (writer = open_writer (self, is_public ? &disclosure : NULL, error)) == NULL)
    return FALSE;
  sp_writer_set_filtered (writer, words);
  if (!write_hits (db, hits, writer, error))
    return FALSE;
  sp_cli_tell (ngettext ("%u entry written\n", "%u entries written\n", sp_writer_get_count (writer)),
               sp_writer_get_count (writer));
  withheld = sp_writer_describe (writer);
  if (withheld != NULL)
    sp_cli_tell ("%s\n", withheld);
  return TRUE;
}

/* What is nearest or fits best comes first; what is neither goes by its name, so that the same entries make the same file. */
static void
choose_order (SpQuery *query)
{
  const SpFilters *filters = sp_query_get_filters (query);

  if (filters->near == NULL && (filters->words == NULL || *filters->words == '\0'))
    sp_query_set_order (query, SP_ORDER_NAME);
}

/**
 * sp_cli_export:
 * @call: the call
 * @context: gets the options
 * @argv: (array zero-terminated=1): the arguments after the subcommand's name
 * @error: see #SpCliFunc
 *
 * Writes what a search finds to a file.
 *
 * Returns: whether it was done
 */
gboolean
sp_cli_export (SpCliCall *call, GOptionContext *context, GStrv *argv, GError **error)
{
  g_auto (Export) self = { NULL };
  const GOptionEntry entries[] = {
    { "format", 0, 0, G_OPTION_ARG_FILENAME, &self.format, N_("csv, xlsx, geojson, kml, oruk, ics, vcard or html"), N_("FORMAT") },
    { "mode", 0, 0, G_OPTION_ARG_FILENAME, &self.mode, N_("full, or what the public may have"), N_("full|public") },
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &self.output, N_("where to write, if not to standard output"), N_("FILE") },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (SpQuery) query = sp_query_new ();
  g_autoptr (SpDb) db = NULL;

  sp_query_set_strict (query, TRUE);
  sp_cli_filters_add (context, query);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!sp_cli_parse (call, context, argv, 0, G_MAXUINT, error) || !check_options (&self, error))
    return FALSE;
  db = sp_cli_open (call, SP_CLI_READ, error);
  if (db == NULL || !sp_cli_filters_complete (query, db, call->rest, error))
    return FALSE;
  choose_order (query);
  return export (&self, db, query, error);
}
