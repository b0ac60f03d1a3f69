/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpDraftList: the drafts of a store for a window. It answers from memory at once and writes behind; what is kept here
 * survives the death of the program as soon as the writer got to it, some milliseconds later. */
#include "sp-draft-list.h"

#include "sp-clock.h"

#include <string.h>

struct _SpDraftList
{
  GObject parent_instance;

  SpStore      *store;       /* owned */
  GPtrArray    *drafts;      /* owned; of SpDraft, the newest first */
  GHashTable   *touched;     /* owned; ids that were kept or forgotten since the store was last asked */
  GCancellable *cancellable; /* owned */
  guint         pending;     /* calls of the store that have not answered yet */
};

G_DEFINE_FINAL_TYPE (SpDraftList, sp_draft_list, G_TYPE_OBJECT)

enum { CHANGED, FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
sp_draft_list_dispose (GObject *object)
{
  SpDraftList *self = SP_DRAFT_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (sp_draft_list_parent_class)->dispose (object);
}

static void
sp_draft_list_finalize (GObject *object)
{
  SpDraftList *self = SP_DRAFT_LIST (object);

  g_ptr_array_unref (self->drafts);
  g_hash_table_unref (self->touched);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (sp_draft_list_parent_class)->finalize (object);
}

static void
sp_draft_list_class_init (SpDraftListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sp_draft_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = sp_draft_list_finalize;

  /**
   * SpDraftList::changed:
   * @self: the list
   *
   * A draft was added, changed or thrown away.
   */
  signals[CHANGED] = g_signal_new ("changed", SP_TYPE_DRAFT_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * SpDraftList::failed:
   * @self: the list
   * @error: why a draft could not be kept, or the drafts not be read
   */
  signals[FAILED] = g_signal_new ("failed", SP_TYPE_DRAFT_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
sp_draft_list_init (SpDraftList *self)
{
  self->drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_draft_free);
  self->touched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->cancellable = g_cancellable_new ();
}

static gpointer
list_job (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return sp_drafts_list (db, error);
}

static gpointer
keep_job (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return sp_drafts_keep (db, data, error) ? data : NULL;
}

static gpointer
forget_job (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return sp_drafts_forget (db, data, error) ? data : NULL;
}

/* The answer of a call; NULL after telling why there is none. */
static gpointer
take_answer (SpDraftList *self, GObject *source, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  gpointer answer = sp_store_call_finish (SP_STORE (source), result, &error);

  self->pending--;
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[FAILED], 0, error);
  return answer;
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpDraftList) self = data;

  take_answer (self, source, result); /* what it gives belongs to the call */
}

static gboolean
find_position (SpDraftList *self, const char *id, guint *position)
{
  for (guint i = 0; i < self->drafts->len; i++)
    if (strcmp (((const SpDraft *) g_ptr_array_index (self->drafts, i))->id, id) == 0)
      {
        *position = i;
        return TRUE;
      }
  return FALSE;
}

/* What the store said, but for drafts that were kept or forgotten while it was being asked. */
static void
take_drafts (SpDraftList *self, GPtrArray *drafts)
{
  for (guint i = self->drafts->len; i-- > 0;)
    if (!g_hash_table_contains (self->touched, ((const SpDraft *) g_ptr_array_index (self->drafts, i))->id))
      g_ptr_array_remove_index (self->drafts, i);
  for (guint i = 0; i < drafts->len; i++)
    {
      const SpDraft *draft = g_ptr_array_index (drafts, i);
      if (!g_hash_table_contains (self->touched, draft->id))
        g_ptr_array_add (self->drafts, sp_draft_new (draft->id, draft->parent, draft->body, draft->changed));
    }
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpDraftList) self = data;
  g_autoptr (GPtrArray) drafts = take_answer (self, source, result);

  if (drafts == NULL)
    return;
  take_drafts (self, drafts);
  g_hash_table_remove_all (self->touched);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
load (SpDraftList *self)
{
  if (self->pending == 0) /* what was kept so far is in the store, and what that says counts */
    g_hash_table_remove_all (self->touched);
  self->pending++;
  sp_store_read_async (self->store, list_job, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, self->cancellable,
                       listed_cb, g_object_ref (self));
}

/* An erasure takes its members out of drafts too. */
static void
store_changed_cb (SpStore *store, GStrv ids, SpDraftList *self)
{
  guint position;

  for (guint i = 0; ids[i] != NULL; i++)
    if (find_position (self, ids[i], &position))
      {
        load (self);
        return;
      }
}

/**
 * sp_draft_list_new:
 * @store: a store
 *
 * Begins to read the drafts of @store; #SpDraftList::changed tells when they are there.
 *
 * Returns: (transfer full): the list
 */
SpDraftList *
sp_draft_list_new (SpStore *store)
{
  SpDraftList *self = g_object_new (SP_TYPE_DRAFT_LIST, NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self, 0);
  load (self);
  return self;
}

static void
remove_from_memory (SpDraftList *self, const char *id)
{
  guint position;

  g_hash_table_add (self->touched, g_strdup (id));
  if (find_position (self, id, &position))
    g_ptr_array_remove_index (self->drafts, position);
}

/**
 * sp_draft_list_keep:
 * @self: a list of drafts
 * @id: document id
 * @parent: (nullable): revision that the edit began with
 * @body: the entry as it was typed so far; a reference is taken, and nobody may change it any more
 *
 * Keeps a draft, in the place of the one that @id had.
 */
void
sp_draft_list_keep (SpDraftList *self, const char *id, const char *parent, SpNode *body)
{
  gint64 now = sp_clock_now ();

  g_return_if_fail (SP_IS_DRAFT_LIST (self));
  remove_from_memory (self, id);
  g_ptr_array_insert (self->drafts, 0, sp_draft_new (id, parent, body, now));
  self->pending++;
  sp_store_write_async (self->store, keep_job, sp_draft_new (id, parent, body, now), (GDestroyNotify) sp_draft_free, NULL,
                        NULL, written_cb, g_object_ref (self));
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * sp_draft_list_forget:
 * @self: a list of drafts
 * @id: document id
 *
 * Throws a draft away, if there is one.
 */
void
sp_draft_list_forget (SpDraftList *self, const char *id)
{
  g_return_if_fail (SP_IS_DRAFT_LIST (self));
  remove_from_memory (self, id);
  self->pending++;
  sp_store_write_async (self->store, forget_job, g_strdup (id), g_free, NULL, NULL, written_cb, g_object_ref (self));
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * sp_draft_list_find:
 * @self: a list of drafts
 * @id: document id
 *
 * Returns: (transfer none) (nullable): its draft, until the list changes
 */
const SpDraft *
sp_draft_list_find (SpDraftList *self, const char *id)
{
  guint position;

  return find_position (self, id, &position) ? g_ptr_array_index (self->drafts, position) : NULL;
}

/**
 * sp_draft_list_get_size:
 * @self: a list of drafts
 *
 * Returns: how many there are
 */
guint
sp_draft_list_get_size (SpDraftList *self)
{
  return self->drafts->len;
}

/**
 * sp_draft_list_get:
 * @self: a list of drafts
 * @position: from 0, the newest first
 *
 * Returns: (transfer none): a draft, until the list changes
 */
const SpDraft *
sp_draft_list_get (SpDraftList *self, guint position)
{
  g_return_val_if_fail (position < self->drafts->len, NULL);
  return g_ptr_array_index (self->drafts, position);
}

/**
 * sp_draft_list_is_quiet:
 * @self: a list of drafts
 *
 * Returns: whether everything that was read or kept has been answered by the store
 */
gboolean
sp_draft_list_is_quiet (SpDraftList *self)
{
  return self->pending == 0;
}
