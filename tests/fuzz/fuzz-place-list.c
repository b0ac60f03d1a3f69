/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a published list of postcodes and places: as they are, and packed into an archive. It is refused, or what
 * comes out is in these islands and has a name. */
#include "../xlsx-fixture.h"

#include "sp-geodesy.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check_record (const SpRecord *record)
{
  const SpKnownPlace *place = record->place;

  g_assert_true (place == NULL || (record->asset == NULL && record->problems->len == 0));
  if (place == NULL)
    return;
  g_assert_true (sp_geodesy_is_british_isles (place->latitude, place->longitude));
  g_assert_true (place->postcode != NULL || (place->id > 0 && place->name != NULL && g_utf8_validate (place->name, -1, NULL)));
}

static void
run (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpReader) reader = sp_reader_open_bytes (bytes, NULL, NULL, &error);

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
  const XlsxPart part = { "Data/a.csv", size > 0 ? (const char *) data : "", size };
  g_autoptr (GBytes) raw = g_bytes_new_static (data, size);
  g_autoptr (GBytes) packed = make_zip (&part, 1);

  run (raw);
  run (packed);
  return 0;
}
