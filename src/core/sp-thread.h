/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void sp_thread_put_main_first (void);
void sp_thread_step_back      (void);

G_END_DECLS
