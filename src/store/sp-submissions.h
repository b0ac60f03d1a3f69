/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-resolve.h"
#include "sp-submission.h"

G_BEGIN_DECLS

/**
 * SpDifference:
 * @path: names with dots between; in a list the item's id
 * @now: (nullable): what the entry says
 * @proposed: (nullable): what it would say
 * @contested: whether the entry has changed there since the submission was made, so that nobody can choose but a person
 *
 * One thing that a submission would change.
 */
typedef struct
{
  char    *path;
  SpNode  *now;
  SpNode  *proposed;
  gboolean contested;
} SpDifference;

/**
 * SpProposal:
 * @submission: the submission
 * @name: (nullable): of the entry
 * @rev: (nullable): the entry's revision; %NULL if there is no entry
 * @now: (nullable): what it says
 * @result: (nullable): what it would say if all were accepted, with what it says now where that is contested; %NULL of a
 *   report
 * @differences: (element-type SpDifference): what would change; empty of a new entry and of a report
 *
 * A submission beside the entry that it is about, as both stand now.
 */
typedef struct
{
  SpSubmission *submission;
  char         *name;
  char         *rev;
  SpNode       *now;
  SpNode       *result;
  GPtrArray    *differences;
} SpProposal;

void        sp_proposal_free        (SpProposal *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpProposal, sp_proposal_free)

GPtrArray  *sp_submissions_list     (SpDb *db, const char *account, gboolean waiting, guint limit, GError **error);
gboolean    sp_submissions_count    (SpDb *db, guint *count, GError **error);
SpProposal *sp_submissions_look     (SpDb *db, const char *id, GError **error);

char       *sp_submissions_propose  (SpDb *db, const char *account, const char *target, const char *base, const SpNode *changes,
                                     const char *note, const SpEditStamp *stamp, GError **error);
gboolean    sp_submissions_accept   (SpDb *db, const char *id, GPtrArray *choices, const SpEditStamp *stamp, GError **error);
gboolean    sp_submissions_decide   (SpDb *db, const char *id, SpSubmissionState state, const char *reply,
                                     const SpEditStamp *stamp, GError **error);

G_END_DECLS
