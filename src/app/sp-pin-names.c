/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpPinNames: what the pins that somebody points at are called. An index of a million has no names: those that are asked
 * for are read from the store, and the last ones kept.
 *
 * Belongs to the main loop. */
#include "sp-pin-names.h"

#include "sp-result-source.h"
#include "sp-taxonomy.h"

#include <glib/gi18n.h>

#define MOST 500 /* that are kept; with more of them, all are forgotten */

struct _SpPinNames
{
  GObject parent_instance;

  SpStore      *store;   /* owned */
  GHashTable   *names;   /* doc to SpPinName, both owned; NULL for one that is on its way */
  GCancellable *closing; /* owned */
  guint         age;     /* how often all was forgotten: what was asked for before that is out of date */
};

G_DEFINE_FINAL_TYPE (SpPinNames, sp_pin_names, G_TYPE_OBJECT)

enum { KNOWN, N_SIGNALS };
static guint signals[N_SIGNALS];

typedef struct
{
  SpPinNames *names;
  gint64      doc;
  guint       age;
} Request;

static void
free_name (gpointer data)
{
  SpPinName *name = data;

  if (name == NULL)
    return;
  g_free (name->id);
  g_free (name->name);
  g_free (name->category);
  g_free (name);
}

static SpPinName *
make_name (SpAsset *asset)
{
  SpPinName *name = g_new0 (SpPinName, 1);
  g_auto (GStrv) categories = asset != NULL ? sp_asset_get_words (asset, "categories") : NULL;
  const SpCategory *category = categories != NULL && categories[0] != NULL
                                 ? sp_taxonomy_lookup (sp_taxonomy_get_default (), categories[0]) : NULL;

  if (asset == NULL)
    return name;
  name->id = g_strdup (sp_asset_get_id (asset));
  name->name = g_strdup (sp_asset_get_name (asset));
  name->category = category != NULL ? g_strdup (sp_category_get_local_name (category)) : NULL;
  return name;
}

static void
set_name (SpPinNames *self, gint64 doc, SpPinName *name)
{
  g_hash_table_replace (self->names, g_memdup2 (&doc, sizeof doc), name);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Request *request = data;
  g_autoptr (SpPinNames) self = request->names;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) assets = sp_result_source_load_finish (SP_RESULT_SOURCE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || request->age != self->age)
    return;
  if (assets == NULL) /* asked for again when somebody points at it again */
    {
      g_hash_table_remove (self->names, &request->doc);
      return;
    }
  set_name (self, request->doc, make_name (assets->len > 0 ? g_ptr_array_index (assets, 0) : NULL));
  g_signal_emit (self, signals[KNOWN], 0, request->doc);
}

static void
sp_pin_names_dispose (GObject *object)
{
  SpPinNames *self = SP_PIN_NAMES (object);

  g_cancellable_cancel (self->closing);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (sp_pin_names_parent_class)->dispose (object);
}

static void
sp_pin_names_finalize (GObject *object)
{
  SpPinNames *self = SP_PIN_NAMES (object);

  g_hash_table_unref (self->names);
  g_object_unref (self->closing);
  G_OBJECT_CLASS (sp_pin_names_parent_class)->finalize (object);
}

static void
sp_pin_names_class_init (SpPinNamesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sp_pin_names_dispose;
  G_OBJECT_CLASS (klass)->finalize = sp_pin_names_finalize;

  /**
   * SpPinNames::known:
   * @self: the names
   * @doc: a document's local number
   *
   * What sp_pin_names_get() did not know is known now.
   */
  signals[KNOWN] = g_signal_new ("known", SP_TYPE_PIN_NAMES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
sp_pin_names_init (SpPinNames *self)
{
  self->names = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, free_name);
  self->closing = g_cancellable_new ();
}

static void
forget_all (SpPinNames *self)
{
  g_hash_table_remove_all (self->names);
  self->age++;
}

/**
 * sp_pin_names_new:
 * @store: where to read, opened in this main context
 *
 * Returns: (transfer full): names, none of which is known yet
 */
SpPinNames *
sp_pin_names_new (SpStore *store)
{
  SpPinNames *self = g_object_new (SP_TYPE_PIN_NAMES, NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (forget_all), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * sp_pin_names_get:
 * @self: names
 * @doc: a document's local number
 *
 * Asks for the name of an entry; if it is not known it is read, and #SpPinNames::known follows.
 *
 * Returns: (transfer none) (nullable): what it is called, until the main loop runs again
 */
const SpPinName *
sp_pin_names_get (SpPinNames *self, gint64 doc)
{
  gpointer name;
  Request *request;

  if (g_hash_table_lookup_extended (self->names, &doc, NULL, &name))
    return name;
  if (g_hash_table_size (self->names) >= MOST)
    forget_all (self);
  set_name (self, doc, NULL);
  request = g_new (Request, 1);
  *request = (Request){ g_object_ref (self), doc, self->age };
  sp_result_source_load_async (SP_RESULT_SOURCE (self->store), &doc, 1, self->closing, loaded_cb, request);
  return NULL;
}

/**
 * sp_pin_names_tell:
 * @self: names
 * @point: an entry
 * @separator: what to put between one thing and the next
 *
 * Says what a pin means: name, category, and the state that its form shows.
 *
 * Returns: (transfer full) (nullable): the words; %NULL if they are not known yet
 */
char *
sp_pin_names_tell (SpPinNames *self, const SpPoint *point, const char *separator)
{
  const SpPinName *name = sp_pin_names_get (self, point->doc);
  const char *parts[5] = { NULL };
  guint n = 0;

  if (name == NULL)
    return NULL;
  parts[n++] = name->name != NULL ? name->name : _("An entry that is gone");
  if (name->category != NULL)
    parts[n++] = name->category;
  if (point->look.marks & SP_PIN_CLOSED)
    parts[n++] = _("Closed for now");
  if (point->look.marks & SP_PIN_STALE)
    parts[n++] = _("Not checked for a long time");
  return g_strjoinv (separator, (char **) parts);
}
