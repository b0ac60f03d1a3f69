/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-browser.h"
#include "sp-facet.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SP_TYPE_FACET_PAGE (sp_facet_page_get_type ())
G_DECLARE_FINAL_TYPE (SpFacetPage, sp_facet_page, SP, FACET_PAGE, GtkWidget)

void           sp_facet_page_set_browser (SpFacetPage *self, SpBrowser *browser, GSettings *settings);
void           sp_facet_page_set_facet   (SpFacetPage *self, const SpFacet *facet);
const SpFacet *sp_facet_page_get_facet   (SpFacetPage *self);

G_END_DECLS
