/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-form-field.h"

G_BEGIN_DECLS

#define SP_TYPE_FORM_DAYS (sp_form_days_get_type ())
G_DECLARE_FINAL_TYPE (SpFormDays, sp_form_days, SP, FORM_DAYS, SpFormField)

void sp_form_days_set_numbered (SpFormDays *self, gboolean numbered);

G_END_DECLS
