/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-cli.h"

G_BEGIN_DECLS

/**
 * SpCliTrial:
 * @folder: where it lies
 * @db: the writing connection to it
 *
 * A copy of the store to try something on.
 */
typedef struct
{
  char *folder;
  SpDb *db;
} SpCliTrial;

SpCliTrial *sp_cli_trial_new  (SpCliCall *call, GError **error);
void        sp_cli_trial_free (SpCliTrial *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpCliTrial, sp_cli_trial_free)

G_END_DECLS
