/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpReport: takes entries, and keeps what may not be printed out. What becomes of the rest is in sp-report-render.c. */
#include "sp-report-private.h"

#include "sp-words.h"

#include <glib/gi18n-lib.h>

/**
 * sp_report_new:
 * @options: what it is to be; the dots must live as long
 *
 * Returns: (transfer full): a report without entries
 */
SpReport *
sp_report_new (const SpReportOptions *options)
{
  SpReport *self = g_new0 (SpReport, 1);
  g_autofree char *today = sp_civil_format_date (options->now.day), *words = sp_words_date (options->now.day);

  self->options = *options;
  self->filtered = g_strdup (options->filtered);
  self->options.filtered = self->filtered;
  self->title = g_strdup (options->title != NULL && *options->title != '\0' ? options->title : sp_report_get_usual_title (options->kind));
  self->options.title = self->title;
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_report_entry_free);
  self->alternatives = g_ptr_array_new_with_free_func (g_free);
  self->footer = g_strdup_printf ("%s · %s", sp_report_get_title (self), words);
  sp_disclosure_init (&self->disclosure, today);
  return self;
}

/**
 * sp_report_free:
 * @self: (transfer full): a report
 */
void
sp_report_free (SpReport *self)
{
  g_ptr_array_unref (self->entries);
  g_ptr_array_unref (self->alternatives);
  g_free (self->filtered);
  g_free (self->title);
  g_free (self->footer);
  g_free (self);
}

/**
 * sp_report_get_usual_title:
 * @kind: which document
 *
 * Returns: (transfer none): what stands at its head unless somebody gives it another title
 */
const char *
sp_report_get_usual_title (SpReportKind kind)
{
  return kind == SP_REPORT_LIST ? _("What there is") : _("Places to try");
}

/**
 * sp_report_get_title:
 * @self: a report
 *
 * Returns: (transfer none): what stands at its head and foot and in its metadata
 */
const char *
sp_report_get_title (const SpReport *self)
{
  return self->title;
}

/**
 * sp_report_has:
 * @self: a report
 * @part: a part
 *
 * Returns: whether that part is wanted
 */
gboolean
sp_report_has (const SpReport *self, SpReportParts part)
{
  return (self->options.without & part) == 0;
}

static SpNode *
take_venue (const SpReport *self, const SpNode *venue)
{
  SpDisclosure uncounted = self->disclosure;

  if (venue == NULL)
    return NULL;
  return self->options.full ? sp_node_copy (venue) : sp_disclosure_make_public (&uncounted, venue);
}

/**
 * sp_report_add:
 * @self: a report
 * @asset: a document
 * @venue: (nullable): the document of the place it is held in
 * @calendar: what it goes by
 * @area: (nullable): the area it is in, for a list by area
 *
 * Adds an entry, unless it may not be printed; that is counted.
 */
void
sp_report_add (SpReport *self, const SpNode *asset, const SpNode *venue, const SpCalendar *calendar, const char *area)
{
  g_autoptr (SpReportEntry) entry = NULL;
  SpNode *body = self->options.full ? sp_node_copy (asset) : sp_disclosure_make_public (&self->disclosure, asset);

  if (body == NULL)
    return;
  entry = sp_report_entry_new (body, take_venue (self, venue), calendar, area, &self->options.rules, self->options.now.day);
  if (!self->options.full && !self->options.overdue && sp_report_entry_is_overdue (entry))
    self->n_overdue++;
  else
    g_ptr_array_add (self->entries, g_steal_pointer (&entry));
}

/**
 * sp_report_get_n_entries:
 * @self: a report
 *
 * Returns: how many entries will be printed
 */
guint
sp_report_get_n_entries (const SpReport *self)
{
  return self->entries->len;
}

/**
 * sp_report_describe_withheld:
 * @self: a report
 *
 * Returns: (transfer full) (nullable): what was left out, in sentences; %NULL if nothing was
 */
char *
sp_report_describe_withheld (const SpReport *self)
{
  g_autofree char *withheld = self->options.full ? NULL : sp_disclosure_describe (&self->disclosure);
  g_autofree char *overdue = NULL;

  if (self->n_overdue > 0)
    overdue = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u entry was left out because nobody has checked it for too long.",
                                            "%u entries were left out because nobody has checked them for too long.", self->n_overdue), self->n_overdue);
  if (overdue == NULL)
    return g_steal_pointer (&withheld);
  return withheld != NULL ? g_strdup_printf ("%s %s", overdue, withheld) : g_steal_pointer (&overdue);
}
