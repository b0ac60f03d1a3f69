/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a spreadsheet: as the archive itself; and, since few of those unpack, as the parts of one, each ended by a
 * line "%%": sheet, texts, formats, workbook. It is refused, or documents come out that pass the gate. */
#include "../xlsx-fixture.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check_record (const SpRecord *record)
{
  g_autofree char *json = NULL;
  g_autoptr (SpNode) again = NULL;

  g_assert_true (record->asset != NULL || record->problems->len > 0);
  if (record->asset == NULL)
    return;
  json = sp_node_to_json (record->asset);
  again = sp_node_parse (json, -1, NULL);
  g_assert_true (again != NULL || strlen (json) > SP_JSON_MAX_BYTES);
  g_assert_nonnull (sp_node_get_text (record->asset, "_id"));
}

static void
run (GBytes *bytes)
{
  SpReaderOptions options = { .retrieved = "2026-11-22T10:00:00Z" };
  g_autoptr (GError) error = NULL;
  g_autoptr (SpReader) reader = sp_reader_open_bytes (bytes, "xlsx", &options, &error);

  g_assert_true ((reader == NULL) == (error != NULL));
  for (gboolean more = reader != NULL; more;)
    {
      g_autoptr (SpRecord) record = NULL;

      more = sp_reader_next (reader, &record, NULL) && record != NULL;
      if (record != NULL)
        check_record (record);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_auto (GStrv) parts = g_strsplit (text, "\n%%\n", 4);
  guint n = g_strv_length (parts);
  const Xlsx xlsx = {
    .sheets = { n > 0 ? parts[0] : "" },
    .strings = n > 1 && *parts[1] != '\0' ? parts[1] : NULL,
    .styles = n > 2 && *parts[2] != '\0' ? parts[2] : NULL,
    .workbook = n > 3 && *parts[3] != '\0' ? parts[3] : NULL,
  };
  g_autoptr (GBytes) raw = g_bytes_new_static (data, size);
  g_autoptr (GBytes) made = make_xlsx (&xlsx);

  run (raw);
  run (made);
  return 0;
}
