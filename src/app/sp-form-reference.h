/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-form-picker.h"

G_BEGIN_DECLS

#define SP_TYPE_FORM_REFERENCE (sp_form_reference_get_type ())
G_DECLARE_FINAL_TYPE (SpFormReference, sp_form_reference, SP, FORM_REFERENCE, SpFormPicker)

G_END_DECLS
