/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document as it is answered: its members, and what was asked about its history. */
#include "sp-print-document.h"

#include "sp-wire.h"

/**
 * sp_print_flags_read:
 * @request: something that answers documents
 *
 * Returns: what its parameters ask for
 */
SpPrintFlags
sp_print_flags_read (const SpRequest *request)
{
  static const struct { const char *name; SpPrintFlags flag; } names[] = {
    { "revs", SP_PRINT_REVISIONS },
    { "conflicts", SP_PRINT_CONFLICTS },
    { "deleted_conflicts", SP_PRINT_DELETED_CONFLICTS },
    { "revs_info", SP_PRINT_REVS_INFO },
    { "local_seq", SP_PRINT_LOCAL_SEQ },
  };
  SpPrintFlags flags = 0;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (sp_request_get_flag (request, names[i].name))
      flags |= names[i].flag;
  return flags;
}

static void
add_leaves (GString *out, const char *member, GPtrArray *leaves, const char *but, gboolean deleted)
{
  gboolean any = FALSE;

  for (guint i = 0; i < leaves->len; i++)
    {
      const SpDoc *leaf = g_ptr_array_index (leaves, i);

      if (leaf->deleted != deleted || g_str_equal (leaf->rev, but))
        continue;
      g_string_append_printf (out, any ? "," : ",\"%s\":[", member);
      sp_json_append_text (out, leaf->rev);
      any = TRUE;
    }
  if (any)
    g_string_append_c (out, ']');
}

static gboolean
add_conflicts (SpDb *db, const SpDoc *doc, SpPrintFlags flags, GString *out, GError **error)
{
  g_autoptr (GPtrArray) leaves = sp_docs_get_leaves (db, doc->id, error);

  if (leaves == NULL)
    return FALSE;
  if (flags & SP_PRINT_CONFLICTS)
    add_leaves (out, "_conflicts", leaves, doc->rev, FALSE);
  if (flags & SP_PRINT_DELETED_CONFLICTS)
    add_leaves (out, "_deleted_conflicts", leaves, doc->rev, TRUE);
  return TRUE;
}

static gboolean
add_revs_info (SpDb *db, const SpDoc *doc, GString *out, GError **error)
{
  g_auto (GStrv) revisions = sp_docs_get_revisions (db, doc->id, doc->rev, error);

  if (revisions == NULL)
    return FALSE;
  g_string_append (out, ",\"_revs_info\":[");
  for (guint i = 0; revisions[i] != NULL; i++)
    {
      g_autoptr (SpDoc) one = sp_docs_get (db, doc->id, revisions[i], NULL);

      g_string_append (out, i > 0 ? ",{\"rev\":" : "{\"rev\":");
      sp_json_append_text (out, revisions[i]);
      g_string_append_printf (out, ",\"status\":\"%s\"}", one == NULL || one->body == NULL ? "missing" : one->deleted ? "deleted" : "available");
    }
  g_string_append_c (out, ']');
  return TRUE;
}

/**
 * sp_print_document:
 * @db: a connection
 * @doc: a revision, with its body
 * @flags: what it tells of itself
 * @out: gets the document
 * @error: %SP_ERROR
 *
 * Returns: whether it was appended
 */
gboolean
sp_print_document (SpDb *db, const SpDoc *doc, SpPrintFlags flags, GString *out, GError **error)
{
  if (!sp_wire_append (db, doc, (flags & SP_PRINT_REVISIONS) != 0, out, error))
    return FALSE;
  g_string_truncate (out, out->len - 1);
  if (flags & SP_PRINT_LOCAL_SEQ)
    g_string_append_printf (out, ",\"_local_seq\":%" G_GINT64_FORMAT, doc->seq);
  if ((flags & (SP_PRINT_CONFLICTS | SP_PRINT_DELETED_CONFLICTS)) != 0 && !add_conflicts (db, doc, flags, out, error))
    return FALSE;
  if ((flags & SP_PRINT_REVS_INFO) != 0 && !add_revs_info (db, doc, out, error))
    return FALSE;
  g_string_append_c (out, '}');
  return TRUE;
}
