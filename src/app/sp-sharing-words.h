/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-sharing.h"

G_BEGIN_DECLS

/**
 * SpSharingLook:
 * @wants_password: a person has to give it
 * @nameless: nobody is named who logs in
 * @state: how the sync is doing
 * @connected: whether the other side has answered
 * @pending: changes that wait to be sent
 * @refused: documents that were refused
 * @done: how many documents were looked at, of…
 * @total: …about so many; 0 if that is not known
 * @last_synced: seconds since 1970, here and below; 0 for never
 * @offline_since: 0 if it is not offline
 * @now: the time
 * @problem: (nullable): why it is offline or refused
 *
 * What there is to say about how a store is shared.
 */
typedef struct
{
  gboolean      wants_password;
  gboolean      nameless;
  SpSyncState   state;
  gboolean      connected;
  guint         pending;
  guint         refused;
  gint64        done;
  gint64        total;
  gint64        last_synced;
  gint64        offline_since;
  gint64        now;
  const GError *problem;
} SpSharingLook;

void        sp_sharing_look        (SpSharing *sharing, SpSharingLook *look);
char       *sp_sharing_words_short (const SpSharingLook *look);
char       *sp_sharing_words_more  (const SpSharingLook *look);
const char *sp_sharing_words_icon  (const SpSharingLook *look);
const char *sp_sharing_words_problem (const GError *problem);

G_END_DECLS
