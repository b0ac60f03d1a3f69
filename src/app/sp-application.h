/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-keyring.h"
#include "sp-store-opening.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SP_APPLICATION_ID "org.signpost.Signpost"

#define SP_TYPE_APPLICATION (sp_application_get_type ())
G_DECLARE_FINAL_TYPE (SpApplication, sp_application, SP, APPLICATION, AdwApplication)

SpApplication  *sp_application_new          (void);
GSettings      *sp_application_get_settings (SpApplication *self);
SpKeyring      *sp_application_get_keyring  (SpApplication *self);
void            sp_application_set_keyring  (SpApplication *self, SpKeyring *keyring);
SpStoreOpening *sp_application_take_opening (SpApplication *self, const char *store);

G_END_DECLS
