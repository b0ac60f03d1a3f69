/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a CouchDB says (couch-protocol §2 and §3). Answers are foreign bytes: each is refused with a
 * sentence or understood, and one bad document does not cost the others. Pure functions, any thread. */
#include "sp-couch-answer.h"

#include "sp-node.h"

#include <string.h>

#define LIST_BYTES (8 * 1024 * 1024) /* of an answer with a few words for each of many documents */

/**
 * sp_couch_cannot_read:
 * @problem: what is wrong with an answer
 * @error: %SP_ERROR_SERVER: it may have been cut off on its way, and come whole the next time
 */
void
sp_couch_cannot_read (const GError *problem, GError **error)
{
  g_set_error (error, SP_ERROR, SP_ERROR_SERVER, "The server’s answer cannot be read: %s", problem->message);
}

static SpNode *
parse_large (GBytes *answer, gsize most, GError **error)
{
  gsize length;
  const char *bytes = g_bytes_get_data (answer, &length);
  g_autoptr (GError) problem = NULL;
  SpNode *node = sp_node_parse_large (length > 0 ? bytes : "", length, most, &problem);

  if (node == NULL)
    sp_couch_cannot_read (problem, error);
  return node;
}

static SpNode *
parse (GBytes *answer, GError **error)
{
  return parse_large (answer, SP_JSON_MAX_BYTES, error);
}

static gpointer
refuse (const char *what, GError **error)
{
  g_set_error (error, SP_ERROR, SP_ERROR_SERVER, "The server’s answer breaks the protocol: %s", what);
  return NULL;
}

/* A text with the elements of its array cut out, which leaves what stands around them. */
static SpNode *
parse_around (const char *bytes, gsize length, GArray *ranges, GError **error)
{
  const SpJsonRange *first = ranges->len > 0 ? &g_array_index (ranges, SpJsonRange, 0) : NULL;
  const SpJsonRange *last = ranges->len > 0 ? &g_array_index (ranges, SpJsonRange, ranges->len - 1) : NULL;
  g_autoptr (GString) around = NULL;

  if (first == NULL)
    return sp_node_parse (bytes, (gssize) length, error);
  around = g_string_new_len (bytes, (gssize) first->start);
  g_string_append_len (around, bytes + last->start + last->length, (gssize) (length - last->start - last->length));
  return sp_node_parse (around->str, (gssize) around->len, error);
}

static gint64
read_count (const SpNode *object, const char *member)
{
  const double number = sp_node_get_number (object, member);

  return number > 0 && number < 1e12 ? (gint64) number : 0;
}

/* An address that leads to something else altogether, such as a web page. */
static gpointer
refuse_kind (const char *address, GError **error)
{
  g_set_error (error, SP_ERROR, SP_ERROR_FOREIGN, "%s: that is no database of this kind", address);
  return NULL;
}

/**
 * sp_couch_read_uuid:
 * @answer: what a server's own address answered
 *
 * Returns: (transfer full) (nullable): who the server is; %NULL if it does not tell, or if it is something else
 */
char *
sp_couch_read_uuid (GBytes *answer)
{
  g_autoptr (SpNode) welcome = parse (answer, NULL);

  return welcome != NULL && sp_node_is_object (welcome) ? g_strdup (sp_node_get_text (welcome, "uuid")) : NULL;
}

/**
 * sp_couch_read_info:
 * @server: (nullable): the server's uuid
 * @database: what `GET /db/` answered
 * @address: of the database; tells who it is if the server does not
 * @error: %SP_ERROR_FOREIGN
 *
 * Returns: (transfer full) (nullable): who the database is
 */
SpPeerInfo *
sp_couch_read_info (const char *server, GBytes *database, const char *address, GError **error)
{
  g_autoptr (SpNode) about = parse (database, NULL);
  SpPeerInfo *info;
  SpNode *seq;

  if (about == NULL || !sp_node_is_object (about))
    return refuse_kind (address, error);
  seq = sp_node_get (about, "update_seq");
  if (sp_node_get_text (about, "db_name") == NULL || seq == NULL)
    return refuse_kind (address, error);
  info = g_new0 (SpPeerInfo, 1);
  info->uuid = server != NULL ? g_strdup_printf ("%s/%s", server, sp_node_get_text (about, "db_name")) : g_strdup (address);
  info->instance = g_strdup (sp_node_get_text (about, "instance_start_time"));
  info->last = sp_node_to_json (seq);
  info->n_documents = read_count (about, "doc_count") + read_count (about, "doc_del_count");
  return info;
}

static gboolean
add_change (SpPeerChanges *changes, const SpNode *row)
{
  const char *id = sp_node_get_text (row, "id");
  const SpNode *leaves = sp_node_get (row, "changes");
  const gboolean gone = sp_node_get_flag (row, "deleted", FALSE) && sp_node_get_length (leaves) == 1;
  SpPeerRev *added;

  if (id == NULL || !sp_node_is_array (leaves))
    return FALSE;
  for (guint i = 0; i < sp_node_get_length (leaves); i++)
    {
      const char *rev = sp_node_get_text (sp_node_get_element (leaves, i), "rev");

      if (rev == NULL)
        return FALSE;
      added = sp_peer_rev_new (id, rev);
      added->gone = gone;
      g_ptr_array_add (changes->revs, added);
    }
  return TRUE;
}

/**
 * sp_couch_read_changes:
 * @answer: what `_changes` answered, with `style=all_docs`
 * @error: %SP_ERROR_SERVER
 *
 * Returns: (transfer full) (nullable): the changes
 */
SpPeerChanges *
sp_couch_read_changes (GBytes *answer, GError **error)
{
  gsize length;
  const char *bytes = g_bytes_get_data (answer, &length);
  g_autoptr (SpPeerChanges) changes = sp_peer_changes_new ();
  g_autoptr (GArray) ranges = NULL;
  g_autoptr (SpNode) around = NULL;
  g_autoptr (GError) problem = NULL;

  if (!sp_json_gate_slice (bytes, length, "results", &ranges, &problem)
      || (around = parse_around (bytes, length, ranges, &problem)) == NULL)
    {
      sp_couch_cannot_read (problem, error);
      return NULL;
    }
  for (guint i = 0; i < ranges->len; i++)
    {
      const SpJsonRange *range = &g_array_index (ranges, SpJsonRange, i);
      g_autoptr (SpNode) row = sp_node_parse (bytes + range->start, (gssize) range->length, &problem);

      if (row == NULL)
        {
          sp_couch_cannot_read (problem, error);
          return NULL;
        }
      if (!sp_node_is_object (row) || !add_change (changes, row))
        return refuse ("a change has no id or no revisions", error);
    }
  if (sp_node_get (around, "last_seq") == NULL)
    return refuse ("the changes have no last_seq", error);
  changes->n_documents = ranges->len;
  changes->last = sp_node_to_json (sp_node_get (around, "last_seq"));
  return g_steal_pointer (&changes);
}

/**
 * sp_couch_read_missing:
 * @answer: what `_revs_diff` answered
 * @error: %SP_ERROR_SERVER
 *
 * Returns: (transfer full) (nullable) (element-type SpPeerRev): the revisions that are missing there
 */
GPtrArray *
sp_couch_read_missing (GBytes *answer, GError **error)
{
  g_autoptr (SpNode) object = parse_large (answer, LIST_BYTES, error);
  g_autoptr (GPtrArray) missing = g_ptr_array_new_with_free_func (sp_peer_rev_free);

  if (object == NULL)
    return NULL;
  if (!sp_node_is_object (object))
    return refuse ("_revs_diff is not an object", error);
  for (guint i = 0; i < sp_node_get_length (object); i++)
    {
      const SpNode *entry = sp_node_get_element (object, i);
      const SpNode *revs = sp_node_is_object (entry) ? sp_node_get (entry, "missing") : NULL;

      if (!sp_node_is_array (revs))
        return refuse ("_revs_diff does not list what is missing", error);
      for (guint k = 0; k < sp_node_get_length (revs); k++)
        {
          const char *rev = sp_node_get_string (sp_node_get_element (revs, k));

          if (rev == NULL)
            return refuse ("_revs_diff names a revision that is no text", error);
          g_ptr_array_add (missing, sp_peer_rev_new (sp_node_get_name (object, i), rev));
        }
    }
  return g_steal_pointer (&missing);
}

/**
 * sp_couch_read_refused:
 * @answer: what `_bulk_docs` answered, with `new_edits=false`: failures only
 * @error: %SP_ERROR_SERVER
 *
 * Returns: (transfer full) (nullable) (element-type SpPeerDocument): the documents that were refused
 */
GPtrArray *
sp_couch_read_refused (GBytes *answer, GError **error)
{
  g_autoptr (SpNode) list = parse_large (answer, LIST_BYTES, error);
  g_autoptr (GPtrArray) refused = g_ptr_array_new_with_free_func (sp_peer_document_free);

  if (list == NULL)
    return NULL;
  if (!sp_node_is_array (list))
    return refuse ("_bulk_docs is not a list", error);
  for (guint i = 0; i < sp_node_get_length (list); i++)
    {
      const SpNode *entry = sp_node_get_element (list, i);
      const char *id = sp_node_is_object (entry) ? sp_node_get_text (entry, "id") : NULL;
      const char *problem = id != NULL ? sp_node_get_text (entry, "error") : NULL;
      const char *reason = problem != NULL ? sp_node_get_text (entry, "reason") : NULL;

      if (problem != NULL)
        g_ptr_array_add (refused, sp_peer_document_new (id, sp_node_get_text (entry, "rev"), NULL,
                                                        g_error_new_literal (SP_ERROR, SP_ERROR_DENIED, reason != NULL ? reason : problem)));
    }
  return g_steal_pointer (&refused);
}

/**
 * sp_couch_read_local:
 * @answer: a local document
 * @rev: (out) (transfer full) (nullable): its revision
 * @error: %SP_ERROR_SERVER
 *
 * Returns: (transfer full) (nullable): its body
 */
char *
sp_couch_read_local (GBytes *answer, char **rev, GError **error)
{
  g_autoptr (SpNode) document = parse (answer, error);

  *rev = NULL;
  if (document == NULL)
    return NULL;
  if (!sp_node_is_object (document))
    return refuse ("a local document is not an object", error);
  *rev = g_strdup (sp_node_get_text (document, "_rev"));
  sp_node_remove (document, "_id");
  sp_node_remove (document, "_rev");
  return sp_node_to_json (document);
}

/**
 * sp_couch_read_new_rev:
 * @answer: what a write answered
 *
 * Returns: (transfer full) (nullable): the new revision, if it tells
 */
char *
sp_couch_read_new_rev (GBytes *answer)
{
  g_autoptr (SpNode) object = parse (answer, NULL);

  return object != NULL && sp_node_is_object (object) ? g_strdup (sp_node_get_text (object, "rev")) : NULL;
}

/* The greatest role that a list of names has. */
static SpRole
read_roles (const SpNode *list)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; sp_node_is_array (list) && i < sp_node_get_length (list); i++)
    {
      const char *name = sp_node_get_string (sp_node_get_element (list, i));

      if (name != NULL)
        g_ptr_array_add (names, (gpointer) name);
    }
  g_ptr_array_add (names, NULL);
  return sp_rights_get_role ((const char *const *) names->pdata);
}

/**
 * sp_couch_read_role:
 * @answer: what `_session` answered
 * @address: of a database
 *
 * Returns: what the account may do there; %SP_ROLE_NONE if that is not told
 */
SpRole
sp_couch_read_role (GBytes *answer, const char *address)
{
  g_autoptr (SpNode) session = parse (answer, NULL);
  const SpNode *context = session != NULL ? sp_node_get (session, "userCtx") : NULL;
  const SpNode *databases = sp_node_get (context, "databases");
  g_autofree char *path = g_strdup (address);
  g_autofree char *name = NULL;
  const char *slash;

  while (g_str_has_suffix (path, "/"))
    path[strlen (path) - 1] = '\0';
  slash = strrchr (path, '/');
  name = slash != NULL ? g_uri_unescape_string (slash + 1, NULL) : NULL; /* as CouchDB says it: a slash in it, too */
  return MAX (read_roles (sp_node_get (context, "roles")),
              name != NULL ? read_roles (sp_node_get (databases, name)) : SP_ROLE_NONE);
}

/**
 * sp_couch_read_reason:
 * @answer: the body of an answer that is an error
 *
 * Returns: (transfer full) (nullable): what it says of the reason
 */
char *
sp_couch_read_reason (GBytes *answer)
{
  g_autoptr (SpNode) object = parse (answer, NULL);
  const char *reason = object != NULL && sp_node_is_object (object) ? sp_node_get_text (object, "reason") : NULL;

  if (reason == NULL && object != NULL && sp_node_is_object (object))
    reason = sp_node_get_text (object, "error");
  return g_strdup (reason);
}
