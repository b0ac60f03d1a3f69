/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as an answer of a server: refused with a sentence, or understood. The first byte says which answer. */
#include "sp-couch-answer.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check (gpointer value, GError **error)
{
  if (value == NULL)
    g_assert_nonnull (*error);
  else
    g_assert_no_error (*error);
}

static void
check_documents (GPtrArray *documents, GError **error)
{
  check (documents, error);
  for (guint i = 0; documents != NULL && i < documents->len; i++)
    {
      const SpPeerDocument *document = g_ptr_array_index (documents, i);

      g_assert_true ((document->json != NULL) != (document->error != NULL));
    }
}

static void
read_documents (GBytes *answer, GError **error)
{
  g_autoptr (GPtrArray) asked = g_ptr_array_new_with_free_func (sp_peer_rev_free);
  g_autoptr (GPtrArray) documents = NULL;
  g_autoptr (GPtrArray) versions = NULL;

  g_ptr_array_add (asked, sp_peer_rev_new ("asset:a", "1-a"));
  g_ptr_array_add (asked, sp_peer_rev_new ("asset:b", "1-b"));
  documents = sp_couch_read_documents (answer, asked, error);
  check_documents (documents, error);
  g_clear_error (error);
  versions = sp_couch_read_versions (answer, g_ptr_array_index (asked, 0), error);
  check_documents (versions, error);
}

static void
read_changes (GBytes *answer, GError **error)
{
  g_autoptr (SpPeerChanges) changes = sp_couch_read_changes (answer, error);

  check (changes, error);
}

static void
read_lists (GBytes *answer, GError **error)
{
  g_autoptr (GPtrArray) missing = sp_couch_read_missing (answer, error);
  g_autoptr (GPtrArray) refused = NULL;

  check (missing, error);
  g_clear_error (error);
  refused = sp_couch_read_refused (answer, error);
  check (refused, error);
}

static void
read_single (GBytes *answer, GError **error)
{
  g_autofree char *rev = NULL;
  g_autofree char *local = sp_couch_read_local (answer, &rev, error);
  g_autofree char *reason = sp_couch_read_reason (answer);
  g_autofree char *new_rev = sp_couch_read_new_rev (answer);
  g_autofree char *uuid = NULL;
  g_autoptr (SpPeerInfo) info = NULL;

  check (local, error);
  g_clear_error (error);
  uuid = sp_couch_read_uuid (answer);
  info = sp_couch_read_info (uuid, answer, "http://town.example.org/db/", error);
  check (info, error);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) error = NULL;

  if (size == 0)
    return 0;
  answer = g_bytes_new (data + 1, size - 1);
  if (data[0] % 4 == 0)
    read_documents (answer, &error);
  else if (data[0] % 4 == 1)
    read_changes (answer, &error);
  else if (data[0] % 4 == 2)
    read_lists (answer, &error);
  else
    read_single (answer, &error);
  return 0;
}
