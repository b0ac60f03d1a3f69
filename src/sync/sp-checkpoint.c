/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far a replication has come: a local document at both ends (couch-protocol §4, "Checkpoint and replication id").
 * One goes on from what both ends agree on, never from the larger. Where one end takes no checkpoint, as servers do that let
 * somebody only read, that at the other end says so, and stands alone. */
#include "sp-checkpoint.h"

#include <string.h>

#define VERSION 1
#define HISTORY_KEPT 20 /* sessions */

/**
 * sp_checkpoint_make_id:
 * @source_uuid: who is read
 * @target_uuid: who is written
 *
 * Returns: (transfer full): name of the local document, the same for the same pair, whatever their addresses are
 */
char *
sp_checkpoint_make_id (const char *source_uuid, const char *target_uuid)
{
  g_autofree char *text = g_strdup_printf ("signpost %d\n%s\n%s", VERSION, source_uuid, target_uuid);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  return g_strndup (digest, 32);
}

static SpNode *
parse (const char *json)
{
  return json != NULL ? sp_node_parse (json, -1, NULL) : NULL;
}

static char *
get_json (const SpNode *object, const char *member)
{
  SpNode *value = sp_node_get (object, member);

  return value != NULL ? sp_node_to_json (value) : NULL;
}

/* How far @session had come as @checkpoint remembers it: JSON; %NULL if it knows nothing of it. */
static char *
find_session (const SpNode *checkpoint, const char *session)
{
  const SpNode *history = sp_node_get (checkpoint, "history");

  for (guint i = 0; i < sp_node_get_length (history); i++)
    {
      const SpNode *entry = sp_node_get_element (history, i);

      if (g_strcmp0 (sp_node_get_text (entry, "session_id"), session) == 0)
        return get_json (entry, "recorded_seq");
    }
  return NULL;
}

/**
 * sp_checkpoint_agree:
 * @source: (nullable): the checkpoint at the source, JSON
 * @target: (nullable): the checkpoint at the target, JSON
 *
 * Returns: (transfer full) (nullable): the sequence to go on from, as the JSON text that the source gave; %NULL for the
 *   start
 */
char *
sp_checkpoint_agree (const char *source, const char *target)
{
  g_autoptr (SpNode) here = parse (source);
  g_autoptr (SpNode) there = parse (target);
  const char *session = here != NULL ? sp_node_get_text (here, "session_id") : NULL;
  const SpNode *history;

  if (session == NULL || there == NULL)
    return NULL;
  if (g_strcmp0 (session, sp_node_get_text (there, "session_id")) == 0)
    {
      g_autofree char *a = get_json (here, "source_last_seq");
      g_autofree char *b = get_json (there, "source_last_seq");

      if (g_strcmp0 (a, b) == 0)
        return g_steal_pointer (&a);
    }
  history = sp_node_get (here, "history");
  for (guint i = 0; i < sp_node_get_length (history); i++)
    {
      const char *id = sp_node_get_text (sp_node_get_element (history, i), "session_id");
      g_autofree char *a = id != NULL ? find_session (here, id) : NULL;
      g_autofree char *b = id != NULL ? find_session (there, id) : NULL;

      if (a != NULL && g_strcmp0 (a, b) == 0)
        return g_steal_pointer (&a);
    }
  return NULL;
}

/**
 * sp_checkpoint_write:
 * @before: (nullable): the checkpoint as it was, JSON
 * @session: id of this session
 * @target: (nullable): uuid of who is written: the source then knows who has what
 * @since: the sequence that was reached, JSON
 * @skipped: whether the target was not told of what had been deleted
 *
 * Returns: (transfer full): the checkpoint as it is to be, JSON
 */
char *
sp_checkpoint_write (const char *before, const char *session, const char *target, const char *since, gboolean skipped)
{
  g_autoptr (SpNode) old = parse (before);
  g_autoptr (SpNode) checkpoint = sp_node_new_object ();
  const SpNode *history = old != NULL ? sp_node_get (old, "history") : NULL;
  SpNode *entries = sp_node_new_array ();
  SpNode *entry = sp_node_new_object ();

  sp_node_set_text (entry, "session_id", session);
  sp_node_set (entry, "recorded_seq", sp_node_parse (since, -1, NULL));
  sp_node_append (entries, entry);
  for (guint i = 0; i < sp_node_get_length (history) && sp_node_get_length (entries) < HISTORY_KEPT; i++)
    if (g_strcmp0 (sp_node_get_text (sp_node_get_element (history, i), "session_id"), session) != 0)
      sp_node_append (entries, sp_node_copy (sp_node_get_element (history, i)));
  sp_node_set_text (checkpoint, "session_id", session);
  sp_node_set (checkpoint, "source_last_seq", sp_node_parse (since, -1, NULL));
  sp_node_set_text (checkpoint, "replicator", "signpost");
  if (target != NULL)
    sp_node_set_text (checkpoint, "target", target);
  sp_node_set (checkpoint, "version", sp_node_new_number (VERSION));
  if (skipped)
    sp_node_set (checkpoint, "skipped", sp_node_new_boolean (TRUE));
  sp_node_set (checkpoint, "history", entries);
  return sp_node_to_json (checkpoint);
}

/**
 * sp_checkpoint_has_skipped:
 * @checkpoint: (nullable): a checkpoint, JSON
 *
 * Returns: whether the target was not told of what had been deleted
 */
gboolean
sp_checkpoint_has_skipped (const char *checkpoint)
{
  g_autoptr (SpNode) node = parse (checkpoint);
  const SpNode *skipped = node != NULL ? sp_node_get (node, "skipped") : NULL;

  return skipped != NULL && sp_node_get_boolean (skipped);
}

/**
 * sp_checkpoint_write_alone:
 * @checkpoint: a checkpoint, JSON
 * @instance: (nullable): of the other end, which takes none; see #SpPeerInfo
 *
 * Returns: (transfer full): the same, for the one end that takes it: it stands alone
 */
char *
sp_checkpoint_write_alone (const char *checkpoint, const char *instance)
{
  g_autoptr (SpNode) node = parse (checkpoint);

  sp_node_set (node, "alone", sp_node_new_boolean (TRUE));
  if (instance != NULL)
    sp_node_set_text (node, "instance", instance);
  return sp_node_to_json (node);
}

/**
 * sp_checkpoint_trust:
 * @checkpoint: (nullable): the checkpoint at one end, JSON
 * @instance: (nullable): of the other end
 *
 * Returns: (transfer full) (nullable): the sequence to go on from, if it stands alone because that other end takes none; %NULL
 *   if both ends have to agree
 */
char *
sp_checkpoint_trust (const char *checkpoint, const char *instance)
{
  g_autoptr (SpNode) node = parse (checkpoint);

  if (node == NULL || !sp_node_get_flag (node, "alone", FALSE) || g_strcmp0 (sp_node_get_text (node, "instance"), instance) != 0)
    return NULL;
  return get_json (node, "source_last_seq");
}
