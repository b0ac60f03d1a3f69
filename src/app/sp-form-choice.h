/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-form-field.h"

G_BEGIN_DECLS

#define SP_TYPE_FORM_CHOICE (sp_form_choice_get_type ())
G_DECLARE_FINAL_TYPE (SpFormChoice, sp_form_choice, SP, FORM_CHOICE, SpFormField)

G_END_DECLS
