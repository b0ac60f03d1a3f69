/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-error.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

GError  *sp_couch_fault_explain      (const char *address, SoupMessage *message, const GError *error);
gboolean sp_couch_fault_check_status (const char *address, SoupMessage *message, GBytes *answer, GError **error);
guint    sp_couch_fault_get_pause    (SoupMessage *message);

G_END_DECLS
