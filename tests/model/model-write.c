/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people do in one replica: edit, delete, erase, and decide. Each leaves an event that says what it touched. */
#include "model.h"

#include "sp-clock.h"
#include "sp-erase.h"
#include "sp-resolve.h"

#include <string.h>

#define NOON 1795348800 /* seconds since 1970 */

typedef struct
{
  char       *by;
  char       *on;
  SpEditStamp stamp;
} Signature;

static void
sign (const WriteJob *job, Signature *signature)
{
  const Schedule *schedule = job->town->schedule;

  signature->by = g_strdup_printf ("r%u@example.org", job->step->on);
  signature->on = sp_clock_format (NOON + schedule->clocks[job->step->on] + job->step->number * 60);
  signature->stamp = (SpEditStamp){ signature->by, signature->on, SP_EDIT_BY_PERSON };
}

static void
signature_clear (Signature *signature)
{
  g_free (signature->by);
  g_free (signature->on);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Signature, signature_clear)

/* The leaf that somebody looks at: the winner, or now and then another live one. */
static SpDoc *
get_leaf (SpDb *db, const char *id, guint32 chance, gboolean *in_one)
{
  g_autoptr (GPtrArray) leaves = sp_docs_get_leaves (db, id, NULL);
  guint live = 0;

  for (guint i = 0; leaves != NULL && i < leaves->len; i++)
    live += !((const SpDoc *) g_ptr_array_index (leaves, i))->deleted;
  *in_one = live > 1;
  return leaves != NULL ? g_ptr_array_steal_index (leaves, live > 1 && chance % 4 == 0 ? 1 : 0) : NULL;
}

/* ── Editing ── */

/* Puts @text (%NULL: nothing) as @name into a copy of @member, an object. */
static SpNode *
change_object (const SpNode *member, const char *name, const char *text)
{
  SpNode *copy = sp_node_is_object (member) ? sp_node_copy (member) : sp_node_new_object ();

  if (text != NULL)
    sp_node_set_text (copy, name, text);
  else
    sp_node_remove (copy, name);
  if (sp_node_get_length (copy) > 0)
    return copy;
  sp_node_unref (copy);
  return sp_node_new_null ();
}

static SpNode *
change_contact (const SpNode *contacts, const char *id, const char *text)
{
  SpNode *copy = sp_node_new_array ();
  SpNode *contact = sp_node_new_object ();

  for (guint i = 0; i < sp_node_get_length (contacts); i++)
    if (g_strcmp0 (sp_node_get_text (sp_node_get_element (contacts, i), "id"), id) != 0)
      sp_node_append (copy, sp_node_copy (sp_node_get_element (contacts, i)));
  sp_node_set_text (contact, "id", id);
  if (text != NULL)
    sp_node_set_text (contact, "name", text);
  if (text != NULL)
    sp_node_append (copy, sp_node_ref (contact));
  sp_node_unref (contact);
  if (sp_node_get_length (copy) > 0)
    return copy;
  sp_node_unref (copy);
  return sp_node_new_null ();
}

static SpNode *
add_category (const SpNode *categories, const char *text)
{
  SpNode *copy = sp_node_is_array (categories) ? sp_node_copy (categories) : sp_node_new_array ();

  sp_node_append (copy, sp_node_new_string (text));
  return copy;
}

static SpNode *
text_or_null (const char *text)
{
  return text != NULL ? sp_node_new_string (text) : sp_node_new_null ();
}

/* What the edit of @field changes. @text: %NULL removes. */
static SpNode *
make_changes (const SpNode *body, Field field, const char *text)
{
  SpNode *changes = sp_node_new_object ();

  switch (field)
    {
    case FIELD_NAME: sp_node_set_text (changes, "name", text); break;
    case FIELD_URL: sp_node_set (changes, "url", text_or_null (text)); break;
    case FIELD_SUMMARY: sp_node_set (changes, "summary", text_or_null (text)); break;
    case FIELD_CITY: sp_node_set (changes, "address", change_object (sp_node_get (body, "address"), "city", text)); break;
    case FIELD_STREET: sp_node_set (changes, "address", change_object (sp_node_get (body, "address"), "line_1", text)); break;
    case FIELD_FIRST_CONTACT: sp_node_set (changes, "contacts", change_contact (sp_node_get (body, "contacts"), "c1", text)); break;
    case FIELD_SECOND_CONTACT: sp_node_set (changes, "contacts", change_contact (sp_node_get (body, "contacts"), "c2", text)); break;
    case FIELD_CATEGORIES: sp_node_set (changes, "categories", add_category (sp_node_get (body, "categories"), text)); break;
    case FIELD_FOREIGN: case N_FIELDS:
    default: sp_node_set (changes, "x_foreign", text_or_null (text)); break;
    }
  return changes;
}

static SpNode *
make_new (const char *text)
{
  SpNode *body = sp_node_new_object ();

  sp_node_set_text (body, "type", "asset");
  sp_node_set (body, "schema", sp_node_new_number (1));
  sp_node_set_text (body, "kind", "group");
  sp_node_set_text (body, "name", text);
  return body;
}

static gboolean
create (SpDb *db, const char *id, const WriteJob *job, const SpEditStamp *stamp, GError **error)
{
  Event *event = job->event;
  g_autoptr (SpNode) body = NULL;
  gboolean erased = FALSE;

  g_snprintf (event->token, sizeof event->token, "zqx%02uj", job->step->number);
  body = make_new (event->token);
  event->field = FIELD_NAME;
  event->fields = ALL_FIELDS;
  event->happened = sp_edit_save (db, id, NULL, body, stamp, NULL, error);
  if (!event->happened && sp_erase_is_erased (db, id, &erased, NULL) && erased)
    g_clear_error (error); /* it must not come back */
  return event->happened || erased;
}

static gboolean
edit (SpDb *db, const SpDoc *leaf, const WriteJob *job, const SpEditStamp *stamp, GError **error)
{
  const Step *step = job->step;
  Event *event = job->event;
  gboolean removes = (step->chance >> 8) % 6 == 0 && step->field != FIELD_NAME && step->field != FIELD_CATEGORIES;
  g_autoptr (SpNode) body = sp_node_parse (leaf->body, -1, error);
  g_autoptr (SpNode) changes = NULL;
  g_autofree char *rev = NULL;

  if (body == NULL)
    return FALSE;
  if (!removes)
    g_snprintf (event->token, sizeof event->token, "zqx%02uj", step->number);
  event->field = step->field;
  event->fields = 1u << step->field;
  changes = make_changes (body, step->field, removes ? NULL : event->token);
  if (!sp_edit_save (db, leaf->id, leaf->rev, changes, stamp, &rev, error))
    return FALSE;
  event->happened = strcmp (rev, leaf->rev) != 0;
  return TRUE;
}

gpointer
town_edit_job (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const WriteJob *job = data;
  g_autofree char *id = town_make_id (job->step->document);
  g_autoptr (SpDoc) leaf = get_leaf (db, id, job->step->chance, &job->event->in_one);
  g_auto (Signature) signature = { 0 };

  sign (job, &signature);
  if (leaf == NULL || leaf->deleted)
    return create (db, id, job, &signature.stamp, error) ? data : NULL;
  return edit (db, leaf, job, &signature.stamp, error) ? data : NULL;
}

/* ── Deleting and erasing ── */

static gpointer
delete_job (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const WriteJob *job = data;
  g_autofree char *id = town_make_id (job->step->document);
  g_autoptr (SpDoc) leaf = get_leaf (db, id, job->step->chance, &job->event->in_one);
  g_auto (Signature) signature = { 0 };

  if (leaf == NULL || leaf->deleted)
    return data;
  sign (job, &signature);
  job->event->happened = sp_edit_delete (db, id, leaf->rev, &signature.stamp, NULL, error);
  return job->event->happened ? data : NULL;
}

static gpointer
erase_job (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const WriteJob *job = data;
  g_autofree char *id = town_make_id (job->step->document);
  g_autoptr (SpDoc) leaf = get_leaf (db, id, 1, &job->event->in_one);

  if (leaf == NULL)
    return data;
  job->event->happened = sp_erase_document (db, id, error) && sp_erase_clean (db, error);
  return job->event->happened ? data : NULL;
}

static gpointer
erase_contacts_job (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const WriteJob *job = data;
  g_autofree char *id = town_make_id (job->step->document);
  g_autoptr (SpDoc) leaf = get_leaf (db, id, 1, &job->event->in_one);
  g_auto (Signature) signature = { 0 };

  if (leaf == NULL || leaf->deleted)
    return data;
  sign (job, &signature);
  job->event->fields = CONTACT_FIELDS;
  job->event->happened = sp_erase_members (db, id, (const char *[]){ "contacts", NULL }, &signature.stamp, error)
                         && sp_erase_clean (db, error);
  return job->event->happened ? data : NULL;
}

/* ── Deciding ── */

static gpointer
resolve_job (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const WriteJob *job = data;
  g_autofree char *id = town_make_id (job->step->document);
  g_autoptr (SpConflict) conflict = sp_resolve_look (db, id, NULL);
  g_autoptr (GPtrArray) choices = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_choice_free);
  g_auto (Signature) signature = { 0 };

  if (conflict == NULL || conflict->sides->len < 2)
    return data;
  for (guint i = 0; i < conflict->collisions->len; i++)
    {
      const SpCollision *collision = g_ptr_array_index (conflict->collisions, i);
      gboolean mine = (job->step->chance >> i) % 2 == 0;

      job->event->fields |= fields_at (collision->path);
      g_ptr_array_add (choices, sp_choice_new (collision->path, mine ? SP_CHOICE_MINE : SP_CHOICE_THEIRS, NULL, NULL));
    }
  sign (job, &signature);
  job->event->happened = sp_resolve_write (db, id, choices, &signature.stamp, NULL, error);
  return job->event->happened ? data : NULL;
}

/* Undoes a decision, if one stands. */
static gpointer
reopen_job (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const WriteJob *job = data;
  g_autofree char *id = town_make_id (job->step->document);
  g_autoptr (SpConflict) conflict = NULL;
  g_autoptr (GError) problem = NULL;
  g_auto (Signature) signature = { 0 };

  sign (job, &signature);
  job->event->happened = sp_resolve_reopen (db, id, &signature.stamp, &problem);
  conflict = job->event->happened ? sp_resolve_look (db, id, error) : NULL;
  for (guint i = 0; conflict != NULL && i < conflict->collisions->len; i++)
    job->event->fields |= fields_at (((const SpCollision *) g_ptr_array_index (conflict->collisions, i))->path);
  if (problem == NULL || g_error_matches (problem, SP_ERROR, SP_ERROR_CONFLICT) || g_error_matches (problem, SP_ERROR, SP_ERROR_NOT_FOUND))
    return data;
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

void
town_write (Town *town, const Step *step)
{
  static const SpStoreFunc jobs[] = {
    [STEP_EDIT] = town_edit_job, [STEP_DELETE] = delete_job, [STEP_ERASE] = erase_job,
    [STEP_ERASE_CONTACTS] = erase_contacts_job, [STEP_RESOLVE] = resolve_job,
    [STEP_REOPEN] = reopen_job,
  };
  Replica *replica = &town->replicas[step->on];
  Event *event = &town->events[step->number];
  WriteJob job = { town, step, event };
  g_autoptr (GError) error = NULL;

  if (!replica->merges) /* nobody sits at the server */
    return;
  *event = (Event){ .kind = step->kind, .document = step->document, .past = replica->knows, .may_past = replica->may_know };
  town_call (replica, jobs[step->kind], &job, &error);
  if (error != NULL)
    town_fail (town, "step %u: %s", step->number, error->message);
  if (!event->happened)
    return;
  replica->knows |= G_GUINT64_CONSTANT (1) << step->number;
  replica->may_know |= G_GUINT64_CONSTANT (1) << step->number;
}
