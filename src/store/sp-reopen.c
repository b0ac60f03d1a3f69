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
#include "sp-resolve-private.h"

#include "sp-bases.h"
#include "sp-docs.h"
#include "sp-edit-list.h"
#include "sp-history.h"
#include "sp-merge.h"
#include "sp-splice.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A version that was decided on. */
typedef struct
{
  SpDoc  *doc;
  SpNode *body;      /* of it */
  char   *tombstone; /* right below it, if it gave way; NULL of the winner */
} Version;

static void
version_free (gpointer data)
{
  Version *version = data;

  g_clear_pointer (&version->doc, sp_doc_free);
  g_clear_pointer (&version->body, sp_node_unref);
  g_free (version->tombstone);
  g_free (version);
}

typedef struct
{
  char      *decision; /* revision */
  SpNode    *body;     /* of it */
  GPtrArray *versions; /* (element-type Version), the winner first */
} Decided;

static void
clear_decided (Decided *self)
{
  g_free (self->decision);
  g_clear_pointer (&self->body, sp_node_unref);
  g_clear_pointer (&self->versions, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Decided, clear_decided)

static gboolean
refuse (GError **error, const char *id, const char *why)
{
  g_set_error (error, SP_ERROR, SP_ERROR_CONFLICT, "%s: %s", id, why);
  return FALSE;
}

/* ---- whose was whose ---- */

#define PREFIX "decided/" /* of a local document, which never travels */

/**
 * sp_resolve_remember_mine:
 * @db: the writing connection
 * @id: document id
 * @decision: the revision that decides
 * @mine: (nullable): the version that this store wrote; %NULL if it wrote none
 * @error: %SP_ERROR
 *
 * Remembers whose a version was, for when the decision is undone.
 *
 * Returns: whether that went well
 */
gboolean
sp_resolve_remember_mine (SpDb *db, const char *id, const char *decision, const char *mine, GError **error)
{
  g_autofree char *name = g_strconcat (PREFIX, id, NULL);
  g_autoptr (SpNode) node = sp_node_new_object ();
  g_autofree char *json = NULL;

  sp_node_set_text (node, "decision", decision);
  if (mine != NULL)
    sp_node_set_text (node, "mine", mine);
  json = sp_node_to_json (node);
  return strlen (name) > 512 || sp_docs_put_local (db, name, json, -1, NULL, error);
}

static char *
recall_mine (SpDb *db, const char *id, const char *decision)
{
  g_autofree char *name = g_strconcat (PREFIX, id, NULL);
  g_autofree char *json = sp_docs_get_local (db, name, NULL, NULL);
  g_autoptr (SpNode) node = json != NULL ? sp_node_parse (json, -1, NULL) : NULL;

  return node != NULL && g_strcmp0 (sp_node_get_text (node, "decision"), decision) == 0 ? g_strdup (sp_node_get_text (node, "mine")) : NULL;
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
  return *tombstone != NULL || refuse (error, id, _("a version that gave way has changed since"));
}

/* @leaves: (nullable): of the document, where the version gave way */
static gboolean
add_version (SpDb *db, const char *id, const char *rev, GPtrArray *leaves, Decided *decided, GError **error)
{
  Version *version = g_new0 (Version, 1);

  g_ptr_array_add (decided->versions, version);
  version->doc = sp_docs_get (db, id, rev, error);
  if (version->doc == NULL)
    return FALSE;
  if (version->doc->body == NULL)
    return refuse (error, id, _("a version that was decided on is no longer kept"));
  version->body = sp_node_parse (version->doc->body, -1, error);
  return version->body != NULL && (leaves == NULL || find_tombstone (db, id, leaves, rev, &version->tombstone, error));
}

static gboolean
find_versions (SpDb *db, const char *id, GPtrArray *leaves, const char *winner, const SpNode *merged, Decided *decided, GError **error)
{
  decided->versions = g_ptr_array_new_with_free_func (version_free);
  if (!add_version (db, id, winner, NULL, decided, error))
    return FALSE;
  for (guint i = 0; i < sp_node_get_length (merged); i++)
    {
      const char *rev = sp_node_get_string (sp_node_get_element (merged, i));

      if (rev == NULL || !add_version (db, id, rev, leaves, decided, error))
        return rev != NULL ? FALSE : refuse (error, id, _("no decision stands that could be undone"));
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
    return refuse (error, id, _("no decision stands that could be undone"));
  decided->decision = g_strdup (top->rev);
  decided->body = sp_node_parse (top->body, -1, error);
  path = decided->body != NULL ? sp_docs_get_revisions (db, id, top->rev, error) : NULL;
  if (path == NULL)
    return FALSE;
  step = sp_edit_list_get_newest (decided->body);
  merged = sp_node_get (step, "merged");
  if (path[1] == NULL || g_strcmp0 (sp_node_get_text (step, "from"), path[1]) != 0 || !sp_node_is_array (merged)
      || sp_node_get_length (merged) == 0 || sp_node_get (step, "erased") != NULL)
    return refuse (error, id, _("no decision stands that could be undone"));
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
         && (collide || refuse (error, id, _("no decision stands that could be undone")));
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
      if (path == NULL || path[1] == NULL || !add_version (db, id, path[1], leaves, decided, error))
        return path != NULL && path[1] == NULL && refuse (error, id, _("no decision stands that could be undone"));
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
    return refuse (error, id, _("no decision stands that could be undone"));
  decided->decision = g_strdup (top->rev);
  decided->body = sp_node_parse (top->body, -1, error);
  path = decided->body != NULL ? sp_docs_get_revisions (db, id, top->rev, error) : NULL;
  if (path == NULL)
    return FALSE;
  if (!stands (decided, path, before, edited))
    return refuse (error, id, _("no decision stands that could be undone"));
  decided->versions = g_ptr_array_new_with_free_func (version_free);
  return add_version (db, id, before, NULL, decided, error) && add_ended (db, id, leaves, edited, decided, error);
}

/* It was the edit that ended it, and not somebody who decided. */
static gboolean
check_ended (SpDb *db, const char *id, const char *edited, const Decided *decided, GError **error)
{
  g_auto (Decided) ended = { NULL, NULL, g_ptr_array_new_with_free_func (version_free) };
  g_autoptr (GPtrArray) versions = g_ptr_array_new ();
  gboolean collide = FALSE;

  if (!add_version (db, id, edited, NULL, &ended, error))
    return FALSE;
  g_ptr_array_add (versions, g_ptr_array_index (ended.versions, 0));
  for (guint i = 1; i < decided->versions->len; i++)
    g_ptr_array_add (versions, g_ptr_array_index (decided->versions, i));
  if (versions->len > 1 && !do_collide (db, id, versions, &collide, error))
    return FALSE;
  return (versions->len > 1 && !collide) || refuse (error, id, _("no decision stands that could be undone"));
}

/* ---- living again ---- */

static SpNode *
make_step (const char *from, const SpEditStamp *stamp, SpNode *was)
{
  SpNode *step = sp_node_new_object ();

  sp_node_set_text (step, "from", from);
  sp_node_set_text (step, "by", stamp->by);
  sp_node_set_text (step, "on", stamp->on);
  sp_node_set (step, "was", was);
  return step;
}

/* Writes what @rev said below @parent, but for its list of steps. @edit: (transfer full) */
static gboolean
write_again (SpDb *db, const char *id, const SpDoc *doc, const char *parent, SpNode *edit, char **rev, GError **error)
{
  g_autoptr (SpNode) changes = sp_node_new_object ();
  g_autofree char *json = NULL;

  sp_node_set (changes, "edit", edit);
  json = sp_splice_members (doc->body, changes, error);
  return json != NULL && sp_edit_write_below (db, id, parent, json, rev, error);
}

static gboolean
write_winner (SpDb *db, const char *id, const Decided *decided, const SpEditStamp *stamp, char **rev, GError **error)
{
  const Version *winner = g_ptr_array_index (decided->versions, 0);
  g_autoptr (SpNode) erased = sp_edit_list_keep_erased (sp_node_get (decided->body, "edit"));
  SpNode *step = make_step (decided->decision, stamp, sp_edit_list_diff (decided->body, winner->body)), *asks = sp_node_new_array ();

  for (guint i = 1; i < decided->versions->len; i++)
    sp_node_append (asks, sp_node_new_string (((const Version *) g_ptr_array_index (decided->versions, i))->doc->rev));
  sp_node_set (step, "asks", asks);
  return write_again (db, id, winner->doc, decided->decision, sp_edit_list_prepend (erased, step), rev, error)
         && sp_history_keep (db, id, decided->decision, "base", error);
}

/* Its list reaches back over the tombstone, as if that had changed nothing. */
static gboolean
write_loser (SpDb *db, const char *id, const Version *loser, const char *winner, const SpEditStamp *stamp, char **rev, GError **error)
{
  g_autoptr (SpNode) over = sp_edit_list_prepend (sp_node_get (loser->body, "edit"),
                                                  make_step (loser->doc->rev, stamp, sp_node_new_object ()));
  SpNode *step = make_step (loser->tombstone, stamp, sp_node_new_object ());

  sp_node_set_text (step, "reopens", winner);
  return write_again (db, id, loser->doc, loser->tombstone, sp_edit_list_prepend (over, step), rev, error);
}

/* Whose was whose before is so again. */
static gboolean
note_mine (SpDb *db, const char *id, const char *mine, const Version *was, const char *is, GError **error)
{
  return g_strcmp0 (mine, was->doc->rev) != 0 || sp_edit_note_written (db, id, is, error);
}

static gboolean
write_all (SpDb *db, const char *id, const Decided *decided, const SpEditStamp *stamp, GError **error)
{
  g_autofree char *mine = recall_mine (db, id, decided->decision);
  g_autofree char *winner = NULL;

  if (!write_winner (db, id, decided, stamp, &winner, error)
      || !note_mine (db, id, mine, g_ptr_array_index (decided->versions, 0), winner, error))
    return FALSE;
  for (guint i = 1; i < decided->versions->len; i++)
    {
      const Version *loser = g_ptr_array_index (decided->versions, i);
      g_autofree char *rev = NULL;

      if (!write_loser (db, id, loser, winner, stamp, &rev, error) || !note_mine (db, id, mine, loser, rev, error))
        return FALSE;
    }
  return TRUE;
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
  if (write_all (db, id, &decided, stamp, error) && sp_db_commit (db, error))
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
  if (write_all (db, id, &decided, stamp, error) && sp_db_commit (db, error))
    return TRUE;
  sp_db_rollback (db);
  return FALSE;
}
