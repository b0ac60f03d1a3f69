/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Undoing a decision, or an edit that made one needless: the versions that stood against each other live again, so that
 * every replica asks again.
 *
 * Nothing is taken out of the tree. Below the decision comes what the winner said, below each tombstone of a loser what that
 * one said; each is signed as it was. Three things make the question stay one:
 * - the winner's new `edit` list does not reach back over the decision, else the losers would count as merged still;
 * - the losers' newest step names the winner's new version in `reopens`: they wait for it, wherever they arrive first;
 * - the winner's names the losers in `asks`: it waits until each of them lives again, else what somebody wrote below the
 *   decision meanwhile would be merged with it, and the losers, which that came from, would then seem settled. */
#include "sp-reopen-private.h"

#include "sp-bases.h"
#include "sp-docs.h"
#include "sp-edit-list.h"
#include "sp-merge.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * sp_reopen_refuse:
 * @error: gets %SP_ERROR_CONFLICT
 * @id: document id
 * @why: a sentence
 *
 * Returns: %FALSE
 */
gboolean
sp_reopen_refuse (GError **error, const char *id, const char *why)
{
  g_set_error (error, SP_ERROR, SP_ERROR_CONFLICT, "%s: %s", id, why);
  return FALSE;
}

/* ---- what was decided ---- */

/* The tombstone right below @rev, if nothing came after it. */
static gboolean
find_tombstone (SpDb *db, const char *id, GPtrArray *leaves, const char *rev, char **tombstone, GError **error)
{
  for (guint i = 0; i < leaves->len && *tombstone == NULL; i++)
    {
      const SpDoc *leaf = g_ptr_array_index (leaves, i);
      g_auto (GStrv) path = leaf->deleted ? sp_docs_get_revisions (db, id, leaf->rev, error) : NULL;

      if (leaf->deleted && path == NULL)
        return FALSE;
      if (path != NULL && g_strcmp0 (path[1], rev) == 0)
        *tombstone = g_strdup (leaf->rev);
    }
  return *tombstone != NULL || sp_reopen_refuse (error, id, _("a version that gave way has changed since"));
}

/**
 * sp_reopen_add_version:
 * @db: a connection
 * @id: document id
 * @rev: a version of it
 * @leaves: (nullable) (element-type SpDoc): of the document, where the version gave way
 * @decided: gets the version
 * @error: %SP_ERROR_CONFLICT if it is no longer kept, or something else came after it
 *
 * Returns: whether it was added
 */
gboolean
sp_reopen_add_version (SpDb *db, const char *id, const char *rev, GPtrArray *leaves, Decided *decided, GError **error)
{
  Version *version = g_new0 (Version, 1);

  g_ptr_array_add (decided->versions, version);
  version->doc = sp_docs_get (db, id, rev, error);
  if (version->doc == NULL)
    return FALSE;
  if (version->doc->body == NULL)
    return sp_reopen_refuse (error, id, _("a version that was decided on is no longer kept"));
  version->body = sp_node_parse (version->doc->body, -1, error);
  return version->body != NULL && (leaves == NULL || find_tombstone (db, id, leaves, rev, &version->tombstone, error));
}

static gboolean
find_versions (SpDb *db, const char *id, GPtrArray *leaves, const char *winner, const SpNode *merged, Decided *decided, GError **error)
{
  decided->versions = g_ptr_array_new_with_free_func (sp_reopen_version_free);
  if (!sp_reopen_add_version (db, id, winner, NULL, decided, error))
    return FALSE;
  for (guint i = 0; i < sp_node_get_length (merged); i++)
    {
      const char *rev = sp_node_get_string (sp_node_get_element (merged, i));

      if (rev == NULL || !sp_reopen_add_version (db, id, rev, leaves, decided, error))
        return rev != NULL ? FALSE : sp_reopen_refuse (error, id, _("no decision stands that could be undone"));
    }
  return TRUE;
}

/* The only version that lives must be one that put others together, and has erased nothing in doing so. */
static gboolean
find_decided (SpDb *db, const char *id, Decided *decided, GError **error)
{
  g_autoptr (GPtrArray) leaves = sp_docs_get_leaves (db, id, error);
  const SpDoc *top = leaves != NULL ? g_ptr_array_index (leaves, 0) : NULL, *next = leaves != NULL && leaves->len > 1 ? g_ptr_array_index (leaves, 1) : NULL;
  g_auto (GStrv) path = NULL;
  const SpNode *step, *merged;

  if (top == NULL)
    return FALSE;
  if (top->deleted || next == NULL || !next->deleted)
    return sp_reopen_refuse (error, id, _("no decision stands that could be undone"));
  decided->decision = g_strdup (top->rev);
  decided->body = sp_node_parse (top->body, -1, error);
  path = decided->body != NULL ? sp_docs_get_revisions (db, id, top->rev, error) : NULL;
  if (path == NULL)
    return FALSE;
  step = sp_edit_list_get_newest (decided->body);
  merged = sp_node_get (step, "merged");
  if (path[1] == NULL || g_strcmp0 (sp_node_get_text (step, "from"), path[1]) != 0 || !sp_node_is_array (merged)
      || sp_node_get_length (merged) == 0 || sp_node_get (step, "erased") != NULL)
    return sp_reopen_refuse (error, id, _("no decision stands that could be undone"));
  return find_versions (db, id, leaves, path[1], merged, decided, error);
}

static gboolean
do_collide (SpDb *db, const char *id, GPtrArray *versions, gboolean *collide, GError **error)
{
  g_autoptr (GPtrArray) leaves = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_merge_leaf_free);
  g_autoptr (SpBase) base = NULL;
  g_autoptr (SpMerge) merge = NULL;

  for (guint i = 0; i < versions->len; i++)
    {
      const Version *version = g_ptr_array_index (versions, i);
      g_ptr_array_add (leaves, sp_merge_leaf_new (version->doc->rev, version->body));
    }
  base = sp_bases_find (db, id, leaves, error);
  if (base == NULL)
    return FALSE;
  merge = sp_merge_run_unsure (base->body, base->unknown, leaves);
  *collide = merge->collisions->len > 0;
  return TRUE;
}

/* What was put together without anybody being asked is no question. */
static gboolean
check_question (SpDb *db, const char *id, const Decided *decided, GError **error)
{
  gboolean collide;

  return do_collide (db, id, decided->versions, &collide, error)
         && (collide || sp_reopen_refuse (error, id, _("no decision stands that could be undone")));
}

/* ---- what an edit ended ---- */

/* The versions that gave way to @edited. */
static gboolean
add_ended (SpDb *db, const char *id, GPtrArray *leaves, const char *edited, Decided *decided, GError **error)
{
  for (guint i = 0; i < leaves->len; i++)
    {
      const SpDoc *leaf = g_ptr_array_index (leaves, i);
      g_autoptr (SpNode) body = leaf->deleted ? sp_node_parse (leaf->body, -1, NULL) : NULL;
      g_auto (GStrv) path = NULL;

      if (g_strcmp0 (sp_node_get_text (body, "merged"), edited) != 0)
        continue;
      path = sp_docs_get_revisions (db, id, leaf->rev, error);
      if (path == NULL || path[1] == NULL || !sp_reopen_add_version (db, id, path[1], leaves, decided, error))
        return path != NULL && path[1] == NULL && sp_reopen_refuse (error, id, _("no decision stands that could be undone"));
    }
  return TRUE;
}

/* Whether @decided is @edited, or what that went together to, and nobody has gone on from it. */
static gboolean
stands (const Decided *decided, GStrv path, const char *before, const char *edited)
{
  const SpNode *step = sp_edit_list_get_newest (decided->body);
  guint i = strcmp (path[0], edited) == 0 ? 0 : 1;

  if (path[i] == NULL || strcmp (path[i], edited) != 0 || g_strcmp0 (path[i + 1], before) != 0 || sp_node_get (step, "erased") != NULL)
    return FALSE;
  return i == 0 || (g_strcmp0 (sp_node_get_text (step, "from"), edited) == 0 && sp_node_is_array (sp_node_get (step, "merged")));
}

/* The only version that lives must be @edited, or what that went together to with others. */
static gboolean
find_ended (SpDb *db, const char *id, const char *before, const char *edited, Decided *decided, GError **error)
{
  g_autoptr (GPtrArray) leaves = sp_docs_get_leaves (db, id, error);
  const SpDoc *top = leaves != NULL ? g_ptr_array_index (leaves, 0) : NULL;
  const SpDoc *next = leaves != NULL && leaves->len > 1 ? g_ptr_array_index (leaves, 1) : NULL;
  g_auto (GStrv) path = NULL;

  if (top == NULL)
    return FALSE;
  if (top->deleted || next == NULL || !next->deleted)
    return sp_reopen_refuse (error, id, _("no decision stands that could be undone"));
  decided->decision = g_strdup (top->rev);
  decided->body = sp_node_parse (top->body, -1, error);
  path = decided->body != NULL ? sp_docs_get_revisions (db, id, top->rev, error) : NULL;
  if (path == NULL)
    return FALSE;
  if (!stands (decided, path, before, edited))
    return sp_reopen_refuse (error, id, _("no decision stands that could be undone"));
  decided->versions = g_ptr_array_new_with_free_func (sp_reopen_version_free);
  return sp_reopen_add_version (db, id, before, NULL, decided, error) && add_ended (db, id, leaves, edited, decided, error);
}

/* It was the edit that ended it, and not somebody who decided. */
static gboolean
check_ended (SpDb *db, const char *id, const char *edited, const Decided *decided, GError **error)
{
  g_auto (Decided) ended = { NULL, NULL, g_ptr_array_new_with_free_func (sp_reopen_version_free) };
  g_autoptr (GPtrArray) versions = g_ptr_array_new ();
  gboolean collide = FALSE;

  if (!sp_reopen_add_version (db, id, edited, NULL, &ended, error))
    return FALSE;
  g_ptr_array_add (versions, g_ptr_array_index (ended.versions, 0));
  for (guint i = 1; i < decided->versions->len; i++)
    g_ptr_array_add (versions, g_ptr_array_index (decided->versions, i));
  if (versions->len > 1 && !do_collide (db, id, versions, &collide, error))
    return FALSE;
  return (versions->len > 1 && !collide) || sp_reopen_refuse (error, id, _("no decision stands that could be undone"));
}

/**
 * sp_resolve_reopen:
 * @db: the writing connection
 * @id: document id of an entry whose newest revision is a decision
 * @stamp: who undoes it, when
 * @error: %SP_ERROR_CONFLICT if the entry has changed since, if nobody decided anything, or if the versions are no longer
 *   kept; %SP_ERROR_NOT_FOUND
 *
 * Undoes a decision in one transaction: its versions stand against each other again, here and wherever that travels.
 *
 * Returns: whether it was done; if it was refused (the errors above), a transaction around it is still open
 */
gboolean
sp_resolve_reopen (SpDb *db, const char *id, const SpEditStamp *stamp, GError **error)
{
  g_auto (Decided) decided = { NULL, NULL, NULL };

  if (!sp_db_begin (db, error))
    return FALSE;
  if (!find_decided (db, id, &decided, error) || !check_question (db, id, &decided, error))
    {
      sp_db_leave (db);
      return FALSE;
    }
  if (sp_reopen_write_all (db, id, &decided, stamp, error) && sp_db_commit (db, error))
    return TRUE;
  sp_db_rollback (db);
  return FALSE;
}

/**
 * sp_resolve_reopen_edit:
 * @db: the writing connection
 * @id: document id
 * @before: the version that the edit began with
 * @edited: the revision that it wrote
 * @stamp: who undoes it, when
 * @error: %SP_ERROR_CONFLICT if the entry has changed since, if the edit ended no conflict, or if the versions are no longer
 *   kept; %SP_ERROR_NOT_FOUND
 *
 * Undoes an edit after which @before and others, that stood against each other, went together by themselves: they do so
 * again, here and wherever that travels. In one transaction.
 *
 * Returns: whether it was done; if it was refused (the errors above), a transaction around it is still open
 */
gboolean
sp_resolve_reopen_edit (SpDb *db, const char *id, const char *before, const char *edited, const SpEditStamp *stamp, GError **error)
{
  g_auto (Decided) decided = { NULL, NULL, NULL };

  if (!sp_db_begin (db, error))
    return FALSE;
  if (!find_ended (db, id, before, edited, &decided, error) || !check_ended (db, id, edited, &decided, error)
      || !check_question (db, id, &decided, error))
    {
      sp_db_leave (db);
      return FALSE;
    }
  if (sp_reopen_write_all (db, id, &decided, stamp, error) && sp_db_commit (db, error))
    return TRUE;
  sp_db_rollback (db);
  return FALSE;
}
