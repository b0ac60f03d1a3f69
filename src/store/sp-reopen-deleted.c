/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking back the deletion of an entry whose versions stood against each other. */
#include "sp-reopen-private.h"

#include "sp-erase.h"
#include "sp-settle.h"

#include <glib/gi18n-lib.h>

static gboolean
find_deleted (SpDb *db, const char *id, const char *const *versions, Decided *decided, GError **error)
{
  g_autoptr (GPtrArray) leaves = sp_docs_get_leaves (db, id, error);
  gboolean erased;

  if (leaves == NULL || !sp_erase_is_erased (db, id, &erased, error))
    return FALSE;
  if (erased || !((const SpDoc *) g_ptr_array_index (leaves, 0))->deleted)
    return sp_reopen_refuse (error, id, _("the deletion does not stand any more"));
  decided->versions = g_ptr_array_new_with_free_func (sp_reopen_version_free);
  for (guint i = 0; versions[i] != NULL; i++)
    if (!sp_reopen_add_version (db, id, versions[i], leaves, decided, error))
      return FALSE;
  decided->decision = g_strdup (((const Version *) g_ptr_array_index (decided->versions, 0))->tombstone);
  return TRUE;
}

/**
 * sp_resolve_undelete:
 * @db: the writing connection
 * @id: document id
 * @versions: (array zero-terminated=1): the versions that were deleted together, at least one, the winner first
 * @stamp: who takes the deletion back, when
 * @error: %SP_ERROR_CONFLICT if the entry is there again or was erased, or if a version is no longer kept or something else
 *   came after it; %SP_ERROR_NOT_FOUND
 *
 * Takes back a deletion of several versions in one transaction: they stand against each other again, here and wherever that
 * travels, but for what was erased of them meanwhile.
 *
 * Returns: whether it was done; if it was refused (the errors above), a transaction around it is still open
 */
gboolean
sp_resolve_undelete (SpDb *db, const char *id, const char *const *versions, const SpEditStamp *stamp, GError **error)
{
  g_auto (Decided) decided = { NULL, NULL, NULL };
  SpSettled settled;

  if (!sp_db_begin (db, error))
    return FALSE;
  if (!find_deleted (db, id, versions, &decided, error))
    {
      sp_db_leave (db);
      return FALSE;
    }
  if (sp_reopen_write_all (db, id, &decided, stamp, error) && sp_settle_document (db, id, &settled, error) && sp_db_commit (db, error))
    return TRUE;
  sp_db_rollback (db);
  return FALSE;
}
