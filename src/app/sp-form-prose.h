/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-form-field.h"

G_BEGIN_DECLS

#define SP_TYPE_FORM_PROSE (sp_form_prose_get_type ())
G_DECLARE_FINAL_TYPE (SpFormProse, sp_form_prose, SP, FORM_PROSE, SpFormField)

G_END_DECLS
