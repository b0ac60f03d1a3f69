/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SpPlace:
 * @name: as it is written
 * @county: the county, council area or borough it lies in
 * @nation: "England", "Northern Ireland", "Scotland" or "Wales"
 * @latitude: degrees north of its middle
 * @longitude: degrees east of its middle
 * @population: people; 0 when not known
 *
 * A city, town or village. One of the gazetteer that is built into the program lasts as long as the program.
 */
typedef struct
{
  const char *name;
  const char *county;
  const char *nation;
  double      latitude;
  double      longitude;
  guint       population;
} SpPlace;

GPtrArray *sp_places_list     (void);
GPtrArray *sp_places_find     (const char *text);
GPtrArray *sp_places_suggest  (const char *text, guint limit);
gboolean   sp_places_is_clear (GPtrArray *places);
char      *sp_places_make_key (const char *name);
gboolean   sp_place_lies_in   (const SpPlace *self, const char *where);
char      *sp_place_describe  (const SpPlace *self);

G_END_DECLS
