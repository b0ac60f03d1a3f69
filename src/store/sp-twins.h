/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-db.h"
#include "sp-likeness.h"

G_BEGIN_DECLS

/* The table of keys by which likely twins are found; part of the projection. Rows are added and never taken away, but
 * by sp_twins_forget(): a key may name a document that has changed since, so whoever finds one compares the bodies. */
#define SP_TWINS_CREATE \
  "CREATE TABLE likeness_key (" \
  "  key INTEGER NOT NULL,"       /* sp_traits_get_keys() */ \
  "  doc INTEGER NOT NULL,"       /* doc.n */ \
  "  signature INTEGER NOT NULL," /* SpTraits.signature */ \
  "  PRIMARY KEY (key, doc)" \
  ") STRICT, WITHOUT ROWID;"
#define SP_TWINS_DROP "DROP TABLE IF EXISTS likeness_key;"

/**
 * SpTwinKey:
 * @key: a key of sp_traits_get_keys()
 * @doc: the document's local number
 * @signature: its name, as #SpTraits has it
 *
 * A row of the table that waits for sp_twins_write().
 */
typedef struct
{
  gint64 key;
  gint64 doc;
  gint64 signature;
} SpTwinKey;

/**
 * SpTwin:
 * @id: document id of the other entry
 * @name: (nullable): its name
 * @score: how likely it is the same thing, %SP_LIKENESS_DUPLICATE to 1
 * @reasons: what they share
 *
 * An entry that probably means the same.
 */
typedef struct
{
  char             *id;
  char             *name;
  double            score;
  SpLikenessReasons reasons;
} SpTwin;

void       sp_twin_free      (SpTwin *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpTwin, sp_twin_free)

gboolean   sp_twins_project  (SpDb *db, gint64 doc, const SpTraits *traits, GArray *later, GError **error);
gboolean   sp_twins_write    (SpDb *db, GArray *keys, GError **error);
gboolean   sp_twins_forget   (SpDb *db, gint64 doc, GError **error);
GPtrArray *sp_twins_find     (SpDb *db, const char *id, const SpNode *body, GError **error);

G_END_DECLS
