/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-asset.h"

G_BEGIN_DECLS

#define SP_RESULT_NOWHERE G_MAXUINT /* index of a result that is in no list any more */

/**
 * SpResultHit:
 * @doc: the document's local number
 * @version: another number whenever the document has changed
 * @latitude: degrees north, or NAN
 * @longitude: degrees east, or NAN
 * @distance: metres from where one searched, or NAN
 *
 * One thing that a search found, before anybody looks at it.
 */
typedef struct
{
  gint64 doc;
  gint64 version;
  float  latitude;
  float  longitude;
  float  distance;
} SpResultHit;

#define SP_TYPE_RESULT (sp_result_get_type ())
G_DECLARE_FINAL_TYPE (SpResult, sp_result, SP, RESULT, GObject)

SpResult   *sp_result_new          (const SpResultHit *hit, guint index);
SpAsset    *sp_result_get_asset    (SpResult *self);
const char *sp_result_get_id       (SpResult *self);
const char *sp_result_get_problem  (SpResult *self);
guint       sp_result_get_index    (SpResult *self);
double      sp_result_get_distance (SpResult *self);
double      sp_result_get_latitude (SpResult *self);
double      sp_result_get_longitude (SpResult *self);
gboolean    sp_result_is_current   (SpResult *self);

void        sp_result_move         (SpResult *self, const SpResultHit *hit, guint index);
void        sp_result_fill         (SpResult *self, SpAsset *asset);
void        sp_result_fail         (SpResult *self, const char *problem);

G_END_DECLS
