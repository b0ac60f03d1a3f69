/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as Open Referral UK: refused, or documents that pass the gate and can be written. */
#include "fuzz-exchange.h"

#include "sp-harvest-page.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

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
  read_and_write ("oruk", "oruk", data, size);
  return 0;
}
