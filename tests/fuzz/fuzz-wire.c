/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a document that travels: it is refused with a sentence, or it has an id or none, and a path of revisions
 * that goes down one by one. */
#include "sp-wire.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_auto (SpWireHead) head = { 0 };
  g_autoptr (GError) error = NULL;

  if (!sp_wire_read_head ((const char *) data, size, &head, &error))
    {
      g_assert_nonnull (error);
      g_assert_cmpuint (strlen (error->message), >, 0);
      return 0;
    }
  g_assert_nonnull (head.revisions[0]);
  g_assert_cmpuint (g_strv_length (head.revisions), <=, SP_WIRE_MAX_REVISIONS);
  return 0;
}
