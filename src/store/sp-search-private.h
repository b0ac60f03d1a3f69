/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-polygon.h"
#include "sp-search.h"
#include "sp-tiles.h"

G_BEGIN_DECLS

/* How a phrase of the expression may count for the fit; the second byte of its two. */
enum
{
  SP_PHRASE_EXACT,
  SP_PHRASE_BEGINNING,
  SP_PHRASE_CATEGORY,
  SP_PHRASE_NEED, /* a category that the whole text asks for: the best; the next ones follow */
};
#define SP_MOST_NEEDS 8 /* beyond the best so many, all count alike */
#define SP_PHRASE_FILTER 0xff /* the first byte of a phrase that does not count; else the number of its word */
#define SP_MOST_WORDS 16      /* of what was typed; more are left out */

/**
 * SpExpression:
 * @match: groups joined by AND, for FTS5; empty if there is no condition
 * @phrases: two bytes for each phrase of @match, in order: word and how it counts
 *
 * An expression for the full text index on its way.
 */
typedef struct
{
  GString    *match;
  GByteArray *phrases;
} SpExpression;

void     sp_expression_init      (SpExpression *expression);
void     sp_expression_clear     (SpExpression *expression);
void     sp_expression_open      (SpExpression *expression);
void     sp_expression_add       (SpExpression *expression, const char *phrase, gboolean prefix, guint8 word, guint8 how);
void     sp_expression_close     (SpExpression *expression);

/* sp-search-words.c */
gboolean sp_search_add_words     (SpDb *db, const char *text, gboolean any, SpExpression *expression, guint *n_words, GError **error);
gboolean sp_search_add_need      (SpDb *db, const char *text, SpExpression *expression, GError **error);

/* sp-search-facets.c */
GPtrArray *sp_facets_new         (void);
void     sp_facets_open          (GPtrArray *facets);
void     sp_facets_add           (GPtrArray *facets, char letter, const char *value);
void     sp_facets_add_numbers   (GPtrArray *facets, char letter, guint first, guint last);
void     sp_facets_add_flag      (GPtrArray *facets, char letter);
void     sp_facets_add_any       (GPtrArray *facets, char letter, GPtrArray *values);
void     sp_facets_add_all       (GPtrArray *facets, char letter, GPtrArray *values);
void     sp_facets_add_bits      (GPtrArray *facets, char letter, guint bits, const char *(*name) (guint));
void     sp_facets_express       (const GPtrArray *facets, SpExpression *expression);

/* sp-search-category.c */
void     sp_search_add_categories (SpDb *db, GPtrArray *categories, GPtrArray *facets);

/**
 * SpValue:
 * @type: which of the two it is
 * @integer: of SP_VALUE_INTEGER
 * @real: of SP_VALUE_REAL
 *
 * A value to bind.
 */
typedef struct
{
  enum { SP_VALUE_INTEGER, SP_VALUE_REAL } type;
  gint64 integer;
  double real;
} SpValue;

/**
 * SpPlan:
 * @expression: the words and needs
 * @facets: groups of facets that only full text can answer
 * @coarse: groups that it can answer in advance, though @where has them too, exactly; of use where much is around
 * @columns: what is wanted of each row `a` of the table asset; another column follows, that says how well the words fit.
 *   sp_plan_init() sets those of a search
 * @public: whether what is closed for good, and what is not shown today, is left out; a condition beside @where
 * @numbers: whether @columns asks for nothing but `a.rowid`, the row's number, for somebody who sees to @public: what full text
 *   can answer alone then needs no row
 * @where: conditions on the asset's row, each with " AND " before
 * @values: (element-type SpValue): what is bound in them
 * @n_words: how many words were typed
 * @ranges: (element-type SpTileRange): parts of the map that the bound statement is to be run for, one after the other;
 *   empty if once is enough
 * @range: which of them is next
 * @moment: (nullable): a statement that is not ended, so that the bound one sees the same state of the store
 *
 * A query without its place, as SQL.
 */
typedef struct
{
  SpExpression expression;
  GPtrArray   *facets;
  GPtrArray   *coarse;
  const char  *columns;
  gboolean     public;
  gboolean     numbers;
  GString     *where;
  GArray      *values;
  guint        n_words;
  GArray      *ranges;
  guint        range;
  sqlite3_stmt *moment;
} SpPlan;

gboolean      sp_plan_init    (SpPlan *plan, SpDb *db, const SpFilters *filters, gboolean any, GError **error);
void          sp_plan_clear   (SpPlan *plan);
double        sp_plan_count_all (SpDb *db);
guint         sp_plan_count_in_box (SpDb *db, const SpBox *box, guint most);
sqlite3_stmt *sp_plan_bind    (SpPlan *plan, SpDb *db, const SpBox *box, SpQueryOrder order, GError **error);
gboolean      sp_plan_go_on   (SpPlan *plan, sqlite3_stmt *stmt);

/* sp-search-place.c */
const SpBox  *sp_search_place_box (const SpFilters *f, const SpPolygon *outline, SpBox *box, gboolean *is_empty);

/* sp-search-fit.c */
gboolean      sp_fit_register (sqlite3 *handle);

/* sp-points.c */
gboolean      sp_points_register (SpDb *db);


/* sp-search-load.c */
gboolean      sp_search_load_one (SpDb *db, gint64 doc, char **id, char **rev, SpNode **body, GError **error);

G_END_DECLS
