/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-calendar.h"
#include "sp-store.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define SP_ENTRY_MAX_CATEGORIES 8

/**
 * SpEntryProblem:
 * @path: the member it is about
 * @sentence: what is wrong, for a person
 *
 * Why an entry cannot be saved as it is.
 */
typedef struct
{
  char *path;
  char *sentence;
} SpEntryProblem;

/**
 * SpEntryClash:
 * @path: the member, a part of one, or an item of a list by its id
 * @mine: (nullable): what was typed here
 * @theirs: (nullable): what somebody else saved meanwhile
 *
 * One place that two people changed differently at the same time.
 */
typedef struct
{
  char   *path;
  SpNode *mine;
  SpNode *theirs;
} SpEntryClash;

#define SP_TYPE_ENTRY_EDIT (sp_entry_edit_get_type ())
G_DECLARE_FINAL_TYPE (SpEntryEdit, sp_entry_edit, SP, ENTRY_EDIT, GObject)

SpEntryEdit *sp_entry_edit_new          (const char *id, const char *rev, SpNode *body);
const char  *sp_entry_edit_get_id       (SpEntryEdit *self);
const char  *sp_entry_edit_get_rev      (SpEntryEdit *self);
gboolean     sp_entry_edit_is_new       (SpEntryEdit *self);
const SpNode *sp_entry_edit_get_base    (SpEntryEdit *self);
const SpNode *sp_entry_edit_get_working (SpEntryEdit *self);

void         sp_entry_edit_set_store    (SpEntryEdit *self, SpStore *store);
SpStore     *sp_entry_edit_get_store    (SpEntryEdit *self);
void         sp_entry_edit_set_calendar (SpEntryEdit *self, const SpCalendar *calendar);
const SpCalendar *sp_entry_edit_get_calendar (SpEntryEdit *self);

SpNode      *sp_entry_edit_get          (SpEntryEdit *self, const char *path);
const char  *sp_entry_edit_get_text     (SpEntryEdit *self, const char *path);
void         sp_entry_edit_set          (SpEntryEdit *self, const char *path, SpNode *value);
gboolean     sp_entry_edit_type         (SpEntryEdit *self, const char *path, const char *text, GError **error);
const char  *sp_entry_edit_get_typed    (SpEntryEdit *self, const char *path);
char        *sp_entry_edit_add_item     (SpEntryEdit *self, const char *list);

SpNode      *sp_entry_edit_make_body    (SpEntryEdit *self);
SpNode      *sp_entry_edit_make_changes (SpEntryEdit *self);
gboolean     sp_entry_edit_is_changed   (SpEntryEdit *self);
GPtrArray   *sp_entry_edit_check        (SpEntryEdit *self);
void         sp_entry_edit_restore      (SpEntryEdit *self, SpNode *body);
void         sp_entry_edit_take_draft   (SpEntryEdit *self, const char *id, SpNode *body);

/* sp-entry-merge.c */
GPtrArray   *sp_entry_edit_rebase       (SpEntryEdit *self, const char *rev, SpNode *theirs);
void         sp_entry_edit_begin_with   (SpEntryEdit *self, const char *rev, SpNode *base, SpNode *body);

/* sp-entry-check.c */
GPtrArray   *sp_entry_check             (const SpNode *body, const SpNode *changes, gboolean is_new);
SpEntryProblem *sp_entry_problem_new    (const char *path, const char *sentence);
void            sp_entry_problem_free   (gpointer problem);

G_END_DECLS
