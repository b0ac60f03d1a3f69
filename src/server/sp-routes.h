/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-request.h"

G_BEGIN_DECLS

/**
 * SpRoute:
 * @method: of HTTP
 * @name: the part of the path after the database: a name that begins with `_`, "" for the database, "*" for a document
 * @writes: whether it needs the writing connection
 * @handler: who answers
 *
 * Who answers what.
 */
typedef struct
{
  const char *method;
  const char *name;
  gboolean    writes;
  SpHandler   handler;
} SpRoute;

const SpRoute *sp_routes_find (const SpRequest *request, guint *status);

G_END_DECLS
