/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Undoing and doing again, in SpChanges. Undoing is an edit like any other: it puts the members back that the step
 * changed, in a new revision, and leaves what others changed since. Imports are taken back as a whole. */
#include "sp-changes-private.h"

#include "sp-change-import.h"

#include <glib/gi18n.h>

static void
start_replay (SpChanges *self, SpChangeStep *step, gpointer tag, GAsyncReadyCallback callback)
{
  SpChangeEdit *edit = sp_changes_new_edit (self, step);

  edit->replays = TRUE;
  sp_changes_start_edit (self, edit, tag, callback, NULL);
}

static const SpChangeEdit *
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
  const SpChangeEdit *edit = get_edit (result);
  g_autofree char *partly = NULL;

  self->busy = FALSE;
  if (id == NULL)
    {
      sp_changes_notify (self);
      sp_changes_tell (self, NULL, error);
      return;
    }
  /* Translators: what was undone or done again */
  partly = edit->partly ? g_strdup_printf (_("%s, but for what others have changed since"), done) : NULL;
  if (to == self->undone && sp_change_step_is_decision (edit->step))
    sp_changes_notify (self); /* it is asked anew */
  else
    sp_changes_push (self, to, to == self->done ? sp_change_step_copy (edit->step) : sp_change_step_reverse (edit->step));
  sp_changes_tell (self, partly != NULL ? partly : done, NULL);
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
  sp_changes_push (self, self->done, step);
}

static void
import_undone_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpChanges) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = sp_change_import_undo_finish (SP_STORE (source), result, &error);

  self->busy = FALSE;
  sp_changes_notify (self);
  sp_changes_tell (self, words, error);
}

static void
start_import_undo (SpChanges *self, const char *import_id)
{
  self->busy = TRUE;
  sp_change_import_undo_async (self->store, import_id, import_undone_cb, g_object_ref (self));
  sp_changes_notify (self);
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
  start_replay (self, sp_change_step_reverse (step), sp_changes_undo, undone_cb);
  sp_changes_notify (self);
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
  start_replay (self, sp_change_step_copy (step), sp_changes_redo, redone_cb);
  sp_changes_notify (self);
}
