/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-writer.h"

G_BEGIN_DECLS

#define SP_TYPE_HTML_WRITER (sp_html_writer_get_type ())
G_DECLARE_FINAL_TYPE (SpHtmlWriter, sp_html_writer, SP, HTML_WRITER, SpWriter)

G_END_DECLS
