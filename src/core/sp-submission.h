/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-node.h"

G_BEGIN_DECLS

#define SP_SUBMISSION_PREFIX "submission:"
#define SP_SUBMISSION_WORDS_MAX 2000 /* characters of a note or a reply */

/**
 * SpSubmissionChange:
 * @SP_SUBMISSION_ADD: a new entry
 * @SP_SUBMISSION_EDIT: an entry shall say something else
 * @SP_SUBMISSION_CLOSE: an entry shall be closed, for now or for good
 * @SP_SUBMISSION_REPORT: something is wrong with an entry; the note says what
 *
 * What somebody proposes.
 */
typedef enum
{
  SP_SUBMISSION_ADD,
  SP_SUBMISSION_EDIT,
  SP_SUBMISSION_CLOSE,
  SP_SUBMISSION_REPORT,
} SpSubmissionChange;

/**
 * SpSubmissionState:
 * @SP_SUBMISSION_PROPOSED: it waits for an editor
 * @SP_SUBMISSION_ACCEPTED: an editor has taken it over
 * @SP_SUBMISSION_DECLINED: an editor has not, and says why
 *
 * What became of it.
 */
typedef enum
{
  SP_SUBMISSION_PROPOSED,
  SP_SUBMISSION_ACCEPTED,
  SP_SUBMISSION_DECLINED,
} SpSubmissionState;

/**
 * SpSubmission:
 * @id: document id
 * @rev: its revision
 * @account: who proposes
 * @target: document id of the entry that it is about, or shall become
 * @base: (nullable): revision of the entry that it was made from
 * @change: what is proposed
 * @body: (nullable): of a new entry all of it; else the top members that shall change, JSON null for those that shall go
 * @note: (nullable): words to whoever decides
 * @state: what became of it
 * @reply: (nullable): words of whoever decided
 * @proposed_on: (nullable): when it was proposed, as documents hold it
 * @decided_by: (nullable): who decided
 * @decided_on: (nullable): when
 *
 * A contributor's addition or change, which is a document of its own until an editor decides.
 */
typedef struct
{
  char              *id;
  char              *rev;
  char              *account;
  char              *target;
  char              *base;
  SpSubmissionChange change;
  SpNode            *body;
  char              *note;
  SpSubmissionState  state;
  char              *reply;
  char              *proposed_on;
  char              *decided_by;
  char              *decided_on;
} SpSubmission;

SpSubmission *sp_submission_read    (const char *id, const char *rev, const SpNode *body, GError **error);
void          sp_submission_free    (SpSubmission *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpSubmission, sp_submission_free)

char         *sp_submission_new_id  (const char *account, GError **error);
SpNode       *sp_submission_make    (const char *target, const char *base, const SpNode *changes, const char *note);
const char   *sp_submission_change_to_text (SpSubmissionChange change);
const char   *sp_submission_state_to_text  (SpSubmissionState state);

G_END_DECLS
