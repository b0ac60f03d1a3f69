/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Descriptions that were written for a web page: the tags go, the words stay. Only tags that web pages have are taken for
 * such, so that "<18s welcome>" stays what it is. Nothing is run, fetched or interpreted. */
#include "sp-html-text.h"

#include <string.h>

#define LONGEST_TAG 10

/* Sorted in groups; those that end a line, and those whose content is not for reading. */
static const char * const of_lines[] = { "br", "p", "div", "li", "tr", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol",
                                         "table", "blockquote", NULL };
static const char * const of_words[] = { "a", "b", "i", "u", "em", "strong", "span", "font", "small", "big", "sup", "sub", "center",
                                         "img", "td", "th", "tbody", "thead", "html", "body", "head", "meta", "title", "label",
                                         "section", "article", "header", "footer", "dl", "dt", "dd", "code", "pre", "s", NULL };
static const char * const of_machines[] = { "script", "style", NULL };

typedef struct
{
  char        name[LONGEST_TAG + 1];
  gboolean    closes;
  const char *after; /* the byte after its ">" */
} Tag;

/* Whether a tag or a comment begins at @p. A quoted attribute may hold a ">". */
static gboolean
read_tag (const char *p, Tag *tag)
{
  gsize n = 0;
  char quote = '\0';

  tag->closes = p[1] == '/';
  for (const char *q = p + 1 + tag->closes; g_ascii_isalnum (*q) && n < LONGEST_TAG; q++)
    tag->name[n++] = g_ascii_tolower (*q);
  tag->name[n] = '\0';
  p += 1 + tag->closes + n;
  if (n == 0 || (*p != '>' && *p != '/' && !g_ascii_isspace (*p)))
    return FALSE;
  for (; *p != '\0' && (quote != '\0' || *p != '>'); p++)
    if (quote != '\0' ? *p == quote : *p == '"' || *p == '\'')
      quote = quote == '\0' ? *p : '\0';
  tag->after = p + 1;
  return *p == '>';
}

/* After the end tag of what is not for reading; %NULL if it has none. */
static const char *
skip_content (const char *p, const char *name)
{
  for (p = strstr (p, "</"); p != NULL; p = strstr (p + 2, "</"))
    if (g_ascii_strncasecmp (p + 2, name, strlen (name)) == 0)
      {
        const char *end = strchr (p, '>');
        return end != NULL ? end + 1 : NULL;
      }
  return NULL;
}

/* Gives what comes after the markup at @p; @p itself if it is none. */
static const char *
pass_markup (const char *p, GString *out)
{
  const char *end;
  Tag tag;

  if (g_str_has_prefix (p, "<!--"))
    {
      end = strstr (p + 4, "-->");
      return end != NULL ? end + 3 : p;
    }
  if (!read_tag (p, &tag))
    return p;
  if (g_strv_contains (of_machines, tag.name))
    {
      end = tag.closes ? NULL : skip_content (tag.after, tag.name);
      return end != NULL ? end : tag.after;
    }
  if (g_strv_contains (of_lines, tag.name))
    {
      if (out->len > 0 && out->str[out->len - 1] != '\n')
        g_string_append_c (out, '\n');
      return tag.after;
    }
  if (!g_strv_contains (of_words, tag.name))
    return p;
  if ((strcmp (tag.name, "td") == 0 || strcmp (tag.name, "th") == 0) && tag.closes)
    g_string_append_c (out, ' ');
  return tag.after;
}

/**
 * sp_html_text_strip:
 * @html: UTF-8, perhaps with tags
 *
 * Entities stay; sp_cell_clean() reads them afterwards, so that an escaped tag stays a text.
 *
 * Returns: (transfer full): what a reader of the page would read
 */
char *
sp_html_text_strip (const char *html)
{
  GString *out = g_string_sized_new (strlen (html));

  for (const char *p = html; *p != '\0';)
    {
      const char *after = *p == '<' ? pass_markup (p, out) : p;
      if (after == p)
        g_string_append_c (out, *p++);
      else
        p = after;
    }
  return g_string_free (out, FALSE);
}
