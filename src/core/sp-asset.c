/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpAsset: one place, service or group, as the person who keeps the list sees it. It is a body (DESIGN's “asset”)
 * with an id and a revision; members that this version does not know stay in the body untouched. */
#include "sp-asset.h"

#include "sp-field.h"

#include <math.h>
#include <string.h>

struct _SpAsset
{
  GObject parent_instance;

  char   *id;   /* owned; document id, fixed at construction */
  char   *rev;  /* owned, nullable; the revision the body was read from */
  SpNode *body; /* owned; never changed, only replaced, so that others may hold it */
};

G_DEFINE_FINAL_TYPE (SpAsset, sp_asset, G_TYPE_OBJECT)

typedef enum
{
  PROP_ID = 1,
  PROP_REV,
  PROP_NAME,
  PROP_KIND,
  PROP_STATUS,
  PROP_SUMMARY,
  PROP_SCHEDULE_WORDS,
  PROP_LATITUDE,
  PROP_LONGITUDE,
} SpAssetProperty;
static GParamSpec *properties[PROP_LONGITUDE + 1];

/* The member that a property shows, NULL of those that are none. */
static const char *
property_path (SpAssetProperty property)
{
  switch (property)
    {
    case PROP_NAME: return "name";
    case PROP_KIND: return "kind";
    case PROP_STATUS: return "status";
    case PROP_SUMMARY: return "summary";
    case PROP_SCHEDULE_WORDS: return "schedule_words";
    case PROP_LATITUDE: return "location.latitude";
    case PROP_LONGITUDE: return "location.longitude";
    case PROP_ID:
    case PROP_REV:
    default: return NULL;
    }
}

static void
sp_asset_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  SpAsset *self = SP_ASSET (object);

  switch ((SpAssetProperty) prop_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_REV:
      g_value_set_string (value, self->rev);
      break;
    case PROP_NAME:
    case PROP_KIND:
    case PROP_STATUS:
    case PROP_SUMMARY:
    case PROP_SCHEDULE_WORDS:
      g_value_set_string (value, sp_asset_get_text (self, property_path (prop_id)));
      break;
    case PROP_LATITUDE:
      g_value_set_double (value, sp_asset_get_latitude (self));
      break;
    case PROP_LONGITUDE:
      g_value_set_double (value, sp_asset_get_longitude (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
sp_asset_finalize (GObject *object)
{
  SpAsset *self = SP_ASSET (object);

  g_free (self->id);
  g_free (self->rev);
  sp_node_unref (self->body);
  G_OBJECT_CLASS (sp_asset_parent_class)->finalize (object);
}

static GParamSpec *
text_property (const char *name)
{
  return g_param_spec_string (name, NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static GParamSpec *
degrees_property (const char *name)
{
  return g_param_spec_double (name, NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static void
sp_asset_class_init (SpAssetClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = sp_asset_get_property;
  object_class->finalize = sp_asset_finalize;

  properties[PROP_ID] = text_property ("id");
  properties[PROP_REV] = text_property ("rev");
  properties[PROP_NAME] = text_property ("name");
  properties[PROP_KIND] = text_property ("kind");
  properties[PROP_STATUS] = text_property ("status");
  properties[PROP_SUMMARY] = text_property ("summary");
  properties[PROP_SCHEDULE_WORDS] = text_property ("schedule-words");
  properties[PROP_LATITUDE] = degrees_property ("latitude");
  properties[PROP_LONGITUDE] = degrees_property ("longitude");
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
sp_asset_init (SpAsset *self)
{
}

/**
 * sp_asset_new:
 * @id: document id
 * @rev: (nullable): the revision @body is of; %NULL of an asset that was never saved
 * @body: an object; shared, not copied
 *
 * Returns: (transfer full): an asset
 */
SpAsset *
sp_asset_new (const char *id, const char *rev, SpNode *body)
{
  SpAsset *self = g_object_new (SP_TYPE_ASSET, NULL);

  self->id = g_strdup (id);
  self->rev = g_strdup (rev);
  self->body = sp_node_ref (body);
  return self;
}

/**
 * sp_asset_copy:
 * @self: an asset
 *
 * Returns: (transfer full): an asset with a body of its own, to be changed or to cross threads
 */
SpAsset *
sp_asset_copy (SpAsset *self)
{
  g_autoptr (SpNode) body = sp_node_copy (self->body);

  return sp_asset_new (self->id, self->rev, body);
}

/**
 * sp_asset_get_id:
 * @self: an asset
 *
 * Returns: (transfer none): its document id, such as `asset:0b7e…`; never changes
 */
const char *sp_asset_get_id (SpAsset *self) { return self->id; }

/**
 * sp_asset_get_rev:
 * @self: an asset
 *
 * Returns: (nullable) (transfer none): the revision its body was read from; %NULL of one that was never stored
 */
const char *sp_asset_get_rev (SpAsset *self) { return self->rev; }

/**
 * sp_asset_get_body:
 * @self: an asset
 *
 * Returns: (transfer none): its body, which must not be changed; valid until the next change unless a reference is
 *   taken
 */
SpNode *sp_asset_get_body (SpAsset *self) { return self->body; }

/**
 * sp_asset_get_text:
 * @self: an asset
 * @path: a member, such as `address.postal_code`
 *
 * Returns: (nullable) (transfer none): its text; %NULL if unknown; valid until the next change
 */
const char *
sp_asset_get_text (SpAsset *self, const char *path)
{
  return sp_node_get_string (sp_node_get_path (self->body, path));
}

/**
 * sp_asset_get_name:
 * @self: an asset
 *
 * Returns: (nullable) (transfer none): its name; valid until the next change
 */
const char *sp_asset_get_name (SpAsset *self) { return sp_asset_get_text (self, "name"); }

/**
 * sp_asset_get_latitude:
 * @self: an asset
 *
 * Returns: degrees north, WGS 84; NAN if it is not placed
 */
double sp_asset_get_latitude (SpAsset *self) { return sp_node_get_double (sp_node_get_path (self->body, "location.latitude")); }

/**
 * sp_asset_get_longitude:
 * @self: an asset
 *
 * Returns: degrees east, WGS 84; NAN if it is not placed
 */
double sp_asset_get_longitude (SpAsset *self) { return sp_node_get_double (sp_node_get_path (self->body, "location.longitude")); }

/**
 * sp_asset_get_words:
 * @self: an asset
 * @path: a set, such as `categories` or `accessibility.tags`
 *
 * Returns: (transfer full): its words; an empty list if unknown
 */
GStrv
sp_asset_get_words (SpAsset *self, const char *path)
{
  const SpNode *set = sp_node_get_path (self->body, path);
  GStrvBuilder *words = g_strv_builder_new ();
  GStrv result;

  for (guint i = 0; sp_node_is_array (set) && i < sp_node_get_length (set); i++)
    if (sp_node_get_string (sp_node_get_element (set, i)) != NULL)
      g_strv_builder_add (words, sp_node_get_string (sp_node_get_element (set, i)));
  result = g_strv_builder_end (words);
  g_strv_builder_unref (words);
  return result;
}

/**
 * sp_asset_get_n_items:
 * @self: an asset
 * @list: a list, such as `contacts`
 *
 * Returns: how many items it has
 */
guint
sp_asset_get_n_items (SpAsset *self, const char *list)
{
  const SpNode *node = sp_node_get_path (self->body, list);

  return sp_node_is_array (node) ? sp_node_get_length (node) : 0;
}

/**
 * sp_asset_get_item:
 * @self: an asset
 * @list: a list, such as `contacts`
 * @index: from 0
 *
 * Returns: (nullable) (transfer none): the item, for one of the readers of sp-asset-parts.h
 */
SpNode *
sp_asset_get_item (SpAsset *self, const char *list, guint index)
{
  if (index >= sp_asset_get_n_items (self, list))
    return NULL;
  return sp_node_get_element (sp_node_get_path (self->body, list), index);
}

static void
notify_path (SpAsset *self, const char *path)
{
  for (SpAssetProperty p = PROP_ID; p <= PROP_LONGITUDE; p++)
    {
      const char *shown = property_path (p);
      gsize n = strlen (path);
      if (shown != NULL && strncmp (shown, path, n) == 0 && (shown[n] == '\0' || shown[n] == '.'))
        g_object_notify_by_pspec (G_OBJECT (self), properties[p]);
    }
}

/**
 * sp_asset_set_value:
 * @self: an asset
 * @path: a member; in a list a position from 1 or an item's `id`, and one past the last adds an item
 * @value: (transfer full) (nullable): what; %NULL removes it
 * @error: %SP_ERROR_INVALID if it does not fit
 *
 * Changes one member and tells who listens to the property that shows it. Bodies handed out before stay as they were.
 *
 * Returns: whether it was set
 */
gboolean
sp_asset_set_value (SpAsset *self, const char *path, SpNode *value, GError **error)
{
  g_autoptr (SpNode) owned = value;
  const SpField *field = sp_field_find (path);
  SpNode *mine;

  g_return_val_if_fail (SP_IS_ASSET (self), FALSE);
  if (field != NULL && value != NULL && !sp_field_check (field, value, error))
    return FALSE;
  if (value != NULL && sp_node_equal (sp_node_get_path (self->body, path), value))
    return TRUE;
  mine = sp_node_copy (self->body);
  if (!sp_field_set (mine, path, g_steal_pointer (&owned), error))
    {
      sp_node_unref (mine);
      return FALSE;
    }
  sp_node_unref (self->body);
  self->body = mine;
  notify_path (self, path);
  return TRUE;
}

/**
 * sp_asset_set_text:
 * @self: an asset
 * @path: a member
 * @text: (nullable): what a person typed; %NULL and "" remove it
 * @error: %SP_ERROR_INVALID if it does not fit
 *
 * Returns: whether it was set
 */
gboolean
sp_asset_set_text (SpAsset *self, const char *path, const char *text, GError **error)
{
  const SpField *field = sp_field_find (path);
  SpNode *value = NULL;

  if (field == NULL)
    {
      g_set_error (error, SP_ERROR, SP_ERROR_INVALID, "%s: there is no such field", path);
      return FALSE;
    }
  if (text != NULL && *text != '\0' && (value = sp_field_parse (field, text, error)) == NULL)
    return FALSE;
  return sp_asset_set_value (self, path, value, error);
}

/**
 * sp_asset_diff:
 * @before: an asset's body
 * @after: the same later
 *
 * Finds which top-level members changed; `edit` and `modified`, which belong to the saving, are left out.
 *
 * Returns: (transfer full): an object of the new values; null for a member that is gone
 */
SpNode *
sp_asset_diff (const SpNode *before, const SpNode *after)
{
  SpNode *changes = sp_node_new_object ();

  for (guint i = 0; i < sp_node_get_length (after); i++)
    {
      const char *name = sp_node_get_name (after, i);
      SpNode *value = sp_node_get_element (after, i);
      if (!sp_node_equal (sp_node_get (before, name), value))
        sp_node_set (changes, name, sp_node_ref (value));
    }
  for (guint i = 0; i < sp_node_get_length (before); i++)
    if (sp_node_get (after, sp_node_get_name (before, i)) == NULL)
      sp_node_set (changes, sp_node_get_name (before, i), sp_node_new_null ());
  sp_node_remove (changes, "edit");
  sp_node_remove (changes, "modified");
  return changes;
}
