/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-node.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SP_DIFFERENCE_OPEN -1   /* nothing is chosen yet */
#define SP_DIFFERENCE_TYPED -2  /* something else was typed */

#define SP_TYPE_DIFFERENCE_CARD (sp_difference_card_get_type ())
G_DECLARE_FINAL_TYPE (SpDifferenceCard, sp_difference_card, SP, DIFFERENCE_CARD, GtkWidget)

SpDifferenceCard *sp_difference_card_new        (const char *path);
void              sp_difference_card_add_choice (SpDifferenceCard *self, const char *whose, SpNode *value, SpNode *other);
void              sp_difference_card_end        (SpDifferenceCard *self, gboolean can_choose);
void              sp_difference_card_choose     (SpDifferenceCard *self, int choice);
const char       *sp_difference_card_get_path   (SpDifferenceCard *self);
int               sp_difference_card_get_choice (SpDifferenceCard *self);
gboolean          sp_difference_card_is_open    (SpDifferenceCard *self);
SpNode           *sp_difference_card_get_value  (SpDifferenceCard *self);

G_END_DECLS
