/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Postcodes of Great Britain, Northern Ireland and the Crown dependencies: as people type them, and as they are.
 *
 * The pattern is the one that Royal Mail publishes (PAF Programmers' Guide, "Postcode format"; BS 7666): an outward
 * code A9, A99, AA9, AA99, A9A or AA9A and an inward code 9AA whose letters are never C, I, K, M, O or V. The first
 * letters are one of the 124 postcode areas, which tells more than the rules about single letters do. */
#include "sp-postcode.h"

#include <string.h>

static const char areas[] =
  " AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G GL"
  " GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX"
  " PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR"
  " WS WV YO ZE ";

/* By length; the order decides between two that need as many corrections. */
static const char * const outward_patterns[] = { "A9", "AA9", "A99", "A9A", "AA99", "AA9A" };

#define LONGEST 7 /* characters of a unit without its space */

/* Makes @c what @pattern wants at its place: 0 and 1 are easily typed for O and I, and the other way round. */
static char
fit_letter (char c, char pattern, guint *corrections)
{
  const char *from = pattern == 'A' ? "01" : "OIL";
  const char *to = pattern == 'A' ? "OI" : "011";
  const char *found;

  if (pattern == 'A' ? g_ascii_isalpha (c) : g_ascii_isdigit (c))
    return c;
  found = strchr (from, c);
  if (found == NULL || c == '\0')
    return '\0';
  (*corrections)++;
  return to[found - from];
}

static gboolean
fit_pattern (const char *text, const char *pattern, char *out, guint *corrections)
{
  gsize length = strlen (pattern);

  *corrections = 0;
  for (gsize i = 0; i < length; i++)
    {
      out[i] = fit_letter (text[i], pattern[i], corrections);
      if (out[i] == '\0')
        return FALSE;
    }
  out[length] = '\0';
  return TRUE;
}

static gboolean
is_area (const char *outcode)
{
  char wanted[5] = " ";
  gsize letters = g_ascii_isalpha (outcode[1]) ? 2 : 1;

  memcpy (wanted + 1, outcode, letters);
  wanted[letters + 1] = ' ';
  return strstr (areas, wanted) != NULL;
}

/* The rules beyond letter and digit: a known area, no district 01, and the letters that may follow a digit. */
static gboolean
is_outcode (const char *outcode, const char *pattern)
{
  gsize length = strlen (pattern);

  if (!is_area (outcode))
    return FALSE;
  if (g_str_has_suffix (pattern, "99"))
    return outcode[length - 2] != '0';
  if (strcmp (pattern, "A9A") == 0)
    return strchr ("ABCDEFGHJKPSTUW", outcode[2]) != NULL;
  if (strcmp (pattern, "AA9A") == 0)
    return strchr ("ABEHMNPRVWXY", outcode[3]) != NULL;
  return TRUE;
}

static gboolean
fit_outcode (const char *text, gsize length, char *out)
{
  guint fewest = G_MAXUINT;

  for (guint i = 0; i < G_N_ELEMENTS (outward_patterns); i++)
    {
      const char *pattern = outward_patterns[i];
      char candidate[5];
      guint corrections;

      if (strlen (pattern) != length || !fit_pattern (text, pattern, candidate, &corrections))
        continue;
      if (corrections < fewest && is_outcode (candidate, pattern))
        {
          memcpy (out, candidate, length + 1);
          fewest = corrections;
        }
    }
  return fewest != G_MAXUINT;
}

static gboolean
fit_inward (const char *text, const char *pattern, char *out)
{
  guint corrections;

  if (!fit_pattern (text, pattern, out, &corrections))
    return FALSE;
  return strpbrk (out, "CIKMOV") == NULL;
}

/* Upper case without what people put between. Fails if it holds anything else, no digit at all, or is too long.
 * @gap: where the last space stood. */
static gboolean
squeeze (const char *text, char *out, gsize *gap)
{
  gsize length = 0;

  *gap = 0;
  for (; *text != '\0'; text++)
    {
      if (g_ascii_isspace (*text) || *text == '-' || *text == '.')
        {
          *gap = length;
          continue;
        }
      if (!g_ascii_isalnum (*text) || length == LONGEST)
        return FALSE;
      out[length++] = g_ascii_toupper (*text);
    }
  out[length] = '\0';
  if (*gap == length)
    *gap = 0;
  return strpbrk (out, "0123456789") != NULL; /* a correction of words would find Coll in CO11 */
}

static char *
join (const char *outcode, const char *inward, SpPostcodeKind which, SpPostcodeKind *kind)
{
  *kind = which;
  return inward[0] != '\0' ? g_strconcat (outcode, " ", inward, NULL) : g_strdup (outcode);
}

/**
 * sp_postcode_read:
 * @text: (nullable): what somebody typed: "ca156aa", "CA15 6AA", "CA15 6", "CA15"
 * @kind: (out): how much of a postcode it is
 *
 * Puts case and space right, and O for 0, I for 1 and the reverse where the pattern leaves no doubt.
 *
 * Returns: (transfer full) (nullable): as the postcode is written; %NULL if it is none
 */
char *
sp_postcode_read (const char *text, SpPostcodeKind *kind)
{
  char letters[LONGEST + 1];
  char outcode[5];
  char inward[4] = "";
  gsize gap;
  gsize length;

  *kind = SP_POSTCODE_NONE;
  if (text == NULL || !squeeze (text, letters, &gap))
    return NULL;
  if (strcmp (letters, "GIR0AA") == 0)
    return join ("GIR", "0AA", SP_POSTCODE_UNIT, kind);
  length = strlen (letters);
  if (length >= 5 && fit_outcode (letters, length - 3, outcode) && fit_inward (letters + length - 3, "9AA", inward))
    return join (outcode, inward, SP_POSTCODE_UNIT, kind);
  inward[0] = '\0';
  if (gap == 0 && fit_outcode (letters, length, outcode))
    return join (outcode, inward, SP_POSTCODE_OUTCODE, kind);
  if (length >= 3 && (gap == 0 || gap == length - 1) && fit_outcode (letters, length - 1, outcode)
      && fit_inward (letters + length - 1, "9", inward))
    return join (outcode, inward, SP_POSTCODE_SECTOR, kind);
  return NULL;
}

/**
 * sp_postcode_normalise:
 * @text: (nullable): what stands where a postcode is expected
 *
 * Returns: (transfer full) (nullable): a whole postcode as it is written, "CA15 6AA"; %NULL if it is none
 */
char *
sp_postcode_normalise (const char *text)
{
  SpPostcodeKind kind;
  g_autofree char *postcode = sp_postcode_read (text, &kind);

  return kind == SP_POSTCODE_UNIT ? g_steal_pointer (&postcode) : NULL;
}

/**
 * sp_postcode_get_outcode:
 * @postcode: from sp_postcode_read() or sp_postcode_normalise()
 *
 * Returns: (transfer full): its part before the space, "CA15"
 */
char *
sp_postcode_get_outcode (const char *postcode)
{
  return g_strndup (postcode, strcspn (postcode, " "));
}

/**
 * sp_postcode_get_range:
 * @postcode: from sp_postcode_read()
 * @last: (out) (optional): the key of the last unit in it
 *
 * Numbers the units so that those of a sector, and of an outcode, follow each other.
 *
 * Returns: the key of the unit, or of the first that an outcode or sector may have
 */
gint64
sp_postcode_get_range (const char *postcode, gint64 *last)
{
  static const char digits[] = " 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  const gint64 base = sizeof digits - 1;
  gsize outward = strcspn (postcode, " ");
  const char *inward = postcode[outward] == ' ' ? postcode + outward + 1 : "";
  gint64 low = 0;
  gint64 high = 0;

  for (gsize i = 0; i < 4; i++)
    low = low * base + (i < outward ? strchr (digits, postcode[i]) - digits : 0);
  high = low;
  for (gsize i = 0; i < 3; i++)
    {
      gboolean known = i < strlen (inward);
      low = low * base + (known ? strchr (digits, inward[i]) - digits : 0);
      high = high * base + (known ? strchr (digits, inward[i]) - digits : base - 1);
    }
  if (last != NULL)
    *last = high;
  return low;
}
