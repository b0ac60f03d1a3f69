/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-civil.h"

G_BEGIN_DECLS

/**
 * SpNation:
 *
 * The parts of the United Kingdom whose bank holidays differ.
 */
typedef enum
{
  SP_NATION_ENGLAND_AND_WALES,
  SP_NATION_SCOTLAND,
  SP_NATION_NORTHERN_IRELAND,
} SpNation;
#define SP_N_NATIONS 3

#define SP_BANK_HOLIDAYS_MAX 16       /* in one year of one nation */
#define SP_BANK_HOLIDAYS_FIRST 2000   /* earlier years are not vouched for */

/**
 * SpBankHoliday:
 * @day: the day that is off, the substitute where the day proper falls on a weekend
 * @name: its English name, to be translated with gettext
 * @substitute: whether it stands for a day at the weekend
 */
typedef struct
{
  gint32      day;
  const char *name;
  gboolean    substitute;
} SpBankHoliday;

gint32      sp_bank_holidays_easter      (int year);
guint       sp_bank_holidays_list        (SpNation nation, int year, SpBankHoliday out[SP_BANK_HOLIDAYS_MAX]);
const char *sp_bank_holidays_get_name    (SpNation nation, gint32 day);
gboolean    sp_bank_holidays_is_off      (SpNation nation, gint32 day);
SpNation    sp_nation_from_postcode      (const char *postcode);

G_END_DECLS
