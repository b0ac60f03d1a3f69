/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-search.h"

G_BEGIN_DECLS

SpNode *sp_cli_entry_to_json (const SpNode *asset, const SpHit *hit, gint32 today);
void    sp_cli_entry_print   (const SpNode *asset, double distance, gint32 today);

G_END_DECLS
