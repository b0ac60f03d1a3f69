/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SpAttempts:
 *
 * Who tries passwords, where from, how often without success, and how many attempts are under way.
 */
typedef struct _SpAttempts SpAttempts;

/**
 * SpAttemptEnd:
 * @SP_ATTEMPT_RIGHT: it was the password
 * @SP_ATTEMPT_WRONG: it was not
 * @SP_ATTEMPT_UNKNOWN: it was not checked
 *
 * How an attempt ended.
 */
typedef enum
{
  SP_ATTEMPT_RIGHT,
  SP_ATTEMPT_WRONG,
  SP_ATTEMPT_UNKNOWN,
} SpAttemptEnd;

SpAttempts *sp_attempts_new   (void);
void        sp_attempts_free  (SpAttempts *self);
gboolean    sp_attempts_begin (SpAttempts *self, const char *name, const char *address, guint *delay_ms);
void        sp_attempts_end   (SpAttempts *self, const char *name, const char *address, SpAttemptEnd end);

G_END_DECLS
