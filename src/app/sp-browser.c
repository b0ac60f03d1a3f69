/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpBrowser: what one window looks at: a query with what it finds, and the one entry that is selected. List, map and
 * details all take it, so they cannot disagree.
 *
 * Belongs to the main loop. */
#include "sp-browser.h"

#include "sp-store-documents.h"

struct _SpBrowser
{
  GObject parent_instance;

  SpStore      *store;    /* owned */
  SpFinder     *finder;   /* owned */
  SpQuery      *query;    /* owned; never changed in place */
  char         *selected; /* owned, nullable; document id */
  SpAsset      *entry;    /* owned, nullable: not read yet, or nothing is selected */
  gboolean      disputed; /* the entry has versions that stand against each other */
  GCancellable *reading;  /* owned, nullable: the entry is on its way */
};

G_DEFINE_FINAL_TYPE (SpBrowser, sp_browser, G_TYPE_OBJECT)

typedef enum { PROP_STORE = 1, PROP_QUERY, PROP_SELECTED, PROP_ENTRY } SpBrowserProperty;
static GParamSpec *properties[PROP_ENTRY + 1];
enum { ENTRY_GONE, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
stop_reading (SpBrowser *self)
{
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

/* @entry: (nullable) */
static void
show_entry (SpBrowser *self, SpStoreEntry *entry)
{
  self->disputed = entry != NULL && entry->conflicts->len > 0;
  g_clear_object (&self->entry);
  if (entry != NULL)
    self->entry = g_object_ref (entry->asset);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENTRY]);
}

/* Its id may have been selected by a stale list, or somebody has deleted it. */
static void
lose_entry (SpBrowser *self)
{
  g_autofree char *id = g_steal_pointer (&self->selected);

  show_entry (self, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
  g_signal_emit (self, signals[ENTRY_GONE], 0, id);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpBrowser) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SpStoreEntry) entry = sp_store_get_finish (SP_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->reading);
  if (entry == NULL || entry->deleted)
    lose_entry (self);
  else
    show_entry (self, entry);
}

static void
read_entry (SpBrowser *self)
{
  stop_reading (self);
  if (self->selected == NULL)
    return;
  self->reading = g_cancellable_new ();
  sp_store_get_async (self->store, self->selected, self->reading, read_cb, g_object_ref (self));
}

static void
changed_cb (SpBrowser *self, const char *const *ids)
{
  if (self->selected != NULL && g_strv_contains (ids, self->selected))
    read_entry (self);
}

static void
sp_browser_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  SpBrowser *self = SP_BROWSER (object);

  switch ((SpBrowserProperty) prop_id)
    {
    case PROP_STORE:
      g_value_set_object (value, self->store);
      break;
    case PROP_QUERY:
      g_value_set_object (value, self->query);
      break;
    case PROP_SELECTED:
      g_value_set_string (value, self->selected);
      break;
    case PROP_ENTRY:
      g_value_set_object (value, self->entry);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
sp_browser_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  SpBrowser *self = SP_BROWSER (object);

  if (prop_id == PROP_QUERY)
    sp_browser_set_query (self, g_value_get_object (value));
  else if (prop_id == PROP_SELECTED)
    sp_browser_select (self, g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
sp_browser_dispose (GObject *object)
{
  SpBrowser *self = SP_BROWSER (object);

  stop_reading (self);
  g_clear_object (&self->finder);
  g_clear_object (&self->store);
  g_clear_object (&self->query);
  g_clear_object (&self->entry);
  G_OBJECT_CLASS (sp_browser_parent_class)->dispose (object);
}

static void
sp_browser_finalize (GObject *object)
{
  g_free (SP_BROWSER (object)->selected);
  G_OBJECT_CLASS (sp_browser_parent_class)->finalize (object);
}

static void
sp_browser_class_init (SpBrowserClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = sp_browser_get_property;
  object_class->set_property = sp_browser_set_property;
  object_class->dispose = sp_browser_dispose;
  object_class->finalize = sp_browser_finalize;

  properties[PROP_STORE] = g_param_spec_object ("store", NULL, NULL, SP_TYPE_STORE, flags | G_PARAM_READABLE);
  properties[PROP_QUERY] = g_param_spec_object ("query", NULL, NULL, SP_TYPE_QUERY, flags | G_PARAM_READWRITE);
  properties[PROP_SELECTED] = g_param_spec_string ("selected", NULL, NULL, NULL, flags | G_PARAM_READWRITE);
  properties[PROP_ENTRY] = g_param_spec_object ("entry", NULL, NULL, SP_TYPE_ASSET, flags | G_PARAM_READABLE);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * SpBrowser::entry-gone:
   * @self: the browser
   * @id: document id
   *
   * The entry that was selected is not there, or no longer. Nothing is selected now.
   */
  signals[ENTRY_GONE] = g_signal_new ("entry-gone", SP_TYPE_BROWSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
sp_browser_init (SpBrowser *self)
{
  self->query = sp_query_new ();
}

/**
 * sp_browser_new:
 * @store: the store to look at, opened in this main context
 *
 * Returns: (transfer full): a browser that looks for everything; nothing is selected
 */
SpBrowser *
sp_browser_new (SpStore *store)
{
  SpBrowser *self = g_object_new (SP_TYPE_BROWSER, NULL);

  self->store = g_object_ref (store);
  self->finder = sp_finder_new (store);
  sp_finder_set_query (self->finder, self->query);
  g_signal_connect_object (store, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * sp_browser_get_store:
 * @self: a browser
 *
 * Returns: (transfer none): the store it looks at
 */
SpStore *sp_browser_get_store (SpBrowser *self) { return self->store; }

/**
 * sp_browser_get_finder:
 * @self: a browser
 *
 * Returns: (transfer none): the search that runs, with the list of what was found
 */
SpFinder *sp_browser_get_finder (SpBrowser *self) { return self->finder; }

/**
 * sp_browser_get_query:
 * @self: a browser
 *
 * Returns: (transfer none): what the window asks for, as it was set. Not to be changed: set a changed copy
 */
SpQuery *sp_browser_get_query (SpBrowser *self) { return self->query; }

/**
 * sp_browser_set_query:
 * @self: a browser
 * @query: what to look for; copied
 *
 * Begins a search. The list stays as it is until #SpFinder::ended.
 */
void
sp_browser_set_query (SpBrowser *self, SpQuery *query)
{
  g_return_if_fail (SP_IS_QUERY (query));

  query = sp_query_copy (query);
  g_object_unref (self->query);
  self->query = query;
  sp_finder_set_query (self->finder, query);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_QUERY]);
}

/**
 * sp_browser_get_selected:
 * @self: a browser
 *
 * Returns: (nullable): document id of the selected entry
 */
const char *sp_browser_get_selected (SpBrowser *self) { return self->selected; }

/**
 * sp_browser_select:
 * @self: a browser
 * @id: (nullable): document id; it need not be in the list
 *
 * Selects an entry. #SpBrowser:entry is %NULL until it was read.
 */
void
sp_browser_select (SpBrowser *self, const char *id)
{
  g_return_if_fail (SP_IS_BROWSER (self));

  if (g_strcmp0 (self->selected, id) == 0)
    return;
  stop_reading (self);
  g_free (self->selected);
  self->selected = g_strdup (id);
  g_object_freeze_notify (G_OBJECT (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
  show_entry (self, NULL);
  g_object_thaw_notify (G_OBJECT (self));
  read_entry (self);
}

/**
 * sp_browser_get_entry:
 * @self: a browser
 *
 * Returns: (transfer none) (nullable): the selected entry as it stands in the store; %NULL while it is read
 */
SpAsset *sp_browser_get_entry (SpBrowser *self) { return self->entry; }

/**
 * sp_browser_is_disputed:
 * @self: a browser
 *
 * Returns: whether the selected entry has versions that stand against each other and wait for a person
 */
gboolean sp_browser_is_disputed (SpBrowser *self) { return self->disputed; }
