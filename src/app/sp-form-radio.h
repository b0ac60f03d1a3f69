/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-form-field.h"

G_BEGIN_DECLS

#define SP_TYPE_FORM_RADIO (sp_form_radio_get_type ())
G_DECLARE_FINAL_TYPE (SpFormRadio, sp_form_radio, SP, FORM_RADIO, SpFormField)

G_END_DECLS
