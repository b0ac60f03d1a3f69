/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any text as times in words: it stays words, or it becomes schedules that can be read. */
#include "sp-schedule.h"
#include "sp-times.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_utf8_make_valid ((const char *) data, (gssize) size);
  SpNode *schedules = sp_times_read (text);
  g_autoptr (SpNode) body = sp_node_new_object ();
  g_autoptr (GError) error = NULL;

  if (schedules == NULL)
    return 0;
  sp_node_set (body, "schedules", schedules);
  sp_schedule_check (body, &error);
  g_assert_no_error (error);
  return 0;
}
