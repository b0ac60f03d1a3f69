/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-couch-client.h"

G_BEGIN_DECLS

void sp_couch_describe (SpCouchClient *client, GTask *task);

G_END_DECLS
