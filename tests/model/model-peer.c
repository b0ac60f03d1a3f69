/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A peer between the replicator and a good one: it fails, also after it did what was asked, and it lists and hands on
 * things twice, in another order, in small pages. All of that a network may do. */
#include "model.h"

struct _ModelPeer
{
  GObject parent_instance;

  SpPeer     *peer;
  ModelFaults faults;
  gboolean    repeated; /* it listed everything anew already: only once, or there is no end */
};

#define MODEL_TYPE_PEER (model_peer_get_type ())
G_DECLARE_FINAL_TYPE (ModelPeer, model_peer, MODEL, PEER, GObject)

static void model_peer_init_peer (SpPeerInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ModelPeer, model_peer, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (SP_TYPE_PEER, model_peer_init_peer))

static void
fail (GTask *task)
{
  g_task_return_new_error (task, SP_ERROR, SP_ERROR_FAILED, "The line was cut");
  g_object_unref (task);
}

/* Whether the call comes through. */
static gboolean
begin (ModelPeer *self, GTask *task)
{
  if (self->faults.calls == G_MAXUINT)
    return TRUE;
  if (self->faults.calls > 0)
    self->faults.calls--;
  if (self->faults.calls > 0 || self->faults.late)
    return TRUE;
  fail (task);
  return FALSE;
}

static gboolean
is_lost (GTask *task)
{
  const ModelFaults *faults = &MODEL_PEER (g_task_get_source_object (task))->faults;

  return faults->late && faults->calls == 0;
}

static void
boolean_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_error (task, error);
  else if (is_lost (task))
    {
      fail (task);
      return;
    }
  else
    g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

/* The task's data says how to free what it gets. */
static void
pointer_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GDestroyNotify free_value = g_task_get_task_data (task);
  GError *error = NULL;
  gpointer value = g_task_propagate_pointer (G_TASK (result), &error);

  if (value == NULL)
    g_task_return_error (task, error);
  else if (is_lost (task))
    {
      free_value (value);
      fail (task);
      return;
    }
  else
    g_task_return_pointer (task, value, free_value);
  g_object_unref (task);
}

static void
describe (SpPeer *peer, GTask *task)
{
  ModelPeer *self = MODEL_PEER (peer);

  g_task_set_task_data (task, sp_peer_info_free, NULL);
  if (begin (self, task))
    sp_peer_describe_async (self->peer, g_task_get_cancellable (task), pointer_cb, task);
}

static void
get_local (SpPeer *peer, const char *id, GTask *task)
{
  ModelPeer *self = MODEL_PEER (peer);

  g_task_set_task_data (task, g_free, NULL);
  if (begin (self, task))
    sp_peer_get_local_async (self->peer, id, g_task_get_cancellable (task), pointer_cb, task);
}

static void
put_local (SpPeer *peer, const char *id, const char *json, GTask *task)
{
  ModelPeer *self = MODEL_PEER (peer);

  if (begin (self, task))
    sp_peer_put_local_async (self->peer, id, json, g_task_get_cancellable (task), boolean_cb, task);
}

/* All that can stand in another order: the revisions of one document stay together. */
static void
reverse (GPtrArray *array)
{
  for (guint i = 0; i < array->len / 2; i++)
    {
      gpointer other = array->pdata[array->len - 1 - i];

      array->pdata[array->len - 1 - i] = array->pdata[i];
      array->pdata[i] = other;
    }
}

static void
changes_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GError *error = NULL;
  SpPeerChanges *changes = sp_peer_get_changes_finish (SP_PEER (source), result, &error);

  if (changes == NULL)
    g_task_return_error (task, error);
  else
    {
      if (MODEL_PEER (g_task_get_source_object (task))->faults.reorders)
        reverse (changes->revs);
      g_task_return_pointer (task, changes, (GDestroyNotify) sp_peer_changes_free);
    }
  g_object_unref (task);
}

static void
get_changes (SpPeer *peer, const char *since, guint limit, GTask *task)
{
  ModelPeer *self = MODEL_PEER (peer);

  if (!begin (self, task))
    return;
  if (self->faults.repeats && !self->repeated && since != NULL)
    {
      self->repeated = TRUE;
      since = NULL;
    }
  sp_peer_get_changes_async (self->peer, since, MIN (limit, self->faults.page), g_task_get_cancellable (task), changes_cb, task);
}

static void
get_missing (SpPeer *peer, GPtrArray *revs, GTask *task)
{
  ModelPeer *self = MODEL_PEER (peer);

  g_task_set_task_data (task, g_ptr_array_unref, NULL);
  if (begin (self, task))
    sp_peer_get_missing_async (self->peer, revs, g_task_get_cancellable (task), pointer_cb, task);
}

static void
get_documents (SpPeer *peer, GPtrArray *revs, GTask *task)
{
  ModelPeer *self = MODEL_PEER (peer);

  g_task_set_task_data (task, g_ptr_array_unref, NULL);
  if (begin (self, task))
    sp_peer_get_documents_async (self->peer, revs, g_task_get_cancellable (task), pointer_cb, task);
}

static SpPeerDocument *
copy_document (const SpPeerDocument *document)
{
  return sp_peer_document_new (document->id, document->rev, document->json != NULL ? g_bytes_ref (document->json) : NULL,
                               document->error != NULL ? g_error_copy (document->error) : NULL);
}

static void
put_documents (SpPeer *peer, GPtrArray *documents, GTask *task)
{
  ModelPeer *self = MODEL_PEER (peer);
  g_autoptr (GPtrArray) sent = g_ptr_array_new_with_free_func (sp_peer_document_free);

  g_task_set_task_data (task, g_ptr_array_unref, NULL);
  if (!begin (self, task))
    return;
  for (guint times = self->faults.repeats ? 2 : 1; times > 0; times--)
    for (guint i = 0; i < documents->len; i++)
      g_ptr_array_add (sent, copy_document (g_ptr_array_index (documents, i)));
  if (self->faults.reorders)
    reverse (sent);
  sp_peer_put_documents_async (self->peer, sent, g_task_get_cancellable (task), pointer_cb, task);
}

static void
model_peer_init_peer (SpPeerInterface *iface)
{
  iface->describe = describe;
  iface->get_local = get_local;
  iface->put_local = put_local;
  iface->get_changes = get_changes;
  iface->get_missing = get_missing;
  iface->get_documents = get_documents;
  iface->put_documents = put_documents;
}

static void
model_peer_finalize (GObject *object)
{
  g_object_unref (MODEL_PEER (object)->peer);
  G_OBJECT_CLASS (model_peer_parent_class)->finalize (object);
}

static void
model_peer_class_init (ModelPeerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = model_peer_finalize;
}

static void
model_peer_init (ModelPeer *self)
{
}

/* @peer: (transfer full) */
SpPeer *
model_peer_new (SpPeer *peer, const ModelFaults *faults)
{
  ModelPeer *self = g_object_new (MODEL_TYPE_PEER, NULL);

  self->peer = peer;
  self->faults = *faults;
  return SP_PEER (self);
}
