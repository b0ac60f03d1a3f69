/* SPDX-License-Identifier: GPL-3.0-or-later */
/* signpost report: what a search finds, or given entries, as pages to print. */
#include "sp-cli.h"

#include "sp-area-cache.h"
#include "sp-cli-document.h"
#include "sp-cli-filters.h"
#include "sp-cli-output.h"
#include "sp-clock.h"
#include "sp-gazetteer.h"
#include "sp-link-cache.h"
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
  char      *by;     /* owned, nullable: category */
  char      *title;  /* owned, nullable */
  char      *without; /* owned, nullable: names of parts, with commas */
  gboolean   large;
  SpReportParts parts; /* that are left out */
  SpDb      *db;
  SpReport  *report;
  SpLinkCache *links;
  SpAreaCache *areas; /* nullable: the list goes by category */
} Report;

static void
clear_report (Report *self)
{
  g_free (self->kind);
  g_free (self->mode);
  g_free (self->output);
  g_free (self->by);
  g_free (self->title);
  g_free (self->without);
  g_clear_pointer (&self->db, sp_db_close);
  g_clear_pointer (&self->report, sp_report_free);
  g_clear_pointer (&self->links, sp_link_cache_free);
  g_clear_pointer (&self->areas, sp_area_cache_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Report, clear_report)

static gboolean
is_sheet (const Report *self)
{
  return g_strcmp0 (self->kind, "signposting") == 0;
}

static gboolean
is_pages (const char *kind)
{
  return strcmp (kind, "list") == 0 || strcmp (kind, "signposting") == 0;
}

/* Of entries. */
static gboolean
is_kind (const char *kind)
{
  g_autoptr (SpQuery) query = sp_query_new ();

  return sp_query_set_filter (query, "kind", kind, NULL);
}

/* --kind says which pages, and is a filter too: “--kind list --kind group”. What names pages is taken out of the
 * arguments; the filters get the rest. */
static gboolean
take_kind (Report *self, GStrv argv, GError **error)
{
  g_autofree char *wrong = NULL;

  for (char **from = argv, **to = argv;;)
    {
      gboolean apart = *from != NULL && strcmp (*from, "--kind") == 0 && from[1] != NULL;
      const char *value = apart ? from[1] : *from != NULL && g_str_has_prefix (*from, "--kind=") ? *from + 7 : NULL;

      if (value != NULL && wrong == NULL && !is_pages (value) && !is_kind (value))
        wrong = g_strdup (value);
      if (value != NULL && is_pages (value))
        {
          g_free (self->kind);
          self->kind = g_strdup (value);
          g_free (*from++);
          if (apart)
            g_free (*from++);
        }
      else if ((*to++ = *from++) == NULL)
        break;
    }
  if (wrong != NULL)
    return sp_cli_usage (error, _("--kind: “%s” is neither list nor signposting, nor place, service or group"), wrong);
  return TRUE;
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

/* "map,summary" */
static gboolean
take_parts (Report *self, GError **error)
{
  static const struct { const char *name; SpReportParts part; } parts[] = {
    { "summary", SP_REPORT_SUMMARY }, { "map", SP_REPORT_MAP }, { "buildings", SP_REPORT_BUILDINGS },
    { "funding", SP_REPORT_FUNDING }, { "checks", SP_REPORT_CHECKS },
  };
  g_auto (GStrv) names = g_strsplit (self->without != NULL ? self->without : "", ",", -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      guint j = 0;
      while (j < G_N_ELEMENTS (parts) && strcmp (parts[j].name, g_strstrip (names[i])) != 0)
        j++;
      if (j == G_N_ELEMENTS (parts))
        return sp_cli_usage (error, _("--without: “%s” is none of summary, map, buildings, funding and checks"), names[i]);
      self->parts |= parts[j].part;
    }
  return TRUE;
}

static gboolean
check_options (Report *self, const char * const *ids, GError **error)
{
  if (!check_kind (self, ids, error) || !take_parts (self, error))
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

static gboolean
add_asset (Report *self, const SpNode *asset, GError **error)
{
  const char *area = NULL;
  const SpNode *venue;
  SpCalendar calendar;

  if (!sp_link_cache_read (self->links, self->db, asset, &venue, &calendar, error)
      || (self->areas != NULL && !sp_area_cache_find (self->areas, self->db, asset, venue, &area, error)))
    return FALSE;
  sp_report_add (self->report, asset, venue, &calendar, area);
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
  pdf = sp_report_render (self->report, NULL, error);
  if (pdf == NULL)
    return FALSE;
  bytes = g_bytes_get_data (pdf, &length);
  return fwrite (bytes, 1, length, stdout) == length; /* sp_cli_run() says so if it was not */
}

/* "area" is the kind that lists usually go by, of those that this store has. */
static gboolean
choose_order (Report *self, GError **error)
{
  g_auto (GStrv) kinds = NULL;
  g_autofree char *list = NULL;

  if (self->by == NULL || strcmp (self->by, "category") == 0)
    return TRUE;
  kinds = sp_areas_list_kinds (self->db, error);
  if (kinds == NULL)
    return FALSE;
  if (kinds[0] != NULL && strcmp (self->by, "area") == 0)
    self->areas = sp_area_cache_new (kinds[0]);
  else if (g_strv_contains ((const char * const *) kinds, self->by))
    self->areas = sp_area_cache_new (self->by);
  if (self->areas != NULL)
    return TRUE;
  if (kinds[0] == NULL)
    return sp_cli_usage (error, _("--by: this store has no areas. They come from boundary files: signpost import --format areas FILE"));
  list = g_strjoinv (", ", kinds);
  return sp_cli_usage (error, _("--by: “%s” is neither category nor area, nor a kind of areas of this store: %s"), self->by, list);
}

static gboolean
report (Report *self, SpQuery *query, const char * const *ids, GError **error)
{
  g_autofree char *described = sp_query_describe (query), *withheld = NULL;
  g_autoptr (SpMapDots) dots = read_dots (self->db, error);
  SpReportOptions options = {
    .kind = is_sheet (self) ? SP_REPORT_SIGNPOSTING : SP_REPORT_LIST, .full = g_strcmp0 (self->mode, "full") == 0,
    .overdue = ids[0] != NULL || sp_query_get_filters (query)->stale, .large = self->large,
    .by_area = self->areas != NULL, .without = self->parts, .title = self->title,
    .filtered = ids[0] == NULL ? described : NULL, .now = sp_clock_now_civil (), .dots = dots,
  };

  if (dots == NULL)
    return FALSE;
  self->report = sp_report_new (&options);
  self->links = sp_link_cache_new (SP_NATION_ENGLAND_AND_WALES, NULL);
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
    { "by", 0, 0, G_OPTION_ARG_STRING, &self.by, N_("the order of the list: category, area, or a kind of areas"), N_("category|area|ward…") },
    { "title", 0, 0, G_OPTION_ARG_STRING, &self.title, N_("what stands at the head"), N_("TEXT") },
    { "without", 0, 0, G_OPTION_ARG_STRING, &self.without, N_("parts to leave out: summary, map, buildings, funding, checks"), N_("PART,…") },
    { "large-print", 0, 0, G_OPTION_ARG_NONE, &self.large, N_("18 point and one column"), NULL },
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &self.output, N_("where to write"), N_("FILE.pdf") },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (SpQuery) query = sp_query_new ();

  sp_query_set_strict (query, TRUE);
  sp_cli_filters_add (context, query);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_description (context, _("--kind list or --kind signposting says what to write; --kind place, service or group is a filter too."));
  if (!take_kind (&self, *argv, error) || !sp_cli_parse (call, context, argv, 0, G_MAXUINT, error)
      || !check_options (&self, (const char * const *) call->rest, error))
    return FALSE;
  self.db = sp_cli_open (call, SP_CLI_READ, error);
  return self.db != NULL && sp_cli_filters_complete (query, self.db, (char *[]){ NULL }, error)
         && choose_order (&self, error) && report (&self, query, (const char * const *) call->rest, error);
}
