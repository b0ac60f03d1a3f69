/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

void        sp_report_order_read     (AdwComboRow *row, SpStore *store);
const char *sp_report_order_get_kind (AdwComboRow *row);

G_END_DECLS
