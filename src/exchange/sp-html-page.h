/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *sp_html_page_get_style  (void);
const char *sp_html_page_get_script (void);
char       *sp_html_page_get_policy (void);

G_END_DECLS
