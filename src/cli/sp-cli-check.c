/* SPDX-License-Identifier: GPL-3.0-or-later */
/* signpost check: is the store sound, and what wants a person's attention. */
#include "sp-cli.h"

#include "sp-check.h"
#include "sp-cli-output.h"
#include "sp-clock.h"
#include "sp-duplicates.h"
#include "sp-projection.h"

#include <glib/gi18n.h>

static void
progress_cb (goffset done, goffset total, gpointer what)
{
  sp_cli_progress ("%s: %.0f %%", (const char *) what, total > 0 ? 100.0 * (double) done / (double) total : 0);
}

static const char *
name_or_id (const char *name, const char *id)
{
  return name != NULL ? name : id;
}

static void
print_stale (const SpStale *stale, gint32 today)
{
  SpFreshness freshness = { .state = stale->state, .on = stale->on, .due = stale->due };
  g_autofree char *words = sp_freshness_get_words (&freshness, today);

  sp_cli_print (_("  %s: %s %s (%s)\n"), name_or_id (stale->name, stale->id), sp_fact_group_get_name (stale->group),
                words, stale->id);
}

static void
print_duplicate (const SpDuplicate *pair)
{
  g_autofree char *reasons = sp_likeness_describe (pair->reasons);

  sp_cli_print (_("  %s (%s)\n  %s (%s)\n    %.0f %% likely: %s\n"), name_or_id (pair->names[0], pair->ids[0]),
                pair->ids[0], name_or_id (pair->names[1], pair->ids[1]), pair->ids[1], pair->score * 100, reasons);
}

static void
print_refused (const SpRefusal *refusal)
{
  sp_cli_print (refusal->sent ? _("  %s: the other side does not take it: %s (%s)\n") : _("  %s: it was not taken in: %s (%s)\n"),
                name_or_id (refusal->name, refusal->id), refusal->reason, refusal->id);
}

static gboolean
can_propose (const SpRefusal *refusal)
{
  return refusal->sent && refusal->lacks != NULL && !refusal->proposed && g_str_has_prefix (refusal->id, "asset:");
}

static void
print_all_refused (GPtrArray *refused)
{
  gboolean any = FALSE;

  if (refused->len > 0)
    sp_cli_print (_("What was refused, and why:\n"));
  for (guint i = 0; i < refused->len; i++)
    {
      print_refused (g_ptr_array_index (refused, i));
      any |= can_propose (g_ptr_array_index (refused, i));
    }
  if (any)
    sp_cli_tell (_("“signpost submissions propose ACCOUNT ID --refused” proposes one to an editor instead\n"));
}

static void
print_report (const SpCheckReport *report, gint32 today)
{
  for (guint i = 0; i < report->problems->len; i++)
    sp_cli_print ("%s\n", (const char *) g_ptr_array_index (report->problems, i));
  if (report->conflicts->len > 0)
    sp_cli_print (_("Versions that differ, and wait to be resolved:\n"));
  for (guint i = 0; i < report->conflicts->len; i++)
    {
      const SpConflicted *entry = g_ptr_array_index (report->conflicts, i);
      sp_cli_print ("  %s (%s)\n", name_or_id (entry->name, entry->id), entry->id);
    }
  if (report->stale->len > 0)
    sp_cli_print (_("Facts to be checked:\n"));
  for (guint i = 0; i < report->stale->len; i++)
    print_stale (g_ptr_array_index (report->stale, i), today);
  if (report->duplicates->len > 0)
    sp_cli_print (_("Entries that may be the same:\n"));
  for (guint i = 0; i < report->duplicates->len; i++)
    print_duplicate (g_ptr_array_index (report->duplicates, i));
  print_all_refused (report->refused);
  if (report->unplaced > 0)
    sp_cli_tell_unplaced (report->unplaced);
  sp_cli_tell (_("%u problems, %u conflicts, %u facts to be checked, %u possible duplicates, %u refused\n"), report->problems->len,
               report->conflicts->len, report->stale->len, report->duplicates->len, report->refused->len);
}

static gboolean
check (SpCliCall *call, SpDb *db, gboolean json, GError **error)
{
  gint32 today = sp_clock_today ();
  gpointer what = (gpointer) _("Looking for duplicates");
  g_autoptr (SpCheckReport) report = sp_check_run (db, SP_CHECK_ALL, NULL, today, NULL, progress_cb, what, error);

  if (report == NULL)
    return FALSE;
  call->status = sp_check_report_is_clean (report) ? 0 : 1;
  if (json)
    {
      g_autoptr (SpNode) node = sp_check_report_to_node (report);
      sp_cli_print_json (node);
      sp_cli_print ("\n");
    }
  else
    print_report (report, today);
  return TRUE;
}

/**
 * sp_cli_check:
 * @call: the call
 * @context: gets the options
 * @argv: (array zero-terminated=1): the arguments after the subcommand's name
 * @error: see #SpCliFunc
 *
 * Looks for damage, conflicts, stale facts and duplicates.
 *
 * Returns: whether it was done
 */
gboolean
sp_cli_check (SpCliCall *call, GOptionContext *context, GStrv *argv, GError **error)
{
  gboolean rebuild = FALSE, json = FALSE;
  const GOptionEntry entries[] = {
    { "rebuild", 0, 0, G_OPTION_ARG_NONE, &rebuild, N_("first build what serves searching anew"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("an object for scripts"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (SpDb) db = NULL;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!sp_cli_parse (call, context, argv, 0, 0, error))
    return FALSE;
  db = sp_cli_open (call, rebuild ? SP_CLI_WRITE : SP_CLI_READ, error);
  if (db == NULL || (rebuild && !sp_projection_rebuild (db, NULL, progress_cb, (gpointer) _("Rebuilding"), error)))
    return FALSE;
  return check (call, db, json, error);
}
