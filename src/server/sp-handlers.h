/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-request.h"

G_BEGIN_DECLS

#define SP_HANDLE_MAX_LOCAL (64 * 1024) /* bytes of one local document */

/* One document. */
SpAnswer *sp_handle_get_document    (SpDb *db, const SpRequest *request, GError **error);
SpAnswer *sp_handle_put_document    (SpDb *db, const SpRequest *request, GError **error);
SpAnswer *sp_handle_delete_document (SpDb *db, const SpRequest *request, GError **error);
SpAnswer *sp_handle_post_document   (SpDb *db, const SpRequest *request, GError **error);
char     *sp_handle_make_id         (void);

/* Many documents. */
SpAnswer *sp_handle_bulk_docs       (SpDb *db, const SpRequest *request, GError **error);
SpAnswer *sp_handle_bulk_get        (SpDb *db, const SpRequest *request, GError **error);
SpAnswer *sp_handle_revs_diff       (SpDb *db, const SpRequest *request, GError **error);
SpAnswer *sp_handle_all_docs        (SpDb *db, const SpRequest *request, GError **error);
gboolean  sp_handle_add_revision    (SpDb *db, const char *id, const char *rev, gboolean latest, GPtrArray *found, GError **error);

/* Local documents. */
SpAnswer *sp_handle_get_local       (SpDb *db, const SpRequest *request, GError **error);
SpAnswer *sp_handle_put_local       (SpDb *db, const SpRequest *request, GError **error);
gboolean  sp_handle_write_local     (SpDb *db, const SpRequest *request, const char *id, const char *json, gsize length, char **rev, GError **error);
SpAnswer *sp_handle_delete_local    (SpDb *db, const SpRequest *request, GError **error);

/* The database itself. */
SpAnswer *sp_handle_info            (SpDb *db, const SpRequest *request, GError **error);
SpAnswer *sp_handle_commit          (SpDb *db, const SpRequest *request, GError **error);
SpAnswer *sp_handle_compact         (SpDb *db, const SpRequest *request, GError **error);
SpAnswer *sp_handle_revs_limit      (SpDb *db, const SpRequest *request, GError **error);

G_END_DECLS
