/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-calendar.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SP_TYPE_WEEK_VIEW (sp_week_view_get_type ())
G_DECLARE_FINAL_TYPE (SpWeekView, sp_week_view, SP, WEEK_VIEW, GtkWidget)

void sp_week_view_show (SpWeekView *self, GPtrArray *assets, gint32 monday, gint32 today, const SpCalendar *calendar);

G_END_DECLS
