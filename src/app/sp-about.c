/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who made the program, and whose data it comes with. */
#include "sp-about.h"

#include "sp-application.h"
#include "sp-compat.h"

#include <glib/gi18n.h>

#define CC_BY_4 "<a href=\"https://creativecommons.org/licenses/by/4.0/\">Creative Commons Attribution 4.0 International</a>"
#define LGPL_3 "<a href=\"https://www.gnu.org/licenses/lgpl-3.0.html\">GNU Lesser General Public License, version 3 or later</a>"
#define ODBL_1 "<a href=\"https://opendatacommons.org/licenses/odbl/1-0/\">Open Data Commons Open Database License 1.0</a>"

static const struct
{
  const char *title;
  const char *copyright;
  const char *licence;
} data[] = {
  { N_("Coasts, Lakes and Rivers of the Map"), "GSHHG © Paul Wessel, Walter H. F. Smith", LGPL_3 },
  { N_("Names of Places"), "© GeoNames", CC_BY_4 },
  { N_("Tiles, Where an Online Map Is Turned On"), "© OpenStreetMap contributors", ODBL_1 },
};

/**
 * sp_about_show:
 * @parent: the window that asks
 *
 * Shows the about window.
 */
void
sp_about_show (GtkWindow *parent)
{
  GtkWidget *about = sp_compat_show_about (
    parent, "application-name", _("Signpost"), "application-icon", SP_APPLICATION_ID, "version", SIGNPOST_VERSION,
    "developer-name", _("The Signpost contributors"), "copyright", _("© The Signpost contributors"), "license-type",
    GTK_LICENSE_GPL_3_0, "website", "https://signpost.example.org/", "issue-url", "https://signpost.example.org/issues",
    "comments",
    _("A shared, trustworthy list of what a neighbourhood has, with a map. It is for signposting only: no patient, client or "
      "referral is ever stored.\n\nThe fields of an entry are named as in HSDS and Open Referral UK."),
    /* Translators: your names, a line each */
    "translator-credits", _("translator-credits"), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (data); i++)
    sp_compat_about_add_credit (about, _(data[i].title), data[i].copyright, data[i].licence);
}
