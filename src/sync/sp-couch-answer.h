/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-peer.h"
#include "sp-rights.h"

G_BEGIN_DECLS

/* What is sent. */
GBytes        *sp_couch_write_missing   (GPtrArray *revs, guint first, guint count);
GBytes        *sp_couch_write_wanted    (GPtrArray *revs);
GBytes        *sp_couch_write_documents (GPtrArray *documents, guint first, guint count);
char          *sp_couch_write_local     (const char *json, const char *rev);

/* What is answered: foreign bytes. */
char          *sp_couch_read_uuid       (GBytes *answer);
SpPeerInfo    *sp_couch_read_info       (const char *server, GBytes *database, const char *address, GError **error);
SpPeerChanges *sp_couch_read_changes    (GBytes *answer, GError **error);
GPtrArray     *sp_couch_read_missing    (GBytes *answer, GError **error);
GPtrArray     *sp_couch_read_documents  (GBytes *answer, GPtrArray *asked, GError **error);
GPtrArray     *sp_couch_read_versions   (GBytes *answer, const SpPeerRev *asked, GError **error);
GPtrArray     *sp_couch_read_refused    (GBytes *answer, GError **error);
char          *sp_couch_read_local      (GBytes *answer, char **rev, GError **error);
char          *sp_couch_read_new_rev    (GBytes *answer);
SpRole         sp_couch_read_role       (GBytes *answer, const char *address);
char          *sp_couch_read_reason     (GBytes *answer);
void           sp_couch_cannot_read     (const GError *problem, GError **error);

G_END_DECLS
