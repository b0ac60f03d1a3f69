/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What cairo cannot put into a PDF: feet that tell how many pages there are, its language, what pictures show in words, that
 * its title stands in the title bar, that the keyboard goes through links in reading order (ISO 32000-1: 14.9). qpdf reads and
 * changes the few objects that it concerns; all others stay as cairo wrote them, see sp-pdf-objects.h. */
#include "sp-pdf.h"

#include "sp-error.h"
#include "sp-pdf-objects.h"

#include <glib/gi18n-lib.h>
#include <qpdf/qpdf-c.h>
#include <string.h>

#define MAX_DEPTH 60

typedef struct
{
  qpdf_data     pdf;
  SpPdfObjects *objects;
} Edit;

typedef struct
{
  Edit               *edit;
  qpdf_data           pdf;
  const char * const *next; /* what the next picture shows */
} Walk;

/* What was changed in qpdf's memory is to be written. An object without a number is part of one that has one. */
static void
keep (Edit *edit, qpdf_oh object)
{
  int number = qpdf_oh_get_object_id (edit->pdf, object);

  if (number > 0)
    sp_pdf_objects_replace (edit->objects, (guint) number, qpdf_oh_unparse_resolved (edit->pdf, object));
}

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
      keep (walk->edit, element);
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
set_catalogue (Edit *edit, const char *language, const char * const *alternatives)
{
  qpdf_data pdf = edit->pdf;
  qpdf_oh root = qpdf_get_root (pdf), preferences = qpdf_oh_new_dictionary (pdf);
  Walk walk = { edit, pdf, alternatives };

  qpdf_oh_replace_key (pdf, root, "/Lang", qpdf_oh_new_unicode_string (pdf, language));
  qpdf_oh_replace_key (pdf, preferences, "/DisplayDocTitle", qpdf_oh_new_bool (pdf, QPDF_TRUE));
  qpdf_oh_replace_key (pdf, root, "/ViewerPreferences", preferences);
  if (qpdf_oh_has_key (pdf, root, "/StructTreeRoot"))
    describe_figures (&walk, qpdf_oh_get_key (pdf, root, "/StructTreeRoot"), 0);
  keep (edit, root);
}

/* Fonts that only the foot has; a name stands for the same font on all pages that cairo writes. */
static void
add_fonts (Edit *edit, qpdf_oh resources, qpdf_oh foot)
{
  qpdf_data pdf = edit->pdf;
  qpdf_oh fonts = qpdf_oh_get_key (pdf, resources, "/Font"), more = qpdf_oh_get_key (pdf, foot, "/Font");

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
  keep (edit, fonts);
}

static void
append_contents (qpdf_data pdf, qpdf_oh page, qpdf_oh contents)
{
  qpdf_oh its_own = qpdf_oh_get_key (pdf, page, "/Contents");

  if (!qpdf_oh_is_array (pdf, its_own))
    qpdf_oh_append_item (pdf, contents, its_own);
  else
    for (int i = 0; i < qpdf_oh_get_array_n_items (pdf, its_own); i++)
      qpdf_oh_append_item (pdf, contents, qpdf_oh_get_array_item (pdf, its_own, i));
}

/* What cairo writes for a page turns the axes, so that of the page is put between "q" and "Q", which are the streams @save and
 * @restore. Nothing else refers to the page of the foot, or to its resources. */
static void
add_foot (Edit *edit, qpdf_oh page, qpdf_oh foot, qpdf_oh save, qpdf_oh restore)
{
  qpdf_data pdf = edit->pdf;
  qpdf_oh contents = qpdf_oh_new_array (pdf);
  qpdf_oh resources = qpdf_oh_get_key (pdf, page, "/Resources"), of_foot = qpdf_oh_get_key (pdf, foot, "/Resources");

  qpdf_oh_append_item (pdf, contents, save);
  append_contents (pdf, page, contents);
  qpdf_oh_append_item (pdf, contents, restore);
  append_contents (pdf, foot, contents);
  qpdf_oh_replace_key (pdf, page, "/Contents", contents);
  qpdf_oh_replace_key (pdf, page, "/Tabs", qpdf_oh_new_name (pdf, "/S"));
  add_fonts (edit, resources, of_foot);
  keep (edit, resources);
  keep (edit, page);
  sp_pdf_objects_drop (edit->objects, (guint) qpdf_oh_get_object_id (pdf, of_foot));
  sp_pdf_objects_drop (edit->objects, (guint) qpdf_oh_get_object_id (pdf, foot));
}

/* qpdf gives the number; it refers to nothing that it does not know. */
static qpdf_oh
add_stream (Edit *edit, const char *content)
{
  qpdf_oh stream = qpdf_oh_new_stream (edit->pdf);

  sp_pdf_objects_add_stream (edit->objects, (guint) qpdf_oh_get_object_id (edit->pdf, stream), content);
  return stream;
}

/* The second half of the pages are the feet of the first. */
static void
add_feet (Edit *edit)
{
  qpdf_data pdf = edit->pdf;
  int n = qpdf_get_num_pages (pdf) / 2;
  qpdf_oh save = add_stream (edit, "q\n"), restore = add_stream (edit, "\nQ\n");
  qpdf_oh tree = qpdf_oh_get_key (pdf, qpdf_get_root (pdf), "/Pages"), kids = qpdf_oh_new_array (pdf);

  for (int i = 0; i < n; i++)
    {
      qpdf_oh page = qpdf_get_page_n (pdf, (size_t) i);

      qpdf_oh_replace_key (pdf, page, "/Parent", tree);
      qpdf_oh_append_item (pdf, kids, page);
      add_foot (edit, page, qpdf_get_page_n (pdf, (size_t) (n + i)), save, restore);
    }
  qpdf_oh_replace_key (pdf, tree, "/Kids", kids);
  qpdf_oh_replace_key (pdf, tree, "/Count", qpdf_oh_new_integer (pdf, n));
  keep (edit, tree);
}

static int
get_number (qpdf_data pdf, const char *key)
{
  return qpdf_oh_get_object_id (pdf, qpdf_oh_get_key (pdf, qpdf_get_trailer (pdf), key));
}

static void
set_error (qpdf_data pdf, GError **error)
{
  const char *reason = qpdf_has_error (pdf) ? qpdf_get_error_full_text (pdf, qpdf_get_error (pdf)) : "?";

  g_set_error (error, SP_ERROR, SP_ERROR_FAILED, _("The PDF could not be completed: %s"), reason);
}

static qpdf_data
read_pdf (GBytes *pdf, GError **error)
{
  qpdf_data data = qpdf_init ();
  gsize length;
  const char *bytes = g_bytes_get_data (pdf, &length);

  qpdf_set_suppress_warnings (data, QPDF_TRUE);
  qpdf_silence_errors (data);
  if (!(qpdf_read_memory (data, "report", bytes, length, NULL) & QPDF_ERRORS))
    return data;
  set_error (data, error);
  qpdf_cleanup (&data);
  return NULL;
}

/* The same with each object by itself and one table, as cairo before 1.18 writes it. */
static GBytes *
make_plain (GBytes *pdf, GError **error)
{
  qpdf_data data = read_pdf (pdf, error);
  GBytes *plain = NULL;

  if (data == NULL)
    return NULL;
  qpdf_init_write_memory (data);
  qpdf_set_object_stream_mode (data, qpdf_o_disable);
  if (qpdf_write (data) & QPDF_ERRORS)
    set_error (data, error);
  else
    plain = g_bytes_new (qpdf_get_buffer (data), qpdf_get_buffer_length (data));
  qpdf_cleanup (&data);
  return plain;
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
  g_autoptr (SpPdfObjects) objects = sp_pdf_objects_new (pdf);
  g_autoptr (GBytes) plain = objects != NULL ? g_bytes_ref (pdf) : make_plain (pdf, error);
  qpdf_data data = plain != NULL ? read_pdf (plain, error) : NULL;
  Edit edit = { data };
  GBytes *finished = NULL;

  if (data == NULL)
    return NULL;
  if (objects == NULL)
    objects = sp_pdf_objects_new (plain);
  edit.objects = objects;
  if (objects != NULL)
    {
      add_feet (&edit);
      set_catalogue (&edit, language, alternatives);
      finished = sp_pdf_objects_pack (objects, (guint) get_number (data, "/Root"), (guint) get_number (data, "/Info"));
    }
  if (finished == NULL)
    set_error (data, error);
  qpdf_cleanup (&data);
  return finished;
}
