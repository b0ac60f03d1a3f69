/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-body.h"
#include "sp-db.h"

G_BEGIN_DECLS

/**
 * SpDoc:
 * @id: document id
 * @rev: this revision, `N-hash`
 * @deleted: whether it is a tombstone
 * @body: (nullable): the body as JSON without the members that begin with `_`; %NULL if it is no longer kept
 * @seq: the document's newest local sequence
 *
 * One revision of a document.
 */
typedef struct
{
  char    *id;
  char    *rev;
  gboolean deleted;
  char    *body;
  gint64   seq;
} SpDoc;

void       sp_doc_free          (SpDoc *doc);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpDoc, sp_doc_free)

/**
 * SpDocsGrowth:
 * @SP_DOCS_KNOWN: nothing: all that came was known
 * @SP_DOCS_GROWN: it has more than before
 * @SP_DOCS_BEGUN: it was begun: the document was not known
 *
 * What became of a revision tree when something arrived.
 */
typedef enum
{
  SP_DOCS_KNOWN,
  SP_DOCS_GROWN,
  SP_DOCS_BEGUN,
} SpDocsGrowth;

/* Writing. Each call is one transaction of its own unless one is open already. */
gboolean   sp_docs_put_body     (SpDb *db, const char *id, const char *parent, gboolean deleted, const SpBody *body, char **rev, GError **error);
gboolean   sp_docs_put          (SpDb *db, const char *id, const char *parent, gboolean deleted, SpNode *body, char **rev, GError **error);
gboolean   sp_docs_put_new      (SpDb *db, const char *id, SpNode *body, char **rev, GError **error);
gboolean   sp_docs_add_history  (SpDb *db, const char *id, const char * const *revisions, gboolean deleted, const SpBody *body, SpDocsGrowth *growth, GError **error);
gboolean   sp_docs_put_history  (SpDb *db, const char *id, const char * const *revisions, gboolean deleted, const char *json, gssize length, gboolean *added, GError **error);

/* Reading. */
SpDoc     *sp_docs_get          (SpDb *db, const char *id, const char *rev, GError **error);
SpDoc     *sp_docs_get_begun    (SpDb *db, const char *id, const char *rev, GError **error);
GPtrArray *sp_docs_get_leaves   (SpDb *db, const char *id, GError **error);
GPtrArray *sp_docs_get_leaves_below (SpDb *db, const char *id, const char *rev, GError **error);
GStrv      sp_docs_get_conflicts (SpDb *db, const char *id, GError **error);
GStrv      sp_docs_get_revisions (SpDb *db, const char *id, const char *rev, GError **error);

/**
 * SpDocsRange:
 * @start: (nullable): the first id
 * @end: (nullable): the last id
 * @with_end: whether @end itself belongs to it
 * @descending: whether it goes from the greatest id down
 * @limit: the greatest number of ids; %G_MAXUINT for all
 * @skip: how many to leave out at the start
 *
 * Documents by their ids.
 */
typedef struct
{
  const char *start;
  const char *end;
  gboolean    with_end;
  gboolean    descending;
  guint       limit;
  guint       skip;
} SpDocsRange;

gboolean   sp_docs_count        (SpDb *db, guint *live, guint *deleted, GError **error);
GStrv      sp_docs_list         (SpDb *db, const SpDocsRange *range, GError **error);

/**
 * SpChange:
 * @seq: local sequence
 * @id: document id
 * @leaves: (element-type utf8): all leaf revisions, the winner first
 * @deleted: whether the winner is a tombstone
 */
typedef struct
{
  gint64     seq;
  char      *id;
  GPtrArray *leaves;
  gboolean   deleted;
} SpChange;

void       sp_change_free       (SpChange *change);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpChange, sp_change_free)
char      *sp_docs_get_update_seq (SpDb *db, GError **error);
gboolean   sp_docs_read_since   (SpDb *db, const char *since, gint64 *seq, GError **error);
GPtrArray *sp_docs_get_changes  (SpDb *db, const char *since, guint limit, char **last, GError **error);
gboolean   sp_docs_count_changes (SpDb *db, const char *since, guint most, gint64 *count, GError **error);
GPtrArray *sp_docs_get_newest_changes (SpDb *db, const char *since, gint64 before, guint limit, char **last, GError **error);
GPtrArray *sp_docs_revs_diff    (SpDb *db, const char *id, const char * const *revs, GPtrArray **possible_ancestors, GError **error);

/* Which bodies stay, and what can be taken back. */

/* Why a body is kept of which some was erased since: only merges may begin with it. */
#define SP_DOCS_STRIPPED "stripped"

/* SQL: the body of a row of `rev`, as long as it is the whole. */
#define SP_DOCS_BODY(rev) "iif (" rev ".kept IS '" SP_DOCS_STRIPPED "', NULL, " rev ".body)"

gboolean   sp_docs_keep_body    (SpDb *db, const char *id, const char *rev, const char *why, GError **error);
gboolean   sp_docs_keep_stripped (SpDb *db, const char *id, const char *rev, const char *json, GError **error);
gboolean   sp_docs_drop_body    (SpDb *db, const char *id, const char *rev, GError **error);
gboolean   sp_docs_mark_offered (SpDb *db, gint64 seq, GError **error);
gboolean   sp_docs_find_offered (SpDb *db, const char *id, const char * const *revs, gboolean *offered, GError **error);
gboolean   sp_docs_remove_unoffered (SpDb *db, const char *id, const char *rev, GError **error);
gboolean   sp_docs_remove_revisions (SpDb *db, const char *id, const char * const *revs, GError **error);

/* Local documents: never replicated, no tree. */
char      *sp_docs_get_local    (SpDb *db, const char *id, char **rev, GError **error);
gboolean   sp_docs_put_local    (SpDb *db, const char *id, const char *json, gssize length, char **rev, GError **error);
gboolean   sp_docs_delete_local (SpDb *db, const char *id, GError **error);
gboolean   sp_docs_measure_local (SpDb *db, const char *prefix, guint *count, gsize *bytes, GError **error);

gboolean   sp_docs_set_revision_limit (SpDb *db, guint limit, GError **error);
gboolean   sp_docs_compact      (SpDb *db, GCancellable *cancellable, GError **error);

G_END_DECLS
