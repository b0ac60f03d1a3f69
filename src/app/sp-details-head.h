/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-facts.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SP_TYPE_DETAILS_HEAD (sp_details_head_get_type ())
G_DECLARE_FINAL_TYPE (SpDetailsHead, sp_details_head, SP, DETAILS_HEAD, GtkWidget)

void sp_details_head_fill (SpDetailsHead *self, const SpFacts *facts);

G_END_DECLS
