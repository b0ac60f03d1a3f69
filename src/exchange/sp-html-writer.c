/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpHtmlWriter: entries as one web page that needs nothing else: to be put on a web site, sent by e-mail, read on a phone
 * without a network, or printed. It can be read without scripts; with them it can be searched. */
#include "sp-html-writer.h"

#include "sp-clock.h"
#include "sp-entry-words.h"
#include "sp-heading-spool.h"
#include "sp-html-page.h"
#include "sp-language.h"
#include "sp-markup.h"
#include "sp-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _SpHtmlWriter
{
  SpWriter parent_instance;

  SpHeadingSpool *spool; /* owned */
};

G_DEFINE_FINAL_TYPE (SpHtmlWriter, sp_html_writer, SP_TYPE_WRITER)

static void
append_line (GString *out, const SpEntryLine *line)
{
  g_string_append (out, "<dt>");
  sp_markup_append (out, line->label);
  g_string_append (out, "</dt><dd>");
  if (line->href != NULL)
    {
      g_string_append (out, "<a href=\"");
      sp_markup_append (out, line->href);
      g_string_append (out, "\">");
    }
  sp_markup_append_lines (out, line->text);
  g_string_append_printf (out, "%s</dd>\n", line->href != NULL ? "</a>" : "");
}

static void
append_kind (GString *out, const SpNode *body)
{
  g_autoptr (GPtrArray) names = sp_entry_words_categories (body);
  g_autofree char *text = NULL;

  if (names->len == 0)
    return;
  g_ptr_array_add (names, NULL);
  text = g_strjoinv (" · ", (char **) names->pdata);
  g_string_append (out, "<p class=\"kind\">");
  sp_markup_append (out, text);
  g_string_append (out, "</p>\n");
}

static gboolean
sp_html_writer_add (SpWriter *writer, const SpNode *body, GError **error)
{
  const SpNode *venue = sp_writer_get_venue (writer);
  g_autoptr (GPtrArray) lines = sp_entry_words_read (body, venue);
  const char *summary = sp_entry_words_summary (body);
  g_autoptr (GString) out = g_string_new ("<article>\n");
  guint order;

  sp_entry_words_heading (body, &order);
  sp_markup_append_element (out, "h3", sp_node_get_text (body, "name"));
  g_string_append_c (out, '\n');
  append_kind (out, body);
  if (summary != NULL)
    {
      g_string_append (out, "<p>");
      sp_markup_append_lines (out, summary);
      g_string_append (out, "</p>\n");
    }
  g_string_append (out, "<dl>\n");
  for (guint i = 0; i < lines->len; i++)
    append_line (out, g_ptr_array_index (lines, i));
  g_string_append (out, "</dl>\n</article>\n");
  return sp_heading_spool_add (SP_HTML_WRITER (writer)->spool, order, out->str, out->len, error);
}

static const char *
get_heading_name (guint order)
{
  SpTaxonomy *taxonomy = sp_taxonomy_get_default ();

  return order < sp_taxonomy_get_n_headings (taxonomy) ? sp_heading_get_local_name (sp_taxonomy_get_heading (taxonomy, order))
                                                       : _("Others");
}

static void
append_head (GString *out)
{
  g_autofree char *policy = sp_html_page_get_policy (), *language = sp_language_get_tag ();

  g_string_append (out, "<!DOCTYPE html>\n<html lang=\"");
  sp_markup_append (out, language);
  g_string_append (out, "\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"");
  sp_markup_append (out, policy);
  g_string_append (out, "\">\n<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n");
  sp_markup_append_element (out, "title", _("What there is"));
  g_string_append_printf (out, "\n<style>\n%s</style>\n</head>\n<body>\n", sp_html_page_get_style ());
}

/* What the list is of, how many, and on which day. */
static void
append_introduction (GString *out, SpWriter *writer)
{
  guint n = sp_writer_get_count (writer);
  g_autofree char *date = sp_words_date (sp_clock_today ());
  g_autofree char *count = g_strdup_printf (ngettext ("%u entry", "%u entries", n), n);
  g_autofree char *line = g_strdup_printf (_("%s, as known on %s"), count, date); /* Translators: "23 entries", a date */

  g_string_append (out, "<header>\n");
  sp_markup_append_element (out, "h1", _("What there is"));
  sp_markup_append_element (out, "p", sp_writer_get_filtered (writer));
  sp_markup_append_element (out, "p", line);
  if (!sp_writer_is_public (writer))
    {
      g_string_append (out, "<p class=\"members\">");
      sp_markup_append (out, _("For colleagues: this list holds what only members may see. It is not for publishing."));
      g_string_append (out, "</p>");
    }
  g_string_append (out, "\n</header>\n");
}

static void
append_search (GString *out)
{
  g_string_append (out, "<form id=\"search\" role=\"search\" hidden>\n<label for=\"words\">");
  sp_markup_append (out, _("Search this page"));
  g_string_append (out, "</label>\n<input id=\"words\" type=\"search\" autocomplete=\"off\">\n<div id=\"found\" role=\"status\" data-found=\"");
  sp_markup_append (out, _("%u found"));
  g_string_append (out, "\"></div>\n</form>\n");
}

static void
append_contents (GString *out, SpHtmlWriter *self, guint n)
{
  g_string_append (out, "<nav aria-label=\"");
  sp_markup_append (out, _("Contents"));
  g_string_append (out, "\">\n<ul>\n");
  for (guint i = 0; i <= n; i++)
    if (sp_heading_spool_count (self->spool, i) > 0)
      {
        g_string_append_printf (out, "<li><a href=\"#h%u\">", i);
        sp_markup_append (out, get_heading_name (i));
        g_string_append_printf (out, "</a> (%u)</li>\n", sp_heading_spool_count (self->spool, i));
      }
  g_string_append (out, "</ul>\n</nav>\n<main>\n");
}

static gboolean
write_section (SpHtmlWriter *self, guint order, GError **error)
{
  SpWriter *writer = SP_WRITER (self);
  g_autoptr (GString) head = g_string_new (NULL);

  if (sp_heading_spool_count (self->spool, order) == 0)
    return TRUE;
  g_string_append_printf (head, "<section aria-labelledby=\"h%u\">\n<h2 id=\"h%u\">", order, order);
  sp_markup_append (head, get_heading_name (order));
  g_string_append (head, "</h2>\n");
  return sp_writer_put (writer, head->str, head->len, error)
         && sp_heading_spool_write (self->spool, order, sp_writer_get_stream (writer), error)
         && sp_writer_put (writer, "</section>\n", strlen ("</section>\n"), error);
}

static gboolean
write_foot (SpWriter *writer, GError **error)
{
  g_autofree char *withheld = sp_writer_describe (writer);
  g_autoptr (GString) out = g_string_new ("</main>\n<footer>\n");

  sp_markup_append_element (out, "p", withheld);
  sp_markup_append_element (out, "p", _("Made with Signpost. Please ring before you set out: things change."));
  g_string_append_printf (out, "\n</footer>\n<script>%s</script>\n</body>\n</html>\n", sp_html_page_get_script ());
  return sp_writer_put (writer, out->str, out->len, error);
}

static gboolean
sp_html_writer_end (SpWriter *writer, GError **error)
{
  SpHtmlWriter *self = SP_HTML_WRITER (writer);
  guint n = sp_taxonomy_get_n_headings (sp_taxonomy_get_default ());
  g_autoptr (GString) out = g_string_new (NULL);

  append_head (out);
  append_introduction (out, writer);
  append_search (out);
  append_contents (out, self, n);
  if (!sp_writer_put (writer, out->str, out->len, error))
    return FALSE;
  for (guint i = 0; i <= n; i++)
    if (!write_section (self, i, error))
      return FALSE;
  return write_foot (writer, error);
}

static void
sp_html_writer_finalize (GObject *object)
{
  sp_heading_spool_free (SP_HTML_WRITER (object)->spool);
  G_OBJECT_CLASS (sp_html_writer_parent_class)->finalize (object);
}

static void
sp_html_writer_class_init (SpHtmlWriterClass *class)
{
  G_OBJECT_CLASS (class)->finalize = sp_html_writer_finalize;
  SP_WRITER_CLASS (class)->wants_links = TRUE;
  SP_WRITER_CLASS (class)->add = sp_html_writer_add;
  SP_WRITER_CLASS (class)->end = sp_html_writer_end;
}

static void
sp_html_writer_init (SpHtmlWriter *self)
{
  self->spool = sp_heading_spool_new (sp_taxonomy_get_n_headings (sp_taxonomy_get_default ()) + 1);
}
