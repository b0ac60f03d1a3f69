/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a submission differs from the entry that it is about: what the entry says now, what it would say, and where others
 * have changed it since. */
#include "sp-submissions.h"

#include "sp-docs.h"
#include "sp-edit-list.h"
#include "sp-merge-rules.h"
#include "sp-path.h"

#include <string.h>

/**
 * sp_proposal_free:
 * @self: (transfer full): a proposal
 */
void
sp_proposal_free (SpProposal *self)
{
  g_clear_pointer (&self->submission, sp_submission_free);
  g_free (self->name);
  g_free (self->rev);
  g_clear_pointer (&self->now, sp_node_unref);
  g_clear_pointer (&self->result, sp_node_unref);
  g_clear_pointer (&self->differences, g_ptr_array_unref);
  g_free (self);
}

static void
difference_free (gpointer data)
{
  SpDifference *difference = data;

  g_free (difference->path);
  g_clear_pointer (&difference->now, sp_node_unref);
  g_clear_pointer (&difference->proposed, sp_node_unref);
  g_free (difference);
}

static void
add_difference (SpProposal *self, const char *path, SpNode *now, SpNode *proposed, gboolean contested)
{
  SpDifference *difference = g_new (SpDifference, 1);

  *difference = (SpDifference){ g_strdup (path), now != NULL ? sp_node_ref (now) : NULL, proposed != NULL ? sp_node_ref (proposed) : NULL,
                                contested };
  g_ptr_array_add (self->differences, difference);
}

/* What belongs to the writing of documents, or is not for a contributor to say. */
static gboolean
is_bookkeeping (const char *name)
{
  static const char *const names[] = { "created", "modified", "edit", "source", "type", "schema", NULL };

  return *name == '_' || g_strv_contains (names, name);
}

/* ---- what is read ---- */

/* Of several versions the one that was decided on; see sp_submissions_list(). */
static SpSubmission *
read_submission (SpDb *db, const char *id, GError **error)
{
  g_autoptr (GPtrArray) leaves = sp_docs_get_leaves (db, id, error);
  g_autoptr (SpSubmission) best = NULL;

  for (guint i = 0; leaves != NULL && i < leaves->len; i++)
    {
      const SpDoc *leaf = g_ptr_array_index (leaves, i);
      g_autoptr (SpNode) body = !leaf->deleted ? sp_node_parse (leaf->body, -1, NULL) : NULL;
      g_autoptr (SpSubmission) submission = NULL;

      if (body == NULL)
        continue;
      submission = sp_submission_read (id, leaf->rev, body, error);
      if (submission == NULL)
        return NULL;
      if (best == NULL || (best->state != SP_SUBMISSION_ACCEPTED && submission->state != SP_SUBMISSION_PROPOSED))
        {
          g_clear_pointer (&best, sp_submission_free);
          best = g_steal_pointer (&submission);
        }
    }
  if (leaves != NULL && best == NULL)
    g_set_error (error, SP_ERROR, SP_ERROR_NOT_FOUND, "%s: the submission was taken back", id);
  return g_steal_pointer (&best);
}

static gboolean
read_entry (SpDb *db, SpProposal *self, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (SpDoc) doc = sp_docs_get (db, self->submission->target, NULL, &reason);

  if (g_error_matches (reason, SP_ERROR, SP_ERROR_NOT_FOUND))
    return TRUE;
  if (doc == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  self->rev = g_strdup (doc->rev);
  if (!doc->deleted)
    self->now = sp_node_parse (doc->body, -1, error);
  return doc->deleted || self->now != NULL;
}

/* The body that the submission was made from: kept, or rebuilt from the old values that the entry tells; NULL if neither. */
static SpNode *
find_base (SpDb *db, const SpProposal *self)
{
  const char *base = self->submission->base, *id = self->submission->target;
  g_autoptr (SpDoc) doc = NULL;
  g_auto (GStrv) revisions = NULL;

  if (base == NULL || self->now == NULL)
    return NULL;
  if (strcmp (base, self->rev) == 0)
    return sp_node_ref (self->now);
  doc = sp_docs_get (db, id, base, NULL);
  if (doc != NULL && doc->body != NULL && !doc->deleted)
    return sp_node_parse (doc->body, -1, NULL);
  revisions = sp_docs_get_revisions (db, id, self->rev, NULL);
  return revisions != NULL ? sp_edit_list_rebuild (self->now, (const char *const *) revisions, base) : NULL;
}

/* ---- comparing ---- */

static void
set_or_remove (SpNode *object, const char *name, SpNode *value)
{
  if (value != NULL)
    sp_node_set (object, name, sp_node_ref (value));
  else
    sp_node_remove (object, name);
}

/* A member of which nobody here knows what it was: a person must choose. */
static void
compare_blindly (SpProposal *self, const char *name, SpNode *proposed)
{
  SpNode *now = sp_node_get (self->now, name);

  if (!sp_node_equal (now, proposed))
    add_difference (self, name, now, proposed, TRUE);
}

/* What goes together does; where both sides changed the same, that alone is contested. */
static void
compare_member (SpProposal *self, const char *name, const SpNode *base, const SpNode *wanted)
{
  SpNode *now = sp_node_get (self->now, name);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (SpNode) merged = sp_merge_three_ways (sp_merge_get_kind (name), name, sp_node_get (base, name), now,
                                                   sp_node_get (wanted, name), paths);

  set_or_remove (self->result, name, merged);
  if (paths->len == 0 && !sp_node_equal (now, merged))
    add_difference (self, name, now, merged, FALSE);
  for (guint i = 0; i < paths->len; i++)
    {
      const char *path = g_ptr_array_index (paths, i);
      add_difference (self, path, sp_path_get (self->now, path), sp_path_get (wanted, path), TRUE);
    }
}

/* The changes alone, as members of an object: absent where one is to go. */
static SpNode *
make_wanted (const SpNode *changes)
{
  SpNode *wanted = sp_node_new_object ();

  for (guint i = 0; i < sp_node_get_length (changes); i++)
    if (!is_bookkeeping (sp_node_get_name (changes, i)) && sp_node_get_kind (sp_node_get_element (changes, i)) != SP_JSON_NULL)
      sp_node_set (wanted, sp_node_get_name (changes, i), sp_node_ref (sp_node_get_element (changes, i)));
  return wanted;
}

static void
compare (SpDb *db, SpProposal *self)
{
  const SpNode *changes = self->submission->body;
  g_autoptr (SpNode) wanted = make_wanted (changes);
  g_autoptr (SpNode) base = find_base (db, self);

  self->result = sp_node_copy (self->now);
  for (guint i = 0; i < sp_node_get_length (changes); i++)
    {
      const char *name = sp_node_get_name (changes, i);
      if (is_bookkeeping (name))
        continue;
      if (base != NULL)
        compare_member (self, name, base, wanted);
      else
        compare_blindly (self, name, sp_node_get (wanted, name));
    }
}

/* A new entry: all of it is proposed. */
static SpNode *
make_new (const SpNode *body)
{
  SpNode *entry = make_wanted (body);

  sp_node_set_text (entry, "type", "asset");
  sp_node_set (entry, "schema", sp_node_new_number (1));
  return entry;
}

/**
 * sp_submissions_look:
 * @db: a connection
 * @id: document id of a submission
 * @error: %SP_ERROR_NOT_FOUND, also if it was taken back; %SP_ERROR_INVALID if it is no submission that this version
 *   understands
 *
 * Returns: (transfer full) (nullable): the submission beside the entry as it stands now
 */
SpProposal *
sp_submissions_look (SpDb *db, const char *id, GError **error)
{
  g_autoptr (SpProposal) self = g_new0 (SpProposal, 1);

  self->differences = g_ptr_array_new_with_free_func (difference_free);
  self->submission = read_submission (db, id, error);
  if (self->submission == NULL || !read_entry (db, self, error))
    return NULL;
  if (self->now != NULL && self->submission->body != NULL)
    compare (db, self);
  else if (self->submission->change == SP_SUBMISSION_ADD)
    self->result = make_new (self->submission->body);
  self->name = g_strdup (sp_node_get_text (self->now != NULL ? self->now : self->submission->body, "name"));
  return g_steal_pointer (&self);
}
