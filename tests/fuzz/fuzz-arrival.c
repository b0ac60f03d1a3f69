/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any documents that arrive one after the other, a line each, at a store that merges or, if their size is odd, one
 * that does not, beside an entry that somebody edited there: forged ancestries, erasures of nothing, merges that never
 * were. Each is taken or refused with a sentence; what was written here stays in the tree; and no transaction stays open. */
#include "sp-docs.h"
#include "sp-edit.h"
#include "sp-erase.h"
#include "sp-settle.h"
#include "sp-wire.h"

#include <stdint.h>
#include <string.h>

#define ID "asset:1"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static const SpEditStamp stamp = { "ann", "2026-11-05T10:00:00Z", SP_EDIT_BY_PERSON };

/* The revision that a person wrote here. */
static char *
save_own (SpDb *db)
{
  g_autoptr (SpNode) body = sp_node_parse ("{\"type\":\"asset\",\"name\":\"x\",\"contacts\":[{\"id\":\"c1\",\"name\":\"y\"}]}", -1, NULL);
  char *rev = NULL;

  g_assert_true (sp_edit_save (db, ID, NULL, body, &stamp, &rev, NULL));
  return rev;
}

static gboolean
arrive (SpDb *db, const char *json, gsize length, gboolean merges, GError **error)
{
  g_auto (SpWireHead) head = { 0 };
  SpSettled settled;
  gboolean added;

  if (!sp_wire_read_head (json, length, &head, error))
    return FALSE;
  if (head.id == NULL)
    {
      g_set_error_literal (error, SP_ERROR, SP_ERROR_INVALID, "No id");
      return FALSE;
    }
  if (!sp_docs_put_history (db, head.id, (const char *const *) head.revisions, head.deleted, json, (gssize) length, &added, error))
    return FALSE;
  if (!added)
    return TRUE;
  return merges ? sp_settle_document (db, head.id, &settled, error) : sp_erase_arrived (db, head.id, json, length, error);
}

static void
check (SpDb *db, const char *own)
{
  const char *const revs[] = { own, NULL };
  g_autoptr (GPtrArray) missing = sp_docs_revs_diff (db, ID, revs, NULL, NULL);
  g_autoptr (GPtrArray) leaves = sp_docs_get_leaves (db, ID, NULL);

  g_assert_cmpuint (missing->len, ==, 0);
  g_assert_cmpuint (leaves->len, >, 0);
  for (guint i = 0; i < leaves->len; i++)
    g_assert_nonnull (((const SpDoc *) g_ptr_array_index (leaves, i))->body);
  g_assert_true (sqlite3_get_autocommit (sp_db_get_handle (db)));
}

static void
run (const char *text, gsize size, gboolean merges)
{
  g_autoptr (SpDb) db = sp_db_open (":memory:", SP_DB_WRITE, NULL);
  g_autofree char *own = save_own (db);
  const char *end = text + size;

  for (const char *line = text; line < end;)
    {
      const char *stop = memchr (line, '\n', (gsize) (end - line));
      gsize length = (gsize) ((stop != NULL ? stop : end) - line);
      g_autoptr (GError) error = NULL;

      if (!arrive (db, line, length, merges, &error))
        g_assert_cmpuint (strlen (error->message), >, 0);
      check (db, own);
      line += length + 1;
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  run ((const char *) data, size, size % 2 == 0);
  return 0;
}
