/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-form-field.h"

G_BEGIN_DECLS

#define SP_TYPE_FORM_TEXT (sp_form_text_get_type ())
G_DECLARE_FINAL_TYPE (SpFormText, sp_form_text, SP, FORM_TEXT, SpFormField)

G_END_DECLS
