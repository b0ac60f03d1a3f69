/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people type as a postcode, a telephone number, a web address or a name: whatever is read is read again as the
 * same, and lies where its outcode says. */
#include "sp-alike.h"
#include "sp-fold.h"
#include "sp-likeness.h"
#include "sp-postcode.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check_postcode (const char *text)
{
  SpPostcodeKind kind;
  SpPostcodeKind again_kind;
  g_autofree char *postcode = sp_postcode_read (text, &kind);
  g_autofree char *again = sp_postcode_read (postcode, &again_kind);
  g_autofree char *outcode = NULL;
  gint64 first, last, outcode_first, outcode_last;

  g_assert_cmpstr (postcode, ==, again);
  g_assert_cmpint (kind, ==, again_kind);
  if (postcode == NULL)
    return;
  outcode = sp_postcode_get_outcode (postcode);
  first = sp_postcode_get_range (postcode, &last);
  outcode_first = sp_postcode_get_range (outcode, &outcode_last);
  g_assert_true (outcode_first <= first && first <= last && last <= outcode_last);
  g_assert_true ((first == last) == (kind == SP_POSTCODE_UNIT));
}

static void
check_folded (char *(*fold) (const char *), const char *text)
{
  g_autofree char *folded = fold (text);
  g_autofree char *again = folded != NULL ? fold (folded) : NULL;

  g_assert_cmpstr (folded, ==, again);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *half = g_strndup (text, strlen (text) / 2);
  g_autofree char *name = g_utf8_make_valid (text, -1);
  g_autofree char *other = g_utf8_make_valid (half, -1);
  double likeness = sp_likeness_of_names (name, other);

  check_postcode (text);
  check_folded (sp_alike_phone, text);
  check_folded (sp_fold_text, name);
  g_assert_cmpuint (sp_alike_distance (text, half, 2), ==, sp_alike_distance (half, text, 2));
  g_assert_true (likeness >= 0 && likeness <= 1);
  g_assert_true (likeness == sp_likeness_of_names (other, name));
  return 0;
}
