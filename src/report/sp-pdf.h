/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GBytes *sp_pdf_finish (GBytes *pdf, const char *language, const char * const *alternatives, GError **error);

G_END_DECLS
