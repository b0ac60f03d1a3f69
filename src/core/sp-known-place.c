/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpKnownPlace: one postcode or place of a published list, on its way from a file to the gazetteer of a store. */
#include "sp-known-place.h"

/**
 * sp_known_place_new_postcode:
 * @postcode: as it is written, "CA15 6AA"
 * @latitude: degrees north, WGS 84
 * @longitude: degrees east, WGS 84
 *
 * Returns: (transfer full): a postcode
 */
SpKnownPlace *
sp_known_place_new_postcode (const char *postcode, double latitude, double longitude)
{
  SpKnownPlace *self = g_new0 (SpKnownPlace, 1);

  self->postcode = g_strdup (postcode);
  self->latitude = latitude;
  self->longitude = longitude;
  return self;
}

/**
 * sp_known_place_new:
 * @id: of the place in its list, above 0
 * @name: as it is written
 * @county: (nullable): the county, council area or borough it lies in
 * @nation: (nullable): "England" …
 * @size: how large it is
 * @latitude: degrees north, WGS 84
 * @longitude: degrees east, WGS 84
 *
 * Returns: (transfer full): a place without another name
 */
SpKnownPlace *
sp_known_place_new (gint64 id, const char *name, const char *county, const char *nation, SpPlaceSize size, double latitude,
                    double longitude)
{
  SpKnownPlace *self = g_new0 (SpKnownPlace, 1);

  self->id = id;
  self->name = g_strdup (name);
  self->county = g_strdup (county);
  self->nation = g_strdup (nation);
  self->size = size;
  self->latitude = latitude;
  self->longitude = longitude;
  return self;
}

/**
 * sp_known_place_free:
 * @self: (transfer full) (nullable): a postcode or place
 */
void
sp_known_place_free (SpKnownPlace *self)
{
  if (self == NULL)
    return;
  g_free (self->postcode);
  g_free (self->name);
  g_free (self->other_name);
  g_free (self->county);
  g_free (self->nation);
  g_free (self);
}
