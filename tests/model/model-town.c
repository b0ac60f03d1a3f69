/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The town: its replicas, the lines between them, and what happens to files. */
#include "model.h"

#include "sp-backup.h"
#include "sp-identity.h"
#include "sp-replicator.h"
#include "sp-store-peer.h"

#include <glib/gstdio.h>
#include <string.h>

#define TODAY "2026-11-22"

void
town_fail (Town *town, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_string_append_vprintf (town->failure, format, arguments);
  va_end (arguments);
  g_string_append_c (town->failure, '\n');
}

char *
town_make_id (guint document)
{
  return g_strdup_printf ("asset:0b7e0000-0000-4000-8000-00000000000%u", document);
}

/* ── Calls, waited for ── */

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static void
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

gpointer
town_call (Replica *replica, SpStoreFunc func, gpointer data, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  sp_store_write_async (replica->store, func, data, NULL, NULL, NULL, ended_cb, &result);
  wait_for (&result);
  return sp_store_call_finish (replica->store, result, error);
}

void
town_open (Town *town, Replica *replica)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  sp_store_open_async (replica->path, NULL, ended_cb, &result);
  wait_for (&result);
  replica->store = sp_store_open_finish (result, &error);
  if (replica->store == NULL)
    g_error ("%s: %s", replica->path, error->message);
}

void
town_close (Replica *replica)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (replica->store == NULL)
    return;
  sp_store_close_async (replica->store, ended_cb, &result);
  wait_for (&result);
  g_assert_true (sp_store_close_finish (replica->store, result, NULL));
  g_clear_object (&replica->store);
}

/* ── Files ── */

/* A name for a store that was never used; its automatic backup of today seems to be there, so that none is made. */
static char *
make_path (Town *town)
{
  g_autofree char *backup = g_strdup_printf ("%s/backups/%u-" TODAY ".db", town->folder, town->n_files);

  g_assert_true (g_file_set_contents (backup, "", 0, NULL));
  return g_strdup_printf ("%s/%u.db", town->folder, town->n_files++);
}

static void
copy_bytes (const char *from, const char *to)
{
  g_autofree char *bytes = NULL;
  gsize length;
  FILE *file = NULL;

  if (!g_file_get_contents (from, &bytes, &length, NULL))
    {
      g_unlink (to);
      return;
    }
  file = g_fopen (to, "wb"); /* into the same file, if there is one: a machine that crashed keeps its files */
  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (bytes, 1, length, file), ==, length);
  g_assert_cmpint (fclose (file), ==, 0);
}

static void
copy_with_log (const char *from, const char *to)
{
  g_autofree char *from_log = g_strconcat (from, "-wal", NULL);
  g_autofree char *to_log = g_strconcat (to, "-wal", NULL);

  copy_bytes (from, to);
  copy_bytes (from_log, to_log);
}

/* An edit that is not committed, while the power goes: what the disk holds then is kept aside. */
static gpointer
crash_job (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const WriteJob *job = data;
  g_autofree char *image = g_strconcat (sp_db_get_path (db), ".image", NULL);

  if (!sp_db_begin (db, error))
    return NULL;
  town_edit_job (db, data, NULL, NULL);
  if (job->step->chance % 2 == 0)
    sqlite3_db_cacheflush (sp_db_get_handle (db)); /* part of it is in the log already */
  copy_with_log (sp_db_get_path (db), image);
  sp_db_rollback (db);
  return data;
}

void
town_crash (Town *town, const Step *step)
{
  Replica *replica = &town->replicas[step->on];
  Event nothing = { 0 };
  WriteJob job = { town, step, &nothing };
  g_autofree char *image = g_strconcat (replica->path, ".image", NULL);
  g_autoptr (GError) error = NULL;

  town_call (replica, crash_job, &job, &error);
  g_assert_no_error (error);
  town_close (replica);
  copy_with_log (image, replica->path);
  town_open (town, replica);
}

static gpointer
back_up_job (SpDb *db, gpointer path, GCancellable *cancellable, GError **error)
{
  return sp_backup_write (db, path, FALSE, NULL, NULL, NULL, error) ? path : NULL;
}

void
town_back_up (Town *town, const Step *step)
{
  Replica *replica = &town->replicas[step->on];
  g_autoptr (GError) error = NULL;

  g_free (replica->backup);
  replica->backup = g_strdup_printf ("%s/backups/%u.kept", town->folder, town->n_files++);
  town_call (replica, back_up_job, replica->backup, &error);
  g_assert_no_error (error);
  replica->backup_knows = replica->knows;
  replica->backup_may_know = replica->may_know;
}

void
town_restore (Town *town, const Step *step)
{
  Replica *replica = &town->replicas[step->on];
  g_autoptr (GError) error = NULL;
  g_autofree char *aside = NULL;

  if (replica->backup == NULL)
    return;
  town_close (replica);
  sp_backup_restore (replica->path, replica->backup, &aside, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  town_open (town, replica);
  town->lost |= replica->may_know;
  replica->knows = replica->backup_knows;
  replica->may_know = replica->backup_may_know;
}

static gpointer
uuid_job (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return sp_identity_get_uuid (db);
}

/* Somebody puts a copy of another's file in the place of their own. */
void
town_copy (Town *town, const Step *step)
{
  Replica *from = &town->replicas[step->on];
  Replica *to = &town->replicas[step->with];
  g_autofree char *original = NULL;
  g_autofree char *copy = NULL;

  if (!from->merges || !to->merges)
    return;
  original = town_call (from, uuid_job, NULL, NULL);
  town_close (from);
  town_close (to);
  g_free (to->path);
  to->path = make_path (town);
  copy_with_log (from->path, to->path);
  town_open (town, from);
  town_open (town, to);
  copy = town_call (to, uuid_job, NULL, NULL);
  if (g_strcmp0 (original, copy) == 0)
    town_fail (town, "step %u: the copied file has the identity of the original", step->number);
  town->lost |= to->may_know;
  to->knows = from->knows;
  to->may_know = from->may_know;
}

/* ── Lines ── */

gboolean
town_can_meet (const Town *town, guint a, guint b)
{
  return !town->cut[MIN (a, b)][MAX (a, b)];
}

static ModelFaults
make_faults (guint32 chance)
{
  ModelFaults faults = { .calls = G_MAXUINT, .page = G_MAXUINT };

  if (chance % 5 >= 3)
    faults = (ModelFaults){ 1 + (chance >> 8) % 14, (chance >> 4) % 2, FALSE, FALSE, 1 + (chance >> 12) % 3 };
  else if (chance % 5 == 2)
    faults = (ModelFaults){ G_MAXUINT, FALSE, (chance >> 8) % 2, (chance >> 9) % 2, 1 + (chance >> 10) % 3 };
  return faults;
}

/* Copies from one replica to another. @chance: what the line is like; 0 is a good one. @settles: whether what arrives is
 * merged at once, if the replica merges. Gives how much was written. */
guint
town_copy_changes (Town *town, guint from, guint to, guint32 chance, gboolean settles)
{
  Replica *source = &town->replicas[from], *target = &town->replicas[to];
  const ModelFaults at_source = make_faults (chance), at_target = make_faults (chance >> 3);
  g_autoptr (SpPeer) reader = model_peer_new (SP_PEER (sp_store_peer_new (source->store, source->merges)), &at_source);
  g_autoptr (SpPeer) writer = model_peer_new (SP_PEER (sp_store_peer_new (target->store, settles && target->merges)), &at_target);
  g_autoptr (SpReplicator) replicator = sp_replicator_new (reader, writer);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  sp_replicator_run_async (replicator, NULL, ended_cb, &result);
  wait_for (&result);
  target->may_know |= source->may_know;
  if (sp_replicator_run_finish (replicator, result, &error))
    target->knows |= source->knows;
  else if (at_source.calls == G_MAXUINT && at_target.calls == G_MAXUINT)
    town_fail (town, "From %u to %u: %s", from, to, error->message);
  if (sp_replicator_get_counts (replicator)->refused > 0)
    {
      const SpPeerDocument *document = g_ptr_array_index (sp_replicator_get_refused (replicator), 0);
      town_fail (town, "From %u to %u: %s was refused: %s", from, to, document->id, document->error->message);
    }
  return sp_replicator_get_counts (replicator)->written;
}

guint
town_sync (Town *town, guint a, guint b, guint32 chance)
{
  return town_copy_changes (town, b, a, chance, TRUE) + town_copy_changes (town, a, b, chance >> 7, TRUE);
}

static gpointer
compact_job (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return sp_docs_compact (db, NULL, error) ? db : NULL;
}

static void
compact (Town *town, const Step *step)
{
  g_autoptr (GError) error = NULL;

  town_call (&town->replicas[step->on], compact_job, NULL, &error);
  g_assert_no_error (error);
}

void
town_take_step (Town *town, const Step *step)
{
  guint low = MIN (step->on, step->with), high = MAX (step->on, step->with);

  switch (step->kind)
    {
    case STEP_SYNC:
      if (town_can_meet (town, low, high))
        town_sync (town, step->on, step->with, step->chance);
      break;
    case STEP_CUT: town->cut[low][high] = TRUE; break;
    case STEP_JOIN: town->cut[low][high] = FALSE; break;
    case STEP_CRASH: town_crash (town, step); break;
    case STEP_BACK_UP: town_back_up (town, step); break;
    case STEP_RESTORE: town_restore (town, step); break;
    case STEP_COPY: town_copy (town, step); break;
    case STEP_COMPACT: compact (town, step); break;
    case STEP_EXPIRE: town_expire (town, step); break;
    case STEP_MEET: town_meet (town, town_find_island (town, step->on)); break;
    case STEP_EDIT: case STEP_DELETE: case STEP_ERASE: case STEP_ERASE_CONTACTS: case STEP_RESOLVE: case STEP_REOPEN: case N_STEP_KINDS:
    default: town_write (town, step); break;
    }
}

/* ── Beginning and end ── */

/* An empty store, made once: copies of it are quicker than new ones. */
static const char *
get_empty_store (Town *town)
{
  static char *bytes;
  static gsize length;
  static char *path;
  g_autofree char *made = g_build_filename (town->folder, "empty.db", NULL);

  if (bytes == NULL)
    {
      g_clear_pointer (&path, g_free);
      sp_db_close (sp_db_open (made, SP_DB_WRITE, NULL));
      g_assert_true (g_file_get_contents (made, &bytes, &length, NULL));
    }
  g_assert_true (g_file_set_contents (made, bytes, (gssize) length, NULL));
  g_free (path);
  path = g_steal_pointer (&made);
  return path;
}

Town *
town_new (const Schedule *schedule)
{
  Town *town = g_new0 (Town, 1);
  const char *folder = g_access ("/dev/shm", W_OK) == 0 ? "/dev/shm" : g_get_tmp_dir (); /* in memory where that can be */
  g_autofree char *name = g_build_filename (folder, "signpost-model-XXXXXX", NULL);
  g_autofree char *backups = NULL;

  town->schedule = schedule;
  town->failure = g_string_new (NULL);
  town->folder = g_strdup (g_mkdtemp (name));
  g_assert_nonnull (town->folder);
  backups = g_build_filename (town->folder, "backups", NULL);
  g_mkdir (backups, 0700);
  for (guint i = 0; i < schedule->n_replicas; i++)
    {
      town->replicas[i].path = make_path (town);
      town->replicas[i].merges = i > 0 || !schedule->has_server;
      copy_bytes (get_empty_store (town), town->replicas[i].path);
      town_open (town, &town->replicas[i]);
    }
  return town;
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        remove_folder (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

void
town_free (Town *town)
{
  for (guint i = 0; i < MODEL_MAX_REPLICAS; i++)
    {
      town_close (&town->replicas[i]);
      g_free (town->replicas[i].path);
      g_free (town->replicas[i].backup);
    }
  remove_folder (town->folder);
  g_string_free (town->failure, TRUE);
  g_free (town->folder);
  g_free (town);
}
