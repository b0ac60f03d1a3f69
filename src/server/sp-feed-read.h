/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-print-document.h"

G_BEGIN_DECLS

/**
 * SpFeedQuery:
 * @all_leaves: `style=all_docs`
 * @with_documents: `include_docs`
 * @flags: what those tell of themselves
 * @descending: newest first, up to what is there at the beginning
 * @lines: a row a line, as the continuous feed has it
 * @ids: (nullable): only these documents
 * @design: only design documents
 * @selector: (nullable): only documents that it matches
 *
 * What a reader of the feed wants to see; immutable.
 */
typedef struct
{
  gboolean     all_leaves;
  gboolean     with_documents;
  SpPrintFlags flags;
  gboolean     descending;
  gboolean     lines;
  GHashTable  *ids;
  gboolean     design;
  SpNode      *selector;
} SpFeedQuery;

SpFeedQuery *sp_feed_query_new   (const SpRequest *request, GError **error);
SpFeedQuery *sp_feed_query_ref   (SpFeedQuery *self);
void         sp_feed_query_unref (gpointer self);

/**
 * SpFeedPage:
 * @request: (nullable): of the first step: what was asked for
 * @query: (nullable): what is wanted; the first step finds it out
 * @since: (nullable): where the reader stands
 * @before: of a feed that goes down: the local sequence above which it was told; %G_MAXINT64 at first
 * @first: whether nothing was sent before
 * @limit: how many rows may still be sent
 * @rows: what to send
 * @n: how many rows that is
 * @last: where the reader stands after them; of a feed that goes down, where it stands after all of it
 * @more: whether there is more at once
 * @pending: how many documents there are beyond the reader's limit
 *
 * One step of a feed: what is asked, and then what came.
 */
typedef struct
{
  SpRequest   *request;
  SpFeedQuery *query;
  char        *since;
  gint64       before;
  gboolean     first;
  guint        limit;
  GString     *rows;
  guint        n;
  char        *last;
  gboolean     more;
  gint64       pending;
} SpFeedPage;

void         sp_feed_page_free   (gpointer page);
gpointer     sp_feed_read        (SpDb *db, gpointer page, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpFeedPage, sp_feed_page_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpFeedQuery, sp_feed_query_unref)

G_END_DECLS
