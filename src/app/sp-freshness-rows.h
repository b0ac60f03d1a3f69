/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void sp_freshness_rows_add (AdwPreferencesGroup *group, GSettings *settings);

G_END_DECLS
