/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

void  sp_watchdog_start  (GdkFrameClock *clock);
void  sp_watchdog_stop   (void);
guint sp_watchdog_report (const char *what, double limit);

G_END_DECLS
