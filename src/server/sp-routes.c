/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of what a database answers; the feed of changes has its own way, for it does not end, and so has `_security`, which
 * is no business of the store. */
#include "sp-routes.h"

#include "sp-handlers.h"

#include <string.h>

static const SpRoute routes[] = {
  { "GET", "", FALSE, sp_handle_info },
  { "POST", "", TRUE, sp_handle_post_document },
  { "GET", "_all_docs", FALSE, sp_handle_all_docs },
  { "POST", "_all_docs", FALSE, sp_handle_all_docs },
  { "POST", "_bulk_docs", TRUE, sp_handle_bulk_docs },
  { "POST", "_bulk_get", FALSE, sp_handle_bulk_get },
  { "POST", "_compact", TRUE, sp_handle_compact },
  { "POST", "_ensure_full_commit", TRUE, sp_handle_commit },
  { "DELETE", "_local", TRUE, sp_handle_delete_local },
  { "GET", "_local", FALSE, sp_handle_get_local },
  { "PUT", "_local", TRUE, sp_handle_put_local },
  { "POST", "_revs_diff", FALSE, sp_handle_revs_diff },
  { "GET", "_revs_limit", FALSE, sp_handle_revs_limit },
  { "DELETE", "*", TRUE, sp_handle_delete_document },
  { "GET", "*", FALSE, sp_handle_get_document },
  { "PUT", "*", TRUE, sp_handle_put_document },
};

/* `_local/x` may stand in one part. */
static const char *
get_name (const SpRequest *request, gboolean *fits)
{
  guint length = g_strv_length (request->parts);
  const char *part = length > 0 ? request->parts[1] : NULL;

  *fits = length == 1 || length == 2;
  if (part == NULL)
    return "";
  if (strcmp (part, "_local") == 0 || g_str_has_prefix (part, "_local/"))
    {
      *fits = length == (part[strlen ("_local")] == '/' ? 2 : 3);
      return "_local";
    }
  if (strcmp (part, "_design") == 0)
    *fits = length == 3;
  return part[0] == '_' && !g_str_has_prefix (part, "_design") ? part : "*";
}

/**
 * sp_routes_find:
 * @request: something asked of a database
 * @status: (out): if there is no route: 404, or 405 when only the method is wrong
 *
 * HEAD is answered as GET.
 *
 * Returns: (transfer none) (nullable): who answers
 */
const SpRoute *
sp_routes_find (const SpRequest *request, guint *status)
{
  const char *method = strcmp (request->method, "HEAD") == 0 ? "GET" : request->method;
  gboolean fits;
  const char *name = get_name (request, &fits);

  *status = 404;
  for (guint i = 0; fits && i < G_N_ELEMENTS (routes); i++)
    {
      if (strcmp (routes[i].name, name) != 0)
        continue;
      if (strcmp (routes[i].method, method) == 0)
        return &routes[i];
      *status = 405;
    }
  return NULL;
}
