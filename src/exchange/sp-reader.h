/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-columns.h"
#include "sp-known-place.h"
#include "sp-node.h"
#include "sp-taxonomy.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SpProblem:
 * @column: (nullable): the header of the column
 * @message: what is wrong, a sentence without the place
 *
 * Something in one row that a person should know.
 */
typedef struct
{
  char *column;
  char *message;
} SpProblem;

/**
 * SpRecord:
 * @row: as a person counts: in a CSV file the header is row 1; in GeoJSON the first feature is 1
 * @asset: (nullable): the document with its `_id`; %NULL if the row could not be read, and a problem says why
 * @joins: (nullable): the row says more of another one: of the one with that id in its list, or of the one before if empty;
 *   only readers see that
 * @joined: how many rows that say more of the entry are in it
 * @place: (nullable): in a published list of postcodes and places, what the gazetteer learns instead
 * @problems: (element-type SpProblem): what is to be told about the row
 * @in_capitals: whether the row has its name in capitals throughout
 *
 * What one row became.
 */
typedef struct
{
  guint         row;
  SpNode       *asset;
  char         *joins;
  guint         joined;
  SpKnownPlace *place;
  GPtrArray    *problems;
  gboolean      in_capitals;
} SpRecord;

SpRecord *sp_record_new         (guint row);
void      sp_record_free        (SpRecord *self);
void      sp_record_add_problem (SpRecord *self, const char *column, const char *format, ...) G_GNUC_PRINTF (3, 4);
void      sp_record_skip        (SpRecord *self, const char *column, const char *format, ...) G_GNUC_PRINTF (3, 4);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpRecord, sp_record_free)

/**
 * SpReaderOptions:
 * @maps: (nullable) (array zero-terminated=1): what a person said of columns, each as "Column=field"
 * @delimiter: between the cells of a CSV file; 0 to find it by looking
 * @url: (nullable): where the file was fetched, which then names the feed
 * @title: (nullable): what the list is called, such as the name of its file: entries of a list without a column of
 *   categories get the category it names
 * @retrieved: (nullable): the instant of reading, `2026-11-22T10:00:00Z`; %NULL for now
 * @nameless: whether a list in which no column can be the name is read all the same, all its rows being left out: so that
 *   somebody who sees its columns may say which it is
 * @names: what becomes of columns with the names of people
 * @title_case: whether names of entries that are in capitals throughout are written like other names
 * @taxonomy: (nullable): of the words for categories; %NULL for the one that comes with Signpost
 *
 * How to read a list.
 */
typedef struct
{
  const char * const *maps;
  char                delimiter;
  const char         *url;
  const char         *title;
  const char         *retrieved;
  gboolean            nameless;
  SpNamesRule         names;
  gboolean            title_case;
  SpTaxonomy         *taxonomy;
} SpReaderOptions;

#define SP_TYPE_READER (sp_reader_get_type ())
G_DECLARE_DERIVABLE_TYPE (SpReader, sp_reader, SP, READER, GObject)

/**
 * SpReaderClass:
 * @next: sets @record, or leaves it %NULL at the end
 * @get_columns: the columns, %NULL where a format has none
 * @get_progress: how much of the file was read, 0 to 1
 */
struct _SpReaderClass
{
  GObjectClass parent_class;

  gboolean         (*next)         (SpReader *self, SpRecord **record, GError **error);
  const SpColumns *(*get_columns)  (SpReader *self);
  double           (*get_progress) (SpReader *self);
};

SpReader *sp_reader_open (GFile *file, const char *format, const SpReaderOptions *options, GError **error);
SpReader *sp_reader_open_bytes (GBytes *bytes, const char *format, const SpReaderOptions *options, GError **error);
gboolean         sp_reader_next         (SpReader *self, SpRecord **record, GError **error);
const SpColumns *sp_reader_get_columns  (SpReader *self);
SpNode          *sp_reader_get_mapping  (SpReader *self);
double           sp_reader_get_progress (SpReader *self);

G_END_DECLS
