/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-facet-page.h"
#include "sp-facet-rows.h"
#include "sp-suggest.h"

G_BEGIN_DECLS

struct _SpFacetPage
{
  GtkWidget parent_instance;

  SpBrowser     *browser;     /* owned, nullable */
  GSettings     *settings;    /* owned, nullable */
  const SpFacet *facet;       /* nullable */
  GPtrArray     *options;     /* owned; SpFacetOption */
  SpFacetRows   *rows;        /* owned; of the suggestions, then of the options, while @adding of the first ones */
  guint          adding;      /* source, or 0 */
  GPtrArray     *suggestions; /* owned, nullable; SpSuggestion, each with a row */
  GCancellable  *counting;    /* owned, nullable */
  guint          quiet;       /* source, or 0: about to count */
  GCancellable  *suggesting;  /* owned, nullable */

  /* of the template */
  GtkWidget      *box;
  GtkSearchEntry *search;
  GtkEntry       *entry;
  GtkLabel       *problem;
  GtkWidget      *scroller;
  GtkListBox     *list;
};

/* sp-facet-page.c */
void  sp_facet_page_stop          (GCancellable **cancellable);
void  sp_facet_page_emit_answered (SpFacetPage *self);

/* sp-facet-page-rows.c */
void  sp_facet_page_init_rows     (SpFacetPage *self);
void  sp_facet_page_fill          (SpFacetPage *self);
void  sp_facet_page_clear_rows    (SpFacetPage *self);
void  sp_facet_page_add_all       (SpFacetPage *self);
guint sp_facet_page_count_added   (SpFacetPage *self);
void  sp_facet_page_show_chosen   (SpFacetPage *self);
void  sp_facet_page_count         (SpFacetPage *self);
void  sp_facet_page_count_again   (SpFacetPage *self);
void  sp_facet_page_stop_counting (SpFacetPage *self);

/* sp-facet-page-answers.c */
void  sp_facet_page_init_answers  (SpFacetPage *self);
void  sp_facet_page_show_problem  (SpFacetPage *self, const char *problem);
void  sp_facet_page_suggest       (SpFacetPage *self);

G_END_DECLS
