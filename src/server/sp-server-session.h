/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-server-private.h"

G_BEGIN_DECLS

/**
 * SpSessionFunc:
 * @answer: (transfer full): what to answer
 * @user_data: what was given with it
 *
 * Called once with the answer to a request about a session.
 */
typedef void (*SpSessionFunc) (SpAnswer *answer, gpointer user_data);

char    *sp_session_get_address (SpServer *server, SoupServerMessage *message);
gboolean sp_session_read_basic  (SoupServerMessage *message, char **name, char **password);
char    *sp_session_find        (SpServer *server, SoupServerMessage *message);
void     sp_session_renew       (SpServer *server, SoupServerMessage *message);
void     sp_session_answer      (SpServer *server, SoupServerMessage *message, SpRequest *request, SpSessionFunc func, gpointer user_data);

G_END_DECLS
