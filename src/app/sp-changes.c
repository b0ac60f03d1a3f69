/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpChanges: every edit that a window makes, so that each can be undone and done again. Here is what makes and remembers
 * them; sp-changes-undo.c takes them back.
 *
 * Belongs to the main loop. */
#include "sp-changes-private.h"

#include "sp-asset.h"
#include "sp-clock.h"

#include <glib/gi18n.h>

#define STEPS_KEPT 100

G_DEFINE_FINAL_TYPE (SpChanges, sp_changes, G_TYPE_OBJECT)

typedef enum { PROP_CAN_UNDO = 1, PROP_CAN_REDO, PROP_SUBMITS } SpChangesProperty;
static GParamSpec *properties[PROP_SUBMITS + 1];
enum { DONE, NOTED, FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

/**
 * sp_changes_notify:
 * @self: changes
 *
 * What can be undone and done again is different now.
 */
void
sp_changes_notify (SpChanges *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_UNDO]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_REDO]);
}

/**
 * sp_changes_tell:
 * @self: changes
 * @done: (nullable): what was undone or done again, for a person
 * @error: (nullable): why it was not
 *
 * Emits #SpChanges::done or #SpChanges::failed.
 */
void
sp_changes_tell (SpChanges *self, const char *done, const GError *error)
{
  if (done != NULL)
    g_signal_emit (self, signals[DONE], 0, done);
  else
    g_signal_emit (self, signals[FAILED], 0, error);
}

/**
 * sp_changes_push:
 * @self: changes
 * @stack: what was done, or what was undone
 * @step: (transfer full): comes last in it
 */
void
sp_changes_push (SpChanges *self, GPtrArray *stack, SpChangeStep *step)
{
  g_ptr_array_add (stack, step);
  if (stack->len > STEPS_KEPT)
    g_ptr_array_remove_index (stack, 0);
  sp_changes_notify (self);
}

/* What comes last tells whoever hears it that it can be undone. A decision that left all as it was cannot. */
static void
remember (SpChanges *self, SpChangeStep *step)
{
  g_autofree char *label = g_strdup (step->label);
  gboolean undoable = step->before != NULL || step->after != NULL;

  g_ptr_array_set_size (self->undone, 0);
  if (undoable)
    sp_changes_push (self, self->done, step);
  else
    {
      sp_change_step_free (step);
      sp_changes_notify (self);
    }
  g_signal_emit (self, signals[undoable ? DONE : NOTED], 0, label);
}

static void
edited_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  SpChanges *self = g_task_get_source_object (task);
  SpChangeEdit *edit = g_task_get_task_data (task);
  GError *error = NULL;

  if (sp_store_call_finish (SP_STORE (source), result, &error) == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_return_pointer (task, g_strdup (edit->step->id), g_free);
  if (!edit->replays)
    remember (self, g_steal_pointer (&edit->step));
}

/**
 * sp_changes_new_edit:
 * @self: changes
 * @step: (transfer full): what is to be done
 *
 * Returns: (transfer full): the edit that does it, signed and dated
 */
SpChangeEdit *
sp_changes_new_edit (SpChanges *self, SpChangeStep *step)
{
  SpChangeEdit *edit = g_new0 (SpChangeEdit, 1);

  edit->step = step;
  edit->by = g_strdup (self->author);
  edit->on = sp_clock_now_text ();
  return edit;
}

/**
 * sp_changes_start_edit:
 * @self: changes
 * @edit: (transfer full): the task keeps it until the writer has let go of it
 * @tag: of the task
 * @callback: gets the id of the document
 * @user_data: for @callback
 */
void
sp_changes_start_edit (SpChanges *self, SpChangeEdit *edit, gpointer tag, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, edit, sp_change_edit_free);
  sp_store_write_async (self->store, sp_change_edit_job, edit, NULL, NULL, NULL, edited_cb, g_object_ref (task));
}

static void
start_write (SpChanges *self, SpChangeStep *step, const char *parent, gpointer tag, GAsyncReadyCallback callback, gpointer user_data)
{
  SpChangeEdit *edit = sp_changes_new_edit (self, step);

  edit->parent = g_strdup (parent);
  edit->account = g_strdup (self->submits);
  if (self->submits != NULL && g_str_has_prefix (step->id, "asset:"))
    {
      g_autofree char *label = g_steal_pointer (&step->label);
      step->label = g_strdup_printf (_("Proposed: %s"), label); /* Translators: what was proposed, for example “Men’s Shed changed” */
    }
  sp_changes_start_edit (self, edit, tag, callback, user_data);
}

static void
sp_changes_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  SpChanges *self = SP_CHANGES (object);

  switch ((SpChangesProperty) prop_id)
    {
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, sp_changes_can_undo (self));
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, sp_changes_can_redo (self));
      break;
    case PROP_SUBMITS:
      g_value_set_string (value, self->submits);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
sp_changes_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_SUBMITS)
    sp_changes_set_submits (SP_CHANGES (object), g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
sp_changes_finalize (GObject *object)
{
  SpChanges *self = SP_CHANGES (object);

  g_clear_object (&self->store);
  g_free (self->author);
  g_free (self->submits);
  g_ptr_array_unref (self->done);
  g_ptr_array_unref (self->undone);
  G_OBJECT_CLASS (sp_changes_parent_class)->finalize (object);
}

static void
sp_changes_class_init (SpChangesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = sp_changes_get_property;
  object_class->set_property = sp_changes_set_property;
  object_class->finalize = sp_changes_finalize;
  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);

  /**
   * SpChanges:submits:
   *
   * The account, if it may only propose: what is saved of entries then becomes submissions. %NULL for one that may edit.
   */
  properties[PROP_SUBMITS] = g_param_spec_string ("submits", NULL, NULL, NULL, flags | G_PARAM_WRITABLE);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * SpChanges::done:
   * @self: the changes
   * @label: what was done, for a person
   *
   * A change, an undo or a redo has been saved.
   */
  signals[DONE] = g_signal_new ("done", SP_TYPE_CHANGES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * SpChanges::noted:
   * @self: the changes
   * @label: what was done, for a person
   *
   * Something has been saved that left all entries as they were, so that there is nothing to undo.
   */
  signals[NOTED] = g_signal_new ("noted", SP_TYPE_CHANGES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * SpChanges::failed:
   * @self: the changes
   * @error: why
   *
   * An undo or a redo could not be done.
   */
  signals[FAILED] = g_signal_new ("failed", SP_TYPE_CHANGES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
sp_changes_init (SpChanges *self)
{
  self->author = g_strdup (g_get_user_name ());
  self->done = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_change_step_free);
  self->undone = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_change_step_free);
}

/**
 * sp_changes_new:
 * @store: the store to change
 *
 * Returns: (transfer full): no changes yet, signed with the login name
 */
SpChanges *
sp_changes_new (SpStore *store)
{
  SpChanges *self = g_object_new (SP_TYPE_CHANGES, NULL);

  self->store = g_object_ref (store);
  return self;
}

/**
 * sp_changes_set_author:
 * @self: changes
 * @author: (nullable): the account that signs from now on; %NULL or "" for the login name
 */
void
sp_changes_set_author (SpChanges *self, const char *author)
{
  g_free (self->author);
  self->author = g_strdup (author != NULL && *author != '\0' ? author : g_get_user_name ());
}

/**
 * sp_changes_get_author:
 * @self: changes
 *
 * Returns: the account that signs
 */
const char *sp_changes_get_author (SpChanges *self) { return self->author; }

/**
 * sp_changes_set_submits:
 * @self: changes
 * @account: (nullable): the account, if it may only propose; %NULL if it may edit
 *
 * Sets #SpChanges:submits.
 */
void
sp_changes_set_submits (SpChanges *self, const char *account)
{
  g_return_if_fail (SP_IS_CHANGES (self));

  if (g_strcmp0 (self->submits, account) == 0)
    return;
  g_free (self->submits);
  self->submits = g_strdup (account);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUBMITS]);
}

/**
 * sp_changes_get_submits:
 * @self: changes
 *
 * Returns: (nullable): the account, if it may only propose
 */
const char *sp_changes_get_submits (SpChanges *self) { return self->submits; }

/**
 * sp_changes_save_async:
 * @self: changes
 * @id: (nullable): document id; %NULL for a new asset
 * @parent: (nullable): the revision that the edit began with; %NULL for a new document
 * @changes: an object: top members with their new values, JSON null for those to remove; copied
 * @label: what is done, for a person: "Men’s Shed changed"
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Saves an edit that can be undone; or proposes it, where #SpChanges:submits is set.
 */
void
sp_changes_save_async (SpChanges *self, const char *id, const char *parent, const SpNode *changes, const char *label,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  g_autofree char *uuid = id == NULL ? g_uuid_string_random () : NULL;
  g_autofree char *new_id = id == NULL ? g_strconcat ("asset:", uuid, NULL) : NULL;

  g_return_if_fail (SP_IS_CHANGES (self) && sp_node_is_object (changes));
  start_write (self, sp_change_step_new (id != NULL ? id : new_id, label, NULL, changes), parent, sp_changes_save_async, callback, user_data);
}

/**
 * sp_changes_save_finish:
 * @self: changes
 * @result: what the callback got
 * @error: as sp_edit_save()
 *
 * Returns: (transfer full) (nullable): the document's id; that of the submission if it was only proposed
 */
char *
sp_changes_save_finish (SpChanges *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * sp_changes_delete_async:
 * @self: changes
 * @id: document id
 * @parent: the live revision to delete
 * @label: what is done, for a person: "Men’s Shed deleted"
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Deletes an entry; undoing makes it again.
 */
void
sp_changes_delete_async (SpChanges *self, const char *id, const char *parent, const char *label, GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_return_if_fail (SP_IS_CHANGES (self) && id != NULL);
  start_write (self, sp_change_step_new (id, label, NULL, NULL), parent, sp_changes_delete_async, callback, user_data);
}

/**
 * sp_changes_delete_finish:
 * @self: changes
 * @result: what the callback got
 * @error: as sp_edit_delete(); %SP_ERROR_DENIED where #SpChanges:submits is set
 *
 * Returns: whether it was deleted
 */
gboolean
sp_changes_delete_finish (SpChanges *self, GAsyncResult *result, GError **error)
{
  g_autofree char *id = g_task_propagate_pointer (G_TASK (result), error);

  return id != NULL;
}

/**
 * sp_changes_run_async:
 * @self: changes
 * @ids: (array zero-terminated=1): all documents that @func may change; at least one
 * @label: what is done, for a person
 * @func: what does it, on the store's writer
 * @data: (transfer full): for @func, which is the only one to touch it
 * @free_data: (nullable): frees @data
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Changes several documents in one transaction, which can be undone as one.
 */
void
sp_changes_run_async (SpChanges *self, const char *const *ids, const char *label, SpChangeFunc func, gpointer data,
                      GDestroyNotify free_data, GAsyncReadyCallback callback, gpointer user_data)
{
  SpChangeEdit *edit;

  g_return_if_fail (SP_IS_CHANGES (self) && ids[0] != NULL);
  edit = sp_changes_new_edit (self, sp_change_step_new (ids[0], label, NULL, NULL));
  edit->ids = g_strdupv ((char **) ids);
  edit->func = func;
  edit->data = data;
  edit->free_data = free_data;
  sp_changes_start_edit (self, edit, sp_changes_run_async, callback, user_data);
}

/**
 * sp_changes_run_finish:
 * @self: changes
 * @result: what the callback got
 * @error: what the function said
 *
 * Returns: whether it was done
 */
gboolean
sp_changes_run_finish (SpChanges *self, GAsyncResult *result, GError **error)
{
  g_autofree char *id = g_task_propagate_pointer (G_TASK (result), error);

  return id != NULL;
}
