/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpMapModel: the present result as the map shows it: all that a query finds, in clusters. A new result takes the place
 * of the old in one go, once it is ready; a newer query interrupts the older; when the store changes, what has changed
 * is brought up to date.
 *
 * Where everything is, is the largest of all results, and what one comes back to after each search. It is kept until
 * something changes, and then there at once; what another program has changed meanwhile follows.
 *
 * Belongs to the main loop. */
#include "sp-map-model.h"

#include "sp-clock.h"
#include "sp-docs.h"
#include "sp-points.h"
#include "sp-taxonomy.h"

#define QUIET_MS 150 /* after a change, so that an import does not make it run for each of its commits */
#define MOST_CHANGED 64 /* documents that are looked at one by one */

/* A look into the store that runs. */
typedef struct
{
  SpMapModel   *model; /* NULL once nobody waits for the answer */
  GCancellable *cancellable;
  gboolean      again;  /* nobody asked for it: only the store has changed */
} Look;

struct _SpMapModel
{
  GObject parent_instance;

  SpStore        *store;   /* owned */
  SpQuery        *query;   /* owned, nullable; place and area looked up once something was found */
  SpClusterIndex *index;   /* owned, nullable: nothing was found yet, or nothing is looked for */
  SpClusterIndex *everything; /* owned, nullable: all there is, up to date; may be @index */
  gint32          day;     /* that @everything was found on */
  SpTaxonomy     *taxonomy; /* by which @everything got its looks; not owned, to compare */
  char           *seq;     /* owned, nullable if not known: the store's newest when @everything was found */
  Look           *checking; /* nullable; whether that is the newest still; frees itself with its answer */
  GError         *error;   /* owned, nullable */
  GPtrArray      *changed; /* of char *, owned: documents that have changed since the look that runs, or the last */
  gboolean        all;     /* so much has changed, or so little is known, that all is looked for */
  Look           *running; /* nullable; frees itself with its answer */
  GSource        *again;   /* owned, nullable: about to look again */
};

G_DEFINE_FINAL_TYPE (SpMapModel, sp_map_model, G_TYPE_OBJECT)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
drop_timer (SpMapModel *self)
{
  if (self->again != NULL)
    g_source_destroy (self->again);
  g_clear_pointer (&self->again, g_source_unref);
}

static void
forget_changes (SpMapModel *self)
{
  g_ptr_array_set_size (self->changed, 0);
  self->all = FALSE;
}

/* Its answer, late or not at all, will find that nobody wants it. */
static void
drop (Look **look)
{
  Look *dropped = g_steal_pointer (look);

  if (dropped == NULL)
    return;
  dropped->model = NULL;
  g_cancellable_cancel (dropped->cancellable);
}

static void
drop_look (SpMapModel *self)
{
  drop_timer (self);
  drop (&self->running);
  drop (&self->checking);
}

static void
drop_index (SpMapModel *self)
{
  SpClusterIndex *index = g_steal_pointer (&self->index);

  if (index != self->everything)
    g_clear_pointer (&index, sp_cluster_index_free);
}

/* If it is what is shown, it goes when that does. */
static void
forget_everything (SpMapModel *self)
{
  SpClusterIndex *everything = g_steal_pointer (&self->everything);

  if (everything != self->index)
    g_clear_pointer (&everything, sp_cluster_index_free);
}

/* What is shown may be all there is, with nothing that it lacks on its way. @seq: (nullable): as in SpPoints */
static void
keep_everything (SpMapModel *self, const char *seq)
{
  if (self->changed->len > 0 || self->index == NULL || sp_query_has_conditions (self->query))
    return;
  if (self->everything != self->index)
    forget_everything (self);
  self->everything = self->index;
  self->day = sp_clock_today ();
  self->taxonomy = sp_taxonomy_get_default ();
  g_free (self->seq);
  self->seq = g_strdup (seq);
}

/* Whether what is known of everything answers @query. Who asks for everything once more, wants it looked for anew. */
static gboolean
is_known (SpMapModel *self, SpQuery *query)
{
  return query != NULL && self->everything != NULL && self->day == sp_clock_today () && self->taxonomy == sp_taxonomy_get_default ()
         && !sp_query_has_conditions (query) && (self->query == NULL || sp_query_has_conditions (self->query));
}

static void
apply_changes (SpMapModel *self, GArray *changes)
{
  for (guint i = 0; i < changes->len; i++)
    {
      const SpPointChange *change = &g_array_index (changes, SpPointChange, i);

      if (change->is_there)
        sp_cluster_index_put (self->index, &change->point);
      else
        sp_cluster_index_remove (self->index, change->point.doc);
    }
}

static void look_again_soon (SpMapModel *self);

static void
show (SpMapModel *self, SpPoints *points)
{
  g_set_object (&self->query, points->query);
  if (points->changes != NULL)
    {
      apply_changes (self, points->changes);
      keep_everything (self, NULL);
      return;
    }
  drop_index (self);
  self->index = g_steal_pointer (&points->index);
  keep_everything (self, points->seq);
}

/* What was shown stays when it could only not be brought up to date: then all is looked for the next time. */
static void
end_look (SpMapModel *self, gboolean again, SpPoints *points, GError *error)
{
  self->running = NULL;
  g_clear_error (&self->error);
  self->error = error;
  if (points != NULL)
    show (self, points);
  else if (again)
    self->all = TRUE;
  else
    drop_index (self);
  if (self->changed->len > 0)
    look_again_soon (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
free_look (Look *look)
{
  g_object_unref (look->cancellable);
  g_free (look);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Look *look = data;
  g_autoptr (SpMapModel) self = look->model != NULL ? g_object_ref (look->model) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SpPoints) points = sp_store_points_finish (SP_STORE (source), result, &error);

  if (self != NULL)
    end_look (self, look->again, points, g_steal_pointer (&error));
  free_look (look);
}

static Look *
new_look (SpMapModel *self, gboolean again)
{
  Look *look = g_new0 (Look, 1);

  look->model = self;
  look->cancellable = g_cancellable_new ();
  look->again = again;
  return look;
}

static void
start (SpMapModel *self, gboolean again)
{
  gboolean all = self->all || self->index == NULL || self->changed->len > MOST_CHANGED;

  self->running = new_look (self, again);
  g_ptr_array_add (self->changed, NULL);
  sp_store_points_async (self->store, self->query, all ? NULL : (const char * const *) self->changed->pdata,
                         self->running->cancellable, looked_cb, self->running);
  forget_changes (self);
}

static gboolean
again_cb (gpointer data)
{
  SpMapModel *self = data;

  g_clear_pointer (&self->again, g_source_unref);
  start (self, TRUE);
  return G_SOURCE_REMOVE;
}

/* A look that runs is left to end, or a store that changes all the time would never show anything. */
static void
look_again_soon (SpMapModel *self)
{
  if (self->query == NULL || self->again != NULL || self->running != NULL)
    return;
  self->again = g_timeout_source_new (QUIET_MS);
  g_source_set_callback (self->again, again_cb, self, NULL);
  g_source_attach (self->again, g_main_context_get_thread_default ());
}

static void
store_changed_cb (SpMapModel *self, const char * const *ids)
{
  for (guint i = 0; ids[i] != NULL && self->changed->len <= MOST_CHANGED; i++)
    g_ptr_array_add (self->changed, g_strdup (ids[i]));
  forget_everything (self);
  look_again_soon (self);
}

static void
sp_map_model_dispose (GObject *object)
{
  SpMapModel *self = SP_MAP_MODEL (object);

  drop_look (self);
  g_clear_object (&self->store);
  g_clear_object (&self->query);
  G_OBJECT_CLASS (sp_map_model_parent_class)->dispose (object);
}

static void
sp_map_model_finalize (GObject *object)
{
  SpMapModel *self = SP_MAP_MODEL (object);

  forget_everything (self);
  drop_index (self);
  g_free (self->seq);
  g_clear_error (&self->error);
  g_ptr_array_unref (self->changed);
  G_OBJECT_CLASS (sp_map_model_parent_class)->finalize (object);
}

static void
sp_map_model_class_init (SpMapModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = sp_map_model_dispose;
  object_class->finalize = sp_map_model_finalize;

  /**
   * SpMapModel::changed:
   * @self: the model
   *
   * Something else is to be shown, or could not be found: the index and the error say which. What was got from the index
   * before is out of date.
   */
  signals[CHANGED] = g_signal_new ("changed", SP_TYPE_MAP_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sp_map_model_init (SpMapModel *self)
{
  self->changed = g_ptr_array_new_with_free_func (g_free);
}

/**
 * sp_map_model_new:
 * @store: the store to look into, opened in this main context
 *
 * Returns: (transfer full): a model that looks for nothing yet
 */
SpMapModel *
sp_map_model_new (SpStore *store)
{
  SpMapModel *self = g_object_new (SP_TYPE_MAP_MODEL, NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * sp_map_model_get_store:
 * @self: a model
 *
 * Returns: (transfer none): the store it looks into
 */
SpStore *sp_map_model_get_store (SpMapModel *self) { return self->store; }

static gpointer
read_seq (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return sp_docs_get_update_seq (db, error);
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Look *look = data;
  SpMapModel *self = look->model;
  g_autofree char *seq = sp_store_call_finish (SP_STORE (source), result, NULL);

  if (self != NULL)
    self->checking = NULL;
  if (self != NULL && seq != NULL && self->everything != NULL && self->running == NULL && g_strcmp0 (seq, self->seq) != 0)
    {
      self->all = TRUE;
      start (self, TRUE);
    }
  free_look (look);
}

/* Another program does not tell when it has written to the file. */
static void
check_everything (SpMapModel *self)
{
  self->checking = new_look (self, TRUE);
  sp_store_read_async (self->store, read_seq, NULL, NULL, g_free, self->checking->cancellable, checked_cb, self->checking);
}

static void
show_everything (SpMapModel *self)
{
  g_clear_error (&self->error);
  drop_index (self);
  self->index = self->everything;
  check_everything (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * sp_map_model_set_query:
 * @self: a model
 * @query: (nullable): what to look for; copied. %NULL empties the map
 *
 * Begins to look, and drops the look that runs. What is shown stays until #SpMapModel::changed; that may be before this
 * returns.
 */
void
sp_map_model_set_query (SpMapModel *self, SpQuery *query)
{
  g_autoptr (SpQuery) copy = query != NULL ? sp_query_copy (query) : NULL;
  gboolean known = is_known (self, query);

  drop_look (self);
  forget_changes (self);
  g_set_object (&self->query, copy);
  if (known)
    {
      show_everything (self);
      return;
    }
  if (query != NULL)
    {
      self->all = TRUE;
      start (self, FALSE);
      return;
    }
  g_clear_error (&self->error);
  drop_index (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * sp_map_model_get_query:
 * @self: a model
 *
 * Returns: (transfer none) (nullable): what it looks for; once found, with the place and the area as they were looked
 *   up. Not to be changed
 */
SpQuery *sp_map_model_get_query (SpMapModel *self) { return self->query; }

/**
 * sp_map_model_get_index:
 * @self: a model
 *
 * Returns: (transfer none) (nullable): where all is that was found; until the next #SpMapModel::changed. %NULL before
 *   the first
 */
const SpClusterIndex *sp_map_model_get_index (SpMapModel *self) { return self->index; }

/**
 * sp_map_model_get_error:
 * @self: a model
 *
 * Returns: (transfer none) (nullable): why the newest look that ended found nothing; %NULL if all is well
 */
const GError *sp_map_model_get_error (SpMapModel *self) { return self->error; }

/**
 * sp_map_model_is_running:
 * @self: a model
 *
 * Returns: whether something is being looked for
 */
gboolean sp_map_model_is_running (SpMapModel *self) { return self->running != NULL; }
