/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-error.h"

G_BEGIN_DECLS

#define SP_JSON_MAX_DEPTH 100
#define SP_JSON_MAX_BYTES (1024 * 1024) /* of one document */

/**
 * SpJsonType:
 *
 * What a JSON value is (RFC 8259); true and false are two.
 */
typedef enum
{
  SP_JSON_OBJECT,
  SP_JSON_ARRAY,
  SP_JSON_STRING,
  SP_JSON_NUMBER,
  SP_JSON_TRUE,
  SP_JSON_FALSE,
  SP_JSON_NULL,
} SpJsonType;

/**
 * SpJsonToken:
 * @type: what the bytes are
 * @escaped: for a string: it holds at least one backslash
 * @start: first byte; of a string, the byte after its quote
 * @end: first byte after; of a string, its closing quote
 * @next: index of the first token that is not part of this one
 *
 * One value of a scanned text. The tokens are in the order of the text; a member of an object is two
 * tokens, its name (a string) and then its value.
 */
typedef struct
{
  guint8  type;
  guint8  escaped;
  guint32 start;
  guint32 end;
  guint32 next;
} SpJsonToken;

/**
 * SpJsonRange:
 * @start: offset of the first byte
 * @length: bytes
 *
 * Where a value stands: an element of a sliced array, a member that was found.
 */
typedef struct
{
  gsize start;
  gsize length;
} SpJsonRange;

GArray *sp_json_gate_scan     (const char *bytes, gsize length, gsize max_bytes, GError **error);
gboolean sp_json_gate_can_store (const char *json);
char   *sp_json_gate_unescape (const char *bytes, gsize length);
gsize   sp_json_gate_unescape_to (const char *bytes, gsize length, char *out);
gboolean sp_json_gate_find     (const char *bytes, gsize length, const char *member, SpJsonRange *range);
gboolean sp_json_gate_slice   (const char *bytes, gsize length, const char *member, GArray **ranges, GError **error);

G_END_DECLS
