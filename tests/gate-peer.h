/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A replica behind a gate: it does what another one does while the gate is open, fails as a test wants while it is shut, and
 * refuses the document that it is told to. */

#include "sp-peer.h"

#include <string.h>

#define GATE_TYPE_PEER (gate_peer_get_type ())
G_DECLARE_FINAL_TYPE (GatePeer, gate_peer, GATE, PEER, GObject)

struct _GatePeer
{
  GObject parent_instance;

  SpPeer     *inner;   /* owned */
  int         shut;    /* the code of SP_ERROR that all calls end with; -1 while it is open */
  int         takes_not; /* the code of SP_ERROR that writing documents ends with, though the gate is open; -1 for none */
  int         keeps_not; /* the same for local documents */
  const char *instance; /* nullable: it says that it is another one than before */
  const char *refuses; /* nullable: id of a document */
  GTask      *waiter;  /* nullable: who waits for changes; ended when the gate is shut */
  guint       calls;   /* of describe */
  guint       pause;   /* milliseconds for which it wants to be left alone */
};

static void gate_peer_peer_init (SpPeerInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GatePeer, gate_peer, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (SP_TYPE_PEER, gate_peer_peer_init))

/* @task: (transfer full). Whether that was its end. */
static gboolean
gate_is_shut (GTask *task)
{
  GatePeer *self = g_task_get_source_object (task);

  if (self->shut < 0)
    return FALSE;
  g_task_return_new_error (task, SP_ERROR, self->shut, "The gate is shut (%d)", self->shut);
  g_object_unref (task);
  return TRUE;
}

/* Hands on what the inner replica gave, with the function that frees it. */
static void
gate_hand_on (GTask *task, gpointer value, GDestroyNotify free_value, GError *error)
{
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, value, free_value);
  g_object_unref (task);
}

#define GATE_POINTER(name, free_value) \
  static void gate_##name##_cb (GObject *source, GAsyncResult *result, gpointer task) \
  { \
    GError *error = NULL; \
    gpointer value = sp_peer_##name##_finish (SP_PEER (source), result, &error); \
    gate_hand_on (task, value, (GDestroyNotify) free_value, error); \
  }
#define GATE_BOOLEAN(name) \
  static void gate_##name##_cb (GObject *source, GAsyncResult *result, gpointer data) \
  { \
    g_autoptr (GTask) task = data; \
    GError *error = NULL; \
    if (sp_peer_##name##_finish (SP_PEER (source), result, &error)) \
      g_task_return_boolean (task, TRUE); \
    else \
      g_task_return_error (task, error); \
  }
#define GATE_CALL(name, ...) \
  if (!gate_is_shut (task)) \
    sp_peer_##name##_async (GATE_PEER (peer)->inner, __VA_ARGS__ __VA_OPT__ (,) g_task_get_cancellable (task), gate_##name##_cb, task)

GATE_POINTER (get_local, g_free)
GATE_POINTER (get_changes, sp_peer_changes_free)
GATE_POINTER (get_missing, g_ptr_array_unref)
GATE_POINTER (get_documents, g_ptr_array_unref)
GATE_BOOLEAN (put_local)

static void
gate_describe_cb (GObject *source, GAsyncResult *result, gpointer task)
{
  GatePeer *self = g_task_get_source_object (task);
  GError *error = NULL;
  SpPeerInfo *info = sp_peer_describe_finish (SP_PEER (source), result, &error);

  if (info != NULL && self->instance != NULL)
    info->instance = g_strdup (self->instance);
  gate_hand_on (task, info, (GDestroyNotify) sp_peer_info_free, error);
}

static void
gate_describe (SpPeer *peer, GTask *task)
{
  GATE_PEER (peer)->calls++;
  GATE_CALL (describe);
}

static void gate_get_local (SpPeer *peer, const char *id, GTask *task) { GATE_CALL (get_local, id); }
static void gate_get_changes (SpPeer *peer, const char *since, guint limit, GTask *task) { GATE_CALL (get_changes, since, limit); }
static void gate_get_missing (SpPeer *peer, GPtrArray *revs, GTask *task) { GATE_CALL (get_missing, revs); }
static void gate_get_documents (SpPeer *peer, GPtrArray *revs, GTask *task) { GATE_CALL (get_documents, revs); }

static void
gate_put_local (SpPeer *peer, const char *id, const char *json, GTask *task)
{
  const int code = GATE_PEER (peer)->keeps_not;

  if (code >= 0)
    {
      g_task_return_new_error (task, SP_ERROR, code, "Nothing is kept (%d)", code);
      g_object_unref (task);
    }
  else
    GATE_CALL (put_local, id, json);
}

/* The waiting of the inner replica ends in its own time; ours may be over by then. */
static void
gate_wait_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GatePeer *self = g_task_get_source_object (task);
  GError *error = NULL;
  const gboolean woken = sp_peer_wait_finish (SP_PEER (source), result, &error);

  if (self->waiter != task)
    g_clear_error (&error);
  else if (woken)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
  if (self->waiter == task)
    self->waiter = NULL;
}

static void
gate_wait (SpPeer *peer, const char *since, GTask *task)
{
  if (gate_is_shut (task))
    return;
  GATE_PEER (peer)->waiter = task;
  sp_peer_wait_async (GATE_PEER (peer)->inner, since, g_task_get_cancellable (task), gate_wait_cb, task);
}

static void
gate_put_documents_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GatePeer *self = g_task_get_source_object (task);
  GError *error = NULL;
  GPtrArray *refused = sp_peer_put_documents_finish (SP_PEER (source), result, &error);

  for (char **pair = g_task_get_task_data (task); refused != NULL && pair != NULL; pair = NULL)
    g_ptr_array_add (refused, sp_peer_document_new (pair[0], pair[1], NULL, g_error_new (SP_ERROR, SP_ERROR_DENIED, "Not %s", self->refuses)));
  gate_hand_on (task, refused, (GDestroyNotify) g_ptr_array_unref, error);
}

static void
gate_put_documents (SpPeer *peer, GPtrArray *documents, GTask *task)
{
  GatePeer *self = GATE_PEER (peer);
  g_autoptr (GPtrArray) taken = g_ptr_array_new_with_free_func (sp_peer_document_free);

  if (gate_is_shut (task))
    return;
  if (self->takes_not >= 0)
    {
      g_task_return_new_error (task, SP_ERROR, self->takes_not, "Nothing is taken (%d)", self->takes_not);
      g_object_unref (task);
      return;
    }
  for (guint i = 0; i < documents->len; i++)
    {
      const SpPeerDocument *document = g_ptr_array_index (documents, i);

      if (g_strcmp0 (document->id, self->refuses) == 0)
        g_task_set_task_data (task, g_strdupv ((char *[]){ document->id, document->rev, NULL }), (GDestroyNotify) g_strfreev);
      else
        g_ptr_array_add (taken, sp_peer_document_new (document->id, document->rev, g_bytes_ref (document->json), NULL));
    }
  sp_peer_put_documents_async (self->inner, taken, g_task_get_cancellable (task), gate_put_documents_cb, task);
}

static guint gate_get_pause (SpPeer *peer) { return GATE_PEER (peer)->pause; }

static void
gate_peer_peer_init (SpPeerInterface *iface)
{
  iface->describe = gate_describe;
  iface->get_local = gate_get_local;
  iface->put_local = gate_put_local;
  iface->get_changes = gate_get_changes;
  iface->wait = gate_wait;
  iface->get_missing = gate_get_missing;
  iface->get_documents = gate_get_documents;
  iface->put_documents = gate_put_documents;
  iface->get_pause = gate_get_pause;
}

static void
gate_peer_finalize (GObject *object)
{
  g_clear_object (&GATE_PEER (object)->inner);
  G_OBJECT_CLASS (gate_peer_parent_class)->finalize (object);
}

static void
gate_peer_class_init (GatePeerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gate_peer_finalize;
}

static void
gate_peer_init (GatePeer *self)
{
  self->shut = -1;
  self->takes_not = -1;
  self->keeps_not = -1;
}

G_GNUC_UNUSED static GatePeer *
gate_peer_new (SpPeer *inner)
{
  GatePeer *self = g_object_new (GATE_TYPE_PEER, NULL);

  self->inner = g_object_ref (inner);
  return self;
}

/* @code: of SP_ERROR; -1 to open it. Who waits for changes hears of it at once. */
G_GNUC_UNUSED static void
gate_peer_shut (GatePeer *self, int code)
{
  GTask *waiter = g_steal_pointer (&self->waiter);

  self->shut = code;
  if (waiter != NULL && code >= 0)
    g_task_return_new_error (waiter, SP_ERROR, code, "The gate is shut (%d)", code);
  else
    self->waiter = waiter;
}
