/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpShortlistBook: the shortlists of one store, for all windows that look at them: it makes the changes, tells everybody,
 * and can take the last one back. Shortlists are no documents, so neither SpStore::changed nor SpChanges know of them.
 *
 * Belongs to the main loop. */
#include "sp-shortlist-book.h"

#define KEY "sp-shortlist-book" /* of the store */

struct _SpShortlistBook
{
  GObject parent_instance;

  SpStore     *store;  /* not owned: owns this */
  SpShortlist *before; /* owned, nullable: the list as it was before the last change */
  gint64       made;   /* number of the list that the last change made; 0 if it made none */
};

G_DEFINE_FINAL_TYPE (SpShortlistBook, sp_shortlist_book, G_TYPE_OBJECT)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
sp_shortlist_book_finalize (GObject *object)
{
  g_clear_pointer (&SP_SHORTLIST_BOOK (object)->before, sp_shortlist_free);
  G_OBJECT_CLASS (sp_shortlist_book_parent_class)->finalize (object);
}

static void
sp_shortlist_book_class_init (SpShortlistBookClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sp_shortlist_book_finalize;

  /**
   * SpShortlistBook::changed:
   * @self: the book
   *
   * Some shortlist of the store has changed.
   */
  signals[CHANGED] = g_signal_new ("changed", SP_TYPE_SHORTLIST_BOOK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sp_shortlist_book_init (SpShortlistBook *self)
{
}

/**
 * sp_shortlist_book_of:
 * @store: a store
 *
 * Returns: (transfer none): its shortlists; one object for all who ask, which lives as long as the store
 */
SpShortlistBook *
sp_shortlist_book_of (SpStore *store)
{
  SpShortlistBook *self = g_object_get_data (G_OBJECT (store), KEY);

  if (self == NULL)
    {
      self = g_object_new (SP_TYPE_SHORTLIST_BOOK, NULL);
      self->store = store;
      g_object_set_data_full (G_OBJECT (store), KEY, self, g_object_unref);
    }
  return self;
}

typedef struct
{
  SpShortlistBook *book; /* owned */
  gboolean         undoes;
  gboolean         makes;
  GWeakRef         owner; /* a GObject */
  SpShortlistFunc  func;
} Call;

static void
free_call (Call *call)
{
  g_object_unref (call->book);
  g_weak_ref_clear (&call->owner);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, free_call)

static void
remember (SpShortlistBook *self, const Call *call, SpShortlist *before, const SpShortlist *after)
{
  g_clear_pointer (&self->before, sp_shortlist_free);
  self->made = 0;
  if (call->undoes)
    {
      g_clear_pointer (&before, sp_shortlist_free);
      return;
    }
  self->before = before;
  self->made = call->makes && after != NULL ? after->n : 0;
}

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Call) call = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SpShortlist) after = NULL;
  g_autoptr (GObject) owner = NULL;
  SpShortlist *before = NULL;

  if (sp_store_change_shortlist_finish (SP_STORE (source), result, &before, &after, &error))
    {
      remember (call->book, call, before, after);
      g_signal_emit (call->book, signals[CHANGED], 0);
    }
  owner = g_weak_ref_get (&call->owner);
  if (owner != NULL)
    call->func (owner, after, error);
}

static void
start (SpShortlistBook *self, const SpShortlistChange *change, gboolean undoes, gpointer owner, SpShortlistFunc func)
{
  Call *call = g_new0 (Call, 1);

  call->book = g_object_ref (self);
  call->undoes = undoes;
  call->makes = change->action == SP_SHORTLIST_CREATE;
  call->func = func;
  g_weak_ref_init (&call->owner, owner);
  sp_store_change_shortlist_async (self->store, change, changed_cb, call);
}

/**
 * sp_shortlist_book_change:
 * @self: the shortlists of a store
 * @change: what to do; copied
 * @owner: (type GObject): who asks for it; not kept alive
 * @func: told how it went, after #SpShortlistBook::changed, if @owner still lives
 *
 * Makes a change.
 */
void
sp_shortlist_book_change (SpShortlistBook *self, const SpShortlistChange *change, gpointer owner, SpShortlistFunc func)
{
  g_return_if_fail (SP_IS_SHORTLIST_BOOK (self));
  start (self, change, FALSE, owner, func);
}

/**
 * sp_shortlist_book_undo:
 * @self: the shortlists of a store
 * @owner: (type GObject): who asks for it; not kept alive
 * @func: told how it went, if @owner still lives; not called if there is nothing to take back
 *
 * Takes the last change back, once.
 */
void
sp_shortlist_book_undo (SpShortlistBook *self, gpointer owner, SpShortlistFunc func)
{
  SpShortlistChange change = { .action = SP_SHORTLIST_DELETE, .list = self->made };

  if (self->before != NULL)
    change = (SpShortlistChange){ .action = SP_SHORTLIST_RESTORE, .whole = self->before };
  if (self->before != NULL || self->made != 0)
    start (self, &change, TRUE, owner, func);
}
