/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-civil.h"

G_BEGIN_DECLS

/**
 * SP_CLOCK_VARIABLE:
 *
 * The environment variable that stops the clock, for tests and for screenshots that shall not age: an ISO 8601
 * date-time such as `2026-12-01T10:00:00Z`, or a date, which means its noon. Without a zone it is UTC.
 */
#define SP_CLOCK_VARIABLE "SIGNPOST_CLOCK"

gint64      sp_clock_now          (void);
char       *sp_clock_now_text     (void);
char       *sp_clock_format       (gint64 seconds);
SpCivilTime sp_clock_now_civil    (void);
gint32      sp_clock_today        (void);
char       *sp_clock_today_text   (void);
SpCivilTime sp_clock_london       (gint64 seconds);

G_END_DECLS
