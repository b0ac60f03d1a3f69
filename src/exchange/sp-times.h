/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-node.h"

G_BEGIN_DECLS

#define SP_TIMES_MAX_LENGTH 600 /* bytes; what is longer is prose */

SpNode *sp_times_read (const char *text);

G_END_DECLS
