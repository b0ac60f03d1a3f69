/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean sp_couch_address_is_near (GUri *address);
gboolean sp_couch_address_is_safe (GUri *address);

G_END_DECLS
