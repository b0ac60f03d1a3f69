/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For the tests of spreadsheets: archives with parts of our own, as good or as bad as they are wanted. */
#pragma once

#include "exchange-utils.h"

#include <archive.h>
#include <archive_entry.h>

#define XLSX_MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define XLSX_RELATIONS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

typedef struct
{
  const char *name;
  const char *bytes;
  gsize       length; /* 0: a string */
} XlsxPart;

static inline la_ssize_t
write_zip_cb (struct archive *zip, void *data, const void *bytes, size_t length)
{
  g_byte_array_append (data, bytes, (guint) length);
  return (la_ssize_t) length;
}

static inline GBytes *
make_zip (const XlsxPart *parts, guint n)
{
  GByteArray *out = g_byte_array_new ();
  struct archive *zip = archive_write_new ();

  archive_write_set_format_zip (zip);
  archive_write_set_bytes_in_last_block (zip, 1);
  g_assert_cmpint (archive_write_open (zip, out, NULL, write_zip_cb, NULL), ==, ARCHIVE_OK);
  for (guint i = 0; i < n; i++)
    {
      gsize length = parts[i].length > 0 ? parts[i].length : strlen (parts[i].bytes);
      struct archive_entry *entry = archive_entry_new ();

      archive_entry_set_pathname (entry, parts[i].name);
      archive_entry_set_size (entry, (gint64) length);
      archive_entry_set_filetype (entry, AE_IFREG);
      archive_entry_set_perm (entry, 0644);
      g_assert_cmpint (archive_write_header (zip, entry), ==, ARCHIVE_OK);
      g_assert_cmpint (archive_write_data (zip, parts[i].bytes, length), ==, (la_ssize_t) length);
      archive_entry_free (entry);
    }
  archive_write_close (zip);
  archive_write_free (zip);
  return g_byte_array_free_to_bytes (out);
}

/* A workbook of up to three sheets; what is NULL is left out. */
typedef struct
{
  const char *sheets[3];
  const char *strings;
  const char *styles;
  const char *workbook;
} Xlsx;

static inline char *
make_workbook (const Xlsx *self)
{
  GString *text = g_string_new ("<workbook xmlns=\"" XLSX_MAIN "\" xmlns:r=\"" XLSX_RELATIONS "\"><sheets>");

  for (guint i = 0; i < 3 && self->sheets[i] != NULL; i++)
    g_string_append_printf (text, "<sheet name=\"S%u\" sheetId=\"%u\" r:id=\"rId%u\"/>", i + 1, i + 1, i + 1);
  return g_string_free (g_string_append (text, "</sheets></workbook>"), FALSE);
}

static inline GBytes *
make_xlsx (const Xlsx *self)
{
  static const char relations[] =
      "<Relationships>"
      "<Relationship Id=\"rId1\" Type=\"" XLSX_RELATIONS "/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
      "<Relationship Id=\"rId2\" Type=\"" XLSX_RELATIONS "/worksheet\" Target=\"/xl/worksheets/sheet2.xml\"/>"
      "<Relationship Id=\"rId3\" Type=\"" XLSX_RELATIONS "/worksheet\" Target=\"worksheets/sheet3.xml\"/>"
      "%s%s</Relationships>";
  g_autofree char *workbook = self->workbook != NULL ? g_strdup (self->workbook) : make_workbook (self);
  g_autofree char *links = g_strdup_printf (
      relations,
      self->strings != NULL ? "<Relationship Id=\"rId8\" Type=\"" XLSX_RELATIONS "/sharedStrings\" Target=\"sharedStrings.xml\"/>" : "",
      self->styles != NULL ? "<Relationship Id=\"rId9\" Type=\"" XLSX_RELATIONS "/styles\" Target=\"styles.xml\"/>" : "");
  XlsxPart parts[8] = { { "[Content_Types].xml", "<Types/>" }, { "xl/workbook.xml", workbook },
                        { "xl/_rels/workbook.xml.rels", links } };
  static const char * const names[] = { "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml" };
  guint n = 3;

  for (guint i = 0; i < 3 && self->sheets[i] != NULL; i++)
    parts[n++] = (XlsxPart){ names[i], self->sheets[i] };
  if (self->strings != NULL)
    parts[n++] = (XlsxPart){ "xl/sharedStrings.xml", self->strings };
  if (self->styles != NULL)
    parts[n++] = (XlsxPart){ "xl/styles.xml", self->styles };
  return make_zip (parts, n);
}
