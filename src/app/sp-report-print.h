/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkPrintOperation *sp_report_print_new (GPtrArray *pages, double width, double height, const char *name);

G_END_DECLS
