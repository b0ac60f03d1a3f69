/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-freshness.h"
#include "sp-schedule.h"

G_BEGIN_DECLS

/* When (sp-words-time.c, sp-words-schedule.c). */
char *sp_words_time        (int minutes);
char *sp_words_hours       (int opens, int closes);
char *sp_words_date        (gint32 day);
char *sp_words_occurrence  (const SpOccurrence *occurrence, gint32 today);
char *sp_words_schedule    (const SpSchedule *schedule);
char *sp_words_schedules   (const SpNode *body);
char *sp_words_due         (const SpFreshness *clock, gint32 today);
const char *sp_words_weekday (int weekday);
char *sp_words_join        (GPtrArray *words);
char *sp_words_capitalise  (const char *text);

/* How much, who, how far (sp-words.c). */
char *sp_words_money       (double amount, const char *currency);
char *sp_words_cost        (const SpNode *body);
char *sp_words_age         (const SpNode *body);
char *sp_words_eligibility (const SpNode *body);
char *sp_words_distance    (double metres, gboolean miles);

/* What documents hold as fixed words (sp-words-value.c). */
char *sp_words_value       (const char *field, const char *value);
char *sp_words_language    (const char *code);

G_END_DECLS
