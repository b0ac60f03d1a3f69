/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-civil.h"
#include "sp-freshness.h"
#include "sp-likeness.h"
#include "sp-projection.h"
#include "sp-query.h"

#include <math.h>

G_BEGIN_DECLS

/* The columns of the full text index, in their order. */
enum
{
  SP_TEXT_NAME,
  SP_TEXT_SUMMARY,
  SP_TEXT_PLACE,
  SP_TEXT_DESCRIPTION,
  SP_TEXT_FACETS,
  SP_TEXT_CELLS,
  SP_TEXT_COLUMNS,
};

/**
 * SpHours:
 * @days: bits from 1 for Monday
 * @opens: minutes after midnight, or -1
 * @closes: minutes after the same midnight, past 1440 when it is after the next; or -1
 * @from: days since 1970-01-01, or %SP_CIVIL_NO_DAY
 * @to: likewise
 *
 * One schedule as the tables have it.
 */
typedef struct
{
  guint  days;
  int    opens;
  int    closes;
  gint32 from;
  gint32 to;
} SpHours;

#define SP_ITEM_BITS 20 /* of the key of an item, those that count within its asset; no document has room for more */

/* SQL: whether a row of items is one of the asset ?1. */
#define SP_ITEMS_OF "n BETWEEN ?1 << " G_STRINGIFY (SP_ITEM_BITS) " AND (?1 + 1 << " G_STRINGIFY (SP_ITEM_BITS) ") - 1"

#define SP_FACTS_TIME_BANDS 8

/* All schedules of an asset together. */
typedef struct
{
  guint  days;
  guint  bands; /* bits for sp_facts_time_band() */
  gint32 ends;  /* the day on which the first of them ends, or SP_CIVIL_NO_DAY */
} SpOpening;

/**
 * SpFacts:
 * @clocks: when each group of facts was checked; their `how` belongs to the body
 * @due: the first day on which one of them is due, or %SP_CIVIL_NO_DAY; 0 if one was said and never checked
 * @overdue: the first day on which one of them is twice overdue, or %SP_CIVIL_NO_DAY
 * @opening: of all schedules
 * @cost: sp_facts_cost()
 * @latitude: of its own position: degrees, or NAN
 * @longitude: likewise
 *
 * What takes looking through the body many times.
 */
typedef struct
{
  SpFreshness clocks[SP_N_FACT_GROUPS];
  gint32      due;
  gint32      overdue;
  SpOpening   opening;
  double      cost;
  double      latitude;
  double      longitude;
} SpFacts;

/**
 * SpWord:
 * @text: where it begins; not ended by a zero
 * @length: in bytes
 * @hash: all that the vocabulary tells it by; not 0
 *
 * A word that somebody may type the beginning of.
 */
typedef struct
{
  const char *text;
  guint32     length;
  guint64     hash;
} SpWord;

struct _SpText
{
  char     *columns[SP_TEXT_COLUMNS]; /* owned; NULL for place and cells where a venue has a say */
  GArray   *words;                    /* owned; SpWord, of those columns that the vocabulary is of */
  SpTraits *traits;                   /* owned */
  SpFacts   facts;
};

/**
 * SpBulk:
 * @positions: (element-type SpPlaced): for sp_rows_write_positions()
 * @keys: (element-type SpTwinKey): for sp_twins_write()
 * @gone: (nullable) (element-type SpNearGone): for sp_near_write_gone(); %NULL in a rebuild, that takes nothing out
 * @waiting: (nullable) (element-type gsize): the rows of @positions
 * @transaction: of a batch: that it belongs to
 * @many: whether full text was told to gather all of a batch
 *
 * What a rebuild or a large batch collects, to write it in an order that is good for its table.
 */
typedef struct
{
  GArray *positions;
  GArray *keys;
  GArray *gone;
  GHashTable *waiting;
  guint       transaction;
  gboolean    many;
} SpBulk;

/**
 * SpNearGone:
 * @row: in the index of what is near
 * @words: (owned): what FTS5 was told of it
 *
 * A row that waits for being taken out.
 */
typedef struct
{
  gint64 row;
  char  *words;
} SpNearGone;

/**
 * SpProjected:
 * @n: the row's number in all tables of the projection
 * @doc: the document's local number
 * @body: the winning body
 * @text: what was made of it
 * @venue: (nullable): the body of the place it happens in
 * @latitude: degrees, or NAN
 * @longitude: degrees, or NAN
 * @bulk: (nullable): gets what is better written later; else all is written at once
 *
 * One asset on its way into the tables; all is borrowed.
 */
typedef struct
{
  gint64        n;
  gint64        doc;
  const SpNode *body;
  const SpText *text;
  const SpNode *venue;
  double        latitude;
  double        longitude;
  SpBulk       *bulk;
} SpProjected;

/**
 * SpPlaced:
 * @n: the asset's row
 * @order: its place in the order of the map, sp_tiles_order()
 * @latitude: degrees north, WGS 84
 * @longitude: degrees east, WGS 84
 * @words: (owned) (nullable): for sp_near_add(), if they are at hand and few wait: a rebuild of a million has no room for them
 *
 * A position that waits for sp_rows_write_positions().
 */
typedef struct
{
  gint64  n;
  guint64 order;
  double  latitude;
  double  longitude;
  char   *words;
} SpPlaced;

/* sp-projection-facts.c: what the body says, as numbers */
SpFacts  sp_facts_read       (const SpNode *body);
SpHours  sp_facts_hours      (const SpNode *schedule);
SpOpening sp_facts_opening   (const SpNode *body);
guint    sp_facts_time_band  (int minutes);
double   sp_facts_cost       (const SpNode *body);
gboolean sp_facts_available  (const SpNode *body);
double   sp_facts_count      (const SpNode *node, const char *member);
void     sp_facts_take_position (const SpNode *body, double *latitude, double *longitude);

/* sp-projection-text.c: what the full text index gets, and the words that filters become */
char    *sp_text_facet       (char letter, const char *value);
guint    sp_text_capacity_band (double capacity);
gboolean sp_text_write       (SpDb *db, const SpProjected *asset, GError **error);

#define SP_TEXT_CAPACITY_BANDS 8

/* sp-projection.c */
gboolean sp_projection_write (SpDb *db, gint64 doc, gint64 seq, const SpNode *body, const SpText *text, SpBulk *bulk, GError **error);

/* sp-projection-batch.c: what is written later */
SpBulk  *sp_bulk_get         (SpDb *db);
gboolean sp_bulk_settle      (SpDb *db, gint64 n, GError **error);
gboolean sp_bulk_write_keys  (SpDb *db, GError **error);
double   sp_projection_count (SpDb *db);
void     sp_projection_loosen (SpDb *db, guint entries);

/* sp-projection-behind.c: what is left out for a while */
gboolean sp_near_get_last    (SpDb *db, gint64 *last, GError **error);
gboolean sp_near_set_last    (SpDb *db, gint64 last, GError **error);

/* sp-projection-words.c: the vocabulary */
gboolean sp_words_register   (SpDb *db, GError **error);
void     sp_words_list       (const char *folded, GArray *words);
gboolean sp_words_note       (SpDb *db, const GArray *words, GError **error);
void     sp_words_forget     (SpDb *db);
gboolean sp_words_prune      (SpDb *db, GError **error);

/* sp-projection-near.c: the index of what is near */
gint64   sp_near_first       (guint64 order);
gint64   sp_near_last        (guint64 order);
char    *sp_near_join        (char *const *columns);
gboolean sp_near_add         (SpDb *db, const SpPlaced *placed, GError **error);
gboolean sp_near_write       (SpDb *db, GArray *placed, GError **error);
gboolean sp_near_remove      (SpDb *db, gint64 n, GError **error);
void     sp_near_clear_gone  (gpointer gone);
gboolean sp_near_write_gone  (SpDb *db, GArray *gone, GError **error);

#define SP_NEAR_MARK "near" /* meta: see sp-projection-behind.c */
#define SP_NEAR_N "(near.rowid & 0x7fffffff)" /* the asset's row */

/* What full text knows of it, but for the cells. Straight from the table in which FTS5 keeps its columns
 * (https://www.sqlite.org/fts5.html, "Fts5 Data Structures"): to ask FTS5 itself takes a fifth of the time of a pull. */
#define SP_NEAR_WORDS "c0 || ' ' || c1 || ' ' || c2 || ' ' || c3 || ' ' || c4"

/* sp-projection-rows.c: the tables */
gboolean sp_rows_write       (SpDb *db, const SpProjected *asset, GError **error);
gboolean sp_rows_write_position (SpDb *db, const SpProjected *asset, GError **error);
void     sp_rows_clear_placed (gpointer placed);
void     sp_rows_sort_placed (GArray *positions);
gboolean sp_rows_write_positions (SpDb *db, GArray *positions, GError **error);
gboolean sp_rows_delete      (SpDb *db, gint64 n, GError **error);

G_END_DECLS
