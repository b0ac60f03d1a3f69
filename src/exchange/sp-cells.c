/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people write into cells: the ways to say that nothing is known, yes and no, numbers, dates; and the clean-up
 * that is safe. Nothing here guesses: what is not certain stays unread. */
#include "sp-cells.h"

#include "sp-html-text.h"

#include <string.h>

static const struct
{
  const char *name;
  const char *text;
} entities[] = {
  { "amp", "&" }, { "lt", "<" }, { "gt", ">" }, { "quot", "\"" }, { "apos", "'" }, { "nbsp", " " }, { "pound", "£" },
  { "euro", "€" }, { "ndash", "–" }, { "mdash", "—" }, { "lsquo", "‘" }, { "rsquo", "’" }, { "ldquo", "“" },
  { "rdquo", "”" }, { "hellip", "…" }, { "bull", "•" }, { "eacute", "é" }, { "egrave", "è" }, { "frac12", "½" },
  { "copy", "©" }, { "reg", "®" }, { "deg", "°" }, { "middot", "·" },
};

/* The character that "&name;" or "&#39;" stands for; 0 if it is none. */
static gsize
read_entity (const char *p, GString *out)
{
  const char *end = memchr (p, ';', strnlen (p, 10));
  gsize n;

  if (end == NULL)
    return 0;
  n = (gsize) (end - p) - 1;
  if (p[1] == '#')
    {
      gboolean hex = p[2] == 'x' || p[2] == 'X';
      char *stop;
      guint64 code = g_ascii_strtoull (p + (hex ? 3 : 2), &stop, hex ? 16 : 10);
      if (stop != end || code < 32 || code > 0x10FFFF || !g_unichar_validate ((gunichar) code))
        return 0;
      g_string_append_unichar (out, (gunichar) code);
      return n + 2;
    }
  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    if (strlen (entities[i].name) == n && strncmp (p + 1, entities[i].name, n) == 0)
      {
        g_string_append (out, entities[i].text);
        return n + 2;
      }
  return 0;
}

static gboolean
is_blank (gunichar c)
{
  return c == ' ' || c == '\t' || c == 0x00A0 || c == 0x200B || c == 0xFEFF || c == 0x2007 || c == 0x202F;
}

/* Tags taken out and entities decoded, odd spaces made plain, line ends LF, other control characters left out. */
static char *
tidy (const char *html)
{
  g_autofree char *text = strchr (html, '<') != NULL ? sp_html_text_strip (html) : NULL;
  const char *raw = text != NULL ? text : html;
  GString *out = g_string_sized_new (strlen (raw));

  for (const char *p = raw; *p != '\0';)
    {
      gunichar c = g_utf8_get_char (p);
      gsize n = c == '&' ? read_entity (p, out) : 0;
      if (n > 0)
        {
          p += n;
          continue;
        }
      if (c == '\r' || c == 0x2028)
        {
          if (p[1] != '\n')
            g_string_append_c (out, '\n');
        }
      else if (is_blank (c))
        g_string_append_c (out, ' ');
      else if (c >= 0x20 || c == '\n')
        g_string_append_len (out, p, g_utf8_next_char (p) - p);
      p = g_utf8_next_char (p);
    }
  return g_strstrip (g_string_free (out, FALSE));
}

static gboolean
is_plain (const char *raw)
{
  for (const char *p = raw; *p != '\0'; p++)
    if ((guchar) *p >= 0x80 || *p == '&' || *p == '<' || ((guchar) *p < 0x20 && *p != '\n'))
      return FALSE;
  return TRUE;
}

static gboolean
says_nothing (const char *text)
{
  static const char * const words[] = {
    "-",
    "--",
    "---",
    "–",
    "—",
    "?",
    "??",
    ".",
    "/",
    "na",
    "n/a",
    "n.a.",
    "n/k",
    "nk",
    "#n/a",
    "nan",
    "nil",
    "none",
    "null",
    "(null)",
    "not known",
    "unknown",
    "not applicable",
    "not available",
    "not provided",
    "not stated",
    "not specified",
    "not relevant",
    "no information",
    "no data",
    "tbc",
    "tba",
    "to be confirmed",
    "<null>",
    NULL,
  };
  g_autofree char *word = NULL;

  if (*text == '\0')
    return TRUE;
  if (strlen (text) > 16)
    return FALSE;
  word = g_ascii_strdown (text, -1);
  return g_strv_contains (words, word);
}

/**
 * sp_cell_clean:
 * @raw: a cell, UTF-8
 *
 * Returns: (transfer full) (nullable): its text without what is around it, HTML taken out and its entities decoded; %NULL if it says
 * in one of the many ways that nothing is known
 */
char *
sp_cell_clean (const char *raw)
{
  g_autofree char *text = is_plain (raw) ? g_strstrip (g_strdup (raw)) : tidy (raw);

  return says_nothing (text) ? NULL : g_steal_pointer (&text);
}

/**
 * sp_cell_boolean:
 * @text: a clean cell
 * @value: (out): what it says
 *
 * Returns: whether it is a yes or a no
 */
gboolean
sp_cell_boolean (const char *text, gboolean *value)
{
  static const char * const yes[] = {
    "yes", "y", "true", "t", "1", "✓", "✔", "☑", "tick", "ticked", "oes", "ydy", NULL
  };
  static const char * const no[] = { "no", "n", "false", "f", "0", "✗", "✘", "nac oes", "nac ydy", NULL };
  g_autofree char *word = NULL;

  if (strlen (text) > 10)
    return FALSE;
  word = g_ascii_strdown (text, -1);
  *value = g_strv_contains (yes, word);
  return *value || g_strv_contains (no, word);
}

/**
 * sp_cell_number:
 * @text: a clean cell, perhaps with a pound sign, thousands separators or a decimal comma
 *
 * Returns: (transfer full) (nullable): the number as JSON writes numbers, with the digits of the cell
 */
char *
sp_cell_number (const char *text)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const char *comma = strchr (text, ',');
  gboolean decimal_comma = comma != NULL && strchr (text, '.') == NULL && strchr (comma + 1, ',') == NULL
                           && strspn (comma + 1, "0123456789") != 3;
  gboolean point = FALSE;
  gsize digits = 0;

  if (g_str_has_prefix (text, "£"))
    text += strlen ("£");
  if (g_str_has_prefix (text, "−")) /* the minus of typography */
    {
      g_string_append_c (out, '-');
      text += strlen ("−");
    }
  else if (*text == '-' || *text == '+')
    {
      if (*text == '-')
        g_string_append_c (out, '-');
      text++;
    }
  for (; *text != '\0'; text++)
    {
      if (g_ascii_isdigit (*text))
        {
          if (!point && digits == 1 && out->str[out->len - 1] == '0')
            g_string_truncate (out, out->len - 1); /* 007 */
          else
            digits++;
          g_string_append_c (out, *text);
        }
      else if ((*text == '.' || (*text == ',' && decimal_comma)) && !point && g_ascii_isdigit (text[1]))
        {
          g_string_append (out, digits == 0 ? "0." : ".");
          point = TRUE;
          digits += 2;
        }
      else if (!(*text == ',' && !point && digits > 0 && strspn (text + 1, "0123456789") == 3))
        return NULL;
    }
  return digits > 0 && out->len < 40 ? g_strdup (out->str) : NULL;
}

static guint
read_month (const char *word, gsize length)
{
  static const char * const months[] = { "january", "february", "march", "april", "may", "june", "july", "august",
                                         "september", "october", "november", "december" };

  for (guint i = 0; i < G_N_ELEMENTS (months); i++)
    if (length >= 3 && length <= strlen (months[i]) && g_ascii_strncasecmp (word, months[i], length) == 0)
      return i + 1;
  return length == 4 && g_ascii_strncasecmp (word, "sept", 4) == 0 ? 9 : 0;
}

/* Three numbers or month names, which have no digits; FALSE if there is anything else but separators and "st", "nd", "rd", "th". */
static gboolean
read_date_parts (const char *text, guint parts[3], guint *n_digits)
{
  guint n = 0;

  while (*text != '\0' && n < 3)
    {
      gsize length = strspn (text, "0123456789");
      if (length > 0)
        {
          if (length > 4)
            return FALSE;
          n_digits[n] = (guint) length;
          parts[n++] = (guint) g_ascii_strtoull (text, NULL, 10);
          text += length;
          if (g_ascii_isalpha (text[0]) && g_ascii_isalpha (text[1]) && !g_ascii_isalpha (text[2]))
            text += 2;
        }
      else if (g_ascii_isalpha (*text))
        {
          for (length = 0; g_ascii_isalpha (text[length]);)
            length++;
          parts[n] = read_month (text, length);
          n_digits[n] = 0;
          if (parts[n++] == 0)
            return FALSE;
          text += length;
        }
      else if (strchr ("-/. ,", *text++) == NULL)
        return FALSE;
    }
  return n == 3 && (*text == '\0' || *text == ' ' || *text == 'T');
}

static void
swap (guint *a, guint *b)
{
  const guint first = *a;

  *a = *b;
  *b = first;
}

/**
 * sp_cell_date:
 * @text: a clean cell: `2026-11-22`, `22/11/2026`, `22.11.26`, `22nd Nov 2026`; the day stands before the month, unless that has a
 *   name: `Nov 22, 2026`
 *
 * Returns: (transfer full) (nullable): the date as `2026-11-22`
 */
char *
sp_cell_date (const char *text)
{
  guint parts[3], n_digits[3], year, day;

  if (!read_date_parts (text, parts, n_digits))
    return NULL;
  if (n_digits[0] == 0)
    {
      swap (&parts[0], &parts[1]);
      swap (&n_digits[0], &n_digits[1]);
    }
  if (n_digits[0] == 0 || n_digits[2] == 0)
    return NULL;
  year = n_digits[0] == 4 ? parts[0] : parts[2];
  day = n_digits[0] == 4 ? parts[2] : parts[0];
  if (n_digits[0] != 4 && n_digits[2] == 2)
    year += 2000;
  if (year < 1900 || year > 2999 || !g_date_valid_dmy ((GDateDay) day, (GDateMonth) parts[1], (GDateYear) year))
    return NULL;
  return g_strdup_printf ("%04u-%02u-%02u", year, parts[1], day);
}
