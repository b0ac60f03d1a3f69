/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-node.h"

G_BEGIN_DECLS

char *sp_splice_members (const char *json, const SpNode *changes, GError **error);

G_END_DECLS
