/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must be true of a town when everybody has synced: those that can reach each other agree byte for byte, every
 * edit that was acknowledged is there or in the history, what was erased is nowhere, and nobody is asked to decide what
 * only one person changed. */
#include "model.h"

#include "sp-bases.h"
#include "sp-check.h"
#include "sp-erase.h"
#include "sp-merge.h"
#include "sp-resolve.h"

#include <stdio.h>
#include <string.h>

#define MOST_ROUNDS 8 /* of everybody syncing until nothing moves; merges of merges take a few */

/* What one replica says. */
typedef struct
{
  char *leaves;                      /* every leaf with its body */
  char *live[MODEL_N_DOCUMENTS];     /* the live bodies, without what their `edit` remembers */
  char *all[MODEL_N_DOCUMENTS];      /* every body that is kept */
  gboolean blind[MODEL_N_DOCUMENTS]; /* what stands against each other began with something that is not kept here */
  char *undecided[MODEL_N_DOCUMENTS]; /* paths that wait for a person, one a line; "-" if somebody waits for nothing */
  guint n_live[MODEL_N_DOCUMENTS];
} View;

static void
view_free (View *view)
{
  for (guint i = 0; i < MODEL_N_DOCUMENTS; i++)
    {
      g_free (view->live[i]);
      g_free (view->all[i]);
      g_free (view->undecided[i]);
    }
  g_free (view->leaves);
  g_free (view);
}

static guint64
bit (guint number)
{
  return G_GUINT64_CONSTANT (1) << number;
}

/* ── Looking ── */

static void
add_leaf (const SpDoc *leaf, View *view, guint document, GString *leaves, GString *live)
{
  g_autoptr (SpNode) body = NULL;
  g_autofree char *json = NULL;

  g_string_append_printf (leaves, "%s %s%s %s\n", leaf->id, leaf->rev, leaf->deleted ? "!" : "", leaf->body);
  if (leaf->deleted)
    return;
  body = sp_node_parse (leaf->body, -1, NULL);
  sp_node_remove (body, "edit");
  json = sp_node_to_json (body);
  g_string_append (live, json);
  view->n_live[document]++;
}

static char *
read_all_bodies (SpDb *db, const char *id)
{
  GString *text = g_string_new (NULL);
  gboolean has_row = TRUE;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT r.body FROM doc d JOIN rev r ON r.doc = d.n WHERE d.id = ? AND r.body IS NOT NULL", NULL);

  sqlite3_bind_text (stmt, 1, id, -1, SQLITE_STATIC);
  while (sp_db_step (db, stmt, &has_row, NULL) && has_row)
    g_string_append_printf (text, "%s\n", sqlite3_column_text (stmt, 0));
  return g_string_free (text, FALSE);
}

static char *
read_undecided (SpDb *db, const char *id)
{
  g_autoptr (SpConflict) conflict = sp_resolve_look (db, id, NULL);
  GString *text = g_string_new (NULL);

  for (guint i = 0; conflict != NULL && i < conflict->collisions->len; i++)
    g_string_append_printf (text, "%s\n", ((const SpCollision *) g_ptr_array_index (conflict->collisions, i))->path);
  if (conflict != NULL && conflict->collisions->len == 0)
    g_string_append (text, "-\n");
  return g_string_free (text, FALSE);
}

/* Who does not know what the versions began with must ask about all in which they differ. */
static gboolean
is_blind (SpDb *db, const char *id)
{
  g_autoptr (GPtrArray) docs = sp_docs_get_leaves (db, id, NULL);
  g_autoptr (GPtrArray) leaves = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_merge_leaf_free);
  g_autoptr (SpBase) base = NULL;

  for (guint i = 0; docs != NULL && i < docs->len; i++)
    {
      const SpDoc *doc = g_ptr_array_index (docs, i);
      g_autoptr (SpNode) body = doc->deleted ? NULL : sp_node_parse (doc->body, -1, NULL);

      if (body != NULL)
        g_ptr_array_add (leaves, sp_merge_leaf_new (doc->rev, body));
    }
  if (leaves->len < 2)
    return FALSE;
  base = sp_bases_find (db, id, leaves, NULL);
  return base != NULL && base->body == NULL;
}

static gpointer
look_job (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  View *view = g_new0 (View, 1);
  GString *leaves = g_string_new (NULL);

  for (guint i = 0; i < MODEL_N_DOCUMENTS; i++)
    {
      g_autofree char *id = town_make_id (i);
      g_autoptr (GPtrArray) docs = sp_docs_get_leaves (db, id, NULL);
      GString *live = g_string_new (NULL);

      for (guint k = 0; docs != NULL && k < docs->len; k++)
        add_leaf (g_ptr_array_index (docs, k), view, i, leaves, live);
      view->live[i] = g_string_free (live, FALSE);
      view->all[i] = read_all_bodies (db, id);
      view->undecided[i] = read_undecided (db, id);
      view->blind[i] = is_blind (db, id);
    }
  view->leaves = g_string_free (leaves, FALSE);
  return view;
}

/* ── What is asked of the events ── */

/* What somebody on the island surely knows. */
static guint64
find_known (const Town *town, guint island)
{
  guint64 known = 0;

  for (guint i = 0; i < town->schedule->n_replicas; i++)
    if ((island & (1u << i)) != 0)
      known |= town->replicas[i].knows;
  return known;
}

static gboolean
is_erasure (const Event *event)
{
  return event->happened && (event->kind == STEP_ERASE || event->kind == STEP_ERASE_CONTACTS);
}

/* Whether @erasure takes away what @event wrote, unless that came afterwards. */
static gboolean
erases (const Event *erasure, const Event *event)
{
  return is_erasure (erasure) && erasure->document == event->document
         && (erasure->kind == STEP_ERASE || ((1u << event->field) & CONTACT_FIELDS) != 0);
}

/* Whether the text of @number may have gone: erased by somebody who did not come before it. */
static gboolean
may_be_erased (const Town *town, guint number)
{
  const Event *event = &town->events[number];

  for (guint i = 0; i < MODEL_MAX_STEPS; i++)
    if (erases (&town->events[i], event) && (town->events[i].kind == STEP_ERASE || (event->past & bit (i)) == 0))
      return TRUE;
  return FALSE;
}

/* Whether the history of a document may have gone with an erasure that did not come before @number. */
static gboolean
may_be_forgotten (const Town *town, guint number)
{
  for (guint i = 0; i < MODEL_MAX_STEPS; i++)
    if (is_erasure (&town->events[i]) && town->events[i].document == town->events[number].document && (town->events[number].past & bit (i)) == 0)
      return TRUE;
  return FALSE;
}

/* Whether the text of @number must still be what one reads: nobody changed, deleted or erased it, as far as they may have
 * known it, and nobody changed the same place apart from it. */
static gboolean
must_show (const Town *town, guint number)
{
  const Event *event = &town->events[number];

  for (guint i = 0; i < MODEL_MAX_STEPS; i++)
    {
      const Event *other = &town->events[i];

      if (i == number || !other->happened || other->document != event->document)
        continue;
      if (other->kind == STEP_DELETE && (other->may_past & bit (number)) != 0)
        return FALSE;
      if (event->field == FIELD_CATEGORIES && other->fields != ALL_FIELDS) /* they are only added to */
        continue;
      if ((other->fields & (1u << event->field)) != 0 && (event->past & bit (i)) == 0)
        return FALSE;
    }
  return TRUE;
}

/* Whether two changed the same field of a document, neither knowing of the other. */
static gboolean
was_changed_apart (const Town *town, guint document, guint field)
{
  for (guint i = 0; i < MODEL_MAX_STEPS; i++)
    for (guint k = 0; k < i; k++)
      {
        const Event *a = &town->events[i], *b = &town->events[k];

        if (a->happened && b->happened && a->document == document && b->document == document
            && (a->fields & b->fields & (1u << field)) != 0 && ((a->past & bit (k)) == 0 || a->in_one))
          return TRUE;
      }
  return FALSE;
}

/* ── Checks ── */

static void
check_undecided (Town *town, const View *view, guint replica)
{
  for (guint i = 0; i < MODEL_N_DOCUMENTS; i++)
    {
      g_auto (GStrv) paths = g_strsplit (view->undecided[i], "\n", -1);

      for (guint k = 0; paths[k] != NULL && paths[k][0] != '\0'; k++)
        {
          guint fields = view->blind[i] ? ALL_FIELDS : fields_at (paths[k]); /* somebody is needed for one of them anyway */
          gboolean allowed = FALSE;

          for (guint field = 0; field < N_FIELDS; field++)
            allowed = allowed || ((fields & (1u << field)) != 0 && was_changed_apart (town, i, field));
          if (!allowed)
            town_fail (town, "replica %u: document %u waits for somebody to decide about “%s”, which nobody changed twice", replica, i, paths[k]);
        }
    }
}

static gboolean
is_kept (View **views, guint document, const char *token)
{
  for (guint i = 0; i < MODEL_MAX_REPLICAS; i++)
    if (views[i] != NULL && strstr (views[i]->all[document], token) != NULL)
      return TRUE;
  return FALSE;
}

/* @whole: whether everybody can meet; else the history may be elsewhere. */
static void
check_tokens (Town *town, View **views, guint first, guint64 known, gboolean whole)
{
  for (guint i = 0; i < MODEL_MAX_STEPS; i++)
    {
      const Event *event = &town->events[i];

      if (!event->happened || event->token[0] == '\0' || (known & bit (i)) == 0 || may_be_erased (town, i))
        continue;
      if (must_show (town, i) && strstr (views[first]->live[event->document], event->token) == NULL)
        town_fail (town, "what step %u wrote (%s) cannot be read any more, though nobody changed it", i, event->token);
      else if (whole && (town->lost & bit (i)) == 0 && !may_be_forgotten (town, i) && !is_kept (views, event->document, event->token))
        town_fail (town, "what step %u wrote (%s) is neither there nor in the history", i, event->token);
    }
}

static void
check_island (Town *town, guint island)
{
  View *views[MODEL_MAX_REPLICAS] = { NULL };
  guint first = g_bit_nth_lsf (island, -1);

  for (guint i = 0; i < town->schedule->n_replicas; i++)
    if ((island & (1u << i)) != 0)
      {
        views[i] = town_call (&town->replicas[i], look_job, NULL, NULL);
        if (strcmp (views[i]->leaves, views[first]->leaves) != 0)
          town_fail (town, "replicas %u and %u do not agree:\n%s--- and\n%s", first, i, views[first]->leaves, views[i]->leaves);
        if (town->replicas[i].merges)
          check_undecided (town, views[i], i);
      }
  check_tokens (town, views, first, find_known (town, island), island == (1u << town->schedule->n_replicas) - 1);
  for (guint i = 0; i < MODEL_MAX_REPLICAS; i++)
    g_clear_pointer (&views[i], view_free);
}

/* Prints what every replica holds: for somebody who looks for the reason. */
void
town_trace (Town *town)
{
  for (guint i = 0; i < town->schedule->n_replicas; i++)
    {
      View *view = town_call (&town->replicas[i], look_job, NULL, NULL);

      fprintf (stderr, "replica %u:\n%s", i, view->leaves);
      view_free (view);
    }
}

/* Everybody on an island syncs with everybody until nothing moves any more: one after another, or all at the same time. */
static void
come_to_rest (Town *town, guint island)
{
  for (guint round = 0; round < MOST_ROUNDS; round++)
    {
      gboolean at_once = town->schedule->seed % 2 == 0;
      gint64 written = at_once ? town_meet (town, island) : 0;

      for (guint a = 0; a < town->schedule->n_replicas && !at_once; a++)
        for (guint b = a + 1; b < town->schedule->n_replicas; b++)
          if ((island & (1u << a)) != 0 && (island & (1u << b)) != 0 && town_can_meet (town, a, b))
            written += town_sync (town, b, a, 0);
      if (written == 0)
        return;
    }
  town_fail (town, "replicas %x do not come to rest", island);
}

static void
check_islands (Town *town)
{
  guint done = 0;

  for (guint i = 0; i < town->schedule->n_replicas; i++)
    {
      guint island = town_find_island (town, i);

      if ((done & island) == 0)
        {
          come_to_rest (town, island);
          check_island (town, island);
        }
      done |= island;
    }
}

/* ── Bytes ── */

static gpointer
integrity_job (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  if (!sp_check_integrity (db, problems, NULL, error))
    return NULL;
  if (problems->len > 0)
    town_fail (data, "%s", (const char *) g_ptr_array_index (problems, 0));
  return db;
}

static gboolean
holds (const char *path, const char *token)
{
  g_autofree char *bytes = NULL;
  gsize length;

  return g_file_get_contents (path, &bytes, &length, NULL) && memmem (bytes, length, token, strlen (token)) != NULL;
}

/* An uncommitted edit, or what was erased by somebody who knew it. */
static gboolean
must_be_nowhere (const Town *town, guint number, guint64 known, const char *token)
{
  const Event *event = &town->events[number];

  for (guint i = 0; i < MODEL_MAX_STEPS; i++)
    if (erases (&town->events[i], event) && (known & bit (i)) != 0 && (town->events[i].past & bit (number)) != 0)
      return event->happened && token[0] != '\0';
  return FALSE;
}

static void
check_bytes (Town *town, guint64 known)
{
  for (guint number = 0; number < MODEL_MAX_STEPS; number++)
    for (guint i = 0; must_be_nowhere (town, number, known, town->events[number].token) && i < town->schedule->n_replicas; i++)
      {
        const char *path = town->replicas[i].path;
        g_autofree char *log = g_strconcat (path, "-wal", NULL);

        if (holds (path, town->events[number].token) || holds (log, town->events[number].token))
          town_fail (town, "replica %u still holds what step %u wrote (%s), which was erased", i, number, town->events[number].token);
      }
}

/* Lets everybody sync who can, checks, mends all lines, and does it again. */
void
town_check (Town *town)
{
  check_islands (town);
  memset (town->cut, 0, sizeof town->cut);
  check_islands (town);
  for (guint i = 0; i < town->schedule->n_replicas; i++)
    {
      g_autoptr (GError) error = NULL;

      if (town_call (&town->replicas[i], integrity_job, town, &error) == NULL)
        town_fail (town, "replica %u: %s", i, error->message);
      town_close (&town->replicas[i]);
    }
  check_bytes (town, find_known (town, (1u << town->schedule->n_replicas) - 1));
}
