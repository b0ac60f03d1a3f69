/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-node.h"

G_BEGIN_DECLS

/**
 * SpRole:
 * @SP_ROLE_NONE: no member of the database
 * @SP_ROLE_VIEWER: reads; writes its own local documents
 * @SP_ROLE_CONTRIBUTOR: may propose, in submissions of its own
 * @SP_ROLE_EDITOR: writes assets and what belongs to them, decides on submissions
 * @SP_ROLE_ADMIN: may write all, design documents too
 *
 * What an account may do in a database; a greater role may do what a lesser one may.
 */
typedef enum
{
  SP_ROLE_NONE,
  SP_ROLE_VIEWER,
  SP_ROLE_CONTRIBUTOR,
  SP_ROLE_EDITOR,
  SP_ROLE_ADMIN,
} SpRole;

/**
 * SpRightsDocument:
 * @id: its id
 * @deleted: whether it is a tombstone
 * @has_type: whether it has a member `type`
 * @type: (nullable): that member, if it is a text
 * @state: (nullable): its member `state`, if it is a text
 *
 * What the rules look at in a document that somebody writes.
 */
typedef struct
{
  const char *id;
  gboolean    deleted;
  gboolean    has_type;
  const char *type;
  const char *state;
} SpRightsDocument;

SpRole      sp_role_from_name     (const char *name);
const char *sp_role_get_name      (SpRole role);
SpRole      sp_rights_get_role    (const char * const *roles);
gboolean    sp_rights_check_account (const char *account, GError **error);
SpRightsDocument sp_rights_read (const char *id, gboolean deleted, const SpNode *body);
gboolean    sp_rights_check_write (const char *account, SpRole role, const SpRightsDocument *document, GError **error);
char       *sp_rights_print_design_document (void);

G_END_DECLS
