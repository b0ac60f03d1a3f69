/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-server-guard.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SpServerOptions:
 * @listen: address and port, such as `127.0.0.1:5985`; port 0 for any free one
 * @tls_certificate: (nullable): PEM file
 * @tls_key: (nullable): PEM file
 * @behind_proxy: whether a proxy on the way adds TLS, and the address of who asks
 * @origins: (nullable) (array zero-terminated=1): web sites whose pages may ask
 * @limits: what one client may ask for
 * @session_s: how long a session lasts after its last use, in seconds; 0 for ten minutes
 *
 * How a server is run.
 */
typedef struct
{
  const char        *listen;
  const char        *tls_certificate;
  const char        *tls_key;
  gboolean           behind_proxy;
  const char *const *origins;
  SpGuardLimits      limits;
  guint              session_s;
} SpServerOptions;

#define SP_SERVER_LIMITS { 16 * 1024 * 1024, 60, 120, 512, 30, 128 * 1024 * 1024 }

#define SP_TYPE_SERVER (sp_server_get_type ())
G_DECLARE_FINAL_TYPE (SpServer, sp_server, SP, SERVER, GObject)

SpServer *sp_server_new          (const char *folder, const SpServerOptions *options, GError **error);
void      sp_server_start_async  (SpServer *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean  sp_server_start_finish (SpServer *self, GAsyncResult *result, GError **error);
char     *sp_server_get_address  (SpServer *self);
void      sp_server_stop_async   (SpServer *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean  sp_server_stop_finish  (SpServer *self, GAsyncResult *result, GError **error);
char     *sp_server_make_accounts_path (const char *folder);

G_END_DECLS
