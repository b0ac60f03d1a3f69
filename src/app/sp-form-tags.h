/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-form-field.h"

G_BEGIN_DECLS

#define SP_TYPE_FORM_TAGS (sp_form_tags_get_type ())
G_DECLARE_FINAL_TYPE (SpFormTags, sp_form_tags, SP, FORM_TAGS, SpFormField)

G_END_DECLS
