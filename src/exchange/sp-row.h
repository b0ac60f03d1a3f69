/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-reader.h"

G_BEGIN_DECLS

/**
 * SpRow:
 * @columns: what each cell is
 * @raw: (array length=n_cells) (nullable): the cells as they came; an element may be %NULL
 * @clean: (array length=n_cells): what sp_cell_clean() made of those that were recognised
 * @n_cells: how many there are
 * @record: where problems go
 * @body: the asset that is being made
 * @id: its `_id`
 * @taxonomy: of the words for categories
 * @category: (nullable): the category of all entries of the list
 * @masked: whether the list says that nobody shall know where exactly it is
 * @title_case: whether a name in capitals is written like other names
 *
 * One row on its way to become an asset. The functions below each make the members of one fact group.
 */
typedef struct
{
  const SpColumns    *columns;
  const char * const *raw;
  char              **clean;
  guint               n_cells;
  SpRecord           *record;
  SpNode             *body;
  char               *id;
  SpTaxonomy         *taxonomy;
  const char         *category;
  gboolean            masked;
  gboolean            title_case;
} SpRow;

const char *sp_row_get        (const SpRow *self, SpColumnField field);
int         sp_row_next       (const SpRow *self, SpColumnField field, int after);
void        sp_row_problem    (const SpRow *self, int column, const char *format, ...) G_GNUC_PRINTF (3, 4);
char       *sp_row_join       (const SpRow *self, SpColumnField field, const char *separator);
SpNode     *sp_row_new_item   (const SpRow *self, const char *list, guint position);

void        sp_row_add_what   (SpRow *self);
void        sp_row_add_description (SpRow *self);
void        sp_row_add_place  (SpRow *self);
void        sp_row_add_people (SpRow *self);
void        sp_row_add_facts  (SpRow *self);
void        sp_row_add_access (SpRow *self);
void        sp_row_set_part   (SpNode *object, const char *member, SpNode *part);
void        sp_row_read_access (const char *text, SpNode *tags);
void        sp_row_read_people (const char *text, SpNode *tags);
char       *sp_row_read_postcode (const SpRow *self);
gboolean    sp_row_set_position  (SpNode *body, const char *latitude, const char *longitude, const char *accuracy);

/**
 * SpRowMaker:
 *
 * Makes assets of the rows of one list.
 */
typedef struct _SpRowMaker SpRowMaker;

SpRowMaker *sp_row_maker_new  (const SpColumns *columns, const SpReaderOptions *options);
void        sp_row_maker_free (SpRowMaker *self);
SpRecord   *sp_row_maker_make (SpRowMaker *self, guint number, const char * const *cells, guint n_cells,
                               GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpRowMaker, sp_row_maker_free)

G_END_DECLS
