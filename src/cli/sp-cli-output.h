/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-node.h"

G_BEGIN_DECLS

void     sp_cli_print      (const char *format, ...) G_GNUC_PRINTF (1, 2);
void     sp_cli_print_json (const SpNode *node);
void     sp_cli_tell       (const char *format, ...) G_GNUC_PRINTF (1, 2);
void     sp_cli_progress   (const char *format, ...) G_GNUC_PRINTF (1, 2);
void     sp_cli_progress_end (void);
gboolean sp_cli_flush      (void);
void     sp_cli_tell_unplaced (guint64 count);

G_END_DECLS
