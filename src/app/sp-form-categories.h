/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-form-picker.h"

G_BEGIN_DECLS

#define SP_TYPE_FORM_CATEGORIES (sp_form_categories_get_type ())
G_DECLARE_FINAL_TYPE (SpFormCategories, sp_form_categories, SP, FORM_CATEGORIES, SpFormPicker)

G_END_DECLS
