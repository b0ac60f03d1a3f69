/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as KML or KMZ: refused, or documents that pass the gate and can be written. */
#include "fuzz-exchange.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  read_and_write ("kml", "kml", data, size);
  return 0;
}
