/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-form-field.h"

G_BEGIN_DECLS

#define SP_TYPE_FORM_TRANSLATIONS (sp_form_translations_get_type ())
G_DECLARE_FINAL_TYPE (SpFormTranslations, sp_form_translations, SP, FORM_TRANSLATIONS, SpFormField)

G_END_DECLS
