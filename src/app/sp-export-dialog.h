/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-window.h"

G_BEGIN_DECLS

#define SP_TYPE_EXPORT_DIALOG (sp_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SpExportDialog, sp_export_dialog, SP, EXPORT_DIALOG, AdwWindow)

SpExportDialog *sp_export_dialog_new   (SpWindow *window);
void            sp_export_dialog_write (SpExportDialog *self, GFile *file);

G_END_DECLS
