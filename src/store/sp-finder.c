/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpFinder: one search that a person looks at: a query, and the list of what it finds. A newer query interrupts the
 * older; when the store changes, the query runs again.
 *
 * Belongs to the main loop. */
#include "sp-finder.h"

#include "sp-store-find.h"

#define QUIET_MS 150 /* after a change, so that an import does not make it run for each of its commits */

/* A search that runs. */
typedef struct
{
  SpFinder     *finder; /* NULL once nobody waits for the answer */
  GCancellable *cancellable;
  gboolean      again;  /* nobody asked for it: only the store has changed */
} Search;

struct _SpFinder
{
  GObject       parent_instance;

  SpStore      *store;    /* owned */
  SpResultList *list;     /* owned */
  SpQuery      *query;    /* owned, nullable; place and area looked up once something was found */
  SpHits       *hits;     /* owned, nullable */
  GError       *error;    /* owned, nullable */
  Search       *running;  /* nullable; frees itself with its answer */
  GSource      *again;    /* owned, nullable: about to run again */
  gboolean      is_stale; /* the store has changed since the search that runs began */
};

G_DEFINE_FINAL_TYPE (SpFinder, sp_finder, G_TYPE_OBJECT)

enum { PROP_RUNNING = 1, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];
enum { ENDED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
drop_timer (SpFinder *self)
{
  if (self->again != NULL)
    g_source_destroy (self->again);
  g_clear_pointer (&self->again, g_source_unref);
}

/* Its answer, late or not at all, will find that nobody wants it. */
static void
drop_search (SpFinder *self)
{
  Search *search = g_steal_pointer (&self->running);

  drop_timer (self);
  self->is_stale = FALSE;
  if (search == NULL)
    return;
  search->finder = NULL;
  g_cancellable_cancel (search->cancellable);
}

static GArray *
make_result_hits (const SpHits *hits)
{
  GArray *array = g_array_sized_new (FALSE, FALSE, sizeof (SpResultHit), hits->hits->len);
  SpResultHit *results;

  g_array_set_size (array, hits->hits->len);
  results = (SpResultHit *) (gpointer) array->data;
  for (guint i = 0; i < hits->hits->len; i++)
    {
      const SpHit *hit = &g_array_index (hits->hits, SpHit, i);

      results[i] = (SpResultHit){ hit->doc, hit->n, (float) hit->latitude, (float) hit->longitude, (float) hit->distance };
    }
  return array;
}

static gboolean
free_hits_cb (gpointer data)
{
  return G_SOURCE_REMOVE;
}

/* A page of assets takes its time to go, and somebody waits for what was found instead. @hits: (transfer full) */
static void
free_later (SpHits *hits)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_callback (source, free_hits_cb, hits, (GDestroyNotify) sp_hits_free);
  g_source_attach (source, g_main_context_get_thread_default ());
}

/* @hits: (transfer full) (nullable) */
static void
show (SpFinder *self, SpHits *hits)
{
  SpHits *old = g_steal_pointer (&self->hits);
  g_autoptr (GArray) array = hits != NULL ? make_result_hits (hits) : g_array_new (FALSE, FALSE, sizeof (SpResultHit));

  self->hits = hits;
  sp_result_list_set_hits_and_page (self->list, array, hits != NULL ? hits->first : NULL);
  if (old != NULL)
    free_later (old);
}

static void start (SpFinder *self, gboolean again);

static gboolean
again_cb (gpointer data)
{
  SpFinder *self = data;

  g_clear_pointer (&self->again, g_source_unref);
  start (self, TRUE);
  return G_SOURCE_REMOVE;
}

/* A search that runs is left to end, or a store that changes all the time would never show anything. */
static void
run_again_soon (SpFinder *self)
{
  if (self->query == NULL || self->again != NULL)
    return;
  if (self->running != NULL)
    {
      self->is_stale = TRUE;
      return;
    }
  self->again = g_timeout_source_new (QUIET_MS);
  g_source_set_callback (self->again, again_cb, self, NULL);
  g_source_attach (self->again, g_main_context_get_thread_default ());
}

/* @hits: (transfer full) (nullable). What was shown stays when it could only not be brought up to date. */
static void
end_search (SpFinder *self, const Search *search, SpQuery *looked_up, SpHits *hits, GError *error)
{
  self->running = NULL;
  g_clear_error (&self->error);
  self->error = error;
  if (looked_up != NULL)
    g_set_object (&self->query, looked_up);
  if (self->is_stale)
    {
      self->is_stale = FALSE;
      run_again_soon (self);
    }
  if (hits != NULL || !search->again)
    show (self, hits);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
  g_signal_emit (self, signals[ENDED], 0);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Search *search = data;
  g_autoptr (SpFinder) self = search->finder != NULL ? g_object_ref (search->finder) : NULL;
  g_autoptr (SpQuery) looked_up = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SpHits) hits = sp_store_find_finish (SP_STORE (source), result, &looked_up, &error);

  if (self != NULL)
    end_search (self, search, looked_up, g_steal_pointer (&hits), g_steal_pointer (&error));
  g_object_unref (search->cancellable);
  g_free (search);
}

static void
start (SpFinder *self, gboolean again)
{
  Search *search = g_new0 (Search, 1);

  search->finder = self;
  search->cancellable = g_cancellable_new ();
  search->again = again;
  self->running = search;
  sp_store_find_async (self->store, self->query, search->cancellable, found_cb, search);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
}

static void
sp_finder_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_RUNNING)
    g_value_set_boolean (value, sp_finder_is_running (SP_FINDER (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
sp_finder_dispose (GObject *object)
{
  SpFinder *self = SP_FINDER (object);

  drop_search (self);
  g_clear_object (&self->list);
  g_clear_object (&self->store);
  g_clear_object (&self->query);
  G_OBJECT_CLASS (sp_finder_parent_class)->dispose (object);
}

static void
sp_finder_finalize (GObject *object)
{
  SpFinder *self = SP_FINDER (object);

  g_clear_pointer (&self->hits, sp_hits_free);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (sp_finder_parent_class)->finalize (object);
}

static void
sp_finder_class_init (SpFinderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = sp_finder_get_property;
  object_class->dispose = sp_finder_dispose;
  object_class->finalize = sp_finder_finalize;
  properties[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  /**
   * SpFinder::ended:
   * @self: the finder
   *
   * The newest search has ended: list, hits, query and error say how. Also after the store has changed.
   */
  signals[ENDED] = g_signal_new ("ended", SP_TYPE_FINDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sp_finder_init (SpFinder *self)
{
}

/**
 * sp_finder_new:
 * @store: the store to search, opened in this main context
 *
 * Returns: (transfer full): a finder that looks for nothing yet
 */
SpFinder *
sp_finder_new (SpStore *store)
{
  SpFinder *self = g_object_new (SP_TYPE_FINDER, NULL);

  self->store = g_object_ref (store);
  self->list = sp_result_list_new (SP_RESULT_SOURCE (store));
  g_signal_connect_object (store, "changed", G_CALLBACK (run_again_soon), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * sp_finder_set_query:
 * @self: a finder
 * @query: (nullable): what to look for; copied. %NULL empties the list
 *
 * Begins a search and drops the one that runs. The list stays as it is until #SpFinder::ended. Nobody reads to the end of
 * a list of a million: without a limit of its own @query gets %SP_SEARCH_BOUND.
 */
void
sp_finder_set_query (SpFinder *self, SpQuery *query)
{
  g_autoptr (SpQuery) copy = query != NULL ? sp_query_copy (query) : NULL;
  gboolean was_running = self->running != NULL;

  drop_search (self);
  if (copy != NULL && sp_query_get_filters (copy)->limit == 0)
    sp_query_set_limit (copy, SP_SEARCH_BOUND);
  g_set_object (&self->query, copy);
  if (query != NULL)
    {
      start (self, FALSE);
      return;
    }
  g_clear_error (&self->error);
  show (self, NULL);
  if (was_running)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
}

/**
 * sp_finder_get_query:
 * @self: a finder
 *
 * Returns: (transfer none) (nullable): what it looks for; once found, with the place and the area as they were looked
 *   up. Not to be changed
 */
SpQuery *sp_finder_get_query (SpFinder *self) { return self->query; }

/**
 * sp_finder_get_list:
 * @self: a finder
 *
 * Returns: (transfer none): what was found; the same list for the life of the finder
 */
SpResultList *sp_finder_get_list (SpFinder *self) { return self->list; }

/**
 * sp_finder_get_hits:
 * @self: a finder
 *
 * Returns: (transfer none) (nullable): what was found, with how many there are; until the next #SpFinder::ended
 */
const SpHits *sp_finder_get_hits (SpFinder *self) { return self->hits; }

/**
 * sp_finder_get_error:
 * @self: a finder
 *
 * Returns: (transfer none) (nullable): why the newest search that ended found nothing, or could not bring the list up to
 *   date; %NULL if all is well
 */
const GError *sp_finder_get_error (SpFinder *self) { return self->error; }

/**
 * sp_finder_is_running:
 * @self: a finder
 *
 * Returns: whether a search is under way
 */
gboolean sp_finder_is_running (SpFinder *self) { return self->running != NULL; }
