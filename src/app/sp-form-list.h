/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-form-field.h"

G_BEGIN_DECLS

#define SP_TYPE_FORM_LIST (sp_form_list_get_type ())
G_DECLARE_FINAL_TYPE (SpFormList, sp_form_list, SP, FORM_LIST, SpFormField)

void sp_form_list_add (SpFormList *self);

G_END_DECLS
