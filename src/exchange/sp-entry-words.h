/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-taxonomy.h"

G_BEGIN_DECLS

/**
 * SpEntryLine:
 * @label: what it is about, such as "When"; translated
 * @text: what there is to say, perhaps in several lines
 * @href: (nullable): where it leads: a `tel:`, `mailto:` or web address
 *
 * One thing that is said of an entry.
 */
typedef struct
{
  const char *label;
  char       *text;
  char       *href;
} SpEntryLine;

GPtrArray       *sp_entry_words_read    (const SpNode *body, const SpNode *venue);
char            *sp_entry_words_plain   (const SpNode *body, const SpNode *venue);
const char      *sp_entry_words_summary (const SpNode *body);
char            *sp_entry_words_where   (const SpNode *body, const SpNode *venue);
const SpHeading *sp_entry_words_heading (const SpNode *body, guint *order);
GPtrArray       *sp_entry_words_categories (const SpNode *body);
gboolean         sp_entry_words_position (const SpNode *body, const SpNode *venue, const char **latitude,
                                          const char **longitude);
gboolean         sp_entry_words_is_web_address (const char *url);

G_END_DECLS
