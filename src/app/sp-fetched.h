/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GFile      *sp_fetched_new         (GFile *file, const char *address, const char *url);
const char *sp_fetched_get_address (GFile *file);
char       *sp_fetched_get_label   (GFile *file);
char       *sp_fetched_get_folder  (void);

G_END_DECLS
