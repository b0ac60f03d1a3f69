/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The inside of SpEntryForm, for the files sp-entry-form*.c. */

#include "sp-entry-form.h"
#include "sp-form-notice.h"

G_BEGIN_DECLS

struct _SpEntryForm
{
  AdwWindow parent_instance;

  SpStore      *store;       /* owned */
  SpChanges    *changes;     /* owned */
  SpDraftList  *drafts;      /* owned */
  GSettings    *settings;    /* owned, nullable */
  SpEntryEdit  *edit;        /* owned, nullable until the entry is read */
  char         *submission;  /* owned, nullable; document id of what is changed here before it is accepted */
  GCancellable *cancellable; /* owned; what is asked for goes with the window */
  const char   *start;       /* nullable; the question to begin at, else the first */
  guint         keeping;     /* source id: a draft is to be kept in a moment; 0 if not */
  gboolean      saving;      /* the store has been asked */
  gboolean      ended;       /* saved, or thrown away: no draft is left of it */

  /* of the template */
  GtkStack     *stack;
  GtkWidget    *save_button;
  SpFormNotice *notice;
  GtkWidget    *content;
  GtkWidget    *scroller;
};

/* sp-entry-form.c */
char *sp_entry_form_get_title  (SpEntryForm *self);
void  sp_entry_form_keep_draft (SpEntryForm *self);
void  sp_entry_form_end        (SpEntryForm *self, const char *id);

/* sp-entry-form-save.c */
void  sp_entry_form_scroll_to  (SpEntryForm *self, GtkWidget *widget);

/* sp-entry-form-review.c */
void  sp_entry_form_accept     (SpEntryForm *self, const SpNode *changes, const char *label, GAsyncReadyCallback callback, gpointer user_data);

/* sp-entry-form-open.c */
void  sp_entry_form_show       (SpEntryForm *self, SpEntryEdit *edit);
void  sp_entry_form_read_calendar (SpEntryForm *self);

G_END_DECLS
