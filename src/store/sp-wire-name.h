/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-wire.h"

G_BEGIN_DECLS

void sp_wire_name_refused (const char *json, gsize length, SpWireHead *head, GError **error);

G_END_DECLS
