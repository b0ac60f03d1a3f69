/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpChanges: every edit that a window makes, so that each can be undone and done again. Undoing is an edit like any
 * other: it puts the members back that the step changed, in a new revision, and leaves what others changed since.
 *
 * Belongs to the main loop. */
#include "sp-changes.h"

#include "sp-asset.h"
#include "sp-change-import.h"
#include "sp-change-step.h"
#include "sp-clock.h"
#include "sp-store-documents.h"

#include <glib/gi18n.h>

#define STEPS_KEPT 100

struct _SpChanges
{
  GObject parent_instance;

  SpStore   *store;  /* owned */
  char      *author; /* owned; the account that signs */
  GPtrArray *undone; /* (element-type SpChangeStep) the newest last */
  GPtrArray *done;   /* (element-type SpChangeStep) the newest last */
  gboolean   busy;   /* an undo or a redo is under way */
};

G_DEFINE_FINAL_TYPE (SpChanges, sp_changes, G_TYPE_OBJECT)

typedef enum { PROP_CAN_UNDO = 1, PROP_CAN_REDO } SpChangesProperty;
static GParamSpec *properties[PROP_CAN_REDO + 1];
enum { DONE, FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
notify_both (SpChanges *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_UNDO]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_REDO]);
}

/* @step: (transfer full) */
static void
push (SpChanges *self, GPtrArray *stack, SpChangeStep *step)
{
  g_ptr_array_add (stack, step);
  if (stack->len > STEPS_KEPT)
    g_ptr_array_remove_index (stack, 0);
  notify_both (self);
}

/* The members of @changes as they stand in @body. */
static SpNode *
get_before (const SpNode *body, const SpNode *changes)
{
  SpNode *before = sp_node_new_object ();

  for (guint i = 0; i < sp_node_get_length (changes); i++)
    {
      const char *name = sp_node_get_name (changes, i);
      SpNode *value = sp_node_get (body, name);

      sp_node_set (before, name, value != NULL ? sp_node_copy (value) : sp_node_new_null ());
    }
  return before;
}

/* The whole of @body as changes that would make it again. */
static SpNode *
get_all (const SpNode *body)
{
  g_autoptr (SpNode) nothing = sp_node_new_object ();

  return sp_asset_diff (nothing, body);
}

/* An edit under way: first the document is read, for what it is before; then the change is written. */
typedef struct
{
  SpChangeStep *step;
  char         *parent;  /* nullable: as the caller saw it */
  gboolean      replays; /* undo or redo: whatever revision stands now is the parent */
  gboolean      partly;  /* what others changed since is left to them */
} Edit;

static void
edit_free (gpointer data)
{
  Edit *edit = data;

  g_clear_pointer (&edit->step, sp_change_step_free);
  g_free (edit->parent);
  g_free (edit);
}

static void
end_edit (GTask *task, char *rev, GError *error)
{
  SpChanges *self = g_task_get_source_object (task);
  Edit *edit = g_task_get_task_data (task);

  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_free (rev);
  g_task_return_pointer (task, g_strdup (edit->step->id), g_free);
  if (!edit->replays)
    {
      g_ptr_array_set_size (self->undone, 0);
      g_autofree char *label = g_strdup (edit->step->label);
      push (self, self->done, g_steal_pointer (&edit->step));
      g_signal_emit (self, signals[DONE], 0, label); /* last, so that whoever hears it can offer to undo it */
    }
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  char *rev = sp_store_save_finish (SP_STORE (source), result, &error);

  end_edit (task, rev, error);
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  char *rev = sp_store_delete_finish (SP_STORE (source), result, &error);

  end_edit (task, rev, error);
}

static void
write_edit (GTask *task, const char *parent)
{
  SpChanges *self = g_task_get_source_object (task);
  const Edit *edit = g_task_get_task_data (task);
  g_autofree char *now = sp_clock_now_text ();
  const SpEditStamp stamp = { self->author, now, SP_EDIT_BY_PERSON };

  if (edit->step->after != NULL)
    sp_store_save_async (self->store, edit->step->id, parent, edit->step->after, &stamp, saved_cb, g_object_ref (task));
  else
    sp_store_delete_async (self->store, edit->step->id, parent, &stamp, deleted_cb, g_object_ref (task));
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  Edit *edit = g_task_get_task_data (task);
  g_autoptr (SpStoreEntry) entry = sp_store_get_finish (SP_STORE (source), result, &error);
  gboolean lives = entry != NULL && !entry->deleted;

  if (entry == NULL && !g_error_matches (error, SP_ERROR, SP_ERROR_NOT_FOUND))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_clear_error (&error);
  if (edit->replays && !sp_change_step_fit (edit->step, lives ? sp_asset_get_body (entry->asset) : NULL, &edit->partly, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (!edit->replays && lives)
    edit->step->before = edit->step->after != NULL ? get_before (sp_asset_get_body (entry->asset), edit->step->after)
                                                   : get_all (sp_asset_get_body (entry->asset));
  write_edit (task, edit->replays ? (entry != NULL ? sp_asset_get_rev (entry->asset) : NULL) : edit->parent);
}

/* @step: (transfer full) */
static void
start_edit (SpChanges *self, SpChangeStep *step, const char *parent, gboolean replays, gpointer tag, GAsyncReadyCallback callback,
            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  Edit *edit = g_new0 (Edit, 1);

  *edit = (Edit){ step, g_strdup (parent), replays };
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, edit, edit_free);
  sp_store_get_async (self->store, step->id, NULL, read_cb, g_object_ref (task));
}

static const Edit *
get_edit (GAsyncResult *result)
{
  return g_task_get_task_data (G_TASK (result));
}

/* The step goes to the other list. One that cannot be done any more goes for good; those before it may still be. */
static void
replayed (SpChanges *self, GPtrArray *to, const char *done, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = g_task_propagate_pointer (G_TASK (result), &error);
  const Edit *edit = get_edit (result);
  g_autofree char *partly = NULL;

  self->busy = FALSE;
  if (id == NULL)
    {
      notify_both (self);
      g_signal_emit (self, signals[FAILED], 0, error);
      return;
    }
  /* Translators: what was undone or done again */
  partly = edit->partly ? g_strdup_printf (_("%s, but for what others have changed since"), done) : NULL;
  push (self, to, to == self->done ? sp_change_step_new (edit->step->id, edit->step->label, edit->step->before, edit->step->after)
                                   : sp_change_step_reverse (edit->step));
  g_signal_emit (self, signals[DONE], 0, partly != NULL ? partly : done);
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SpChanges *self = SP_CHANGES (source);
  /* Translators: what was done, for example “Undone: Men’s Shed changed” */
  g_autofree char *done = g_strdup_printf (_("Undone: %s"), get_edit (result)->step->label);

  replayed (self, self->undone, done, result);
}

static void
redone_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SpChanges *self = SP_CHANGES (source);
  /* Translators: what was done, for example “Done again: Men’s Shed changed” */
  g_autofree char *done = g_strdup_printf (_("Done again: %s"), get_edit (result)->step->label);

  replayed (self, self->done, done, result);
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
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
sp_changes_finalize (GObject *object)
{
  SpChanges *self = SP_CHANGES (object);

  g_clear_object (&self->store);
  g_free (self->author);
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
  object_class->finalize = sp_changes_finalize;
  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);
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
 * sp_changes_save_async:
 * @self: changes
 * @id: (nullable): document id; %NULL for a new asset
 * @parent: (nullable): the revision that the edit began with; %NULL for a new document
 * @changes: an object: top members with their new values, JSON null for those to remove; copied
 * @label: what is done, for a person: "Men’s Shed changed"
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Saves an edit that can be undone.
 */
void
sp_changes_save_async (SpChanges *self, const char *id, const char *parent, const SpNode *changes, const char *label,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  g_autofree char *uuid = id == NULL ? g_uuid_string_random () : NULL;
  g_autofree char *new_id = id == NULL ? g_strconcat ("asset:", uuid, NULL) : NULL;

  g_return_if_fail (SP_IS_CHANGES (self) && sp_node_is_object (changes));
  start_edit (self, sp_change_step_new (id != NULL ? id : new_id, label, NULL, changes), parent, FALSE, sp_changes_save_async, callback,
              user_data);
}

/**
 * sp_changes_save_finish:
 * @self: changes
 * @result: what the callback got
 * @error: as sp_store_save_finish()
 *
 * Returns: (transfer full) (nullable): the document's id
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
  start_edit (self, sp_change_step_new (id, label, NULL, NULL), parent, FALSE, sp_changes_delete_async, callback, user_data);
}

/**
 * sp_changes_delete_finish:
 * @self: changes
 * @result: what the callback got
 * @error: as sp_store_delete_finish()
 *
 * Returns: whether it was deleted
 */
gboolean
sp_changes_delete_finish (SpChanges *self, GAsyncResult *result, GError **error)
{
  g_autofree char *id = g_task_propagate_pointer (G_TASK (result), error);

  return id != NULL;
}

/* ---- imports ---- */

/**
 * sp_changes_add_import:
 * @self: changes
 * @import_id: of an import that has been written
 * @label: what was done, for a person: "Imported: halls.csv"
 *
 * Lets an import be undone as the changes of a person are. It cannot be done again: that needs the file.
 */
void
sp_changes_add_import (SpChanges *self, const char *import_id, const char *label)
{
  SpChangeStep *step;

  g_return_if_fail (SP_IS_CHANGES (self) && import_id != NULL);

  step = sp_change_step_new (import_id, label, NULL, NULL);
  step->is_import = TRUE;
  g_ptr_array_set_size (self->undone, 0);
  push (self, self->done, step);
}

static void
import_undone_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpChanges) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = sp_change_import_undo_finish (SP_STORE (source), result, &error);

  self->busy = FALSE;
  notify_both (self);
  if (words != NULL)
    g_signal_emit (self, signals[DONE], 0, words);
  else
    g_signal_emit (self, signals[FAILED], 0, error);
}

static void
start_import_undo (SpChanges *self, const char *import_id)
{
  self->busy = TRUE;
  sp_change_import_undo_async (self->store, import_id, import_undone_cb, g_object_ref (self));
  notify_both (self);
}

/**
 * sp_changes_undo_import:
 * @self: changes
 * @import_id: of an import, not necessarily the newest change
 *
 * Takes an import back, but for what was changed since. #SpChanges::done or #SpChanges::failed tells how it went.
 */
void
sp_changes_undo_import (SpChanges *self, const char *import_id)
{
  g_return_if_fail (SP_IS_CHANGES (self) && import_id != NULL);

  if (self->busy)
    return;
  for (guint i = self->done->len; i-- > 0;)
    {
      const SpChangeStep *step = g_ptr_array_index (self->done, i);
      if (step->is_import && g_str_equal (step->id, import_id))
        g_ptr_array_remove_index (self->done, i);
    }
  start_import_undo (self, import_id);
}

/**
 * sp_changes_can_undo:
 * @self: changes
 *
 * Returns: whether there is something to undo
 */
gboolean sp_changes_can_undo (SpChanges *self) { return self->done->len > 0; }

/**
 * sp_changes_can_redo:
 * @self: changes
 *
 * Returns: whether there is something to do again
 */
gboolean sp_changes_can_redo (SpChanges *self) { return self->undone->len > 0; }

/**
 * sp_changes_undo:
 * @self: changes
 *
 * Takes the newest change back, but for what others have changed since. #SpChanges::done or #SpChanges::failed tells how it went.
 */
void
sp_changes_undo (SpChanges *self)
{
  g_autoptr (SpChangeStep) step = NULL;

  if (self->busy || self->done->len == 0)
    return;
  step = g_ptr_array_steal_index (self->done, self->done->len - 1);
  if (step->is_import)
    {
      start_import_undo (self, step->id);
      return;
    }
  self->busy = TRUE;
  start_edit (self, sp_change_step_reverse (step), NULL, TRUE, sp_changes_undo, undone_cb, NULL);
  notify_both (self);
}

/**
 * sp_changes_redo:
 * @self: changes
 *
 * Does again what was undone last. #SpChanges::done or #SpChanges::failed tells how it went.
 */
void
sp_changes_redo (SpChanges *self)
{
  g_autoptr (SpChangeStep) step = NULL;

  if (self->busy || self->undone->len == 0)
    return;
  self->busy = TRUE;
  step = g_ptr_array_steal_index (self->undone, self->undone->len - 1);
  start_edit (self, sp_change_step_new (step->id, step->label, step->before, step->after), NULL, TRUE, sp_changes_redo, redone_cb, NULL);
  notify_both (self);
}
