/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-form-field.h"

G_BEGIN_DECLS

#define SP_TYPE_FORM_PUBLIC (sp_form_public_get_type ())
G_DECLARE_FINAL_TYPE (SpFormPublic, sp_form_public, SP, FORM_PUBLIC, SpFormField)

G_END_DECLS
