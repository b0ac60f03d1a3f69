/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-request.h"

G_BEGIN_DECLS

/**
 * SpPrintFlags:
 * @SP_PRINT_REVISIONS: `_revisions`, where it comes from
 * @SP_PRINT_CONFLICTS: `_conflicts`, the other versions that live
 * @SP_PRINT_DELETED_CONFLICTS: `_deleted_conflicts`, the other ends that do not
 * @SP_PRINT_REVS_INFO: `_revs_info`, which of its ancestors are kept here
 * @SP_PRINT_LOCAL_SEQ: `_local_seq`, its place in the feed
 *
 * What a document tells of itself beside its members.
 */
typedef enum
{
  SP_PRINT_REVISIONS = 1 << 0,
  SP_PRINT_CONFLICTS = 1 << 1,
  SP_PRINT_DELETED_CONFLICTS = 1 << 2,
  SP_PRINT_REVS_INFO = 1 << 3,
  SP_PRINT_LOCAL_SEQ = 1 << 4,
} SpPrintFlags;

SpPrintFlags sp_print_flags_read (const SpRequest *request);
gboolean     sp_print_document   (SpDb *db, const SpDoc *doc, SpPrintFlags flags, GString *out, GError **error);

G_END_DECLS
