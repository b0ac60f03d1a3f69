/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the changes of a window do to the store, on its writer: each is one transaction, in which what was there before is
 * read for the way back. */
#include "sp-change-job.h"

#include "sp-asset.h"
#include "sp-docs.h"
#include "sp-edit-list.h"
#include "sp-submissions.h"

#include <glib/gi18n.h>

/* How a document stands; @body is NULL if there is none, or it was deleted. */
typedef struct
{
  char   *rev;
  SpNode *body;
} Standing;

static void
clear_standing (Standing *standing)
{
  g_free (standing->rev);
  g_clear_pointer (&standing->body, sp_node_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Standing, clear_standing)

static gboolean
read_standing (SpDb *db, const char *id, Standing *standing, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (SpDoc) doc = sp_docs_get (db, id, NULL, &reason);

  *standing = (Standing){ NULL, NULL };
  if (g_error_matches (reason, SP_ERROR, SP_ERROR_NOT_FOUND))
    return TRUE;
  if (doc == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  standing->rev = g_strdup (doc->rev);
  if (!doc->deleted)
    standing->body = sp_node_parse (doc->body, -1, error);
  return doc->deleted || standing->body != NULL;
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

/* All versions of a document that live, the winner first; *@versions stays %NULL if there is but one. */
static gboolean
get_versions (SpDb *db, const char *id, GStrv *versions, GError **error)
{
  g_autoptr (GPtrArray) leaves = sp_docs_get_leaves (db, id, error);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint live = 0;

  for (guint i = 0; leaves != NULL && i < leaves->len; i++)
    {
      const SpDoc *leaf = g_ptr_array_index (leaves, i);

      if (leaf->deleted)
        continue;
      g_strv_builder_add (builder, leaf->rev);
      live++;
    }
  *versions = live > 1 ? g_strv_builder_end (builder) : NULL;
  return leaves != NULL;
}

/* What goes with a deletion. */
static gboolean
note_versions (SpDb *db, SpChangeStep *step, GError **error)
{
  g_clear_pointer (&step->versions, g_strfreev);
  return get_versions (db, step->id, &step->versions, error);
}

static gboolean
write_step (SpDb *db, SpChangeStep *step, const char *parent, const SpEditStamp *stamp, GError **error)
{
  g_autofree char *rev = NULL;

  if (step->after == NULL && !note_versions (db, step, error))
    return FALSE;
  if (!(step->after != NULL ? sp_edit_save (db, step->id, parent, step->after, stamp, &rev, error)
                            : sp_edit_delete (db, step->id, parent, stamp, NULL, error)))
    return FALSE;
  sp_change_step_set_revs (step, rev != NULL ? parent : NULL, rev);
  return TRUE;
}

/* Does a step for the first time. */
static gboolean
save (SpDb *db, SpChangeStep *step, const char *parent, const SpEditStamp *stamp, GError **error)
{
  g_auto (Standing) now = { NULL, NULL };

  if (!read_standing (db, step->id, &now, error))
    return FALSE;
  if (now.body != NULL)
    step->before = step->after != NULL ? get_before (now.body, step->after) : get_all (now.body);
  return write_step (db, step, parent, stamp, error);
}

/* Whether the versions that were decided on, deleted together, or that an edit let go together, stand against each other again. */
static gboolean
reopen (SpDb *db, const SpChangeStep *part, const SpEditStamp *stamp, gboolean *done, GError **error)
{
  g_autoptr (GError) problem = NULL;

  *done = (part->is_decision && sp_resolve_reopen (db, part->id, stamp, &problem))
          || (part->versions != NULL && part->after != NULL
              && sp_resolve_undelete (db, part->id, (const char *const *) part->versions, stamp, &problem))
          || (!part->is_decision && part->from != NULL && sp_resolve_reopen_edit (db, part->id, part->from, part->rev, stamp, &problem));
  if (problem == NULL || g_error_matches (problem, SP_ERROR, SP_ERROR_CONFLICT) || g_error_matches (problem, SP_ERROR, SP_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/* Whether there is a version that nobody meant who did what is now undone, or done again. */
static gboolean
check_versions (SpDb *db, const SpChangeStep *part, GError **error)
{
  g_auto (GStrv) versions = NULL;
  guint meant = part->versions != NULL ? g_strv_length (part->versions) : 1;

  if (part->after != NULL)
    return TRUE;
  if (!get_versions (db, part->id, &versions, error))
    return FALSE;
  if (versions == NULL || g_strv_length (versions) <= meant)
    return TRUE;
  g_set_error_literal (error, SP_ERROR, SP_ERROR_CONFLICT, _("The entry has been changed since, so it was left as it is."));
  return FALSE;
}

/* Of versions that were deleted together and stand against each other again, another may be the winner: the one that was is
 * what a deletion that is done again looks at. */
static gboolean
find_shown (SpDb *db, const SpChangeStep *part, Standing *now, GError **error)
{
  g_auto (GStrv) versions = NULL;
  g_autoptr (SpNode) shown = NULL;

  if (part->after != NULL || part->versions == NULL || now->body == NULL)
    return TRUE;
  if (!get_versions (db, part->id, &versions, error))
    return FALSE;
  for (guint i = 0; versions != NULL && versions[i] != NULL && shown == NULL; i++)
    {
      g_autoptr (SpDoc) doc = sp_docs_get (db, part->id, versions[i], error);

      shown = doc != NULL ? sp_node_parse (doc->body, -1, error) : NULL;
      if (shown == NULL)
        return FALSE;
      if (!sp_change_step_is_untouched (part, shown))
        g_clear_pointer (&shown, sp_node_unref);
    }
  if (shown != NULL)
    {
      sp_node_unref (now->body);
      now->body = g_steal_pointer (&shown);
    }
  return TRUE;
}

/* Where somebody went on from a decision, the question is over: then its members go back as those of any step. */
static gboolean
replay_part (SpDb *db, SpChangeStep *part, const SpEditStamp *stamp, gboolean *partly, GError **error)
{
  g_auto (Standing) now = { NULL, NULL };
  gboolean left_out = FALSE, reopened;

  if (!reopen (db, part, stamp, &reopened, error))
    return FALSE;
  if (reopened)
    {
      sp_change_step_set_revs (part, NULL, NULL);
      return TRUE;
    }
  if (!read_standing (db, part->id, &now, error) || !find_shown (db, part, &now, error)
      || !sp_change_step_fit (part, now.body, &left_out, error) || !check_versions (db, part, error))
    return FALSE;
  *partly |= left_out;
  return write_step (db, part, now.rev, stamp, error);
}

/* Takes a step back, or does it again: all parts or none. */
static gboolean
replay (SpDb *db, SpChangeStep *step, const SpEditStamp *stamp, gboolean *partly, GError **error)
{
  *partly = FALSE;
  if (!sp_db_begin (db, error))
    return FALSE;
  for (SpChangeStep *part = step; part != NULL; part = part->next)
    if (!replay_part (db, part, stamp, partly, error))
      {
        sp_db_rollback (db);
        return FALSE;
      }
  if (sp_db_commit (db, error))
    return TRUE;
  sp_db_rollback (db);
  return FALSE;
}

/* ---- several documents at once ---- */

/* Whether the newest revision is one that chose between versions; not one that an edit went together to with others. */
static gboolean
is_decision (const Standing *before, const Standing *after)
{
  const SpNode *step = sp_edit_list_get_newest (after->body);

  return before->body != NULL && step != NULL && sp_node_get (step, "merged") != NULL
         && g_strcmp0 (sp_node_get_text (step, "from"), before->rev) == 0;
}

/* The revision that an edit wrote, if it was one. */
static const char *
get_edited (const Standing *after)
{
  const SpNode *step = sp_edit_list_get_newest (after->body);

  return sp_node_get (step, "merged") != NULL ? sp_node_get_text (step, "from") : after->rev;
}

/* What was done to one document; NULL if nothing was. */
static SpChangeStep *
make_part (const char *id, const char *label, const SpNode *before, const SpNode *after)
{
  g_autoptr (SpNode) changes = NULL;
  g_autoptr (SpNode) old = NULL;

  if (before == NULL && after == NULL)
    return NULL;
  if (before == NULL || after == NULL)
    {
      changes = after != NULL ? get_all (after) : NULL;
      old = before != NULL ? get_all (before) : NULL;
      return sp_change_step_new (id, label, old, changes);
    }
  changes = sp_asset_diff (before, after);
  old = get_before (before, changes);
  return sp_node_get_length (changes) > 0 ? sp_change_step_new (id, label, old, changes) : NULL;
}

/* A decision can leave all as the greatest version has it: it is one all the same. */
static SpChangeStep *
make_decision (const char *id, const char *label, const Standing *before, const Standing *after)
{
  g_autoptr (SpNode) changes = sp_asset_diff (before->body, after->body);
  g_autoptr (SpNode) old = get_before (before->body, changes);
  SpChangeStep *part = sp_change_step_new (id, label, old, changes);

  part->is_decision = TRUE;
  return part;
}

static gboolean
add_parts (SpDb *db, const char *const *ids, const char *label, const Standing *before, SpChangeStep **step, GError **error)
{
  for (guint i = g_strv_length ((char **) ids); i-- > 0;)
    {
      g_auto (Standing) after = { NULL, NULL };
      SpChangeStep *part;

      if (!read_standing (db, ids[i], &after, error))
        return FALSE;
      part = is_decision (&before[i], &after) ? make_decision (ids[i], label, &before[i], &after)
                                              : make_part (ids[i], label, before[i].body, after.body);
      if (part == NULL)
        continue;
      if (before[i].body != NULL && after.body != NULL)
        sp_change_step_set_revs (part, before[i].rev, get_edited (&after));
      part->next = *step;
      *step = part;
    }
  return TRUE;
}

static gboolean
read_all (SpDb *db, const char *const *ids, Standing *standings, GError **error)
{
  for (guint i = 0; ids[i] != NULL; i++)
    if (!read_standing (db, ids[i], &standings[i], error))
      return FALSE;
  return TRUE;
}

/* Several documents in one transaction. If it comes out that nothing differs, the step has neither a before nor an after. */
static SpChangeStep *
run (SpDb *db, const char *const *ids, const char *label, SpChangeFunc func, gpointer data, const SpEditStamp *stamp,
                   GError **error)
{
  guint n = g_strv_length ((char **) ids);
  g_autofree Standing *before = g_new0 (Standing, n);
  SpChangeStep *step = NULL;
  gboolean done;

  if (!sp_db_begin (db, error))
    return NULL;
  done = read_all (db, ids, before, error) && func (db, stamp, data, error) && add_parts (db, ids, label, before, &step, error)
         && sp_db_commit (db, error);
  if (!done)
    {
      sp_db_rollback (db);
      g_clear_pointer (&step, sp_change_step_free);
    }
  for (guint i = 0; i < n; i++)
    clear_standing (&before[i]);
  return done && step == NULL ? sp_change_step_new (ids[0], label, NULL, NULL) : step;
}

/* ---- what is only proposed ---- */

/* Writes what somebody may not do himself as a submission. */
static SpChangeStep *
propose (SpDb *db, const SpChangeStep *wish, const char *parent, const char *account, const SpEditStamp *stamp, GError **error)
{
  g_autofree char *id = NULL;
  g_auto (Standing) made = { NULL, NULL };

  if (wish->after == NULL)
    {
      g_set_error_literal (error, SP_ERROR, SP_ERROR_DENIED, _("Only an editor may delete an entry. You can propose to close it."));
      return NULL;
    }
  id = sp_submissions_propose (db, account, wish->id, parent, wish->after, NULL, stamp, error);
  if (id == NULL || !read_standing (db, id, &made, error))
    return NULL;
  return make_part (id, wish->label, NULL, made.body);
}

/* ---- the edit ---- */

/**
 * sp_change_edit_free:
 * @edit: (transfer full): an edit
 */
void
sp_change_edit_free (gpointer edit)
{
  SpChangeEdit *self = edit;

  g_clear_pointer (&self->step, sp_change_step_free);
  g_free (self->parent);
  g_free (self->by);
  g_free (self->on);
  g_free (self->account);
  g_strfreev (self->ids);
  if (self->free_data != NULL)
    self->free_data (self->data);
  g_free (self);
}

/* What is done instead of the step takes its place. */
static gboolean
replace_step (SpChangeEdit *self, SpChangeStep *done)
{
  if (done == NULL)
    return FALSE;
  sp_change_step_free (self->step);
  self->step = done;
  return TRUE;
}

static gboolean
carry_out (SpDb *db, SpChangeEdit *self, GError **error)
{
  const SpEditStamp stamp = { self->by, self->on, SP_EDIT_BY_PERSON };

  if (self->replays)
    return replay (db, self->step, &stamp, &self->partly, error);
  if (self->func != NULL)
    return replace_step (self, run (db, (const char *const *) self->ids, self->step->label, self->func, self->data, &stamp, error));
  if (self->account != NULL && g_str_has_prefix (self->step->id, "asset:"))
    return replace_step (self, propose (db, self->step, self->parent, self->account, &stamp, error));
  return save (db, self->step, self->parent, &stamp, error);
}

/**
 * sp_change_edit_job:
 * @db: the writing connection
 * @edit: an edit, which nobody else touches meanwhile
 * @cancellable: (nullable): not asked: once asked for, it is done or fails
 * @error: as of sp_edit_save() and sp_edit_delete(); %SP_ERROR_DENIED if it is a deletion by who may only propose;
 *   %SP_ERROR_CONFLICT with a sentence if what is to be undone cannot be any more
 *
 * Carries an edit out: a #SpStoreFunc for the store's writer.
 *
 * Returns: (transfer none) (nullable): @edit
 */
gpointer
sp_change_edit_job (SpDb *db, gpointer edit, GCancellable *cancellable, GError **error)
{
  return carry_out (db, edit, error) ? edit : NULL;
}
