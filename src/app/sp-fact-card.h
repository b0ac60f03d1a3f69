/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-fact-row.h"
#include "sp-facts.h"

G_BEGIN_DECLS

#define SP_TYPE_FACT_CARD (sp_fact_card_get_type ())
G_DECLARE_FINAL_TYPE (SpFactCard, sp_fact_card, SP, FACT_CARD, GtkWidget)

void       sp_fact_card_begin       (SpFactCard *self, const SpFacts *facts);
void       sp_fact_card_end         (SpFactCard *self);

SpFactRow *sp_fact_card_add         (SpFactCard *self, const char *caption, const char *text);
SpFactRow *sp_fact_card_add_words   (SpFactCard *self, const char *caption, GPtrArray *words);
void       sp_fact_card_add_missing (SpFactCard *self, const char *caption, const char *text);
void       sp_fact_card_add_link    (SpFactCard *self, const char *caption, SpAsset *asset, const char *subtitle);
void       sp_fact_card_add_button  (SpFactCard *self, const char *icon, const char *label, const char *action, const char *target);
void       sp_fact_card_add_widget  (SpFactCard *self, GtkWidget *widget);

int        sp_fact_card_get_focus_row (SpFactCard *self);
gboolean   sp_fact_card_focus_row   (SpFactCard *self, guint row);

GMenuModel *sp_fact_card_make_confirm_menu (const char *id, const char *group);

G_END_DECLS
