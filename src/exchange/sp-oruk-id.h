/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SP_ORUK_ID_SIZE 37 /* bytes of a UUID as text, with its end */

char *sp_oruk_id_of_document (const char *document_id);
void  sp_oruk_id_of_part     (const char *owner, const char *list, guint position, char id[SP_ORUK_ID_SIZE]);

G_END_DECLS
