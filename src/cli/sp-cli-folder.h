/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-cli.h"

G_BEGIN_DECLS

GStrv sp_cli_list_files (const char *const *paths, GError **error);

G_END_DECLS
