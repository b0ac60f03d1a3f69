/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-fact-card.h"
#include "sp-schedule.h"

G_BEGIN_DECLS

/* What each card of the details says. Every member of an asset has its place in one of them, or at the top. */

/* sp-details-when.c */
void sp_details_fill_when         (SpFactCard *card, const SpFacts *facts);
char *sp_details_get_next_words   (const SpFacts *facts);
const char *sp_details_doubt_words (const SpOccurrence *on, SpNation nation);

/* sp-details-where.c */
void sp_details_fill_where        (SpFactCard *card, const SpFacts *facts);
void sp_details_fill_access       (SpFactCard *card, const SpFacts *facts);

/* sp-details-join.c */
void sp_details_fill_cost         (SpFactCard *card, const SpFacts *facts);
void sp_details_fill_join         (SpFactCard *card, const SpFacts *facts);
void sp_details_fill_languages    (SpFactCard *card, const SpFacts *facts);
void sp_details_fill_volunteering (SpFactCard *card, const SpFacts *facts);

/* sp-details-contact.c */
void sp_details_fill_contact      (SpFactCard *card, const SpFacts *facts);
gboolean sp_details_add_phone     (SpFactCard *card, const char *caption, const char *phone, gboolean members_only);

/* sp-details-building.c */
void sp_details_fill_building     (SpFactCard *card, const SpFacts *facts);
void sp_details_fill_here         (SpFactCard *card, const SpFacts *facts);
void sp_details_fill_groups       (SpFactCard *card, const SpFacts *facts);

/* sp-details-papers.c */
void sp_details_fill_funding      (SpFactCard *card, const SpFacts *facts);
void sp_details_fill_assurance    (SpFactCard *card, const SpFacts *facts);
void sp_details_fill_known_by     (SpFactCard *card, const SpFacts *facts);

/* sp-details-source.c */
void sp_details_fill_source       (SpFactCard *card, const SpFacts *facts);

/* sp-details-words.c */
char *sp_details_date             (const char *date);
char *sp_details_span             (const char *from, const char *until);
gboolean sp_details_is_over       (const SpNode *item, gint32 today);
char *sp_details_join             (const char *separator, const char *first, const char *second);
guint sp_details_count            (const SpNode *list);

G_END_DECLS
