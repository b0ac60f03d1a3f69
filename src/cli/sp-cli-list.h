/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-db.h"
#include "sp-list-choices.h"

G_BEGIN_DECLS

/**
 * SpCliList:
 * @reader: (owned): reads it
 * @feed: (owned) (nullable): what names it; %NULL for our own export
 * @choices: (owned): how it is read, said or remembered
 * @fetched: (owned) (nullable): where it was fetched, if it was
 * @is_remembered: whether it is read as its last edition was
 *
 * One list that is imported.
 */
typedef struct
{
  SpReader     *reader;
  char         *feed;
  SpListChoices choices;
  char         *fetched;
  gboolean      is_remembered;
} SpCliList;

SpCliList *sp_cli_list_open (SpDb *db, const char *path, const char *format, const SpReaderOptions *options,
                             const SpListChoices *choices, GError **error);
void       sp_cli_list_free (SpCliList *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpCliList, sp_cli_list_free)

G_END_DECLS
