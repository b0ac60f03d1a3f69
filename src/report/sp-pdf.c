/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What cairo cannot put into a PDF: feet that tell how many pages there are, its language, what pictures show in words, that
 * its title stands in the title bar, that the keyboard goes through links in reading order; and objects packed together
 * (ISO 32000-1: 7.5.7, 14.9). */
#include "sp-pdf.h"

#include "sp-error.h"

#include <glib/gi18n-lib.h>
#include <qpdf/qpdf-c.h>
#include <string.h>

#define MAX_DEPTH 60

typedef struct
{
  qpdf_data           pdf;
  const char * const *next; /* what the next picture shows */
} Walk;

static gboolean
has_name (Walk *walk, qpdf_oh object, const char *key, const char *name)
{
  return qpdf_oh_has_key (walk->pdf, object, key)
         && g_strcmp0 (qpdf_oh_get_name (walk->pdf, qpdf_oh_get_key (walk->pdf, object, key)), name) == 0;
}

/* In reading order. */
static void
describe_figures (Walk *walk, qpdf_oh element, int depth)
{
  qpdf_oh kids;

  if (depth > MAX_DEPTH || !qpdf_oh_is_dictionary (walk->pdf, element))
    return;
  if (has_name (walk, element, "/S", "/Figure") && *walk->next != NULL)
    {
      qpdf_oh text = qpdf_oh_new_unicode_string (walk->pdf, *walk->next);
      qpdf_oh_replace_key (walk->pdf, element, "/Alt", text);
      qpdf_oh_release (walk->pdf, text);
      walk->next++;
    }
  kids = qpdf_oh_get_key (walk->pdf, element, "/K");
  if (qpdf_oh_is_array (walk->pdf, kids))
    for (int i = 0; i < qpdf_oh_get_array_n_items (walk->pdf, kids) && *walk->next != NULL; i++)
      {
        qpdf_oh kid = qpdf_oh_get_array_item (walk->pdf, kids, i);
        describe_figures (walk, kid, depth + 1);
        qpdf_oh_release (walk->pdf, kid);
      }
  else
    describe_figures (walk, kids, depth + 1);
  qpdf_oh_release (walk->pdf, kids);
}

static void
set_catalogue (qpdf_data pdf, const char *language, const char * const *alternatives)
{
  qpdf_oh root = qpdf_get_root (pdf);
  qpdf_oh preferences = qpdf_oh_new_dictionary (pdf);
  Walk walk = { pdf, alternatives };

  qpdf_oh_replace_key (pdf, root, "/Lang", qpdf_oh_new_unicode_string (pdf, language));
  qpdf_oh_replace_key (pdf, preferences, "/DisplayDocTitle", qpdf_oh_new_bool (pdf, QPDF_TRUE));
  qpdf_oh_replace_key (pdf, root, "/ViewerPreferences", preferences);
  for (int i = 0; i < qpdf_get_num_pages (pdf); i++)
    qpdf_oh_replace_key (pdf, qpdf_get_page_n (pdf, (size_t) i), "/Tabs", qpdf_oh_new_name (pdf, "/S"));
  if (qpdf_oh_has_key (pdf, root, "/StructTreeRoot"))
    describe_figures (&walk, qpdf_oh_get_key (pdf, root, "/StructTreeRoot"), 0);
}

static qpdf_oh
make_stream (qpdf_data pdf, const char *content)
{
  qpdf_oh stream = qpdf_oh_new_stream (pdf), null = qpdf_oh_new_null (pdf);

  qpdf_oh_replace_stream_data (pdf, stream, (const unsigned char *) content, strlen (content), null, null);
  return stream;
}

/* Fonts that only the foot has; a name stands for the same font on all pages that cairo writes. */
static void
add_fonts (qpdf_data pdf, qpdf_oh page, qpdf_oh foot)
{
  qpdf_oh resources = qpdf_oh_get_key (pdf, page, "/Resources"), fonts = qpdf_oh_get_key (pdf, resources, "/Font");
  qpdf_oh more = qpdf_oh_get_key (pdf, qpdf_oh_get_key (pdf, foot, "/Resources"), "/Font");

  if (!qpdf_oh_is_dictionary (pdf, more))
    return;
  if (!qpdf_oh_is_dictionary (pdf, fonts))
    {
      qpdf_oh_replace_key (pdf, resources, "/Font", more);
      return;
    }
  qpdf_oh_begin_dict_key_iter (pdf, more);
  while (qpdf_oh_dict_more_keys (pdf))
    {
      const char *name = qpdf_oh_dict_next_key (pdf);
      if (!qpdf_oh_has_key (pdf, fonts, name))
        qpdf_oh_replace_key (pdf, fonts, name, qpdf_oh_get_key (pdf, more, name));
    }
}

/* The second half of the pages are the feet of the first. What cairo writes for a page turns the axes, so that of the page is
 * put between "q" and "Q". */
static void
add_feet (qpdf_data pdf)
{
  int n = qpdf_get_num_pages (pdf) / 2;
  qpdf_oh save = make_stream (pdf, "q\n"), restore = make_stream (pdf, "\nQ\n");

  for (int i = 0; i < n; i++)
    {
      qpdf_oh page = qpdf_get_page_n (pdf, (size_t) i), foot = qpdf_get_page_n (pdf, (size_t) (n + i)), contents = qpdf_oh_new_array (pdf);

      qpdf_oh_append_item (pdf, contents, save);
      qpdf_oh_append_item (pdf, contents, qpdf_oh_get_key (pdf, page, "/Contents"));
      qpdf_oh_append_item (pdf, contents, restore);
      qpdf_oh_append_item (pdf, contents, qpdf_oh_get_key (pdf, foot, "/Contents"));
      qpdf_oh_replace_key (pdf, page, "/Contents", contents);
      add_fonts (pdf, page, foot);
    }
  while (qpdf_get_num_pages (pdf) > n)
    qpdf_remove_page (pdf, qpdf_get_page_n (pdf, (size_t) n));
}

static GBytes *
fail (qpdf_data *pdf, GError **error)
{
  const char *reason = qpdf_has_error (*pdf) ? qpdf_get_error_full_text (*pdf, qpdf_get_error (*pdf)) : "?";

  g_set_error (error, SP_ERROR, SP_ERROR_FAILED, _("The PDF could not be completed: %s"), reason);
  qpdf_cleanup (pdf);
  return NULL;
}

/**
 * sp_pdf_finish:
 * @pdf: as cairo wrote it: pages, then as many pages more with the foot of each
 * @language: of its text, such as "en-GB" (RFC 5646)
 * @alternatives: (array zero-terminated=1): what each picture shows, in reading order
 * @error: %SP_ERROR_FAILED
 *
 * Returns: (transfer full) (nullable): the file
 */
GBytes *
sp_pdf_finish (GBytes *pdf, const char *language, const char * const *alternatives, GError **error)
{
  qpdf_data data = qpdf_init ();
  gsize length;
  const char *bytes = g_bytes_get_data (pdf, &length);
  GBytes *finished;

  qpdf_set_suppress_warnings (data, QPDF_TRUE);
  qpdf_silence_errors (data);
  if (qpdf_read_memory (data, "report", bytes, length, NULL) & QPDF_ERRORS)
    return fail (&data, error);
  add_feet (data);
  set_catalogue (data, language, alternatives);
  if (qpdf_init_write_memory (data) & QPDF_ERRORS)
    return fail (&data, error);
  qpdf_set_object_stream_mode (data, qpdf_o_generate);
  qpdf_set_deterministic_ID (data, QPDF_TRUE);
  if (qpdf_write (data) & QPDF_ERRORS)
    return fail (&data, error);
  finished = g_bytes_new (qpdf_get_buffer (data), qpdf_get_buffer_length (data));
  qpdf_cleanup (&data);
  return finished;
}
