/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-node.h"

G_BEGIN_DECLS

gboolean sp_selector_check   (const SpNode *selector, GError **error);
gboolean sp_selector_matches (const SpNode *selector, const SpNode *body);

G_END_DECLS
