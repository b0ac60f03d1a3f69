/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-mbtiles.h"

#include <sqlite3.h>

G_BEGIN_DECLS

struct _SpMbtiles
{
  gatomicrefcount ref_count;
  char           *path;
  char           *title;       /* of the file, for messages */
  GMutex          lock;        /* of what follows up to the blank line */
  sqlite3        *db;
  sqlite3_stmt   *tile;
  guint           looks;       /* that are left to the query that is running */

  char           *name;
  char           *attribution;
  int             min_zoom;
  int             max_zoom;
  SpBox           box;
};

gboolean sp_mbtiles_fail         (SpMbtiles *self, GError **error);
char    *sp_mbtiles_strip_tags   (const char *text);
gboolean sp_mbtiles_parse_bounds (const char *text, SpBox *box);
gboolean sp_mbtiles_is_picture   (GBytes *bytes);

G_END_DECLS
