/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *sp_import_id_uuid5            (const guint8 *name_space, const char *name);
char *sp_import_id_for_row          (const char *feed, const char *row);
char *sp_import_id_for_item         (const char *asset_id, const char *list, guint position);
char *sp_import_id_feed_from_url    (const char *url);
char *sp_import_id_feed_from_names  (const char * const *names, guint count);
char *sp_import_id_row_from_words   (const char *name, const char *postcode, const char *address);
char *sp_import_id_normalise        (const char *text);

G_END_DECLS
