/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-refusals.h"

G_BEGIN_DECLS

/* For the files sp-refusals*.c only. */
gboolean sp_refusals_note_proposed (SpDb *db, const SpRefusal *refusal, const char *submission, GError **error);

G_END_DECLS
