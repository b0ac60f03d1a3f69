/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of results: few objects for many hits, pages read as they are looked at, and quiet changes. */
#include "sp-result-list.h"

#include <math.h>

/* A source whose answers come when the test says so. */
#define TEST_TYPE_SOURCE (test_source_get_type ())
G_DECLARE_FINAL_TYPE (TestSource, test_source, TEST, SOURCE, GObject)

struct _TestSource
{
  GObject parent_instance;

  GQueue  tasks;   /* GTask, waiting; its data the docs (GArray) */
  guint   loads;   /* asked for so far */
  gint64  missing; /* a doc that is gone */
};

static void test_source_iface_init (SpResultSourceInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TestSource, test_source, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (SP_TYPE_RESULT_SOURCE, test_source_iface_init))

static void
test_source_load_async (SpResultSource *source, const gint64 *docs, guint count, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  TestSource *self = TEST_SOURCE (source);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  GArray *copy = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_vals (copy, docs, count);
  g_task_set_task_data (task, copy, (GDestroyNotify) g_array_unref);
  g_queue_push_tail (&self->tasks, task);
  self->loads++;
}

static GPtrArray *
test_source_load_finish (SpResultSource *source, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_source_iface_init (SpResultSourceInterface *iface)
{
  iface->load_async = test_source_load_async;
  iface->load_finish = test_source_load_finish;
}

static void
test_source_class_init (TestSourceClass *klass)
{
}

static void
test_source_init (TestSource *self)
{
  g_queue_init (&self->tasks);
  self->missing = -1;
}

static void
unref_asset (gpointer asset)
{
  if (asset != NULL)
    g_object_unref (asset);
}

static GPtrArray *
assets_of (TestSource *self, const GArray *docs)
{
  GPtrArray *assets = g_ptr_array_new_with_free_func (unref_asset);

  for (guint i = 0; i < docs->len; i++)
    {
      gint64 doc = g_array_index (docs, gint64, i);
      g_autofree char *id = g_strdup_printf ("asset:%" G_GINT64_FORMAT, doc);
      g_autoptr (SpNode) body = sp_node_new_object ();

      g_ptr_array_add (assets, doc == self->missing ? NULL : sp_asset_new (id, NULL, body));
    }
  return assets;
}

/* Answers all that was asked for, the latest question first if @backwards, and lets the callbacks run. */
static void
answer (TestSource *self, gboolean backwards, const char *problem)
{
  GTask *task;

  while ((task = backwards ? g_queue_pop_tail (&self->tasks) : g_queue_pop_head (&self->tasks)) != NULL)
    {
      if (problem != NULL)
        g_task_return_new_error (task, SP_ERROR, SP_ERROR_FAILED, "%s", problem);
      else
        g_task_return_pointer (task, assets_of (self, g_task_get_task_data (task)), (GDestroyNotify) g_ptr_array_unref);
      g_object_unref (task);
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

typedef struct
{
  TestSource   *source;
  SpResultList *list;
  guint         position, removed, added, changes;
} Fixture;

static void
changed_cb (GListModel *model, guint position, guint removed, guint added, Fixture *f)
{
  f->position = position;
  f->removed = removed;
  f->added = added;
  f->changes++;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->source = g_object_new (TEST_TYPE_SOURCE, NULL);
  f->list = sp_result_list_new (SP_RESULT_SOURCE (f->source));
  g_signal_connect (f->list, "items-changed", G_CALLBACK (changed_cb), f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_assert_finalize_object (f->list);
  answer (f->source, FALSE, NULL); /* what was abandoned */
  g_assert_finalize_object (f->source);
}

static GArray *
hits_between (gint64 first, gint64 last)
{
  GArray *hits = g_array_sized_new (FALSE, FALSE, sizeof (SpResultHit), (guint) (last - first + 1));

  for (gint64 doc = first; doc <= last; doc++)
    g_array_append_val (hits, ((SpResultHit) { doc, 1, 54, -3, (float) doc }));
  return hits;
}

static void
set_hits (Fixture *f, GArray *hits)
{
  sp_result_list_set_hits (f->list, hits);
  g_array_unref (hits);
}

static SpResult *
get (Fixture *f, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (f->list), position);
}

static void
test_page (Fixture *f, gconstpointer data)
{
  g_autoptr (SpResult) first = NULL;
  g_autoptr (SpResult) again = NULL;
  g_autoptr (SpResult) third = NULL;

  set_hits (f, hits_between (100, 299));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->list)), ==, 200);
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (f->list)) == SP_TYPE_RESULT);
  g_assert_cmpuint (f->source->loads, ==, 0); /* nobody looked */
  first = get (f, 0);
  again = get (f, 0);
  third = get (f, 2);
  g_assert_true (first == again);
  g_assert_null (sp_result_get_asset (first));
  g_assert_null (sp_result_get_id (first));
  g_assert_cmpfloat (sp_result_get_distance (first), ==, 100); /* known at once */
  g_assert_cmpuint (f->source->loads, ==, 1);
  answer (f->source, FALSE, NULL);
  g_assert_cmpstr (sp_result_get_id (first), ==, "asset:100");
  g_assert_cmpstr (sp_result_get_id (third), ==, "asset:102");
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (f->list), 200));
}

/* Whoever searched has read the first page: nothing is asked for, and nobody sees a row without its entry. */
static void
test_first_page (Fixture *f, gconstpointer data)
{
  g_autoptr (GArray) hits = hits_between (100, 299);
  g_autoptr (GPtrArray) first = g_ptr_array_new_with_free_func (unref_asset);
  g_autoptr (SpNode) body = sp_node_parse ("{\"type\":\"asset\"}", -1, NULL);
  g_autoptr (SpResult) row = NULL, second = NULL, next = NULL;

  for (guint i = 0; i < SP_RESULT_PAGE; i++)
    g_ptr_array_add (first, i == 1 ? NULL : sp_asset_new ("asset:100", NULL, body));
  sp_result_list_set_hits_and_page (f->list, hits, first);
  row = get (f, 0);
  second = get (f, 1);
  g_assert_cmpstr (sp_result_get_id (row), ==, "asset:100");
  g_assert_nonnull (sp_result_get_problem (second));
  g_assert_cmpuint (f->source->loads, ==, 0);
  next = get (f, SP_RESULT_PAGE);
  g_assert_cmpuint (f->source->loads, ==, 1);
  answer (f->source, FALSE, NULL);
  g_assert_cmpstr (sp_result_get_id (next), ==, "asset:132");
}

static void
test_page_kept (Fixture *f, gconstpointer data)
{
  set_hits (f, hits_between (0, 999));
  g_object_unref (get (f, 70));
  {
    g_autoptr (SpResult) shown = get (f, 71);
    answer (f->source, FALSE, NULL);
    g_assert_cmpstr (sp_result_get_id (shown), ==, "asset:71");
  }
  {
    g_autoptr (SpResult) back = get (f, 72); /* its page is at hand: filled before anybody sees it empty */
    g_assert_cmpstr (sp_result_get_id (back), ==, "asset:72");
  }
  g_assert_cmpuint (f->source->loads, ==, 2); /* the first was abandoned with the only result that wanted it */
}

static void
count_gone_cb (gpointer data, GObject *where_it_was)
{
  guint *alive = data;

  (*alive)--;
}

/* A view that shows 100 rows scrolls through a million hits. */
static void
test_million (Fixture *f, gconstpointer data)
{
  enum { SHOWN = 100, ALL = 1000000, STEP = 37 };
  SpResult *shown[SHOWN] = { NULL };
  guint alive = 0, most = 0, next = 0;

  set_hits (f, hits_between (1, ALL));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->list)), ==, ALL);
  for (guint i = 0; i < ALL; i += STEP)
    {
      g_clear_object (&shown[next]);
      shown[next] = get (f, i);
      g_object_weak_ref (G_OBJECT (shown[next]), count_gone_cb, &alive);
      alive++;
      next = (next + 1) % SHOWN;
      most = MAX (most, alive);
      if (i % 50 == 0)
        answer (f->source, FALSE, NULL);
    }
  g_assert_cmpuint (most, <=, SHOWN);
  answer (f->source, FALSE, NULL);
  for (guint i = 0; i < SHOWN; i++)
    {
      g_assert_nonnull (sp_result_get_asset (shown[i]));
      g_clear_object (&shown[i]);
    }
  g_assert_cmpuint (alive, ==, 0);
}

/* Who scrolls on does not keep the store busy with what has gone by. */
static void
test_scrolled_past (Fixture *f, gconstpointer data)
{
  GTask *task;

  set_hits (f, hits_between (0, 9999));
  g_object_unref (get (f, 5000));
  task = g_queue_peek_head (&f->source->tasks);
  g_assert_true (g_cancellable_is_cancelled (g_task_get_cancellable (task)));
}

static void
test_minimal_change (Fixture *f, gconstpointer data)
{
  g_autoptr (GArray) hits = hits_between (0, 99);

  set_hits (f, hits_between (0, 99));
  g_assert_cmpuint (f->changes, ==, 1);
  set_hits (f, hits_between (0, 99));
  g_assert_cmpuint (f->changes, ==, 1); /* the same: silence */
  g_array_remove_range (hits, 40, 10);
  g_array_insert_val (hits, 40, ((SpResultHit) { 500, 1, 0, 0, 0 }));
  sp_result_list_set_hits (f->list, hits);
  g_assert_cmpuint (f->position, ==, 40);
  g_assert_cmpuint (f->removed, ==, 10);
  g_assert_cmpuint (f->added, ==, 1);
  set_hits (f, hits_between (0, -1));
  g_assert_cmpuint (f->position, ==, 0);
  g_assert_cmpuint (f->removed, ==, 91);
  g_assert_cmpuint (f->added, ==, 0);
}

static void
test_results_stay (Fixture *f, gconstpointer data)
{
  g_autoptr (SpResult) before = NULL;
  g_autoptr (SpResult) within = NULL;
  g_autoptr (SpResult) after = NULL;
  g_autoptr (SpResult) moved = NULL;
  g_autoptr (SpResult) found = NULL;
  g_autoptr (GArray) hits = hits_between (0, 99);
  SpResultHit last = { 30, 1, 54, -3, 7 };

  set_hits (f, hits_between (0, 99));
  before = get (f, 10);
  within = get (f, 30);
  after = get (f, 99);
  answer (f->source, FALSE, NULL);
  g_array_remove_range (hits, 30, 5);
  sp_result_list_set_hits (f->list, hits);
  g_assert_cmpuint (sp_result_get_index (before), ==, 10);
  g_assert_cmpuint (sp_result_get_index (within), ==, SP_RESULT_NOWHERE);
  g_assert_cmpuint (sp_result_get_index (after), ==, 94);
  moved = get (f, 94);
  g_assert_true (moved == after);
  g_assert_cmpstr (sp_result_get_id (after), ==, "asset:99");
  {
    g_autoptr (GArray) more = g_array_copy (hits);

    g_array_append_val (more, last);
    sp_result_list_set_hits (f->list, more);
  }
  found = get (f, 95); /* it comes back elsewhere, as the same object */
  g_assert_true (found == within);
  g_assert_cmpuint (sp_result_get_index (within), ==, 95);
  g_assert_cmpfloat (sp_result_get_distance (within), ==, 7);
}

/* Answers to the questions of an earlier search come late, and in the wrong order. */
static void
test_late_answers (Fixture *f, gconstpointer data)
{
  g_autoptr (SpResult) old = NULL;
  g_autoptr (SpResult) new = NULL;
  GTask *first;

  set_hits (f, hits_between (0, 99));
  old = get (f, 0);
  first = g_queue_peek_head (&f->source->tasks);
  set_hits (f, hits_between (500, 599));
  g_assert_true (g_cancellable_is_cancelled (g_task_get_cancellable (first)));
  new = get (f, 0);
  answer (f->source, TRUE, NULL);
  g_assert_cmpstr (sp_result_get_id (new), ==, "asset:500");
  g_assert_null (sp_result_get_asset (old)); /* it is in no list any more */
  g_assert_null (sp_result_get_problem (old));
}

/* A search that keeps a result which still waits asks for it again. */
static void
test_asked_again (Fixture *f, gconstpointer data)
{
  g_autoptr (SpResult) result = NULL;
  g_autoptr (GArray) hits = hits_between (0, 99);

  set_hits (f, hits_between (0, 99));
  result = get (f, 99);
  g_array_remove_range (hits, 0, 50);
  sp_result_list_set_hits (f->list, hits);
  g_assert_cmpuint (sp_result_get_index (result), ==, 49);
  g_assert_cmpuint (f->source->loads, ==, 2);
  answer (f->source, TRUE, NULL);
  g_assert_cmpstr (sp_result_get_id (result), ==, "asset:99");
}

static void
count_notify_cb (GObject *object, GParamSpec *pspec, guint *count)
{
  (*count)++;
}

/* The document has changed: the result stays in its row, keeps the old asset, and gets the new one. */
static void
test_new_version (Fixture *f, gconstpointer data)
{
  g_autoptr (SpResult) result = NULL;
  g_autoptr (GArray) hits = hits_between (0, 9);
  SpAsset *old;
  guint count = 0;

  set_hits (f, hits_between (0, 9));
  result = get (f, 3);
  answer (f->source, FALSE, NULL);
  old = sp_result_get_asset (result);
  g_signal_connect (result, "notify::asset", G_CALLBACK (count_notify_cb), &count);
  g_array_index (hits, SpResultHit, 3).version = 2;
  sp_result_list_set_hits (f->list, hits);
  g_assert_cmpuint (f->changes, ==, 1);
  g_assert_true (sp_result_get_asset (result) == old);
  g_assert_false (sp_result_is_current (result));
  answer (f->source, FALSE, NULL);
  g_assert_cmpuint (count, ==, 1);
  g_assert_true (sp_result_is_current (result));
}

static void
test_problems (Fixture *f, gconstpointer data)
{
  g_autoptr (SpResult) gone = NULL;
  g_autoptr (SpResult) unread = NULL;

  set_hits (f, hits_between (0, 99));
  f->source->missing = 4;
  gone = get (f, 4);
  answer (f->source, FALSE, NULL);
  g_assert_null (sp_result_get_asset (gone));
  g_assert_cmpstr (sp_result_get_problem (gone), ==, "This entry has been deleted");
  unread = get (f, 90);
  answer (f->source, FALSE, "the store is locked");
  g_assert_cmpstr (sp_result_get_problem (unread), ==, "the store is locked");
}

/* The list goes away before its results and before the answers. */
static void
test_list_gone (Fixture *f, gconstpointer data)
{
  g_autoptr (SpResult) result = NULL;
  g_autoptr (SpResultList) list = sp_result_list_new (SP_RESULT_SOURCE (f->source));
  g_autoptr (GArray) hits = hits_between (0, 9);

  sp_result_list_set_hits (list, hits);
  result = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_assert_finalize_object (g_steal_pointer (&list));
  answer (f->source, FALSE, NULL);
  g_assert_null (sp_result_get_asset (result));
}

static void
test_hits (Fixture *f, gconstpointer data)
{
  const SpResultHit *hits;
  guint count;

  set_hits (f, hits_between (5, 9));
  hits = sp_result_list_get_hits (f->list, &count);
  g_assert_cmpuint (count, ==, 5);
  g_assert_cmpint (hits[4].doc, ==, 9);
}

int
main (int argc, char **argv)
{
  static const struct { const char *path; void (*test) (Fixture *, gconstpointer); } tests[] = {
    { "/result-list/page", test_page },
    { "/result-list/first-page", test_first_page },
    { "/result-list/page-kept", test_page_kept },
    { "/result-list/million", test_million },
    { "/result-list/scrolled-past", test_scrolled_past },
    { "/result-list/minimal-change", test_minimal_change },
    { "/result-list/results-stay", test_results_stay },
    { "/result-list/late-answers", test_late_answers },
    { "/result-list/asked-again", test_asked_again },
    { "/result-list/new-version", test_new_version },
    { "/result-list/problems", test_problems },
    { "/result-list/list-gone", test_list_gone },
    { "/result-list/hits", test_hits },
  };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
