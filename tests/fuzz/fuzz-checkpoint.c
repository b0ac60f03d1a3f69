/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as the checkpoints at both ends, with a line between: what is agreed on is a sequence, and what is written
 * after them can be read again. */
#include "sp-checkpoint.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* A sequence is any JSON, and nobody agrees on what one end does not say. */
static void
check_agreed (const char *agreed, const char *source, const char *target)
{
  g_autoptr (SpNode) node = agreed != NULL ? sp_node_parse (agreed, -1, NULL) : NULL;

  if (agreed == NULL)
    return;
  g_assert_nonnull (source);
  g_assert_nonnull (target);
  g_assert_nonnull (node);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_auto (GStrv) ends = g_strsplit (text, "\n", 2);
  const char *source = ends[0], *target = ends[0] != NULL ? ends[1] : NULL;
  g_autofree char *agreed = sp_checkpoint_agree (source, target);
  g_autofree char *itself = sp_checkpoint_agree (source, source);
  g_autofree char *trusted = sp_checkpoint_trust (target, "1");
  g_autofree char *written = NULL;
  g_autofree char *alone = NULL;
  g_autofree char *again = NULL;

  check_agreed (agreed, source, target);
  check_agreed (itself, source, source);
  check_agreed (trusted, target, target);
  written = sp_checkpoint_write (source, "s", "t", "\"7-a\"", size % 2 == 0);
  again = sp_checkpoint_agree (written, written);
  g_assert_cmpstr (again, ==, "\"7-a\"");
  alone = sp_checkpoint_write_alone (written, "1");
  g_free (again);
  again = sp_checkpoint_trust (alone, "1");
  g_assert_cmpstr (again, ==, "\"7-a\"");
  return 0;
}
