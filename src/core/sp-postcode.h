/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SpPostcodeKind:
 * @SP_POSTCODE_NONE: not a postcode
 * @SP_POSTCODE_OUTCODE: "CA15", a post town or district
 * @SP_POSTCODE_SECTOR: "CA15 6", some thousand addresses
 * @SP_POSTCODE_UNIT: "CA15 6AA", a street or part of one
 *
 * How much of a postcode of the United Kingdom there is.
 */
typedef enum
{
  SP_POSTCODE_NONE,
  SP_POSTCODE_OUTCODE,
  SP_POSTCODE_SECTOR,
  SP_POSTCODE_UNIT,
} SpPostcodeKind;

char    *sp_postcode_read      (const char *text, SpPostcodeKind *kind);
char    *sp_postcode_normalise (const char *text);
char    *sp_postcode_get_outcode (const char *postcode);
gint64   sp_postcode_get_range (const char *postcode, gint64 *last);

G_END_DECLS
