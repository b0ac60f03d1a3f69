/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The objects of a PDF as bytes between two offsets. A list for a meeting has thirty for each entry, nearly all of them tags of
 * cairo's that nobody changes: to take each apart and to write it anew, as qpdf must, took longer than to draw the pages. */
#include "sp-pdf-objects-private.h"

#include <string.h>

#define ENTRY 20 /* bytes of a line of the table (ISO 32000-1: 7.5.4) */

typedef struct
{
  gsize offset;
  guint number;
} Place;

static gboolean
is_space (char c)
{
  return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

static const char *
skip_spaces (const char *p, const char *end)
{
  while (p < end && is_space (*p))
    p++;
  return p;
}

/* A number of at most nine digits, after spaces. NULL if there is none. */
static const char *
read_number (const char *p, const char *end, gsize *value)
{
  const char *start = skip_spaces (p, end);

  *value = 0;
  for (p = start; p < end && p - start < 10 && g_ascii_isdigit (*p); p++)
    *value = *value * 10 + (gsize) (*p - '0');
  return p > start && p - start < 10 ? p : NULL;
}

static const char *
read_word (const char *p, const char *end, const char *word)
{
  p = skip_spaces (p, end);
  return (gsize) (end - p) >= strlen (word) && strncmp (p, word, strlen (word)) == 0 ? p + strlen (word) : NULL;
}

/* The last @word of the last kilobyte, behind it; NULL if there is none. */
static const char *
find_last (const char *bytes, gsize length, const char *word)
{
  gsize n = strlen (word), least = length - MIN (length, 1024);

  for (gsize at = length; at >= least + n; at--)
    if (memcmp (bytes + at - n, word, n) == 0)
      return bytes + at;
  return NULL;
}

/* The table of all objects, its first line and how many it has; NULL if there is not just one, which begins with object 0. */
static const char *
find_table (const char *bytes, gsize length, const char **first, gsize *n)
{
  const char *end = bytes + length, *p = find_last (bytes, length, "startxref");
  gsize offset, from = 1;

  if (p == NULL || read_number (p, end, &offset) == NULL || offset >= length)
    return NULL;
  p = read_word (bytes + offset, end, "xref");
  p = p != NULL ? read_number (p, end, &from) : NULL;
  p = p != NULL && from == 0 ? read_number (p, end, n) : NULL;
  *first = p != NULL ? skip_spaces (p, end) : end;
  if (*n == 0 || *n > (gsize) (end - *first) / ENTRY)
    return NULL;
  p = read_word (*first + *n * ENTRY, end, "trailer");
  return p != NULL && g_strstr_len (p, end - p, "/Prev") == NULL ? bytes + offset : NULL;
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *one = a, *two = b;

  return one->offset < two->offset ? -1 : one->offset > two->offset;
}

/* Where the objects in use begin, in the order in which they stand in the file. NULL for what cairo does not write. */
static GArray *
read_places (const char *first, gsize n)
{
  g_autoptr (GArray) places = g_array_sized_new (FALSE, FALSE, sizeof (Place), (guint) n);

  for (gsize i = 1; i < n; i++)
    {
      const char *line = first + i * ENTRY;
      Place place = { 0, (guint) i };

      if (read_number (line + 1, line + 10, &place.offset) == NULL || *line != '0') /* files below a gigabyte */
        return NULL;
      if (line[17] == 'n' && place.offset > 0)
        g_array_append_val (places, place);
    }
  g_array_sort (places, compare_places);
  return g_steal_pointer (&places);
}

static gboolean
ends_with (const char *start, const char *end, const char *word)
{
  return (gsize) (end - start) >= strlen (word) && memcmp (end - strlen (word), word, strlen (word)) == 0;
}

/* What stands between "7 0 obj" and "endobj". */
static gboolean
read_object (const char *start, const char *end, guint number, SpPdfObject *object)
{
  gsize its_number, generation;
  const char *p = read_number (start, end, &its_number);

  p = p != NULL ? read_number (p, end, &generation) : NULL;
  p = p != NULL ? read_word (p, end, "obj") : NULL;
  while (end > start && is_space (end[-1]))
    end--;
  if (p == NULL || its_number != number || generation != 0 || !ends_with (p, end, "endobj"))
    return FALSE;
  object->text = skip_spaces (p, end);
  object->length = (gsize) (end - strlen ("endobj") - object->text);
  while (object->length > 0 && is_space (object->text[object->length - 1]))
    object->length--;
  object->stream = ends_with (object->text, object->text + object->length, "endstream");
  return object->length > 0;
}

static gboolean
read_objects (SpPdfObjects *self, const char *bytes, const char *table, const GArray *places)
{
  for (guint i = 0; i < places->len; i++)
    {
      const Place *place = &g_array_index (places, Place, i);
      const char *end = i + 1 < places->len ? bytes + place[1].offset : table;

      if (bytes + place->offset >= end || end > table
          || !read_object (bytes + place->offset, end, place->number, &g_array_index (self->objects, SpPdfObject, place->number)))
        return FALSE;
    }
  return TRUE;
}

/**
 * sp_pdf_objects_new:
 * @pdf: a file
 *
 * Returns: (transfer full) (nullable): its objects; %NULL unless it is a plain one: a single table of references, and no
 *   objects packed together
 */
SpPdfObjects *
sp_pdf_objects_new (GBytes *pdf)
{
  g_autoptr (SpPdfObjects) self = g_new0 (SpPdfObjects, 1);
  g_autoptr (GArray) places = NULL;
  const char *bytes, *table, *first = NULL;
  gsize length, n = 0;

  self->pdf = g_bytes_ref (pdf);
  self->owned = g_ptr_array_new_with_free_func (g_free);
  self->objects = g_array_new (FALSE, TRUE, sizeof (SpPdfObject));
  bytes = g_bytes_get_data (pdf, &length);
  table = bytes != NULL ? find_table (bytes, length, &first, &n) : NULL;
  places = table != NULL ? read_places (first, n) : NULL;
  if (places == NULL)
    return NULL;
  g_array_set_size (self->objects, (guint) n);
  return read_objects (self, bytes, table, places) ? g_steal_pointer (&self) : NULL;
}

/**
 * sp_pdf_objects_free:
 * @self: (transfer full): objects
 */
void
sp_pdf_objects_free (SpPdfObjects *self)
{
  g_array_unref (self->objects);
  g_ptr_array_unref (self->owned);
  g_bytes_unref (self->pdf);
  g_free (self);
}

/* Takes @text. */
static void
set (SpPdfObjects *self, guint number, char *text, gboolean stream)
{
  g_ptr_array_add (self->owned, text);
  g_array_index (self->objects, SpPdfObject, number) = (SpPdfObject){ text, strlen (text), stream };
}

/**
 * sp_pdf_objects_replace:
 * @self: objects
 * @number: of one that is no stream
 * @text: what it is now, as a file has it
 */
void
sp_pdf_objects_replace (SpPdfObjects *self, guint number, const char *text)
{
  if (number > 0 && number < self->objects->len)
    set (self, number, g_strdup (text), FALSE);
}

/**
 * sp_pdf_objects_drop:
 * @self: objects
 * @number: of one that no other refers to any more
 */
void
sp_pdf_objects_drop (SpPdfObjects *self, guint number)
{
  if (number < self->objects->len)
    g_array_index (self->objects, SpPdfObject, number) = (SpPdfObject){ NULL };
}

/**
 * sp_pdf_objects_add_stream:
 * @self: objects
 * @number: of one that is new
 * @content: operators of a page
 *
 * Adds a stream.
 */
void
sp_pdf_objects_add_stream (SpPdfObjects *self, guint number, const char *content)
{
  if (number >= self->objects->len)
    g_array_set_size (self->objects, number + 1);
  set (self, number, g_strdup_printf ("<< /Length %" G_GSIZE_FORMAT " >>\nstream\n%s\nendstream", strlen (content), content), TRUE);
}
