/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SP_ERROR:
 *
 * The one error domain of Signpost. A message is a sentence for a person: it says where, then what.
 */
#define SP_ERROR (sp_error_quark ())

/**
 * SpError:
 * @SP_ERROR_FAILED: something else went wrong; the message says what
 * @SP_ERROR_PARSE: bytes from outside are not what they should be
 * @SP_ERROR_INVALID: a value does not fit the field it is meant for
 * @SP_ERROR_CONFLICT: the document has moved on since the parent revision that was named
 * @SP_ERROR_NOT_FOUND: no such document, revision, place or file
 * @SP_ERROR_DENIED: known, but not allowed
 * @SP_ERROR_SERVER: the other side answered something that breaks the protocol
 * @SP_ERROR_DAMAGED: the store file is damaged
 * @SP_ERROR_FOREIGN: the file is a database of another program, or no database
 * @SP_ERROR_NEWER: the store was written by a newer Signpost
 * @SP_ERROR_READ_ONLY: the store or its folder cannot be written to
 * @SP_ERROR_LOCKED: another program keeps the store locked
 * @SP_ERROR_DISK_FULL: there is no room left
 * @SP_ERROR_AMBIGUOUS: several places or entries fit; the message lists them
 * @SP_ERROR_ERASED: the document was erased and must not come back
 * @SP_ERROR_UNSUPPORTED: recognised, but this version cannot do it
 * @SP_ERROR_RESERVED: a member whose name begins with `_` and that is not one of ours
 * @SP_ERROR_USAGE: a command line that cannot be understood
 * @SP_ERROR_NO_HOST: there is no server of that name, or no network to look for it in
 * @SP_ERROR_UNREACHABLE: nobody answers there, or not in time
 * @SP_ERROR_UNTRUSTED: the server's certificate is not to be trusted
 * @SP_ERROR_LOGIN: name and password are missing or wrong
 */
typedef enum
{
  SP_ERROR_FAILED,
  SP_ERROR_PARSE,
  SP_ERROR_INVALID,
  SP_ERROR_CONFLICT,
  SP_ERROR_NOT_FOUND,
  SP_ERROR_DENIED,
  SP_ERROR_SERVER,
  SP_ERROR_DAMAGED,
  SP_ERROR_FOREIGN,
  SP_ERROR_NEWER,
  SP_ERROR_READ_ONLY,
  SP_ERROR_LOCKED,
  SP_ERROR_DISK_FULL,
  SP_ERROR_AMBIGUOUS,
  SP_ERROR_ERASED,
  SP_ERROR_UNSUPPORTED,
  SP_ERROR_RESERVED,
  SP_ERROR_USAGE,
  SP_ERROR_NO_HOST,
  SP_ERROR_UNREACHABLE,
  SP_ERROR_UNTRUSTED,
  SP_ERROR_LOGIN,
} SpError;

GQuark sp_error_quark (void);

G_END_DECLS
