/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-db.h"

G_BEGIN_DECLS

/**
 * SpTermCalendar:
 * @id: document id
 * @name: what people call it; its id if it has no name
 *
 * The school terms of some authority, to choose from.
 */
typedef struct
{
  char *id;
  char *name;
} SpTermCalendar;

GPtrArray *sp_term_calendars_list (SpDb *db, GError **error);

G_END_DECLS
