/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SP_TYPE_FIRST_RUN (sp_first_run_get_type ())
G_DECLARE_FINAL_TYPE (SpFirstRun, sp_first_run, SP, FIRST_RUN, GtkWidget)

GtkWidget *sp_first_run_new (void);

G_END_DECLS
