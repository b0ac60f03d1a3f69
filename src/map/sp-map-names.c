/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names that the gazetteer does not have: seas and countries, islands and landscapes, and towns across the water and
 * across the border, so that one knows where one is. The most important of each kind first. */
#include "sp-map-names.h"

#include <glib/gi18n-lib.h>

#define COUNTRY SP_MAP_NAME_COUNTRY
#define SEA SP_MAP_NAME_SEA
#define REGION SP_MAP_NAME_REGION
#define TOWN SP_MAP_NAME_TOWN

static const SpMapName names[] = {
  /* Translators: these are names on the map: countries, seas, islands and landscapes. */
  { N_("England"), COUNTRY, 52.85, -1.35, 4, 7, 0 },
  { N_("Scotland"), COUNTRY, 56.85, -4.35, 4, 7, 0 },
  { N_("Wales"), COUNTRY, 52.33, -3.75, 4, 8, 0 },
  { N_("Northern Ireland"), COUNTRY, 54.68, -6.85, 6, 8, 0 },
  { N_("Ireland"), COUNTRY, 52.8, -8.5, 4, 7, 0 },
  { N_("France"), COUNTRY, 47.2, 1.6, 3, 6, 0 },
  { N_("Germany"), COUNTRY, 51.3, 9.8, 3, 6, 0 },
  { N_("Norway"), COUNTRY, 61.2, 8.6, 4, 6, 0 },
  { N_("Denmark"), COUNTRY, 56.1, 9.2, 5, 7, 0 },
  { N_("Netherlands"), COUNTRY, 52.5, 5.7, 5, 7, 0 },
  { N_("Belgium"), COUNTRY, 50.6, 4.6, 5, 7, 0 },
  { N_("Spain"), COUNTRY, 41.3, -3.8, 3, 6, 0 },
  { N_("Iceland"), COUNTRY, 64.9, -18.6, 3, 6, 0 },
  { N_("Atlantic Ocean"), SEA, 53.6, -14.2, 3, 7, 0 },
  { N_("North Sea"), SEA, 55.9, 3.0, 4, 8, 0 },
  { N_("Irish Sea"), SEA, 53.72, -4.9, 6, 9, 0 },
  { N_("English Channel"), SEA, 50.12, -1.9, 5, 8, 0 },
  { N_("Celtic Sea"), SEA, 50.6, -7.2, 6, 8, 0 },
  { N_("Norwegian Sea"), SEA, 63.6, 1.5, 4, 6, 0 },
  { N_("Bay of Biscay"), SEA, 45.6, -4.6, 4, 7, 0 },
  { N_("Bristol Channel"), SEA, 51.34, -4.1, 7, 10, 0 },
  { N_("St George’s Channel"), SEA, 52.05, -5.85, 7, 9, 0 },
  { N_("North Channel"), SEA, 54.75, -5.4, 8, 10, 0 },
  { N_("Firth of Clyde"), SEA, 55.35, -5.0, 8, 10, 0 },
  { N_("The Minch"), SEA, 58.1, -5.95, 7, 10, 0 },
  { N_("Sea of the Hebrides"), SEA, 56.95, -7.0, 7, 10, 0 },
  { N_("Moray Firth"), SEA, 57.87, -3.55, 7, 10, 0 },
  { N_("Pentland Firth"), SEA, 58.72, -3.2, 9, 11, 0 },
  { N_("Firth of Forth"), SEA, 56.1, -2.8, 8, 11, 0 },
  { N_("Firth of Tay"), SEA, 56.42, -3.08, 10, 12, 0 },
  { N_("Solway Firth"), SEA, 54.77, -3.72, 8, 11, 0 },
  { N_("Morecambe Bay"), SEA, 54.09, -3.03, 9, 11, 0 },
  { N_("Liverpool Bay"), SEA, 53.56, -3.5, 8, 11, 0 },
  { N_("Cardigan Bay"), SEA, 52.4, -4.55, 7, 10, 0 },
  { N_("Carmarthen Bay"), SEA, 51.65, -4.5, 9, 11, 0 },
  { N_("The Wash"), SEA, 52.94, 0.3, 8, 11, 0 },
  { N_("Thames Estuary"), SEA, 51.52, 0.95, 9, 11, 0 },
  { N_("Lyme Bay"), SEA, 50.58, -3.0, 8, 11, 0 },
  { N_("The Solent"), SEA, 50.75, -1.38, 10, 13, 0 },
  { N_("Lough Neagh"), SEA, 54.6, -6.41, 9, 13, 0 },
  { N_("Shetland"), REGION, 60.33, -1.25, 6, 9, 0 },
  { N_("Orkney"), REGION, 58.99, -3.1, 6, 9, 0 },
  { N_("Outer Hebrides"), REGION, 57.85, -7.15, 6, 9, 0 },
  { N_("Isle of Man"), REGION, 54.24, -4.53, 6, 10, 0 },
  { N_("Isle of Wight"), REGION, 50.67, -1.32, 8, 11, 0 },
  { N_("Anglesey"), REGION, 53.28, -4.38, 7, 11, 0 },
  { N_("Isles of Scilly"), REGION, 49.93, -6.3, 7, 10, 0 },
  { N_("Channel Islands"), REGION, 49.32, -2.35, 6, 9, 0 },
  { N_("Skye"), REGION, 57.32, -6.25, 8, 11, 0 },
  { N_("Mull"), REGION, 56.45, -5.95, 8, 11, 0 },
  { N_("Islay"), REGION, 55.77, -6.2, 8, 11, 0 },
  { N_("Arran"), REGION, 55.58, -5.25, 9, 12, 0 },
  { N_("Lake District"), REGION, 54.48, -3.14, 8, 11, 0 },
  { N_("Yorkshire Dales"), REGION, 54.24, -2.12, 8, 11, 0 },
  { N_("North York Moors"), REGION, 54.38, -0.9, 8, 11, 0 },
  { N_("Peak District"), REGION, 53.35, -1.83, 9, 11, 0 },
  { N_("Southern Uplands"), REGION, 55.35, -3.6, 8, 11, 0 },
  { N_("Cairngorms"), REGION, 57.07, -3.6, 8, 11, 0 },
  { N_("Highlands"), REGION, 57.55, -4.95, 7, 9, 0 },
  { N_("Snowdonia"), REGION, 52.95, -3.9, 8, 11, 0 },
  { N_("Cambrian Mountains"), REGION, 52.38, -3.62, 9, 11, 0 },
  { N_("Bannau Brycheiniog"), REGION, 51.89, -3.5, 9, 11, 0 },
  { N_("Cotswolds"), REGION, 51.84, -1.93, 9, 11, 0 },
  { N_("Dartmoor"), REGION, 50.59, -3.95, 8, 11, 0 },
  { N_("Exmoor"), REGION, 51.13, -3.68, 9, 11, 0 },
  { N_("Bodmin Moor"), REGION, 50.56, -4.57, 9, 11, 0 },
  { N_("New Forest"), REGION, 50.87, -1.63, 9, 11, 0 },
  { N_("South Downs"), REGION, 50.93, -0.52, 9, 11, 0 },
  { N_("The Fens"), REGION, 52.57, 0.07, 9, 11, 0 },
  { N_("The Broads"), REGION, 52.65, 1.55, 10, 12, 0 },
  { N_("Mourne Mountains"), REGION, 54.18, -6.05, 9, 12, 0 },
  { N_("The Sperrins"), REGION, 54.82, -7.02, 9, 12, 0 },
  { "Paris", TOWN, 48.8566, 2.3522, 4, 18, 2100000 },
  { "Brussels", TOWN, 50.8503, 4.3517, 5, 18, 1200000 },
  { "Dublin", TOWN, 53.3498, -6.2603, 4, 18, 1100000 },
  { "Amsterdam", TOWN, 52.3676, 4.9041, 5, 18, 870000 },
  { "Rotterdam", TOWN, 51.9244, 4.4777, 6, 18, 650000 },
  { "Bergen", TOWN, 60.3913, 5.3221, 5, 18, 285000 },
  { "Lille", TOWN, 50.6292, 3.0573, 6, 18, 232000 },
  { "Cork", TOWN, 51.8985, -8.4756, 5, 18, 222000 },
  { "Le Havre", TOWN, 49.4944, 0.1079, 6, 18, 166000 },
  { "Brest", TOWN, 48.3904, -4.4861, 6, 18, 140000 },
  { "Limerick", TOWN, 52.6638, -8.6267, 6, 18, 102000 },
  { "Galway", TOWN, 53.2707, -9.0568, 6, 18, 85000 },
  { "Cherbourg", TOWN, 49.6337, -1.6221, 7, 18, 79000 },
  { "Calais", TOWN, 50.9513, 1.8587, 7, 18, 67000 },
  { "Waterford", TOWN, 52.2593, -7.1101, 7, 18, 60000 },
  { "Drogheda", TOWN, 53.7179, -6.3561, 8, 18, 44000 },
  { "Dundalk", TOWN, 54.0010, -6.4058, 8, 18, 43000 },
  { "Saint Helier", TOWN, 49.1868, -2.1066, 7, 18, 35000 },
  { "Kilkenny", TOWN, 52.6541, -7.2448, 8, 18, 27000 },
  { "Douglas", TOWN, 54.1523, -4.4861, 7, 18, 27000 },
  { "Tralee", TOWN, 52.2704, -9.7026, 8, 18, 26000 },
  { "Athlone", TOWN, 53.4239, -7.9407, 8, 18, 22000 },
  { "Letterkenny", TOWN, 54.9558, -7.7342, 8, 18, 22000 },
  { "Wexford", TOWN, 52.3369, -6.4633, 8, 18, 21000 },
  { "Sligo", TOWN, 54.2766, -8.4761, 8, 18, 20000 },
  { "Saint Peter Port", TOWN, 49.4556, -2.5369, 8, 18, 19000 },
  { "Monaghan", TOWN, 54.2492, -6.9683, 9, 18, 8000 },
  { "Buncrana", TOWN, 55.1370, -7.4550, 10, 18, 7000 },
};

/**
 * sp_map_names_get:
 * @n: (out): how many there are
 *
 * Returns: (transfer none) (array length=n): the names
 */
const SpMapName *
sp_map_names_get (guint *n)
{
  *n = G_N_ELEMENTS (names);
  return names;
}
