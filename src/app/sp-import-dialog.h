/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-window.h"

G_BEGIN_DECLS

#define SP_TYPE_IMPORT_DIALOG (sp_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SpImportDialog, sp_import_dialog, SP, IMPORT_DIALOG, AdwWindow)

SpImportDialog *sp_import_dialog_new (SpWindow *window, GListModel *files);

G_END_DECLS
