/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpResult: one row of a list of results. It exists only while somebody shows it, and is empty until its asset has
 * been read. */
#include "sp-result.h"

#include <math.h>

struct _SpResult
{
  GObject     parent_instance;

  SpResultHit hit;
  guint       index;   /* in its list, or SP_RESULT_NOWHERE */
  gint64      filled;  /* version of @asset or @problem; 0 before */
  SpAsset    *asset;   /* owned, nullable */
  char       *problem; /* owned, nullable */
};

G_DEFINE_FINAL_TYPE (SpResult, sp_result, G_TYPE_OBJECT)

typedef enum { PROP_ID = 1, PROP_ASSET, PROP_PROBLEM, PROP_INDEX, PROP_DISTANCE } SpResultProperty;
static GParamSpec *properties[PROP_DISTANCE + 1];

static void
sp_result_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  SpResult *self = SP_RESULT (object);

  switch ((SpResultProperty) prop_id)
    {
    case PROP_ID: g_value_set_string (value, sp_result_get_id (self)); break;
    case PROP_ASSET: g_value_set_object (value, self->asset); break;
    case PROP_PROBLEM: g_value_set_string (value, self->problem); break;
    case PROP_INDEX: g_value_set_uint (value, self->index); break;
    case PROP_DISTANCE: g_value_set_double (value, self->hit.distance); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
sp_result_finalize (GObject *object)
{
  SpResult *self = SP_RESULT (object);

  g_clear_object (&self->asset);
  g_free (self->problem);
  G_OBJECT_CLASS (sp_result_parent_class)->finalize (object);
}

static void
sp_result_class_init (SpResultClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = sp_result_get_property;
  object_class->finalize = sp_result_finalize;
  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  properties[PROP_ASSET] = g_param_spec_object ("asset", NULL, NULL, SP_TYPE_ASSET, flags);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);
  properties[PROP_INDEX] = g_param_spec_uint ("index", NULL, NULL, 0, G_MAXUINT, SP_RESULT_NOWHERE, flags);
  properties[PROP_DISTANCE] = g_param_spec_double ("distance", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
sp_result_init (SpResult *self)
{
  self->index = SP_RESULT_NOWHERE;
}

/**
 * sp_result_new:
 * @hit: what was found
 * @index: where it stands in its list
 *
 * Returns: (transfer full): a result without its asset
 */
SpResult *
sp_result_new (const SpResultHit *hit, guint index)
{
  SpResult *self = g_object_new (SP_TYPE_RESULT, NULL);

  self->hit = *hit;
  self->index = index;
  return self;
}

/**
 * sp_result_get_asset:
 * @self: a result
 *
 * Returns: (nullable) (transfer none): the asset; %NULL until it has been read, see notify::asset
 */
SpAsset *
sp_result_get_asset (SpResult *self)
{
  return self->asset;
}

/**
 * sp_result_get_id:
 * @self: a result
 *
 * Returns: (nullable) (transfer none): the asset's document id; %NULL until it has been read
 */
const char *
sp_result_get_id (SpResult *self)
{
  return self->asset != NULL ? sp_asset_get_id (self->asset) : NULL;
}

/**
 * sp_result_get_problem:
 * @self: a result
 *
 * Returns: (nullable) (transfer none): why the asset could not be read, a sentence; %NULL if nothing went wrong
 */
const char *
sp_result_get_problem (SpResult *self)
{
  return self->problem;
}

/**
 * sp_result_get_index:
 * @self: a result
 *
 * Returns: where it stands in its list, from 0; %SP_RESULT_NOWHERE once the list has dropped it
 */
guint sp_result_get_index (SpResult *self) { return self->index; }

/**
 * sp_result_get_distance:
 * @self: a result
 *
 * Returns: metres from where one searched, or NAN
 */
double sp_result_get_distance (SpResult *self) { return self->hit.distance; }

/**
 * sp_result_get_latitude:
 * @self: a result
 *
 * Returns: degrees north, WGS 84, to within a metre, or NAN; known before the asset is
 */
double sp_result_get_latitude (SpResult *self) { return self->hit.latitude; }

/**
 * sp_result_get_longitude:
 * @self: a result
 *
 * Returns: degrees east, WGS 84, to within a metre, or NAN; known before the asset is
 */
double sp_result_get_longitude (SpResult *self) { return self->hit.longitude; }

/**
 * sp_result_is_current:
 * @self: a result
 *
 * Returns: whether its asset was read, or could not be, and has not changed since
 */
gboolean
sp_result_is_current (SpResult *self)
{
  return (self->asset != NULL || self->problem != NULL) && self->filled == self->hit.version;
}

/**
 * sp_result_move:
 * @self: a result
 * @hit: (nullable): the same document, as a newer search found it; %NULL if it did not
 * @index: where it stands now
 *
 * For its list only. An asset that has changed since stays until the new one is there, so that nothing flickers.
 */
void
sp_result_move (SpResult *self, const SpResultHit *hit, guint index)
{
  gboolean moved = self->index != index;
  gboolean farther = hit != NULL && hit->distance != self->hit.distance && !(isnan (hit->distance) && isnan (self->hit.distance));

  self->index = index;
  if (hit != NULL)
    self->hit = *hit;
  if (moved)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_INDEX]);
  if (farther)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DISTANCE]);
}

/**
 * sp_result_fill:
 * @self: a result
 * @asset: its asset
 *
 * For its list only: the asset has been read.
 */
void
sp_result_fill (SpResult *self, SpAsset *asset)
{
  self->filled = self->hit.version;
  g_clear_pointer (&self->problem, g_free);
  if (g_set_object (&self->asset, asset))
    {
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ID]);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ASSET]);
    }
}

/**
 * sp_result_fail:
 * @self: a result
 * @problem: why its asset cannot be shown
 *
 * For its list only.
 */
void
sp_result_fail (SpResult *self, const char *problem)
{
  self->filled = self->hit.version;
  g_free (self->problem);
  self->problem = g_strdup (problem);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}
