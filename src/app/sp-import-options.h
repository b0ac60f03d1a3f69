/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-import-job.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * SpImportOptionsFunc:
 * @data: what sp_import_options_new() was given
 *
 * Something else was chosen.
 */
typedef void (*SpImportOptionsFunc) (gpointer data);

GtkWidget *sp_import_options_new (SpImportJob *job, SpImportOptionsFunc changed, gpointer data);

G_END_DECLS
