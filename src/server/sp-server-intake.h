/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-server-guard.h"

G_BEGIN_DECLS

/**
 * SpIntake:
 *
 * All requests whose bodies are in memory, and how many bytes that is.
 */
typedef struct _SpIntake SpIntake;

/**
 * SpIntakeFate:
 * @SP_INTAKE_WHOLE: it is there
 * @SP_INTAKE_TOO_LARGE: more came than may
 * @SP_INTAKE_CROWDED: there was no room for it beside the others
 *
 * What became of a body.
 */
typedef enum
{
  SP_INTAKE_WHOLE,
  SP_INTAKE_TOO_LARGE,
  SP_INTAKE_CROWDED,
} SpIntakeFate;

SpIntake *sp_intake_new (const SpGuardLimits *limits);
void      sp_intake_unref (SpIntake *self);
void      sp_intake_begin (SpIntake *self, SoupServerMessage *message);
void      sp_intake_cut_off (SoupServerMessage *message);
void      sp_intake_trust (SoupServerMessage *message);
void      sp_intake_ignore (SoupServerMessage *message);
GBytes   *sp_intake_take_body (SoupServerMessage *message, SpIntakeFate *fate);

G_END_DECLS
