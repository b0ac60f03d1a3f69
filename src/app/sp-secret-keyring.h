/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-keyring.h"

G_BEGIN_DECLS

#define SP_TYPE_SECRET_KEYRING (sp_secret_keyring_get_type ())
G_DECLARE_FINAL_TYPE (SpSecretKeyring, sp_secret_keyring, SP, SECRET_KEYRING, GObject)

SpKeyring *sp_secret_keyring_new (void);

G_END_DECLS
