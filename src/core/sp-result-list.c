/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpResultList: what a search found, as a list model that holds only what is on screen. All hits are one plain array;
 * an SpResult exists for a hit only while somebody holds it, and its asset is read with its page, without blocking.
 *
 * Belongs to the main loop. */
#include "sp-result-list.h"

#include <string.h>

#define PAGES_KEPT 8 /* of assets that were read last, for those who scroll back */

typedef struct
{
  guint      number;
  GPtrArray *assets; /* SpAsset, NULL for one that is gone */
} Page;

/* A page that is being read. */
typedef struct
{
  SpResultList *list; /* NULL once nobody waits for the answer */
  guint         number;
  guint         waiting; /* results that want it */
  GCancellable *cancellable;
} Load;

/* A result that somebody holds. */
typedef struct
{
  SpResultList *list;
  SpResult     *result; /* not owned */
  gint64        doc;
  Load         *load;   /* that it waits for, or NULL */
} Live;

struct _SpResultList
{
  GObject         parent_instance;

  SpResultSource *source; /* owned */
  GArray         *hits;   /* SpResultHit */
  GHashTable     *live;   /* &Live.doc → Live */
  GHashTable     *loads;  /* page number → Load */
  GQueue          pages;  /* Page, the last used first */
};

static void sp_result_list_model_init (GListModelInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (SpResultList, sp_result_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, sp_result_list_model_init))

#define HIT(self, i) (&g_array_index ((self)->hits, SpResultHit, (i)))

static void
page_free (gpointer data)
{
  Page *page = data;

  g_ptr_array_unref (page->assets);
  g_free (page);
}

/* The answer may still come; it finds that nobody wants it. */
static void
abandon_load (gpointer data)
{
  Load *load = data;

  load->list = NULL;
  g_cancellable_cancel (load->cancellable);
}

static void
load_free (Load *load)
{
  g_object_unref (load->cancellable);
  g_free (load);
}

static void
stop_waiting (Live *live)
{
  Load *load = live->load;

  live->load = NULL;
  if (load != NULL && --load->waiting == 0)
    g_hash_table_remove (live->list->loads, GUINT_TO_POINTER (load->number));
}

static void
result_gone_cb (gpointer data, GObject *where_it_was)
{
  Live *live = data;

  live->result = NULL;
  stop_waiting (live);
  g_hash_table_remove (live->list->live, &live->doc);
}

static void
live_free (gpointer data)
{
  Live *live = data;

  if (live->result != NULL)
    g_object_weak_unref (G_OBJECT (live->result), result_gone_cb, live);
  g_free (live);
}

static Page *
find_page (SpResultList *self, guint number)
{
  for (GList *l = self->pages.head; l != NULL; l = l->next)
    if (((Page *) l->data)->number == number)
      {
        g_queue_unlink (&self->pages, l);
        g_queue_push_head_link (&self->pages, l);
        return l->data;
      }
  return NULL;
}

static void
keep_page (SpResultList *self, guint number, GPtrArray *assets)
{
  Page *page = g_new (Page, 1);

  page->number = number;
  page->assets = g_ptr_array_ref (assets);
  g_queue_push_head (&self->pages, page);
  while (self->pages.length > PAGES_KEPT)
    page_free (g_queue_pop_tail (&self->pages));
}

static SpAsset *
asset_at (GPtrArray *assets, guint index)
{
  guint i = index % SP_RESULT_PAGE;

  return i < assets->len ? g_ptr_array_index (assets, i) : NULL;
}

static void
fill_result (SpResult *result, SpAsset *asset)
{
  if (asset != NULL)
    sp_result_fill (result, asset);
  else
    sp_result_fail (result, "This entry has been deleted");
}

/* Those that wait for @load, held: filling one may let go of another, or change the list. */
static GPtrArray *
take_waiting (SpResultList *self, const Load *load)
{
  GPtrArray *waiting = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  Live *live;

  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &live))
    if (live->load == load)
      {
        live->load = NULL;
        g_ptr_array_add (waiting, g_object_ref (live->result));
      }
  return waiting;
}

static void
deliver (SpResultList *self, const Load *load, GPtrArray *assets, const char *problem)
{
  g_autoptr (GPtrArray) waiting = take_waiting (self, load);
  guint indices[SP_RESULT_PAGE];

  for (guint i = 0; i < waiting->len; i++)
    indices[i] = sp_result_get_index (g_ptr_array_index (waiting, i));
  g_hash_table_steal (self->loads, GUINT_TO_POINTER (load->number));
  if (assets != NULL)
    keep_page (self, load->number, assets);
  for (guint i = 0; i < waiting->len; i++)
    if (assets != NULL)
      fill_result (g_ptr_array_index (waiting, i), asset_at (assets, indices[i]));
    else
      sp_result_fail (g_ptr_array_index (waiting, i), problem);
}

static void
page_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Load *load = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) assets = sp_result_source_load_finish (SP_RESULT_SOURCE (source), result, &error);

  if (load->list != NULL)
    {
      g_autoptr (SpResultList) self = g_object_ref (load->list);
      deliver (self, load, assets, error != NULL ? error->message : NULL);
    }
  load_free (load);
}

static Load *
start_load (SpResultList *self, guint number)
{
  guint first = number * SP_RESULT_PAGE;
  guint count = MIN (SP_RESULT_PAGE, self->hits->len - first);
  gint64 docs[SP_RESULT_PAGE];
  Load *load = g_new0 (Load, 1);

  load->list = self;
  load->number = number;
  load->cancellable = g_cancellable_new ();
  g_hash_table_insert (self->loads, GUINT_TO_POINTER (number), load);
  for (guint i = 0; i < count; i++)
    docs[i] = HIT (self, first + i)->doc;
  sp_result_source_load_async (self->source, docs, count, load->cancellable, page_loaded_cb, load);
  return load;
}

/* Sees to it that a result gets its asset: at once if its page is at hand. */
static void
want_asset (SpResultList *self, Live *live)
{
  guint number = sp_result_get_index (live->result) / SP_RESULT_PAGE;
  const Page *page;

  if (sp_result_is_current (live->result) || live->load != NULL)
    return;
  page = find_page (self, number);
  if (page != NULL)
    {
      fill_result (live->result, asset_at (page->assets, sp_result_get_index (live->result)));
      return;
    }
  live->load = g_hash_table_lookup (self->loads, GUINT_TO_POINTER (number));
  if (live->load == NULL)
    live->load = start_load (self, number);
  live->load->waiting++;
}

static Live *
add_live (SpResultList *self, SpResult *result, gint64 doc)
{
  Live *live = g_new0 (Live, 1);

  live->list = self;
  live->result = result;
  live->doc = doc;
  g_object_weak_ref (G_OBJECT (result), result_gone_cb, live);
  g_hash_table_insert (self->live, &live->doc, live);
  return live;
}

static GType
sp_result_list_get_item_type (GListModel *model)
{
  return SP_TYPE_RESULT;
}

static guint
sp_result_list_get_n_items (GListModel *model)
{
  return SP_RESULT_LIST (model)->hits->len;
}

static gpointer
sp_result_list_get_item (GListModel *model, guint position)
{
  SpResultList *self = SP_RESULT_LIST (model);
  const SpResultHit *hit;
  SpResult *result;
  Live *live;

  if (position >= self->hits->len)
    return NULL;
  hit = HIT (self, position);
  live = g_hash_table_lookup (self->live, &hit->doc);
  if (live != NULL)
    {
      result = g_object_ref (live->result);
      sp_result_move (result, hit, position);
    }
  else
    {
      result = sp_result_new (hit, position);
      live = add_live (self, result, hit->doc);
    }
  want_asset (self, live);
  return result;
}

static void
sp_result_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = sp_result_list_get_item_type;
  iface->get_n_items = sp_result_list_get_n_items;
  iface->get_item = sp_result_list_get_item;
}

static void
sp_result_list_dispose (GObject *object)
{
  SpResultList *self = SP_RESULT_LIST (object);

  g_hash_table_remove_all (self->loads);
  g_hash_table_remove_all (self->live);
  g_queue_clear_full (&self->pages, page_free);
  g_clear_object (&self->source);
  G_OBJECT_CLASS (sp_result_list_parent_class)->dispose (object);
}

static void
sp_result_list_finalize (GObject *object)
{
  SpResultList *self = SP_RESULT_LIST (object);

  g_array_unref (self->hits);
  g_hash_table_unref (self->live);
  g_hash_table_unref (self->loads);
  G_OBJECT_CLASS (sp_result_list_parent_class)->finalize (object);
}

static void
sp_result_list_class_init (SpResultListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sp_result_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = sp_result_list_finalize;
}

static void
sp_result_list_init (SpResultList *self)
{
  self->hits = g_array_new (FALSE, FALSE, sizeof (SpResultHit));
  self->live = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, live_free);
  self->loads = g_hash_table_new_full (NULL, NULL, NULL, abandon_load);
  g_queue_init (&self->pages);
}

/**
 * sp_result_list_new:
 * @source: what gives the assets
 *
 * Returns: (transfer full): an empty list
 */
SpResultList *
sp_result_list_new (SpResultSource *source)
{
  SpResultList *self = g_object_new (SP_TYPE_RESULT_LIST, NULL);

  self->source = g_object_ref (source);
  return self;
}

static guint
common_prefix (const GArray *a, const GArray *b)
{
  guint length = MIN (a->len, b->len);
  guint i = 0;

  while (i < length && g_array_index (a, SpResultHit, i).doc == g_array_index (b, SpResultHit, i).doc)
    i++;
  return i;
}

static guint
common_suffix (const GArray *a, const GArray *b, guint prefix)
{
  guint length = MIN (a->len, b->len) - prefix;
  guint i = 0;

  while (i < length && g_array_index (a, SpResultHit, a->len - 1 - i).doc == g_array_index (b, SpResultHit, b->len - 1 - i).doc)
    i++;
  return i;
}

/* Tells the results that somebody holds where they stand now. Returns them, held. */
static GPtrArray *
move_live (SpResultList *self, guint prefix, guint suffix, guint old_length)
{
  GPtrArray *held = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  Live *live;

  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &live))
    g_ptr_array_add (held, g_object_ref (live->result));
  for (guint i = 0; i < held->len; i++)
    {
      SpResult *result = g_ptr_array_index (held, i);
      guint index = sp_result_get_index (result);

      if (index != SP_RESULT_NOWHERE && index >= prefix)
        index = index >= old_length - suffix ? index - old_length + self->hits->len : SP_RESULT_NOWHERE;
      sp_result_move (result, index != SP_RESULT_NOWHERE ? HIT (self, index) : NULL, index);
    }
  return held;
}

/* What was being read was for the old positions. */
static void
forget_pages (SpResultList *self)
{
  GHashTableIter iter;
  Live *live;

  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &live))
    live->load = NULL;
  g_hash_table_remove_all (self->loads);
  g_queue_clear_full (&self->pages, page_free);
}

static void
refresh_live (SpResultList *self, GPtrArray *held)
{
  for (guint i = 0; i < held->len; i++)
    {
      SpResult *result = g_ptr_array_index (held, i);
      guint index = sp_result_get_index (result);
      Live *live;

      if (index >= self->hits->len)
        continue;
      live = g_hash_table_lookup (self->live, &HIT (self, index)->doc);
      if (live != NULL && live->result == result)
        want_asset (self, live);
    }
}

/**
 * sp_result_list_set_hits:
 * @self: a list
 * @hits: (element-type SpResultHit): what a new search found, each document at most once; nobody changes it afterwards
 *
 * Replaces what the list shows. What is the same at the beginning and at the end stays, with its results, so that
 * nothing jumps; the rest is one change. Pages that are being read for the old list are abandoned.
 */
void
sp_result_list_set_hits (SpResultList *self, GArray *hits)
{
  sp_result_list_set_hits_and_page (self, hits, NULL);
}

/**
 * sp_result_list_set_hits_and_page:
 * @self: a list
 * @hits: (element-type SpResultHit): as for sp_result_list_set_hits()
 * @first: (nullable) (element-type SpAsset): the assets of the first %SP_RESULT_PAGE of them, or of all if they are fewer;
 *   %NULL for one that is gone. Nobody changes it afterwards
 *
 * The same, with what the list would read first.
 */
void
sp_result_list_set_hits_and_page (SpResultList *self, GArray *hits, GPtrArray *first)
{
  g_autoptr (GArray) old = g_steal_pointer (&self->hits);
  g_autoptr (GPtrArray) held = NULL;
  guint prefix = common_prefix (old, hits);
  guint suffix = common_suffix (old, hits, prefix);
  guint removed = old->len - prefix - suffix;
  guint added = hits->len - prefix - suffix;

  self->hits = g_array_ref (hits);
  forget_pages (self);
  if (first != NULL)
    keep_page (self, 0, first);
  held = move_live (self, prefix, suffix, old->len);
  if (removed > 0 || added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), prefix, removed, added);
  refresh_live (self, held);
}

/**
 * sp_result_list_get_hits:
 * @self: a list
 * @count: (out): how many
 *
 * All hits without making objects of them: a map places its pins by them.
 *
 * Returns: (array length=count) (transfer none): the hits; until the next change
 */
const SpResultHit *
sp_result_list_get_hits (SpResultList *self, guint *count)
{
  *count = self->hits->len;
  return (const SpResultHit *) self->hits->data;
}
