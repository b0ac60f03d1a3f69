/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a list: it is refused, or its rows come out as documents that pass the gate; and those, written as CSV,
 * come back as they were. */
#include "../exchange-utils.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check_asset (const SpNode *asset)
{
  g_autofree char *json = sp_node_to_json (asset);
  g_autoptr (GError) error = NULL;
  g_autoptr (SpNode) again = NULL;

  if (strlen (json) > SP_JSON_MAX_BYTES)
    return;
  again = sp_node_parse (json, -1, &error);
  g_assert_no_error (error);
  g_assert_true (sp_node_equal (asset, again));
  g_assert_nonnull (sp_node_get_text (asset, "_id"));
}

static void
check_round_trip (GPtrArray *assets)
{
  gsize length;
  g_autofree char *text = write_all ("csv", (const SpNode * const *) assets->pdata, assets->len, NULL, &length);
  g_autoptr (GPtrArray) records = read_text (text, (gssize) length, NULL);

  g_assert_cmpuint (records->len, ==, assets->len);
  for (guint i = 0; i < assets->len; i++)
    g_assert_true (sp_node_equal (get_asset (records, i), g_ptr_array_index (assets, i)));
}

static void
run (const char *format, const uint8_t *data, size_t size)
{
  SpReaderOptions options = { .retrieved = "2026-11-22T10:00:00Z" };
  g_autoptr (GError) error = NULL;
  g_autoptr (SpReader) reader = open_text ((const char *) data, (gssize) size, format, &options, &error);
  g_autoptr (GPtrArray) assets = g_ptr_array_new ();
  g_autoptr (GPtrArray) records = NULL;

  g_assert_true ((reader == NULL) == (error != NULL));
  if (reader == NULL)
    return;
  records = drain (reader);
  for (guint i = 0; i < records->len; i++)
    {
      const SpRecord *record = get_record (records, i);
      if (record->asset == NULL || g_strcmp0 (sp_node_get_text (record->asset, "type"), "asset") != 0)
        continue;
      check_asset (record->asset);
      if (assets->len < 20)
        g_ptr_array_add (assets, record->asset);
    }
  if (strcmp (format, "csv") == 0)
    check_round_trip (assets);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpReader) reader = open_text ((const char *) data, (gssize) size, NULL, NULL, &error); /* whatever it is */

  g_assert_true ((reader == NULL) == (error != NULL));
  run ("csv", data, size);
  return 0;
}
