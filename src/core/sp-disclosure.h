/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-node.h"

G_BEGIN_DECLS

/**
 * SP_DISCLOSURE_NEVER:
 *
 * The last day, in `visible.until`, of what was in no public list at any time. ISO 8601.
 */
#define SP_DISCLOSURE_NEVER "1970-01-01"

/**
 * SpDisclosure:
 * @today: the civil date by which `visible` counts, `2026-11-22`
 * @leave_overdue: whether entries of which a fact is twice overdue for a check are withheld too; set it after
 *   sp_disclosure_init()
 * @overdue: so far, how many entries were withheld for that
 * @entries: so far, how many entries were withheld for the dates of their showing
 * @contacts: so far, how many contacts were left out
 * @members: so far, how many other members were left out
 *
 * Keeps count of what a public list leaves out, so that it can be said at the end.
 */
typedef struct
{
  char     today[11];
  gboolean leave_overdue;
  guint    overdue;
  guint    entries;
  guint    contacts;
  guint    members;
} SpDisclosure;

void    sp_disclosure_init (SpDisclosure *self, const char *today);
gboolean sp_disclosure_is_shown (const SpNode *asset, const char *today);
SpNode *sp_disclosure_make_public (SpDisclosure *self, const SpNode *asset);
char   *sp_disclosure_describe (const SpDisclosure *self);

G_END_DECLS
