/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How an entry gets into the form: a new one, one of the store, or a draft that was left. A draft that was begun from a
 * version which is no longer the newest is put together with what others changed since. */
#include "sp-entry-form-private.h"

#include "sp-docs.h"
#include "sp-form-jobs.h"
#include "sp-store-documents.h"

#include <glib/gi18n.h>
#include <string.h>

static void
calendar_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpEntryForm) self = data;
  g_autofree SpCalendar *calendar = sp_form_read_calendar_finish (SP_STORE (source), result, NULL);

  if (calendar != NULL && self->edit != NULL)
    sp_entry_edit_set_calendar (self->edit, calendar);
}

/**
 * sp_entry_form_read_calendar:
 * @self: a form
 *
 * Reads the bank holidays and school terms that hold where the entry is.
 */
void
sp_entry_form_read_calendar (SpEntryForm *self)
{
  g_autoptr (SpNode) body = sp_entry_edit_make_body (self->edit);
  SpNation nation = self->settings != NULL ? (SpNation) g_settings_get_enum (self->settings, "nation") : SP_NATION_ENGLAND_AND_WALES;
  g_autofree char *terms = self->settings != NULL ? g_settings_get_string (self->settings, "term-calendar") : NULL;

  sp_form_read_calendar_async (self->store, body, nation, terms, self->cancellable, calendar_cb, g_object_ref (self));
}

static void
fail (SpEntryForm *self, const char *sentence)
{
  gtk_stack_set_visible_child_name (self->stack, "form");
  gtk_widget_set_visible (self->content, FALSE);
  gtk_widget_set_sensitive (self->save_button, FALSE);
  sp_form_notice_say (self->notice, sentence, NULL, NULL, NULL);
}

/* --- drafts --- */

/* What is typed goes, and the entry is as it was. */
static void
start_afresh_cb (SpEntryForm *self)
{
  g_autoptr (SpNode) base = sp_node_copy (sp_entry_edit_get_base (self->edit));

  sp_form_notice_say (self->notice, NULL, NULL, NULL, NULL);
  sp_entry_edit_restore (self->edit, base);
  sp_entry_form_keep_draft (self);
}

static void
say_draft (SpEntryForm *self)
{
  sp_form_notice_say (self->notice, _("This is what you typed last time. It was kept on this computer and is not saved yet."),
                      _("_Start Afresh"), G_CALLBACK (start_afresh_cb), self);
}

static SpNode *
new_body (void)
{
  SpNode *body = sp_node_new_object ();

  sp_node_set_text (body, "type", "asset");
  sp_node_set (body, "schema", sp_node_new_number (1));
  sp_node_set_text (body, "status", "active");
  return body;
}

static void
show_new (SpEntryForm *self, const char *id, const SpDraft *draft)
{
  g_autoptr (SpNode) body = new_body ();
  SpEntryEdit *edit = sp_entry_edit_new (id, NULL, body);

  if (draft != NULL)
    sp_entry_edit_restore (edit, draft->body);
  sp_entry_form_show (self, edit);
  if (draft != NULL)
    say_draft (self);
}

/* The version that a draft was begun from, and the one that stands now. */
typedef struct
{
  SpAsset *now;
  SpNode  *base; /* nullable: it is not kept any more */
} Versions;

static void
free_versions (gpointer data)
{
  Versions *versions = data;

  g_clear_object (&versions->now);
  g_clear_pointer (&versions->base, sp_node_unref);
  g_free (versions);
}

/* An entry with what was typed of it before; what others changed since goes in. */
static void
show_draft (SpEntryForm *self, const SpDraft *draft, const Versions *versions)
{
  g_autoptr (SpNode) unknown = sp_node_new_object ();
  SpEntryEdit *edit = sp_entry_edit_new (draft->id, draft->parent, versions->base != NULL ? versions->base : unknown);
  g_autoptr (GPtrArray) clashes = NULL;

  sp_entry_edit_restore (edit, draft->body);
  if (g_strcmp0 (draft->parent, sp_asset_get_rev (versions->now)) != 0)
    clashes = sp_entry_edit_rebase (edit, sp_asset_get_rev (versions->now), sp_asset_get_body (versions->now));
  sp_entry_form_show (self, edit);
  if (clashes != NULL && clashes->len > 0)
    sp_form_notice_show_clashes (self->notice, edit, clashes);
  else
    say_draft (self);
}

static void
show_versions (SpEntryForm *self, const Versions *versions)
{
  const SpDraft *draft = sp_draft_list_find (self->drafts, sp_asset_get_id (versions->now));

  if (draft != NULL && draft->parent != NULL)
    show_draft (self, draft, versions);
  else
    sp_entry_form_show (self, sp_entry_edit_new (sp_asset_get_id (versions->now), sp_asset_get_rev (versions->now),
                                                 sp_asset_get_body (versions->now)));
}

/* --- reading --- */

typedef struct
{
  char *id;
  char *parent; /* nullable: there is no draft */
} Wanted;

static void
free_wanted (gpointer data)
{
  Wanted *wanted = data;

  g_free (wanted->id);
  g_free (wanted->parent);
  g_free (wanted);
}

static SpNode *
read_base (SpDb *db, const Wanted *wanted)
{
  g_autoptr (SpDoc) doc = sp_docs_get (db, wanted->id, wanted->parent, NULL);

  return doc != NULL && doc->body != NULL ? sp_node_parse (doc->body, -1, NULL) : NULL;
}

static gpointer
read_job (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Wanted *wanted = data;
  g_autoptr (SpDoc) doc = sp_docs_get (db, wanted->id, NULL, error);
  g_autoptr (SpNode) body = NULL;
  Versions *versions;

  if (doc != NULL && doc->deleted)
    g_set_error (error, SP_ERROR, SP_ERROR_NOT_FOUND, "%s: the entry was deleted", wanted->id);
  body = doc != NULL && !doc->deleted ? sp_node_parse (doc->body, -1, error) : NULL;
  if (body == NULL)
    return NULL;
  versions = g_new0 (Versions, 1);
  versions->now = sp_asset_new (doc->id, doc->rev, body);
  versions->base = wanted->parent != NULL ? read_base (db, wanted) : NULL;
  return versions;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpEntryForm) self = data;
  g_autoptr (GError) error = NULL;
  Versions *versions = sp_store_call_finish (SP_STORE (source), result, &error);
  const char *id = g_object_get_data (G_OBJECT (self), "id");
  const SpDraft *draft = self->drafts != NULL ? sp_draft_list_find (self->drafts, id) : NULL;

  if (self->store == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_clear_pointer (&versions, free_versions);
  else if (versions != NULL)
    show_versions (self, versions);
  else if (draft != NULL && g_error_matches (error, SP_ERROR, SP_ERROR_NOT_FOUND))
    show_new (self, id, draft); /* a new entry that was not saved yet, or one that somebody deleted meanwhile */
  else
    fail (self, error->message);
  g_clear_pointer (&versions, free_versions);
}

/**
 * sp_entry_form_open:
 * @self: an empty form
 * @id: document id of an entry, or of a draft of a new one
 *
 * Reads the entry and shows it, with what was typed of it before and not saved.
 */
void
sp_entry_form_open (SpEntryForm *self, const char *id)
{
  const SpDraft *draft = sp_draft_list_find (self->drafts, id);
  Wanted *wanted = g_new0 (Wanted, 1);

  wanted->id = g_strdup (id);
  wanted->parent = draft != NULL ? g_strdup (draft->parent) : NULL;
  g_object_set_data_full (G_OBJECT (self), "id", g_strdup (id), g_free);
  sp_store_read_async (self->store, read_job, wanted, free_wanted, free_versions, self->cancellable, read_cb, g_object_ref (self));
}

/* --- adding --- */

/* A new entry that was begun and not saved; NULL if there is none. */
static const SpDraft *
find_begun (SpDraftList *drafts)
{
  for (guint i = 0; i < sp_draft_list_get_size (drafts); i++)
    if (sp_draft_list_get (drafts, i)->parent == NULL)
      return sp_draft_list_get (drafts, i);
  return NULL;
}

static void
go_on_cb (SpEntryForm *self)
{
  const char *id = g_object_get_data (G_OBJECT (self), "begun");
  const SpDraft *draft = sp_draft_list_find (self->drafts, id);

  sp_form_notice_say (self->notice, NULL, NULL, NULL, NULL);
  if (draft == NULL)
    return;
  sp_entry_edit_take_draft (self->edit, draft->id, draft->body);
  say_draft (self);
}

/**
 * sp_entry_form_add:
 * @self: an empty form
 *
 * Shows the questions for a new entry, and offers to go on with one that was begun and not saved.
 */
void
sp_entry_form_add (SpEntryForm *self)
{
  const SpDraft *begun = find_begun (self->drafts);
  const char *name = begun != NULL ? sp_node_get_text (begun->body, "name") : NULL;
  g_autofree char *offer = NULL;

  show_new (self, NULL, NULL);
  if (begun == NULL)
    return;
  g_object_set_data_full (G_OBJECT (self), "begun", g_strdup (begun->id), g_free);
  /* Translators: name of an entry */
  offer = g_strdup_printf (_("You began to add “%s” and did not save it."), name != NULL ? name : _("an entry without a name"));
  sp_form_notice_say (self->notice, offer, _("_Go On with It"), G_CALLBACK (go_on_cb), self);
}
