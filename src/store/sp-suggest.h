/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-query.h"
#include "sp-store.h"

G_BEGIN_DECLS

/**
 * SpSuggestionKind:
 * @SP_SUGGESTION_PLACE: a town or a postcode to search near
 * @SP_SUGGESTION_AREA: an area of this store to search in
 * @SP_SUGGESTION_CATEGORY: a category, also for the need that was typed
 * @SP_SUGGESTION_ENTRY: one entry, by its name
 *
 * What something that is being typed may mean.
 */
typedef enum
{
  SP_SUGGESTION_PLACE,
  SP_SUGGESTION_AREA,
  SP_SUGGESTION_CATEGORY,
  SP_SUGGESTION_ENTRY,
} SpSuggestionKind;

/**
 * SpSuggestion:
 * @kind: what it is
 * @label: what to call it: "Maryport, Cumbria", "CA15 6AA", "Lunch club"
 * @value: (nullable): the category's code, the area's or the entry's id; a place has none
 * @latitude: degrees north of a place; NAN for anything else
 * @longitude: degrees east of a place; NAN for anything else
 *
 * One thing that may be meant.
 */
typedef struct
{
  SpSuggestionKind kind;
  char            *label;
  char            *value;
  double           latitude;
  double           longitude;
} SpSuggestion;

void       sp_suggestion_free     (SpSuggestion *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpSuggestion, sp_suggestion_free)

GPtrArray *sp_suggest             (SpDb *db, const char *text, guint kinds, GCancellable *cancellable, GError **error);
void       sp_suggest_async       (SpStore *store, const char *text, guint kinds, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *sp_suggest_finish      (SpStore *store, GAsyncResult *result, GError **error);

G_END_DECLS
