/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as Open Referral UK: refused, or documents that pass the gate and can be written. */
#include "../exchange-utils.h"

#include "sp-harvest-page.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check_document (const SpNode *document)
{
  g_autofree char *json = sp_node_to_json (document);
  g_autoptr (GError) error = NULL;
  g_autoptr (SpNode) again = sp_node_parse (json, -1, &error);

  g_assert_true (again != NULL || strlen (json) > SP_JSON_MAX_BYTES);
  g_assert_true (again == NULL || sp_node_equal (document, again));
}

static void
run (const char *format, const uint8_t *data, size_t size)
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
  text = write_all ("oruk", (const SpNode * const *) documents->pdata, documents->len, NULL, &length);
}

/* The same bytes as one page of a feed that is fetched. */
static void
take_apart (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (SpHarvestPage) page = sp_harvest_page_new (bytes, &error);

  g_assert_true ((page == NULL) == (error != NULL));
  for (guint i = 0; page != NULL && i < page->ranges->len; i++)
    {
      gboolean brief;
      gsize length;
      g_autofree char *id = sp_harvest_page_get_id (page, i, &brief);

      g_assert_true (id != NULL || !brief);
      sp_harvest_page_get (page, i, &length);
      g_assert_cmpuint (length, <=, size);
    }
  if (page != NULL && page->ranges->len == 0)
    g_assert_true (sp_harvest_page_is_end (page, 1));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  take_apart (data, size);
  run ("oruk", data, size);
  return 0;
}
