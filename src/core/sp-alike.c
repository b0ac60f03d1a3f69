/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Telephone numbers and web addresses in the one form that all their spellings share, and how far two words are apart.
 * For comparing, never for showing. */
#include "sp-alike.h"

#include <string.h>

#define LONGEST_WORD 64 /* bytes that sp_alike_distance() looks at */

/**
 * sp_alike_phone:
 * @text: (nullable): a telephone number as people write it
 *
 * The digits of a national number: "+44 (0)1900 812345" and "01900 812 345" are both "01900812345".
 *
 * Returns: (transfer full) (nullable): the digits; %NULL if there are fewer than nine or more than fifteen
 */
char *
sp_alike_phone (const char *text)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const char *rest = text != NULL ? text : "";

  while (g_ascii_isspace (*rest))
    rest++;
  if (g_str_has_prefix (rest, "+44") || g_str_has_prefix (rest, "0044"))
    {
      rest += *rest == '+' ? 3 : 4;
      g_string_append_c (out, '0');
    }
  for (; *rest != '\0' && !g_ascii_isalpha (*rest); rest++) /* "ext. 12" ends the number */
    if (g_ascii_isdigit (*rest) && !(out->len == 1 && out->str[0] == '0' && *rest == '0'))
      g_string_append_c (out, *rest);
  if (out->len < 9 || out->len > 15)
    return NULL;
  return g_strndup (out->str, out->len);
}

/**
 * sp_alike_url:
 * @text: (nullable): a web address as people write it
 *
 * Host and path in lower case, without scheme, "www.", query, fragment and final slash.
 *
 * Returns: (transfer full) (nullable): what is left; %NULL if that has no dot in its host
 */
char *
sp_alike_url (const char *text)
{
  g_autofree char *lower = text != NULL ? g_ascii_strdown (text, -1) : NULL;
  const char *start;
  gsize length;

  if (lower == NULL)
    return NULL;
  g_strstrip (lower);
  start = strstr (lower, "://");
  start = start != NULL ? start + 3 : lower;
  if (g_str_has_prefix (start, "www."))
    start += 4;
  length = strcspn (start, "?# ");
  while (length > 0 && start[length - 1] == '/')
    length--;
  if (memchr (start, '.', MIN (length, strcspn (start, "/"))) == NULL)
    return NULL;
  return g_strndup (start, length);
}

/**
 * sp_alike_distance:
 * @a: folded text
 * @b: folded text
 * @limit: what is more than this need not be known exactly
 *
 * How many letters must be added, dropped, changed or swapped with their neighbour to turn one into the other (optimal
 * string alignment; after F. Damerau, "A technique for computer detection and correction of spelling errors", 1964).
 * Counts bytes, which for folded English is the same.
 *
 * Returns: that number, or @limit + 1
 */
guint
sp_alike_distance (const char *a, const char *b, guint limit)
{
  gsize m = strlen (a);
  gsize n = strlen (b);
  guint rows[3][LONGEST_WORD + 1];

  if (m > LONGEST_WORD || n > LONGEST_WORD || (m > n ? m - n : n - m) > limit)
    return strcmp (a, b) == 0 ? 0 : limit + 1;
  for (gsize j = 0; j <= n; j++)
    rows[0][j] = j;
  for (gsize i = 1; i <= m; i++)
    {
      const guint *two_back = rows[(i + 1) % 3];
      const guint *last = rows[(i - 1) % 3];
      guint *row = rows[i % 3];

      row[0] = i;
      for (gsize j = 1; j <= n; j++)
        {
          row[j] = MIN (MIN (last[j], row[j - 1]) + 1, last[j - 1] + (a[i - 1] != b[j - 1]));
          if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
            row[j] = MIN (row[j], two_back[j - 2] + 1);
        }
    }
  return MIN (rows[m % 3][n], limit + 1);
}
