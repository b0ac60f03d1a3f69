/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Revision ids: `N-hash`, a generation and an opaque hash. Those that arrive are never recomputed; ours are made
 * from what they stand for, so that one edit of one parent has one id wherever it is made. */
#include "sp-revision.h"

#include <string.h>

#define MADE_HASH 32 /* hexadecimal digits of an id of ours */

static gboolean
is_hash (const char *text)
{
  gsize length = strlen (text);

  if (length == 0 || length > SP_REVISION_MAX_HASH || !g_utf8_validate (text, (gssize) length, NULL))
    return FALSE;
  for (const char *p = text; *p != '\0'; p++)
    if ((unsigned char) *p <= ' ' || *p == 0x7f)
      return FALSE;
  return TRUE;
}

/**
 * sp_revision_parse:
 * @rev: a revision id, such as `3-0b7e`
 * @generation: (out) (optional): the number before the first hyphen, at least 1 and below 2³¹
 * @hash: (out) (optional) (transfer none): what follows the hyphen, inside @rev
 *
 * Splits a revision id. The number has no leading zero, so that one revision has one spelling; the hash is opaque:
 * 1 to %SP_REVISION_MAX_HASH bytes of UTF-8 without spaces. Any thread.
 *
 * Returns: whether @rev is a revision id
 */
gboolean
sp_revision_parse (const char *rev, guint32 *generation, const char **hash)
{
  guint64 number = 0;
  const char *p = rev;

  if (rev == NULL || *rev == '0')
    return FALSE;
  for (; g_ascii_isdigit (*p) && number <= G_MAXINT32; p++)
    number = number * 10 + (guint64) (*p - '0');
  if (p == rev || *p != '-' || number > G_MAXINT32 || !is_hash (p + 1))
    return FALSE;
  if (generation != NULL)
    *generation = (guint32) number;
  if (hash != NULL)
    *hash = p + 1;
  return TRUE;
}

/**
 * sp_revision_compare:
 * @deleted_a: whether the first leaf is a tombstone
 * @rev_a: its revision, valid
 * @deleted_b: whether the second leaf is a tombstone
 * @rev_b: its revision, valid
 *
 * The order of leaves that is the same everywhere: live before deleted, then the greater generation, then the
 * greater hash by bytes. The first is the winner.
 *
 * Returns: below 0 if the first leaf comes before the second, 0 if they are one, above 0 otherwise
 */
int
sp_revision_compare (gboolean deleted_a, const char *rev_a, gboolean deleted_b, const char *rev_b)
{
  guint32 generation_a = 0, generation_b = 0;
  const char *hash_a = "", *hash_b = "";

  if (!deleted_a != !deleted_b)
    return deleted_a ? 1 : -1;
  sp_revision_parse (rev_a, &generation_a, &hash_a);
  sp_revision_parse (rev_b, &generation_b, &hash_b);
  if (generation_a != generation_b)
    return generation_a > generation_b ? -1 : 1;
  return strcmp (hash_b, hash_a);
}

/**
 * sp_revision_make:
 * @deleted: whether the revision is a tombstone
 * @parent: (nullable): the revision it replaces, valid
 * @canonical: its body in canonical form
 *
 * Makes the id of a revision: one generation above its parent, and the first 32 hexadecimal digits of SHA-256 over
 * `0` or `1` (deleted), LF, the parent or nothing, LF, the canonical body.
 *
 * Returns: (transfer full): the id
 */
char *
sp_revision_make (gboolean deleted, const char *parent, const char *canonical)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint32 generation = 0;

  if (parent != NULL)
    sp_revision_parse (parent, &generation, NULL);
  g_checksum_update (sum, (const guchar *) (deleted ? "1\n" : "0\n"), 2);
  if (parent != NULL)
    g_checksum_update (sum, (const guchar *) parent, -1);
  g_checksum_update (sum, (const guchar *) "\n", 1);
  g_checksum_update (sum, (const guchar *) canonical, -1);
  return g_strdup_printf ("%u-%.*s", generation + 1, MADE_HASH, g_checksum_get_string (sum));
}
