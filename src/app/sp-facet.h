/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-query.h"

G_BEGIN_DECLS

/**
 * SpFacetEntry:
 * @SP_FACET_ENTRY_NONE: nothing is typed
 * @SP_FACET_ENTRY_VALUE: a value for @filter
 * @SP_FACET_ENTRY_SEARCH: what the options are narrowed by
 * @SP_FACET_ENTRY_PLACE: a place or postcode to be near
 * @SP_FACET_ENTRY_AREA: an area to be in
 *
 * What may be typed at the top of a chooser.
 */
typedef enum
{
  SP_FACET_ENTRY_NONE,
  SP_FACET_ENTRY_VALUE,
  SP_FACET_ENTRY_SEARCH,
  SP_FACET_ENTRY_PLACE,
  SP_FACET_ENTRY_AREA,
} SpFacetEntry;

/**
 * SpFacet:
 * @title: what it is called, to be translated
 * @entry: what may be typed
 * @filter: the filter that a typed value is for; the facet's own
 * @hint: (nullable): what to type, to be translated
 * @list: makes the options
 *
 * A question by which to narrow a search, with its answers.
 */
typedef struct _SpFacet SpFacet;
struct _SpFacet
{
  const char  *title;
  SpFacetEntry entry;
  const char  *filter;
  const char  *hint;
  void       (*list) (SpQuery *query, gboolean miles, GPtrArray *options);
};

/**
 * SpFacetOption:
 * @filter: a filter's name
 * @value: (nullable): its value; %NULL for a flag
 * @label: what a person calls it
 * @section: (nullable): what it stands under
 *
 * One answer.
 */
typedef struct
{
  const char *filter;
  char       *value;
  char       *label;
  const char *section;
} SpFacetOption;

void           sp_facet_option_free  (SpFacetOption *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpFacetOption, sp_facet_option_free)

const SpFacet *sp_facet_get          (guint index);
const SpFacet *sp_facet_of_filter    (const char *filter);
GPtrArray     *sp_facet_list_options (const SpFacet *self, SpQuery *query, gboolean miles);
guint          sp_facet_count_set    (const SpFacet *self, SpQuery *query);

G_END_DECLS
