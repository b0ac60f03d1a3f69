/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as GeoJSON, as a list and as areas: refused, or documents that pass the gate and can be written. */
#include "fuzz-exchange.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  read_and_write ("geojson", "geojson", data, size);
  read_and_write ("areas", "geojson", data, size);
  return 0;
}
