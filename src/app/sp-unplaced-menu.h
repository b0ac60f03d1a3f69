/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-store.h"

G_BEGIN_DECLS

GMenuModel *sp_unplaced_menu_new (SpStore *store);

G_END_DECLS
