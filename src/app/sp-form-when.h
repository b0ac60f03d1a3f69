/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-form-part.h"

G_BEGIN_DECLS

#define SP_TYPE_FORM_WHEN (sp_form_when_get_type ())
G_DECLARE_FINAL_TYPE (SpFormWhen, sp_form_when, SP, FORM_WHEN, SpFormPart)

G_END_DECLS
