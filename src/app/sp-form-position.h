/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-form-field.h"
#include "sp-map-background.h"

G_BEGIN_DECLS

#define SP_TYPE_FORM_POSITION (sp_form_position_get_type ())
G_DECLARE_FINAL_TYPE (SpFormPosition, sp_form_position, SP, FORM_POSITION, SpFormField)

void     sp_form_position_set_background (SpFormPosition *self, SpMapBackground *background);
gboolean sp_form_position_read (const char *text, double *latitude, double *longitude, GError **error);

G_END_DECLS
