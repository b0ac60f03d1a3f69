/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-field.h"

G_BEGIN_DECLS

/**
 * SpFormWord:
 * @code: as documents hold it
 * @label: as people say it
 * @detail: (nullable): what follows from choosing it
 *
 * One of the answers to a question with fixed answers.
 */
typedef struct
{
  const char *code;
  const char *label;
  const char *detail;
} SpFormWord;

const SpFormWord *sp_form_words_get    (const char *path, guint *n);
const char       *sp_form_words_label  (const char *path, const char *code);

G_END_DECLS
