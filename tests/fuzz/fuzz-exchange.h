/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Any bytes as a file of some format: refused, or documents that pass the gate and can be written. */

#include "../exchange-utils.h"

#include <stdint.h>

static void
check_document (const SpNode *document)
{
  g_autofree char *json = sp_node_to_json (document);
  g_autoptr (GError) error = NULL;
  g_autoptr (SpNode) again = sp_node_parse (json, -1, &error);

  g_assert_true (again != NULL || strlen (json) > SP_JSON_MAX_BYTES);
  g_assert_true (again == NULL || sp_node_equal (document, again));
}

/* @format: as which the bytes are read; @written: as which what was in them is written */
static void
read_and_write (const char *format, const char *written, const uint8_t *data, size_t size)
{
  SpReaderOptions options = { .retrieved = "2026-11-22T10:00:00Z" };
  g_autoptr (GError) error = NULL;
  g_autoptr (SpReader) reader = open_text ((const char *) data, (gssize) size, format, &options, &error);
  g_autoptr (GPtrArray) documents = g_ptr_array_new ();
  g_autoptr (GPtrArray) records = NULL;
  g_autofree char *text = NULL;
  gsize length;

  g_assert_true ((reader == NULL) == (error != NULL));
  if (reader == NULL)
    return;
  records = drain (reader);
  for (guint i = 0; i < records->len; i++)
    {
      const SpRecord *record = get_record (records, i);
      if (record->asset == NULL)
        continue;
      check_document (record->asset);
      g_ptr_array_add (documents, record->asset);
    }
  text = write_all (written, (const SpNode * const *) documents->pdata, documents->len, NULL, &length);
}
