/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-store.h"

G_BEGIN_DECLS

/**
 * SpCrew:
 *
 * Some threads, each of which works with a connection of its own to one store file.
 */
typedef struct _SpCrew SpCrew;

/**
 * SpCrewDone:
 * @source: whom the job was done for
 * @db: the connection it was done with
 *
 * What is to do after each job, on its thread, before anybody hears that it is done.
 */
typedef void (*SpCrewDone) (gpointer source, SpDb *db);

SpCrew *sp_crew_open  (const char *path, SpDbMode mode, guint size, SpCrewDone done, GError **error);
void    sp_crew_push  (SpCrew *self, GTask *task);
void    sp_crew_close (SpCrew *self);

void    sp_crew_set_job (GTask *task, SpStoreFunc func, gpointer data, GDestroyNotify free_data, GDestroyNotify free_result);

G_END_DECLS
