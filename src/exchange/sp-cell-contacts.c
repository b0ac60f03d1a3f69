/* SPDX-License-Identifier: GPL-3.0-or-later */
/* E-mail addresses, telephone numbers and web addresses, wherever they stand in a cell. */
#include "sp-cells.h"

#include <string.h>

static void
add_once (GPtrArray *list, char *text)
{
  for (guint i = 0; i < list->len; i++)
    if (g_ascii_strcasecmp (g_ptr_array_index (list, i), text) == 0)
      {
        g_free (text);
        return;
      }
  g_ptr_array_add (list, text);
}

static gboolean
is_local_part (char c)
{
  return g_ascii_isalnum (c) || (c != '\0' && strchr ("._%+'-&", c) != NULL);
}

/* Where the e-mail address around the @ at @at begins and ends; FALSE if it is none. */
static gboolean
find_email (const char *text, const char *at, const char **begin, const char **end)
{
  const char *b = at, *e = at + 1;

  while (b > text && is_local_part (b[-1]) && !(b < at && b[-1] == '.' && *b == '.'))
    b--;
  while (b < at && (*b == '.' || *b == '\'' || *b == '-' || *b == '&'))
    b++;
  while (g_ascii_isalnum (*e) || *e == '.' || *e == '-')
    e++;
  while (e > at + 1 && !g_ascii_isalpha (e[-1]))
    e--;
  *begin = b;
  *end = e;
  return b < at && memchr (at, '.', (gsize) (e - at)) != NULL && g_ascii_isalnum (at[1]);
}

/**
 * sp_cell_emails:
 * @text: a clean cell
 * @emails: (element-type utf8): where the e-mail addresses in it are added, each once
 */
void
sp_cell_emails (const char *text, GPtrArray *emails)
{
  const char *begin, *end;

  for (const char *at = strchr (text, '@'); at != NULL; at = strchr (at + 1, '@'))
    if (find_email (text, at, &begin, &end))
      add_once (emails, g_strndup (begin, (gsize) (end - begin)));
}

/* The digits of addresses are no telephone numbers: words with @ or of the web become blanks. */
static char *
without_addresses (const char *text)
{
  char *copy = g_strdup (text);

  for (char *word = copy; *word != '\0';)
    {
      gsize length = strcspn (word, " \n\t");
      g_autofree char *one = g_strndup (word, length);
      if (strchr (one, '@') != NULL || strstr (one, "://") != NULL || g_str_has_prefix (one, "www."))
        memset (word, ' ', length);
      word += length + (word[length] != '\0' ? 1 : 0);
    }
  return copy;
}

/* The obvious only: a letter O that was typed for a leading 0, and a leading 0 that a spreadsheet took away. */
static char *
mend_phone (const char *text, gsize length, guint digits)
{
  g_autofree char *number = g_strndup (text, length);

  if (number[0] == 'O' || number[0] == 'o')
    number[0] = '0';
  else if (digits == 10 && strchr ("12378", number[0]) != NULL)
    return g_strconcat ("0", number, NULL);
  return g_steal_pointer (&number);
}

static gsize
measure_phone (const char *p, guint *digits)
{
  gsize end = 0;

  *digits = 0;
  for (gsize i = 0; p[i] != '\0'; i++)
    {
      if (g_ascii_isdigit (p[i]) || (i == 0 && (p[i] == 'O' || p[i] == 'o')))
        {
          if (p[i] == '0' && *digits >= 10 && i > 0 && !g_ascii_isdigit (p[i - 1]))
            break; /* the next number */
          (*digits)++;
          end = i + 1;
        }
      else if (strchr (" \n-.()", p[i]) == NULL && !(i == 0 && p[i] == '+'))
        break;
      else if (i > end + 2)
        break;
    }
  return end;
}

/**
 * sp_cell_phones:
 * @text: a clean cell
 * @phones: (element-type utf8): where the telephone numbers in it are added, as they are written
 */
void
sp_cell_phones (const char *text, GPtrArray *phones)
{
  g_autofree char *plain = without_addresses (text);

  for (const char *p = plain; *p != '\0';)
    {
      gboolean letter_o = (*p == 'O' || *p == 'o') && g_ascii_isdigit (p[1]);
      gboolean begins = g_ascii_isdigit (*p) || letter_o || (*p == '+' && g_ascii_isdigit (p[1]))
                        || (*p == '(' && g_ascii_isdigit (p[1]));
      guint digits = 0;
      gsize length;

      if (!begins || (p > plain && g_ascii_isalnum (p[-1])))
        {
          p++;
          continue;
        }
      length = measure_phone (p, &digits);
      if ((digits >= 10 && digits <= 13) || (digits == 8 && g_str_has_prefix (p, "0800")))
        add_once (phones, mend_phone (p, length, digits));
      p += MAX (length, 1);
    }
}

/**
 * sp_cell_phone:
 * @text: a clean cell of a column of telephone numbers
 *
 * Short numbers (111, 116 123) and those with an extension count too where nothing else can be meant.
 *
 * Returns: (transfer full) (nullable): the number if there is one and no more
 */
char *
sp_cell_phone (const char *text)
{
  g_autoptr (GPtrArray) phones = g_ptr_array_new_with_free_func (g_free);
  gsize digits = 0, length = strlen (text);

  sp_cell_phones (text, phones);
  if (phones->len > 1 || strchr (text, '@') != NULL)
    return NULL;
  if (phones->len == 1)
    {
      const char *phone = g_ptr_array_index (phones, 0);
      gsize mended = phone[0] == '0' && text[0] >= '1' && text[0] <= '9' ? 1 : 0;
      if (length <= 40 && strncmp (phone + mended + 1, text + 1, strlen (phone) - mended - 1) == 0)
        return g_strconcat (phone, text + strlen (phone) - mended, NULL);
      return g_strdup (phone);
    }
  for (const char *p = text; *p != '\0'; p++)
    digits += g_ascii_isdigit (*p);
  return digits >= 3 && strspn (text, "0123456789 -()+.") == length ? g_strdup (text) : NULL;
}

static gboolean
has_scheme (const char *word)
{
  return g_ascii_strncasecmp (word, "http://", 7) == 0 || g_ascii_strncasecmp (word, "https://", 8) == 0;
}

/* "example.org/page": letters, digits and hyphens with dots between, and a last part of letters. */
static gboolean
looks_like_host (const char *word)
{
  gsize length = strcspn (word, "/?#:");
  const char *last = g_strrstr_len (word, (gssize) length, ".");

  if (last == NULL || last == word || word + length - last < 3)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (word[i]) && word[i] != '-' && word[i] != '.')
      return FALSE;
  for (const char *p = last + 1; p < word + length; p++)
    if (!g_ascii_isalpha (*p))
      return FALSE;
  return TRUE;
}

/**
 * sp_cell_url:
 * @text: a clean cell
 * @with_scheme_only: whether only what begins with http or www counts, as in a cell for contacts of all kinds
 *
 * Returns: (transfer full) (nullable): the first web address in it, with its scheme
 */
char *
sp_cell_url (const char *text, gboolean with_scheme_only)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \n\t<>\"", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      char *word = words[i];
      gsize n = strlen (word);
      g_autofree char *url = NULL;

      while (n > 0 && strchr (".,;)", word[n - 1]) != NULL)
        word[--n] = '\0';
      if (has_scheme (word))
        url = g_strdup (word);
      else if (g_ascii_strncasecmp (word, "www.", 4) == 0 || (!with_scheme_only && looks_like_host (word)))
        url = g_strconcat ("http://", word, NULL);
      if (url != NULL && strchr (url, '.') != NULL && g_uri_is_valid (url, G_URI_FLAGS_PARSE_RELAXED, NULL))
        return g_steal_pointer (&url);
    }
  return NULL;
}
