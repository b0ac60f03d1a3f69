/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpResultSelection: which of the results is selected, for a list view. It knows the document, not the row, so that a new
 * search moves nothing and the selection may be outside of what was found. GtkSingleSelection would make an object of
 * each new row to look for its item.
 *
 * It gives the view the first results only, and more as the view comes to their end: GtkListView makes up to 400 rows at
 * once, most of them far out of sight, and a window would not open nor a list follow a key before all are laid out.
 *
 * Belongs to the main loop. */
#include "sp-result-selection.h"

#include "sp-store-number.h"

#define FIRST 12 /* results; a page of the list is about seven */
#define MORE 12 /* as few as a frame has the time for; more of them follow */

struct _SpResultSelection
{
  GObject parent_instance;

  SpStore      *store;   /* owned */
  SpResultList *list;    /* owned */
  SpResult     *result;  /* owned, nullable: what was selected in the list, held so that it is read */
  char         *id;      /* owned, nullable: document id; NULL while @result is read */
  gint64        doc;     /* local number; 0 for nothing, or while it is looked up */
  guint         total;   /* results in the list, as the view knows it */
  guint         limit;   /* of those that the view is given */
  gboolean      is_asked; /* what comes next is the answer to another question */
  GCancellable *looking; /* owned, nullable */
};

static void sp_result_selection_list_init (GListModelInterface *iface);
static void sp_result_selection_model_init (GtkSelectionModelInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (SpResultSelection, sp_result_selection, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, sp_result_selection_list_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL, sp_result_selection_model_init))

enum { PROP_ID = 1, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

static void
take_id (SpResultSelection *self, const char *id)
{
  if (g_strcmp0 (self->id, id) == 0)
    return;
  g_free (self->id);
  self->id = g_strdup (id);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ID]);
}

static void
result_read_cb (SpResult *result, GParamSpec *pspec, SpResultSelection *self)
{
  take_id (self, sp_result_get_id (result));
}

static void
drop_result (SpResultSelection *self)
{
  if (self->looking != NULL)
    g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  if (self->result != NULL)
    g_signal_handlers_disconnect_by_data (self->result, self);
  g_clear_object (&self->result);
}

static guint
find_doc (SpResultSelection *self, gint64 doc)
{
  guint count;
  const SpResultHit *hits = sp_result_list_get_hits (self->list, &count);

  for (guint i = 0; doc != 0 && i < count; i++)
    if (hits[i].doc == doc)
      return i;
  return GTK_INVALID_LIST_POSITION;
}

static guint
count_shown (SpResultSelection *self)
{
  return MIN (self->total, self->limit);
}

static void
tell_row (SpResultSelection *self, guint position)
{
  if (position < count_shown (self))
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), position, 1);
}

static void
set_doc (SpResultSelection *self, gint64 doc)
{
  gint64 before = self->doc;

  if (before == doc)
    return;
  self->doc = doc;
  tell_row (self, find_doc (self, before));
  sp_result_selection_reveal (self, find_doc (self, doc));
  tell_row (self, find_doc (self, doc));
}

static GType
sp_result_selection_get_item_type (GListModel *model)
{
  return SP_TYPE_RESULT;
}

static guint
sp_result_selection_get_n_items (GListModel *model)
{
  return count_shown (SP_RESULT_SELECTION (model));
}

static gpointer
sp_result_selection_get_item (GListModel *model, guint position)
{
  SpResultSelection *self = SP_RESULT_SELECTION (model);

  return position < count_shown (self) ? g_list_model_get_item (G_LIST_MODEL (self->list), position) : NULL;
}

static void
sp_result_selection_list_init (GListModelInterface *iface)
{
  iface->get_item_type = sp_result_selection_get_item_type;
  iface->get_n_items = sp_result_selection_get_n_items;
  iface->get_item = sp_result_selection_get_item;
}

static gboolean
sp_result_selection_is_selected (GtkSelectionModel *model, guint position)
{
  SpResultSelection *self = SP_RESULT_SELECTION (model);
  guint count;
  const SpResultHit *hits = sp_result_list_get_hits (self->list, &count);

  return self->doc != 0 && position < count && hits[position].doc == self->doc;
}

static GtkBitset *
sp_result_selection_get_selection_in_range (GtkSelectionModel *model, guint position, guint count)
{
  GtkBitset *set = gtk_bitset_new_empty ();
  guint selected = sp_result_selection_get_position (SP_RESULT_SELECTION (model));

  if (selected < count_shown (SP_RESULT_SELECTION (model)))
    gtk_bitset_add (set, selected);
  return set;
}

static gboolean
sp_result_selection_select_item (GtkSelectionModel *model, guint position, gboolean unselect_rest)
{
  SpResultSelection *self = SP_RESULT_SELECTION (model);
  guint count;
  const SpResultHit *hits = sp_result_list_get_hits (self->list, &count);

  if (position >= count)
    return FALSE;
  sp_result_selection_reveal (self, position);
  if (hits[position].doc == self->doc)
    return TRUE;
  drop_result (self);
  self->result = g_list_model_get_item (G_LIST_MODEL (self->list), position);
  g_signal_connect (self->result, "notify::id", G_CALLBACK (result_read_cb), self);
  set_doc (self, hits[position].doc);
  if (sp_result_get_id (self->result) != NULL)
    take_id (self, sp_result_get_id (self->result));
  return TRUE;
}

static void
sp_result_selection_model_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = sp_result_selection_is_selected;
  iface->get_selection_in_range = sp_result_selection_get_selection_in_range;
  iface->select_item = sp_result_selection_select_item;
}

static void
sp_result_selection_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_ID)
    g_value_set_string (value, SP_RESULT_SELECTION (object)->id);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
sp_result_selection_dispose (GObject *object)
{
  SpResultSelection *self = SP_RESULT_SELECTION (object);

  drop_result (self);
  g_clear_object (&self->list);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (sp_result_selection_parent_class)->dispose (object);
}

static void
sp_result_selection_finalize (GObject *object)
{
  g_free (SP_RESULT_SELECTION (object)->id);
  G_OBJECT_CLASS (sp_result_selection_parent_class)->finalize (object);
}

static void
sp_result_selection_class_init (SpResultSelectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = sp_result_selection_get_property;
  object_class->dispose = sp_result_selection_dispose;
  object_class->finalize = sp_result_selection_finalize;
  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
sp_result_selection_init (SpResultSelection *self)
{
  self->limit = FIRST;
}

/* What follows a change within the first ones moves into them or out of them. */
static void
list_changed_cb (SpResultSelection *self, guint position, guint removed, guint added)
{
  guint before = count_shown (self), after, same;

  if (self->is_asked)
    self->limit = FIRST;
  self->is_asked = FALSE;
  self->total = self->total - removed + added;
  after = count_shown (self);
  if (before == after && position >= before)
    return;
  same = before == after && removed == added && position + removed < before ? before - position - removed : 0;
  position = MIN (position, MIN (before, after));
  g_list_model_items_changed (G_LIST_MODEL (self), position, before - position - same, after - position - same);
}

/**
 * sp_result_selection_new:
 * @store: where the results are from
 * @list: the results
 *
 * Returns: (transfer full): a selection with nothing in it
 */
SpResultSelection *
sp_result_selection_new (SpStore *store, SpResultList *list)
{
  SpResultSelection *self = g_object_new (SP_TYPE_RESULT_SELECTION, NULL);

  self->store = g_object_ref (store);
  self->list = g_object_ref (list);
  self->total = g_list_model_get_n_items (G_LIST_MODEL (list));
  g_signal_connect_object (list, "items-changed", G_CALLBACK (list_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * sp_result_selection_get_id:
 * @self: a selection
 *
 * Returns: (transfer none) (nullable): document id of what is selected
 */
const char *sp_result_selection_get_id (SpResultSelection *self) { return self->id; }

static void
number_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpResultSelection) self = data;
  g_autoptr (GError) error = NULL;
  gint64 doc = sp_store_get_number_finish (SP_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->looking);
  set_doc (self, doc);
}

/**
 * sp_result_selection_set_id:
 * @self: a selection
 * @id: (nullable): document id of what is selected elsewhere; it need not be in the list
 *
 * Its row is looked up meanwhile.
 */
void
sp_result_selection_set_id (SpResultSelection *self, const char *id)
{
  g_return_if_fail (SP_IS_RESULT_SELECTION (self));
  if (g_strcmp0 (self->id, id) == 0)
    return;
  drop_result (self);
  take_id (self, id);
  if (id == NULL)
    {
      set_doc (self, 0);
      return;
    }
  self->looking = g_cancellable_new ();
  sp_store_get_number_async (self->store, id, self->looking, number_cb, g_object_ref (self));
}

/**
 * sp_result_selection_get_position:
 * @self: a selection
 *
 * Returns: the row of what is selected; %GTK_INVALID_LIST_POSITION if it is not in the list
 */
guint
sp_result_selection_get_position (SpResultSelection *self)
{
  return find_doc (self, self->doc);
}

/**
 * sp_result_selection_expect_answer:
 * @self: a selection
 * @is_asked: whether another question was asked, and not answered yet
 *
 * Its answer begins with its first results again, however many are given now.
 */
void
sp_result_selection_expect_answer (SpResultSelection *self, gboolean is_asked)
{
  self->is_asked = is_asked;
}

/**
 * sp_result_selection_has_more:
 * @self: a selection
 *
 * Returns: whether there are more results than the view is given
 */
gboolean sp_result_selection_has_more (SpResultSelection *self) { return self->limit < self->total; }

/**
 * sp_result_selection_add_more:
 * @self: a selection
 *
 * Gives the view some more results, if there are.
 */
void
sp_result_selection_add_more (SpResultSelection *self)
{
  guint before = count_shown (self);

  self->limit = before + MORE;
  if (count_shown (self) > before)
    g_list_model_items_changed (G_LIST_MODEL (self), before, 0, count_shown (self) - before);
}

/**
 * sp_result_selection_reveal:
 * @self: a selection
 * @position: of a result in the list; any other changes nothing
 *
 * Sees to it that the view is given this result, and some after it.
 */
void
sp_result_selection_reveal (SpResultSelection *self, guint position)
{
  guint before = count_shown (self);

  if (position < before || position >= self->total)
    return;
  self->limit = position + MORE;
  g_list_model_items_changed (G_LIST_MODEL (self), before, 0, count_shown (self) - before);
}
