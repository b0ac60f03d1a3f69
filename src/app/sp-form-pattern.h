/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-node.h"

G_BEGIN_DECLS

/**
 * SpFormPreset:
 * @SP_PRESET_WEEK: every week
 * @SP_PRESET_OTHER_WEEK: every other week
 * @SP_PRESET_MONTH: on numbered days of the month, such as the 2nd Tuesday
 * @SP_PRESET_ONCE: on one date
 * @SP_PRESET_ALWAYS: day and night
 * @SP_PRESET_OTHER: anything else that a schedule can say
 *
 * How often something is, as people say it.
 */
typedef enum
{
  SP_PRESET_WEEK,
  SP_PRESET_OTHER_WEEK,
  SP_PRESET_MONTH,
  SP_PRESET_ONCE,
  SP_PRESET_ALWAYS,
  SP_PRESET_OTHER,
} SpFormPreset;

#define SP_PATTERN_NUMBERS 5 /* 1st to 4th, and last */

/**
 * SpFormPattern:
 * @days: bit 0 for Monday to bit 6 for Sunday
 * @numbers: bit 0 for the 1st of the month to bit 3 for the 4th, bit 4 for the last; 0 for every one
 *
 * The days of a schedule: each of @days with each of @numbers.
 */
typedef struct
{
  guint days;
  guint numbers;
} SpFormPattern;

SpFormPreset sp_form_preset_of      (const SpNode *schedule);
void         sp_form_preset_apply   (SpNode *schedule, SpFormPreset preset);
gboolean     sp_form_pattern_read   (const char *byday, SpFormPattern *pattern);
char        *sp_form_pattern_write  (const SpFormPattern *pattern);

G_END_DECLS
