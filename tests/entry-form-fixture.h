/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* An entry form on a store of its own, and short words for what a person does in it. */

#include "sp-entry-form.h"
#include "sp-form.h"
#include "store-fixture.h"

#include <adwaita.h>

typedef struct
{
  StoreFixture store;
  SpChanges   *changes;
  SpDraftList *drafts;
  SpEntryForm *form;  /* weak */
  char        *saved; /* id of the entry that was saved last */
} FormFixture;

#define WAIT_FOR(condition) G_STMT_START { while (!(condition)) g_main_context_iteration (NULL, TRUE); } G_STMT_END

static void
set_up_form (FormFixture *f, gconstpointer data)
{
  set_up_store (&f->store, NULL);
  f->changes = sp_changes_new (f->store.store);
  f->drafts = sp_draft_list_new (f->store.store);
  WAIT_FOR (sp_draft_list_is_quiet (f->drafts));
}

static void
saved_cb (FormFixture *f, const char *id)
{
  g_free (f->saved);
  f->saved = g_strdup (id);
}

/* A form that is on screen. */
static void
open_form (FormFixture *f, const char *id)
{
  f->form = sp_entry_form_new (NULL, f->store.store, f->changes, f->drafts, NULL);
  g_object_add_weak_pointer (G_OBJECT (f->form), (gpointer *) &f->form);
  g_signal_connect_swapped (f->form, "saved", G_CALLBACK (saved_cb), f);
  if (id != NULL)
    sp_entry_form_open (f->form, id);
  else
    sp_entry_form_add (f->form);
  gtk_window_present (GTK_WINDOW (f->form));
  WAIT_FOR (sp_entry_form_get_edit (f->form) != NULL && gtk_widget_get_mapped (GTK_WIDGET (f->form)));
}

G_GNUC_UNUSED static void
close_form (FormFixture *f)
{
  gtk_window_close (GTK_WINDOW (f->form));
  WAIT_FOR (f->form == NULL);
}

static void
tear_down_form (FormFixture *f, gconstpointer data)
{
  if (f->form != NULL)
    gtk_window_destroy (GTK_WINDOW (f->form));
  WAIT_FOR (f->form == NULL && sp_draft_list_is_quiet (f->drafts));
  g_clear_object (&f->drafts);
  g_clear_object (&f->changes);
  g_clear_pointer (&f->saved, g_free);
  tear_down_store (&f->store, NULL);
}

static GtkWidget *
find_widget (GtkWidget *root, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, type);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static SpFormField *
get_field (FormFixture *f, const char *path)
{
  SpFormField *field = sp_form_find (sp_entry_form_get_content (f->form), path);

  g_assert_nonnull (field);
  return field;
}

/* Types into the field of a member. */
G_GNUC_UNUSED static void
type (FormFixture *f, const char *path, const char *text)
{
  GtkWidget *entry = find_widget (GTK_WIDGET (get_field (f, path)), GTK_TYPE_EDITABLE);

  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

/* What stands in the store, or NULL. */
G_GNUC_UNUSED static SpStoreEntry *
read_entry (FormFixture *f, const char *id)
{
  g_autoptr (GAsyncResult) result = NULL;

  sp_store_get_async (f->store.store, id, NULL, result_cb, &f->store);
  result = wait_for_result (&f->store);
  return sp_store_get_finish (f->store.store, result, NULL);
}

G_GNUC_UNUSED static char *
read_text (FormFixture *f, const char *id, const char *path)
{
  g_autoptr (SpStoreEntry) entry = read_entry (f, id);

  return entry != NULL && !entry->deleted ? g_strdup (sp_asset_get_text (entry->asset, path)) : NULL;
}

#define assert_stored(f, id, path, expected) G_STMT_START { \
  g_autofree char *stored_ = read_text (f, id, path); \
  g_assert_cmpstr (stored_, ==, expected); } G_STMT_END

G_GNUC_UNUSED static int
run_gtk_tests (void)
{
  adw_init ();
  return g_test_run ();
}
