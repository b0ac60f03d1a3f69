/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char    *sp_import_process_name     (void);
gboolean sp_import_process_is_alive (const char *name);

G_END_DECLS
