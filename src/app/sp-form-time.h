/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-form-part.h"

G_BEGIN_DECLS

#define SP_TYPE_FORM_TIME (sp_form_time_get_type ())
G_DECLARE_FINAL_TYPE (SpFormTime, sp_form_time, SP, FORM_TIME, SpFormPart)

G_END_DECLS
