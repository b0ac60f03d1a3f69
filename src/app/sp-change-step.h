/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-node.h"

G_BEGIN_DECLS

/**
 * SpChangeStep:
 * @id: document id
 * @label: what was done, for a person
 * @before: (nullable): top members as they were, JSON null where absent; %NULL if there was no live document
 * @after: (nullable): the same members as they are since; %NULL if it was deleted
 * @is_decision: a person chose between versions of the document; taken back, they stand against each other again
 * @is_import: @id is that of an import, and what it changed is in the store's journal
 * @from: (nullable): the revision that an edit began with; %NULL if it was none
 * @rev: (nullable): the revision that it wrote
 * @versions: (nullable): the versions that a deletion took together, the winner first; %NULL if there was but one
 * @next: (nullable): what was done to another document together with this
 *
 * One edit that can be taken back, or done again; or one import, which can be taken back.
 */
typedef struct _SpChangeStep SpChangeStep;
struct _SpChangeStep
{
  char         *id;
  char         *label;
  SpNode       *before;
  SpNode       *after;
  gboolean      is_decision;
  gboolean      is_import;
  char         *from;
  char         *rev;
  GStrv         versions;
  SpChangeStep *next;
};

SpChangeStep *sp_change_step_new     (const char *id, const char *label, const SpNode *before, const SpNode *after);
void          sp_change_step_free    (SpChangeStep *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpChangeStep, sp_change_step_free)

SpChangeStep *sp_change_step_copy    (const SpChangeStep *self);
SpChangeStep *sp_change_step_reverse (const SpChangeStep *self);
gboolean      sp_change_step_is_decision (const SpChangeStep *self);
void          sp_change_step_set_revs (SpChangeStep *self, const char *from, const char *rev);
gboolean      sp_change_step_is_untouched (const SpChangeStep *self, const SpNode *body);
gboolean      sp_change_step_fit     (SpChangeStep *self, const SpNode *body, gboolean *partly, GError **error);

G_END_DECLS
