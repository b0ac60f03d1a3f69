/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-form-part.h"

G_BEGIN_DECLS

#define SP_TYPE_FORM_TWINS (sp_form_twins_get_type ())
G_DECLARE_FINAL_TYPE (SpFormTwins, sp_form_twins, SP, FORM_TWINS, SpFormPart)

G_END_DECLS
