/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-traits.h"

G_BEGIN_DECLS

/* From this score on two entries are shown to a person as possible duplicates. */
#define SP_LIKENESS_DUPLICATE 0.75

/**
 * SpLikenessReasons:
 *
 * Why two entries look alike.
 */
typedef enum
{
  SP_LIKENESS_SAME_NAME = 1 << 0,
  SP_LIKENESS_LIKE_NAME = 1 << 1,
  SP_LIKENESS_SAME_PHONE = 1 << 2,
  SP_LIKENESS_SAME_EMAIL = 1 << 3,
  SP_LIKENESS_SAME_URL = 1 << 4,
  SP_LIKENESS_SAME_POSTCODE = 1 << 5,
  SP_LIKENESS_SAME_ADDRESS = 1 << 6,
  SP_LIKENESS_NEAR = 1 << 7,
} SpLikenessReasons;

double sp_likeness_compare  (const SpTraits *a, const SpTraits *b, SpLikenessReasons *reasons);
double sp_likeness_of_names (const char *a, const char *b);
char  *sp_likeness_describe (SpLikenessReasons reasons);
GStrv  sp_likeness_list     (SpLikenessReasons reasons);

G_END_DECLS
