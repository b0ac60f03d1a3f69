/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-bank-holidays.h"
#include "sp-node.h"

G_BEGIN_DECLS

#define SP_CALENDAR_MAX_TERMS 120

/**
 * SpTermState:
 * @SP_TERM_UNKNOWN: no term dates, or none for that time
 * @SP_TERM_TIME: in term
 * @SP_TERM_HOLIDAYS: between two terms
 */
typedef enum
{
  SP_TERM_UNKNOWN,
  SP_TERM_TIME,
  SP_TERM_HOLIDAYS,
} SpTermState;

/**
 * SpCalendar:
 * @nation: whose bank holidays count
 * @n_terms: how many @terms there are
 * @terms: first and last day of each term, earliest first
 *
 * What a schedule must know about the place it is in. Plain data: copy it at will, read it from any thread.
 */
typedef struct
{
  SpNation nation;
  guint    n_terms;
  struct
  {
    gint32 from;
    gint32 until;
  } terms[SP_CALENDAR_MAX_TERMS];
} SpCalendar;

void        sp_calendar_init     (SpCalendar *self, SpNation nation);
gboolean    sp_calendar_add      (SpCalendar *self, const SpNode *term_calendar, GError **error);
SpTermState sp_calendar_get_term (const SpCalendar *self, gint32 day);

G_END_DECLS
