/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-node.h"

G_BEGIN_DECLS

SpNode *sp_taxonomy_merge_documents (const SpNode *known, const SpNode *extension, GError **error);

G_END_DECLS
