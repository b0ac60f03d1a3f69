/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the entry form asks of the store, off the main loop: entries to refer to, entries that may be the same, and the
 * calendar of the place. */
#include "sp-form-jobs.h"

#include "sp-form-picker.h"
#include "sp-links.h"
#include "sp-search.h"
#include "sp-twins.h"

#define MOST_ENTRIES 6

/* What is asked: owned by the call. */
typedef struct
{
  char    *id;    /* nullable; the entry that asks */
  char    *words; /* nullable */
  char    *kind;  /* nullable */
  char    *terms; /* nullable; document id of a term calendar */
  SpNode  *body;  /* nullable */
  SpNation nation;
} Question;

static void
free_question (gpointer data)
{
  Question *question = data;

  g_free (question->id);
  g_free (question->words);
  g_free (question->kind);
  g_free (question->terms);
  g_clear_pointer (&question->body, sp_node_unref);
  g_free (question);
}

static SpQuery *
make_query (const Question *question)
{
  SpQuery *query = sp_query_new ();

  sp_query_set_words (query, question->words);
  if (question->kind != NULL)
    sp_query_set_filter (query, "kind", question->kind, NULL);
  sp_query_set_limit (query, MOST_ENTRIES);
  return query;
}

/* Where it is, or what it does: enough to tell two of one name apart. */
static char *
describe_entry (const SpNode *body)
{
  const SpNode *address = sp_node_get (body, "address");
  const char *city = sp_node_get_text (address, "city"), *postcode = sp_node_get_text (address, "postal_code");

  if (city != NULL && postcode != NULL)
    return g_strconcat (city, ", ", postcode, NULL);
  if (city != NULL || postcode != NULL)
    return g_strdup (city != NULL ? city : postcode);
  return g_strdup (sp_node_get_text (body, "summary"));
}

static void
add_entry (GPtrArray *offers, const SpNode *body, const char *except)
{
  const char *id = sp_node_get_text (body, "_id"), *name = sp_node_get_text (body, "name");
  g_autofree char *detail = describe_entry (body);

  if (id != NULL && name != NULL && g_strcmp0 (id, except) != 0)
    g_ptr_array_add (offers, sp_form_offer_new (id, name, detail, FALSE));
}

static gpointer
find_entries_job (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Question *question = data;
  g_autoptr (SpQuery) query = make_query (question);
  g_autoptr (SpHits) hits = sp_search_find (db, query, cancellable, error);
  g_autoptr (GPtrArray) bodies = NULL;
  GPtrArray *offers;

  if (hits == NULL)
    return NULL;
  bodies = sp_search_load (db, (const SpHit *) (gpointer) hits->hits->data, hits->hits->len, error);
  if (bodies == NULL)
    return NULL;
  offers = sp_form_offers_new ();
  for (guint i = 0; i < bodies->len; i++)
    add_entry (offers, g_ptr_array_index (bodies, i), question->id);
  return offers;
}

/**
 * sp_form_find_entries_async:
 * @store: a store
 * @words: what was typed
 * @kind: (nullable): "place", "service" or "group", to look among those only
 * @except: (nullable): document id of an entry that is not wanted: the one that asks
 * @cancellable: (nullable): stops it
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Looks for entries to refer to.
 */
void
sp_form_find_entries_async (SpStore *store, const char *words, const char *kind, const char *except, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  Question *question = g_new0 (Question, 1);

  question->words = g_strdup (words);
  question->kind = g_strdup (kind);
  question->id = g_strdup (except);
  sp_store_read_async (store, find_entries_job, question, free_question, (GDestroyNotify) g_ptr_array_unref, cancellable,
                       callback, user_data);
}

/**
 * sp_form_find_entries_finish:
 * @store: a store
 * @result: what the callback got
 * @error: what sp_search_find() says, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable) (element-type SpFormOffer): the entries, by their ids
 */
GPtrArray *
sp_form_find_entries_finish (SpStore *store, GAsyncResult *result, GError **error)
{
  return sp_store_call_finish (store, result, error);
}

static gpointer
find_twins_job (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Question *question = data;

  return sp_twins_find (db, question->id, question->body, error);
}

/**
 * sp_form_find_twins_async:
 * @store: a store
 * @id: document id of the entry that is being written
 * @body: what it says so far; a reference is taken, and nobody may change it any more
 * @cancellable: (nullable): stops it
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Looks for entries that are probably the same.
 */
void
sp_form_find_twins_async (SpStore *store, const char *id, SpNode *body, GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  Question *question = g_new0 (Question, 1);

  question->id = g_strdup (id);
  question->body = sp_node_ref (body);
  sp_store_read_async (store, find_twins_job, question, free_question, (GDestroyNotify) g_ptr_array_unref, cancellable,
                       callback, user_data);
}

/**
 * sp_form_find_twins_finish:
 * @store: a store
 * @result: what the callback got
 * @error: what sp_twins_find() says, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable) (element-type SpTwin): the twins, the likeliest first
 */
GPtrArray *
sp_form_find_twins_finish (SpStore *store, GAsyncResult *result, GError **error)
{
  return sp_store_call_finish (store, result, error);
}

static gpointer
read_calendar_job (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Question *question = data;
  g_autofree SpCalendar *calendar = g_new0 (SpCalendar, 1);

  if (!sp_links_read_calendar (db, question->body, question->nation, question->terms, calendar, error))
    return NULL;
  return g_steal_pointer (&calendar);
}

/**
 * sp_form_read_calendar_async:
 * @store: a store
 * @body: the entry; its postcode tells the nation
 * @nation: if it does not
 * @terms: (nullable): document id of a term calendar
 * @cancellable: (nullable): stops it
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Reads the bank holidays and school terms that an entry goes by.
 */
void
sp_form_read_calendar_async (SpStore *store, SpNode *body, SpNation nation, const char *terms, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  Question *question = g_new0 (Question, 1);

  question->body = sp_node_ref (body);
  question->nation = nation;
  question->terms = g_strdup (terms);
  sp_store_read_async (store, read_calendar_job, question, free_question, g_free, cancellable, callback, user_data);
}

/**
 * sp_form_read_calendar_finish:
 * @store: a store
 * @result: what the callback got
 * @error: what sp_links_read_calendar() says, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the calendar; free with g_free()
 */
SpCalendar *
sp_form_read_calendar_finish (SpStore *store, GAsyncResult *result, GError **error)
{
  return sp_store_call_finish (store, result, error);
}
