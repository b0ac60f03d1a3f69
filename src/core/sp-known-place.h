/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SpPlaceSize:
 * @SP_PLACE_OTHER: a settlement that is not told closer
 * @SP_PLACE_HAMLET: a hamlet
 * @SP_PLACE_SUBURB: a part of a town
 * @SP_PLACE_VILLAGE: a village
 * @SP_PLACE_TOWN: a town
 * @SP_PLACE_CITY: a city
 *
 * How large a place is, as a published list says it. A store keeps these numbers; a larger place comes first.
 */
typedef enum
{
  SP_PLACE_OTHER,
  SP_PLACE_HAMLET,
  SP_PLACE_SUBURB,
  SP_PLACE_VILLAGE,
  SP_PLACE_TOWN,
  SP_PLACE_CITY,
} SpPlaceSize;

/**
 * SpKnownPlace:
 * @postcode: (owned) (nullable): "CA15 6AA"; then the members of a place do not count
 * @id: of the place in its list, above 0
 * @name: (owned) (nullable): of the place
 * @other_name: (owned) (nullable): in another language
 * @county: (owned) (nullable): the county, council area or borough it lies in
 * @nation: (owned) (nullable): "England" …
 * @size: how large it is
 * @latitude: degrees north, WGS 84
 * @longitude: degrees east, WGS 84
 *
 * A postcode or a place of a published list: what a gazetteer learns from it.
 */
typedef struct
{
  char       *postcode;
  gint64      id;
  char       *name;
  char       *other_name;
  char       *county;
  char       *nation;
  SpPlaceSize size;
  double      latitude;
  double      longitude;
} SpKnownPlace;

SpKnownPlace *sp_known_place_new_postcode (const char *postcode, double latitude, double longitude);
SpKnownPlace *sp_known_place_new          (gint64 id, const char *name, const char *county, const char *nation,
                                           SpPlaceSize size, double latitude, double longitude);
void          sp_known_place_free         (SpKnownPlace *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpKnownPlace, sp_known_place_free)

G_END_DECLS
