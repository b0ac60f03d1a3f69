/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpImportPlan: what a row of a list means for the document that is there already. It only reads, so that a preview and
 * the import itself decide alike. */
#include "sp-import-plan.h"

#include "sp-disclosure.h"
#include "sp-edit-list.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
is_own_member (const char *name)
{
  static const char * const own[] = { "created", "modified", "edit", NULL };

  return name[0] == '_' || g_strv_contains (own, name);
}

/* What a person changed since. */
static gboolean
is_hand_corrected (const SpNode *stored, const char *name)
{
  const SpNode *list = sp_node_get_path (stored, "source.hand_corrected");

  for (guint i = 0; sp_node_is_array (list) && i < sp_node_get_length (list); i++)
    if (g_strcmp0 (sp_node_get_string (sp_node_get_element (list, i)), name) == 0)
      return TRUE;
  return FALSE;
}

/* The source as the new edition has it; what people corrected stays marked. The row itself, which repeats what was
 * erased, stays away where an erasure took it. */
static SpNode *
new_source (const SpNode *stored, const SpNode *source)
{
  SpNode *after = sp_node_copy (source);
  SpNode *corrected = sp_node_get (stored, "hand_corrected");

  if (corrected != NULL && sp_node_is_object (after))
    sp_node_set (after, "hand_corrected", sp_node_ref (corrected));
  if (sp_node_is_object (stored) && sp_node_is_object (after) && sp_node_get (stored, "original") == NULL)
    sp_node_remove (after, "original");
  return after;
}

/* Says what stays as a person corrected it, though the list says something else. */
static char *
describe_kept (GPtrArray *kept)
{
  g_autofree char *names = NULL;

  if (kept->len == 0)
    return NULL;
  g_ptr_array_add (kept, NULL);
  names = g_strjoinv (", ", (char **) kept->pdata);
  return g_strdup_printf (_("the list says something else, but it was corrected here and stays: %s"), names);
}

/* A position that was taken from the postcode goes with it; that of the new postcode is looked up at the end. */
static void
drop_old_position (const SpNode *stored, const SpNode *body, SpNode *changes)
{
  const char *accuracy = sp_node_get_string (sp_node_get_path (stored, "location.accuracy"));
  const char *before = sp_node_get_string (sp_node_get_path (stored, "address.postal_code"));
  const char *after = sp_node_get_string (sp_node_get_path (changes, "address.postal_code"));

  if (after != NULL && g_strcmp0 (before, after) != 0 && sp_node_get (body, "location") == NULL
      && (g_strcmp0 (accuracy, "postcode") == 0 || g_strcmp0 (accuracy, "area") == 0) && !is_hand_corrected (stored, "location"))
    sp_node_set (changes, "location", sp_node_new_null ());
}

/* What an earlier edition kept out of public lists, and this one does not, is in them. What has no source is no edition: only
 * that it was put on the map, or is closed. */
static void
drop_old_hiding (const SpNode *stored, const SpNode *body, SpNode *changes)
{
  const char *until = sp_node_get_string (sp_node_get_path (stored, "visible.until"));

  if (sp_node_get (body, "source") != NULL && g_strcmp0 (until, SP_DISCLOSURE_NEVER) == 0 && sp_node_get (body, "visible") == NULL
      && !is_hand_corrected (stored, "visible"))
    sp_node_set (changes, "visible", sp_node_new_null ());
}

/* What a new edition of a list changes: never what a person corrected or erased, and nothing that it does not speak of.
 * @kept gets the names of what was corrected and differs. */
static SpNode *
edition_changes (const SpNode *stored, const SpNode *body, GPtrArray *kept)
{
  g_autoptr (GPtrArray) erased = g_ptr_array_new_with_free_func (g_free);
  SpNode *changes = sp_node_new_object ();

  sp_edit_list_add_erased (sp_node_get (stored, "edit"), erased);
  for (guint i = 0; i < sp_node_get_length (body); i++)
    {
      const char *name = sp_node_get_name (body, i);
      SpNode *value = sp_node_get_element (body, i);

      if (is_own_member (name) || sp_edit_list_contains (erased, name))
        continue;
      if (is_hand_corrected (stored, name))
        {
          if (!sp_node_equal (sp_node_get (stored, name), value))
            g_ptr_array_add (kept, (gpointer) name);
          continue;
        }
      if (strcmp (name, "source") == 0)
        sp_node_set (changes, name, new_source (sp_node_get (stored, name), value));
      else if (!sp_node_equal (sp_node_get (stored, name), value))
        sp_node_set (changes, name, sp_node_ref (value));
    }
  drop_old_position (stored, body, changes);
  drop_old_hiding (stored, body, changes);
  return changes;
}

/* What a row of our own export, which holds everything, changes. */
static SpNode *
export_changes (const SpNode *stored, const SpNode *body)
{
  SpNode *changes = sp_node_new_object ();

  for (guint i = 0; i < sp_node_get_length (body); i++)
    {
      const char *name = sp_node_get_name (body, i);
      if (!is_own_member (name) && !sp_node_equal (sp_node_get (stored, name), sp_node_get_element (body, i)))
        sp_node_set (changes, name, sp_node_ref (sp_node_get_element (body, i)));
    }
  for (guint i = 0; i < sp_node_get_length (stored); i++)
    {
      const char *name = sp_node_get_name (stored, i);
      if (!is_own_member (name) && sp_node_get (body, name) == NULL)
        sp_node_set (changes, name, sp_node_new_null ());
    }
  return changes;
}

/* A row that another file spells differently, in columns that mean nothing to us, says nothing new. */
static gboolean
says_nothing_new (const SpNode *changes)
{
  return sp_node_get_length (changes) == 0
         || (sp_node_get_length (changes) == 1 && sp_node_get (changes, "source") != NULL);
}

static gboolean
skip (SpImportPlan *self, const char *why)
{
  self->outcome = SP_IMPORT_SKIPPED;
  g_free (self->reason);
  self->reason = g_strdup (why);
  return TRUE;
}

/* Whether the list says what it said when somebody corrected it: that need not be told again. */
static gboolean
same_row (const SpNode *stored, const SpNode *body)
{
  const SpNode *before = sp_node_get_path (stored, "source.original"), *now = sp_node_get_path (body, "source.original");

  return before != NULL && now != NULL && sp_node_equal (before, now);
}

static gboolean
plan_update (SpImportPlan *self, const SpNode *body, GError **error)
{
  g_autoptr (SpNode) stored = sp_node_parse (self->doc->body, -1, error);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  const char *base = sp_node_get_text (body, "_rev");

  if (stored == NULL)
    return FALSE;
  self->changes = base != NULL ? export_changes (stored, body) : edition_changes (stored, body, kept);
  if (!same_row (stored, body))
    self->reason = describe_kept (kept);
  if (base == NULL ? says_nothing_new (self->changes) : sp_node_get_length (self->changes) == 0)
    self->outcome = SP_IMPORT_UNCHANGED;
  else if (base != NULL && strcmp (base, self->doc->rev) != 0)
    return skip (self, _("it was changed here since that list was written; the newer version stays"));
  else
    self->outcome = SP_IMPORT_UPDATED;
  return TRUE;
}

/* A tombstone that a person wrote stays; one that an undone import left may be followed by a new life. */
static gboolean
plan_return (SpImportPlan *self)
{
  g_autoptr (SpNode) tombstone = self->doc->body != NULL ? sp_node_parse (self->doc->body, -1, NULL) : NULL;

  if (sp_node_get_flag (tombstone, "erased", FALSE))
    return skip (self, _("it was erased and must not come back"));
  if (!sp_node_get_flag (tombstone, "undone", FALSE))
    return skip (self, _("it was deleted here on purpose"));
  self->outcome = SP_IMPORT_ADDED;
  return TRUE;
}

/**
 * sp_import_plan_make:
 * @self: (out caller-allocates): what shall happen; clear it in any case
 * @db: any connection; nothing is written
 * @id: document id
 * @body: what the row became; with `_rev` if it is a row of our own export, which then is the whole entry
 * @error: %SP_ERROR
 *
 * Decides what a row does. Members that a person corrected since the last edition are never overwritten, erased and
 * deleted entries do not come back, and a row that says nothing new changes nothing.
 *
 * Returns: whether that went well
 */
gboolean
sp_import_plan_make (SpImportPlan *self, SpDb *db, const char *id, const SpNode *body, GError **error)
{
  g_autoptr (GError) not_found = NULL;

  *self = (SpImportPlan){ .outcome = SP_IMPORT_ADDED };
  self->doc = sp_docs_get (db, id, NULL, &not_found);
  if (self->doc == NULL && !g_error_matches (not_found, SP_ERROR, SP_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&not_found));
      return FALSE;
    }
  if (self->doc == NULL)
    return TRUE;
  return self->doc->deleted ? plan_return (self) : plan_update (self, body, error);
}

/**
 * sp_import_plan_get_body:
 * @body: what a row became
 *
 * Returns: (transfer full): the body as it will be stored, without the members that the document itself has
 */
SpNode *
sp_import_plan_get_body (SpNode *body)
{
  SpNode *copy;

  if (sp_node_get (body, "_id") == NULL && sp_node_get (body, "_rev") == NULL)
    return sp_node_ref (body);
  copy = sp_node_copy (body);
  sp_node_remove (copy, "_id");
  sp_node_remove (copy, "_rev");
  return copy;
}

/**
 * sp_import_plan_check_room:
 * @self: what was planned
 * @body: the row it was planned for
 * @stamp: who, when
 * @error: %SP_ERROR
 *
 * Looks whether the entry could still be stored with what the row says; if not, the row is skipped. That makes the whole
 * entry once, so an import asks only when it was refused.
 *
 * Returns: whether that went well
 */
gboolean
sp_import_plan_check_room (SpImportPlan *self, SpNode *body, const SpEditStamp *stamp, GError **error)
{
  g_autofree char *json = NULL;
  GError *problem = NULL;

  if (self->outcome == SP_IMPORT_ADDED)
    {
      g_autoptr (SpNode) plain = sp_import_plan_get_body (body);
      json = sp_node_to_json (plain);
    }
  else if (self->outcome == SP_IMPORT_UPDATED)
    json = sp_edit_make_json (self->doc, self->changes, stamp, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  if (json == NULL || sp_json_gate_can_store (json))
    return TRUE;
  if (strlen (json) > SP_JSON_MAX_BYTES)
    return skip (self, _("with it the entry would be larger than 1 MiB, the most that is stored"));
  return skip (self, _("with it the entry would be nested deeper than is stored"));
}

/**
 * sp_import_plan_place:
 * @db: any connection; nothing is written
 * @place: a postcode or place of a published list
 * @outcome: (out): what becomes of it
 * @error: %SP_ERROR
 *
 * Returns: whether that went well
 */
gboolean
sp_import_plan_place (SpDb *db, const SpKnownPlace *place, SpImportOutcome *outcome, GError **error)
{
  SpGazetteerNews news;

  if (!sp_gazetteer_compare (db, place, &news, error))
    return FALSE;
  *outcome = sp_import_outcome_of_news (news);
  return TRUE;
}

/**
 * sp_import_outcome_of_news:
 * @news: what a row of a published list said that was not known
 *
 * Returns: what became of the row
 */
SpImportOutcome
sp_import_outcome_of_news (SpGazetteerNews news)
{
  switch (news)
    {
    case SP_GAZETTEER_NEW: return SP_IMPORT_ADDED;
    case SP_GAZETTEER_BETTER: return SP_IMPORT_UPDATED;
    case SP_GAZETTEER_KNOWN: return SP_IMPORT_UNCHANGED;
    case SP_GAZETTEER_REFUSED:
    default: return SP_IMPORT_SKIPPED;
    }
}

/**
 * sp_import_plan_clear:
 * @self: a plan
 *
 * Frees what it holds.
 */
void
sp_import_plan_clear (SpImportPlan *self)
{
  g_clear_pointer (&self->reason, g_free);
  g_clear_pointer (&self->doc, sp_doc_free);
  g_clear_pointer (&self->changes, sp_node_unref);
}
