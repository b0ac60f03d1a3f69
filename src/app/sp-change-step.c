/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One edit of the undo list, and how it is taken back when others have changed the entry since: what they changed is left
 * to them. Pure: no store, no clock. */
#include "sp-change-step.h"

#include "sp-asset.h"
#include "sp-error.h"

#include <glib/gi18n.h>
#include <string.h>

static SpNode *
copy_or_null (const SpNode *node)
{
  return node != NULL ? sp_node_copy (node) : NULL;
}

/**
 * sp_change_step_new:
 * @id: document id
 * @label: what is done, for a person
 * @before: (nullable): top members as they are; copied
 * @after: (nullable): as they shall be; copied
 *
 * Returns: (transfer full): the step
 */
SpChangeStep *
sp_change_step_new (const char *id, const char *label, const SpNode *before, const SpNode *after)
{
  SpChangeStep *self = g_new0 (SpChangeStep, 1);

  *self = (SpChangeStep){ g_strdup (id), g_strdup (label), copy_or_null (before), copy_or_null (after) };
  return self;
}

/**
 * sp_change_step_free:
 * @self: (transfer full): a step
 */
void
sp_change_step_free (SpChangeStep *self)
{
  g_clear_pointer (&self->next, sp_change_step_free);
  g_free (self->id);
  g_free (self->label);
  g_free (self->from);
  g_free (self->rev);
  g_strfreev (self->versions);
  g_clear_pointer (&self->before, sp_node_unref);
  g_clear_pointer (&self->after, sp_node_unref);
  g_free (self);
}

/**
 * sp_change_step_set_revs:
 * @self: a step
 * @from: (nullable): the revision that it began with
 * @rev: (nullable): the revision that it wrote
 *
 * Remembers what an edit did in the tree.
 */
void
sp_change_step_set_revs (SpChangeStep *self, const char *from, const char *rev)
{
  char *old_from = self->from, *old_rev = self->rev;

  self->from = g_strdup (from);
  self->rev = g_strdup (rev);
  g_free (old_from);
  g_free (old_rev);
}

/**
 * sp_change_step_is_decision:
 * @self: a step
 *
 * Returns: whether any part of it was a choice between versions, which cannot be done again: it is asked anew
 */
gboolean
sp_change_step_is_decision (const SpChangeStep *self)
{
  return self->is_decision || (self->next != NULL && sp_change_step_is_decision (self->next));
}

/**
 * sp_change_step_copy:
 * @self: a step
 *
 * Returns: (transfer full): the same step, with all that was done together
 */
SpChangeStep *
sp_change_step_copy (const SpChangeStep *self)
{
  SpChangeStep *copy = sp_change_step_new (self->id, self->label, self->before, self->after);

  copy->is_decision = self->is_decision;
  sp_change_step_set_revs (copy, self->from, self->rev);
  copy->versions = g_strdupv (self->versions);
  copy->next = self->next != NULL ? sp_change_step_copy (self->next) : NULL;
  return copy;
}

/**
 * sp_change_step_reverse:
 * @self: a step
 *
 * Returns: (transfer full): the step that takes it back: what was done last first
 */
SpChangeStep *
sp_change_step_reverse (const SpChangeStep *self)
{
  SpChangeStep *reverse = NULL;

  for (const SpChangeStep *part = self; part != NULL; part = part->next)
    {
      SpChangeStep *first = sp_change_step_new (part->id, part->label, part->after, part->before);
      first->is_decision = part->is_decision;
      sp_change_step_set_revs (first, part->from, part->rev);
      first->versions = g_strdupv (part->versions);
      first->next = reverse;
      reverse = first;
    }
  return reverse;
}

static gboolean
is_bookkeeping (const char *name)
{
  static const char *const names[] = { "created", "modified", "edit", "source", NULL };

  return g_strv_contains (names, name);
}

/* Whether a member stands as the step expects it. */
static gboolean
stands (const SpNode *body, const char *name, const SpNode *expected)
{
  SpNode *now = sp_node_get (body, name);

  return sp_node_get_kind (expected) == SP_JSON_NULL ? now == NULL : sp_node_equal (now, expected);
}

static void
drop_member (SpChangeStep *self, const char *name)
{
  g_autofree char *copy = g_strdup (name); /* it belongs to what is dropped */

  sp_node_remove (self->before, copy);
  sp_node_remove (self->after, copy);
}

/* Members of @after that have been changed since are left out; FALSE if nothing is left to do. */
static gboolean
fit_members (SpChangeStep *self, const SpNode *body, gboolean *partly)
{
  for (guint i = sp_node_get_length (self->after); i-- > 0;)
    {
      const char *name = sp_node_get_name (self->after, i);
      const SpNode *expected = sp_node_get (self->before, name);

      if (expected != NULL && !is_bookkeeping (name) && !stands (body, name, expected))
        {
          *partly = TRUE;
          drop_member (self, name);
        }
    }
  return sp_node_get_length (self->after) > 0;
}

/* Whether nobody has changed anything since the whole entry was made. */
static gboolean
is_untouched (const SpNode *made, const SpNode *body)
{
  g_autoptr (SpNode) changes = sp_asset_diff (made, body);

  for (guint i = 0; i < sp_node_get_length (changes); i++)
    if (!is_bookkeeping (sp_node_get_name (changes, i)) && sp_node_get_kind (sp_node_get (made, sp_node_get_name (changes, i))) != SP_JSON_NULL)
      return FALSE;
  return TRUE;
}

/**
 * sp_change_step_is_untouched:
 * @self: a step whose @before is a whole entry
 * @body: a version of it
 *
 * Returns: whether nobody has changed anything in it since
 */
gboolean
sp_change_step_is_untouched (const SpChangeStep *self, const SpNode *body)
{
  return is_untouched (self->before, body);
}

static gboolean
refuse (GError **error, const char *sentence)
{
  g_set_error_literal (error, SP_ERROR, SP_ERROR_CONFLICT, sentence);
  return FALSE;
}

/**
 * sp_change_step_fit:
 * @self: a step that is about to be done, whose @before says what is expected
 * @body: (nullable): the entry as it stands; %NULL if there is none
 * @partly: (out): whether members that others changed since were left out of the step
 * @error: %SP_ERROR_CONFLICT with a sentence if nothing of it can be done any more
 *
 * Fits one part of a step to what others did since; @next is left alone.
 *
 * Returns: whether there is something to do
 */
gboolean
sp_change_step_fit (SpChangeStep *self, const SpNode *body, gboolean *partly, GError **error)
{
  *partly = FALSE;
  if (self->before == NULL)
    return body == NULL || refuse (error, _("The entry is there again already."));
  if (body == NULL)
    return refuse (error, _("Somebody has deleted the entry since."));
  if (self->after == NULL)
    return is_untouched (self->before, body) || refuse (error, _("The entry has been changed since, so it was left as it is."));
  return fit_members (self, body, partly) || refuse (error, _("All of it has been changed since, so it was left as it is."));
}
