/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The inside of SpChanges, for the files sp-changes*.c. */

#include "sp-changes.h"

G_BEGIN_DECLS

struct _SpChanges
{
  GObject parent_instance;

  SpStore   *store;  /* owned */
  char      *author; /* owned; the account that signs */
  char      *submits; /* owned, nullable; the account, if it may only propose */
  GPtrArray *undone; /* (element-type SpChangeStep) the newest last */
  GPtrArray *done;   /* (element-type SpChangeStep) the newest last */
  gboolean   busy;   /* an undo or a redo is under way */
};

/* sp-changes.c */
void          sp_changes_push       (SpChanges *self, GPtrArray *stack, SpChangeStep *step);
void          sp_changes_notify     (SpChanges *self);
void          sp_changes_tell       (SpChanges *self, const char *done, const GError *error);
SpChangeEdit *sp_changes_new_edit   (SpChanges *self, SpChangeStep *step);
void          sp_changes_start_edit (SpChanges *self, SpChangeEdit *edit, gpointer tag, GAsyncReadyCallback callback,
                                     gpointer user_data);

G_END_DECLS
