/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-request.h"

G_BEGIN_DECLS

/**
 * SpWriteCheck:
 * @request: who asks
 * @has_rules: whether the database has the table of who may write what
 *
 * What is asked of each document before it is written.
 */
typedef struct
{
  const SpRequest *request;
  gboolean         has_rules;
} SpWriteCheck;

gboolean sp_write_check_init (SpWriteCheck *self, SpDb *db, const SpRequest *request, GError **error);
gboolean sp_write_check_allows (const SpWriteCheck *self, const SpRightsDocument *document, const char *rev, GError **error);

G_END_DECLS
