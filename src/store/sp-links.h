/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-asset.h"
#include "sp-calendar.h"
#include "sp-db.h"

G_BEGIN_DECLS

/**
 * SpLinks:
 * @venue: (nullable): the place it is held in
 * @organisation: (nullable): who runs it
 * @here: (element-type SpAsset): what is held in it, by name; at most as many as were asked for
 * @n_here: how many there are in all
 * @groups: (element-type SpAsset): what it runs, likewise
 * @n_groups: how many there are in all
 * @areas: (array zero-terminated=1): names of the areas it serves; the id of one that is not in this store
 * @calendar: the bank holidays and school terms it goes by
 *
 * The documents around one asset. What is inactive or no more is not among @here and @groups.
 */
typedef struct
{
  SpAsset   *venue;
  SpAsset   *organisation;
  GPtrArray *here;
  guint      n_here;
  GPtrArray *groups;
  guint      n_groups;
  GStrv      areas;
  SpCalendar calendar;
} SpLinks;

SpLinks  *sp_links_read          (SpDb *db, const char *id, SpNation nation, const char *terms, guint limit, GError **error);
void      sp_links_free          (SpLinks *self);
gboolean  sp_links_read_calendar (SpDb *db, const SpNode *body, SpNation nation, const char *terms, SpCalendar *calendar,
                                  GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpLinks, sp_links_free)

G_END_DECLS
