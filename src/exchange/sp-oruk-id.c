/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ids that Open Referral UK wants of everything, down to a telephone number: UUIDs (RFC 9562). They are the same each
 * time the same entry is written, so that whoever reads a feed again finds what they had. */
#include "sp-oruk-id.h"

#include "sp-import-id.h"

#include <string.h>

/* 1c8e1c9e-4a0b-5d0e-9f39-3c5b1f0a6c11: of documents whose id has no UUID in it; never to be changed. */
static const guint8 name_space_of_documents[16] = { 0x1c, 0x8e, 0x1c, 0x9e, 0x4a, 0x0b, 0x5d, 0x0e,
                                                    0x9f, 0x39, 0x3c, 0x5b, 0x1f, 0x0a, 0x6c, 0x11 };

/**
 * sp_oruk_id_of_document:
 * @document_id: such as `asset:0b7e…`
 *
 * Returns: (transfer full): the UUID in it, or one that is made of it
 */
char *
sp_oruk_id_of_document (const char *document_id)
{
  const char *colon = strchr (document_id, ':');

  if (colon != NULL && g_uuid_string_is_valid (colon + 1))
    return g_ascii_strdown (colon + 1, -1);
  return sp_import_id_uuid5 (name_space_of_documents, document_id);
}

/* FNV-1a, 64 bits. */
static guint64
hash (guint64 state, const void *bytes, gsize length)
{
  for (const guchar *p = bytes; length > 0; p++, length--)
    state = (state ^ *p) * 1099511628211u;
  return state;
}

/**
 * sp_oruk_id_of_part:
 * @owner: a UUID as text
 * @list: the member that holds the part, such as `contacts`
 * @position: of the part in it, from 0
 * @id: (out caller-allocates): gets a UUID of version 8 (RFC 9562 §5.8), made of all three
 */
void
sp_oruk_id_of_part (const char *owner, const char *list, guint position, char id[SP_ORUK_ID_SIZE])
{
  static const char digits[] = "0123456789abcdef";
  static const guint64 bases[2] = { 14695981039346656037u, 0x9e3779b97f4a7c15u };
  guint32 place = GUINT32_TO_LE (position);
  guint n = 0;

  for (guint half = 0; half < 2; half++)
    {
      guint64 state = hash (bases[half], owner, strlen (owner));

      state = hash (hash (state, list, strlen (list) + 1), &place, sizeof place);
      state = (state ^ (state >> 32)) * 0xd6e8feb86659fd93u; /* so that every bit counts for every digit */
      state ^= state >> 32;
      for (int shift = 60; shift >= 0; shift -= 4)
        {
          if (n == 8 || n == 13 || n == 18 || n == 23)
            id[n++] = '-';
          id[n++] = digits[(state >> shift) & 0xF];
        }
    }
  id[14] = '8';                                      /* version */
  id[19] = digits[8 + (g_ascii_xdigit_value (id[19]) & 3)]; /* variant */
  id[n] = '\0';
}
