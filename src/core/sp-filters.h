/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-geodesy.h"
#include "sp-kind.h"

G_BEGIN_DECLS

/**
 * SpQueryOrder:
 * @SP_ORDER_NATURAL: nearest first if a place is given, else the best fit if there are words, else the freshest
 * @SP_ORDER_FIT: the best fit to the words first
 * @SP_ORDER_DISTANCE: the nearest first; entries without a position last
 * @SP_ORDER_FRESHNESS: what changed last comes first
 * @SP_ORDER_NAME: by name
 * @SP_ORDER_ANY: as they are found fastest: for counting
 */
typedef enum
{
  SP_ORDER_NATURAL,
  SP_ORDER_FIT,
  SP_ORDER_DISTANCE,
  SP_ORDER_FRESHNESS,
  SP_ORDER_NAME,
  SP_ORDER_ANY,
} SpQueryOrder;

/**
 * SpFilters:
 * @words: (nullable): what was typed
 * @near: (nullable): a place in words; what sp_query_describe() calls it
 * @placed: whether @latitude and @longitude are known
 * @latitude: degrees north, WGS 84
 * @longitude: degrees east, WGS 84
 * @within: metres from there; 0 for any distance
 * @boxed: whether there is a @box
 * @box: only what has its position in there
 * @area: (nullable): an area's name
 * @area_id: (nullable): document id of the area, once it was looked up
 * @categories: codes or names; any of them
 * @needs: needs in everyday words; any of them
 * @access: accessibility tags; all of them
 * @languages: language codes; any of them
 * @crisis: crisis roles; any of them
 * @kinds: bits 1 << SpKind; 0 for all
 * @statuses: bits 1 << SpStatus; 0 for active and temporarily closed
 * @days: bits from 1 for Monday to 64 for Sunday; any of them; 0 for no condition
 * @time: minutes after midnight, or -1
 * @free: only what costs nothing
 * @cost_at_most: pounds, or NAN
 * @age: years, or -1
 * @capacity: people, or -1
 * @volunteers: only where volunteers are wanted
 * @available: only what is not known to be full
 * @stale: only where a fact is due to be checked
 * @unplaced: only what has no position yet
 * @hidden: only what is outside its dates for showing, instead of only what is within
 * @limit: entries wanted; 0 for all
 * @order: which come first
 * @strict: only what has all the words, never what has some of them when nothing has all
 *
 * All conditions of a query, to read. Everything that is set must hold.
 */
typedef struct
{
  char        *words;
  char        *near;
  gboolean     placed;
  double       latitude;
  double       longitude;
  double       within;
  gboolean     boxed;
  SpBox        box;
  char        *area;
  char        *area_id;
  GPtrArray   *categories;
  GPtrArray   *needs;
  GPtrArray   *access;
  GPtrArray   *languages;
  GPtrArray   *crisis;
  guint        kinds;
  guint        statuses;
  guint        days;
  int          time;
  gboolean     free;
  double       cost_at_most;
  int          age;
  int          capacity;
  gboolean     volunteers;
  gboolean     available;
  gboolean     stale;
  gboolean     unplaced;
  gboolean     hidden;
  guint        limit;
  SpQueryOrder order;
  gboolean     strict;
} SpFilters;

void                sp_filters_init  (SpFilters *filters);
void                sp_filters_clear (SpFilters *filters);
void                sp_filters_copy  (const SpFilters *from, SpFilters *to);

gboolean            sp_filters_set   (SpFilters *filters, const char *name, const char *value, GError **error);
void                sp_filters_unset (SpFilters *f, const char *name);
const char * const *sp_filters_list  (void);

G_END_DECLS
