/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SpMapNameKind:
 * @SP_MAP_NAME_COUNTRY: a country or nation
 * @SP_MAP_NAME_SEA: an ocean, sea, firth or bay
 * @SP_MAP_NAME_REGION: an island or a landscape
 * @SP_MAP_NAME_TOWN: a town that the gazetteer does not have
 */
typedef enum
{
  SP_MAP_NAME_COUNTRY,
  SP_MAP_NAME_SEA,
  SP_MAP_NAME_REGION,
  SP_MAP_NAME_TOWN,
} SpMapNameKind;

/**
 * SpMapName:
 * @name: in English; all but towns are in the catalogues of translations
 * @kind: what it is the name of
 * @latitude: degrees north of the middle of the name, or of the town
 * @longitude: degrees east
 * @first_zoom: at which it is shown first, if there is room
 * @last_zoom: up to which it is shown, that included
 * @population: of a town
 */
typedef struct
{
  const char   *name;
  SpMapNameKind kind;
  double        latitude;
  double        longitude;
  int           first_zoom;
  int           last_zoom;
  guint         population;
} SpMapName;

const SpMapName *sp_map_names_get (guint *n);

G_END_DECLS
