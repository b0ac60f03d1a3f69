/* SPDX-License-Identifier: GPL-3.0-or-later */
/* signpost report: what a search finds, or given entries, as pages to print. */
#include "sp-cli.h"

#include "sp-cli-document.h"
#include "sp-cli-filters.h"
#include "sp-cli-output.h"
#include "sp-clock.h"
#include "sp-gazetteer.h"
#include "sp-links.h"
#include "sp-report.h"
#include "sp-search.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define BATCH 500 /* entries in memory at a time, beside the report's */

typedef struct
{
  char      *kind;   /* owned, nullable */
  char      *mode;   /* owned, nullable: public */
  char      *output; /* owned, nullable */
  gboolean   large;
  SpDb      *db;
  SpReport  *report;
  GHashTable *venues; /* document id to SpNode, owned; what is not there is NULL */
} Report;

static void
clear_report (Report *self)
{
  g_free (self->kind);
  g_free (self->mode);
  g_free (self->output);
  g_clear_pointer (&self->db, sp_db_close);
  g_clear_pointer (&self->report, sp_report_free);
  g_clear_pointer (&self->venues, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Report, clear_report)

static gboolean
is_sheet (const Report *self)
{
  return g_strcmp0 (self->kind, "signposting") == 0;
}

/* --kind says which pages, and is a filter too: “--kind list --kind group”. What names pages is taken out of the
 * arguments; the filters get the rest. */
static void
take_kind (Report *self, GStrv argv)
{
  for (char **from = argv, **to = argv;;)
    {
      gboolean apart = *from != NULL && strcmp (*from, "--kind") == 0 && from[1] != NULL;
      const char *value = apart ? from[1] : *from != NULL && g_str_has_prefix (*from, "--kind=") ? *from + 7 : NULL;

      if (value != NULL && (strcmp (value, "list") == 0 || strcmp (value, "signposting") == 0))
        {
          g_free (self->kind);
          self->kind = g_strdup (value);
          g_free (*from++);
          if (apart)
            g_free (*from++);
        }
      else if ((*to++ = *from++) == NULL)
        return;
    }
}

static gboolean
check_kind (const Report *self, const char * const *ids, GError **error)
{
  guint n = g_strv_length ((char **) ids);

  if (self->kind == NULL)
    return sp_cli_usage (error, _("--kind says what to write: list or signposting"));
  if (is_sheet (self) && n == 0)
    return sp_cli_usage (error, _("A signposting sheet is about certain entries: ID… is wanted"));
  if (is_sheet (self) && n > SP_REPORT_SHEET_MAX)
    return sp_cli_usage (error, _("A signposting sheet has room for %d entries; these are %u"), SP_REPORT_SHEET_MAX, n);
  return TRUE;
}

static gboolean
check_options (const Report *self, const char * const *ids, GError **error)
{
  if (!check_kind (self, ids, error))
    return FALSE;
  if (self->mode != NULL && strcmp (self->mode, "full") != 0 && strcmp (self->mode, "public") != 0)
    return sp_cli_usage (error, _("--mode: “%s” is neither full nor public"), self->mode);
  if (self->output == NULL)
    return sp_cli_usage (error, _("--output says where to write"));
  if (strcmp (self->output, "-") == 0 && isatty (STDOUT_FILENO))
    return sp_cli_usage (error, _("--output: a PDF is not for a terminal; give the name of a file"));
  return TRUE;
}

static void
add_position (double latitude, double longitude, gpointer positions)
{
  SpMapPosition position = { (float) latitude, (float) longitude };

  g_array_append_val ((GArray *) positions, position);
}

static SpMapDots *
read_dots (SpDb *db, GError **error)
{
  g_autoptr (GArray) positions = g_array_new (FALSE, FALSE, sizeof (SpMapPosition));

  if (!sp_gazetteer_foreach_postcode (db, add_position, positions, NULL, error))
    return NULL;
  return sp_map_dots_new ((const SpMapPosition *) (gpointer) positions->data, positions->len);
}

static void
unref_node (gpointer node)
{
  if (node != NULL)
    sp_node_unref (node);
}

/* The place it is held in; one that is not in this store is none. */
static const SpNode *
read_venue (Report *self, const SpNode *asset)
{
  const char *id = sp_node_get_text (asset, "venue");
  gpointer venue = NULL;

  if (id == NULL)
    return NULL;
  if (!g_hash_table_lookup_extended (self->venues, id, NULL, &venue))
    {
      venue = sp_cli_document_read (self->db, id, NULL);
      g_hash_table_insert (self->venues, g_strdup (id), venue);
    }
  return venue;
}

static gboolean
add_asset (Report *self, const SpNode *asset, GError **error)
{
  SpCalendar calendar;

  if (!sp_links_read_calendar (self->db, asset, SP_NATION_ENGLAND_AND_WALES, NULL, &calendar, error))
    return FALSE;
  sp_report_add (self->report, asset, read_venue (self, asset), &calendar);
  return TRUE;
}

static gboolean
add_ids (Report *self, const char * const *ids, GError **error)
{
  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autoptr (SpNode) asset = sp_cli_document_read (self->db, ids[i], error);
      if (asset == NULL || !add_asset (self, asset, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_hits (Report *self, SpQuery *query, GError **error)
{
  g_autoptr (SpHits) hits = sp_search_find (self->db, query, NULL, error);

  for (guint i = 0; hits != NULL && i < hits->hits->len; i += BATCH)
    {
      const SpHit *first = &g_array_index (hits->hits, SpHit, i);
      g_autoptr (GPtrArray) assets = sp_search_load (self->db, first, MIN (BATCH, hits->hits->len - i), error);

      if (assets == NULL)
        return FALSE;
      for (guint j = 0; j < assets->len; j++)
        if (sp_node_get_length (g_ptr_array_index (assets, j)) > 0 /* else it was deleted since */
            && !add_asset (self, g_ptr_array_index (assets, j), error))
          return FALSE;
      sp_cli_progress (_("%u of %u read"), i, hits->hits->len);
    }
  return hits != NULL;
}

static gboolean
write_pages (Report *self, GError **error)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GBytes) pdf = NULL;
  gsize length;
  const char *bytes;

  if (strcmp (self->output, "-") != 0)
    {
      file = g_file_new_for_commandline_arg (self->output);
      return sp_report_write (self->report, file, NULL, error);
    }
  pdf = sp_report_render (self->report, error);
  if (pdf == NULL)
    return FALSE;
  bytes = g_bytes_get_data (pdf, &length);
  return fwrite (bytes, 1, length, stdout) == length; /* sp_cli_run() says so if it was not */
}

static gboolean
report (Report *self, SpQuery *query, const char * const *ids, GError **error)
{
  g_autofree char *described = sp_query_describe (query), *withheld = NULL;
  g_autoptr (SpMapDots) dots = read_dots (self->db, error);
  SpReportOptions options = {
    .kind = is_sheet (self) ? SP_REPORT_SIGNPOSTING : SP_REPORT_LIST, .full = g_strcmp0 (self->mode, "full") == 0,
    .overdue = ids[0] != NULL || sp_query_get_filters (query)->stale, .large = self->large,
    .filtered = ids[0] == NULL ? described : NULL, .now = sp_clock_now_civil (), .dots = dots,
  };

  if (dots == NULL)
    return FALSE;
  self->report = sp_report_new (&options);
  self->venues = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_node);
  if (!(ids[0] != NULL ? add_ids (self, ids, error) : add_hits (self, query, error)) || !write_pages (self, error))
    return FALSE;
  sp_cli_tell (ngettext ("%u entry written\n", "%u entries written\n", sp_report_get_n_entries (self->report)),
               sp_report_get_n_entries (self->report));
  withheld = sp_report_describe_withheld (self->report);
  if (withheld != NULL)
    sp_cli_tell ("%s\n", withheld);
  return TRUE;
}

/**
 * sp_cli_report:
 * @call: the call
 * @context: gets the options
 * @argv: (array zero-terminated=1): the arguments after the subcommand's name
 * @error: see #SpCliFunc
 *
 * Writes pages to print.
 *
 * Returns: whether it was done
 */
gboolean
sp_cli_report (SpCliCall *call, GOptionContext *context, GStrv *argv, GError **error)
{
  g_auto (Report) self = { NULL };
  const GOptionEntry entries[] = {
    { "mode", 0, 0, G_OPTION_ARG_FILENAME, &self.mode, N_("what the public may have, or full"), N_("public|full") },
    { "large-print", 0, 0, G_OPTION_ARG_NONE, &self.large, N_("18 point and one column"), NULL },
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &self.output, N_("where to write"), N_("FILE.pdf") },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (SpQuery) query = sp_query_new ();

  sp_query_set_strict (query, TRUE);
  sp_cli_filters_add (context, query);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  take_kind (&self, *argv);
  if (!sp_cli_parse (call, context, argv, 0, G_MAXUINT, error)
      || !check_options (&self, (const char * const *) call->rest, error))
    return FALSE;
  self.db = sp_cli_open (call, SP_CLI_READ, error);
  return self.db != NULL && sp_cli_filters_complete (query, self.db, (char *[]){ NULL }, error)
         && report (&self, query, (const char * const *) call->rest, error);
}
