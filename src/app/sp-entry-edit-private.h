/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The inside of SpEntryEdit, for the files sp-entry-edit*.c. */

#include "sp-entry-edit.h"

G_BEGIN_DECLS

struct _SpEntryEdit
{
  GObject parent_instance;

  char       *id;      /* owned; of a new entry the one that it shall get */
  char       *rev;     /* owned, nullable: the revision it began with; NULL of a new entry */
  SpNode     *base;    /* owned; the body it began with; never changed */
  SpNode     *working; /* owned; ours alone */
  GHashTable *touched; /* owned; names of the top members that were written to */
  GHashTable *typed;   /* owned; path → text that does not fit its field */
  SpStore    *store;   /* owned, nullable: where it is looked up what may be meant */
  SpCalendar  calendar; /* of the place it is in */
};

G_END_DECLS
