/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-asset.h"
#include "sp-finder.h"

G_BEGIN_DECLS

#define SP_TYPE_BROWSER (sp_browser_get_type ())
G_DECLARE_FINAL_TYPE (SpBrowser, sp_browser, SP, BROWSER, GObject)

SpBrowser  *sp_browser_new          (SpStore *store);
SpStore    *sp_browser_get_store    (SpBrowser *self);
SpFinder   *sp_browser_get_finder   (SpBrowser *self);
SpQuery    *sp_browser_get_query    (SpBrowser *self);
void        sp_browser_set_query    (SpBrowser *self, SpQuery *query);
const char *sp_browser_get_selected (SpBrowser *self);
void        sp_browser_select       (SpBrowser *self, const char *id);
SpAsset    *sp_browser_get_entry    (SpBrowser *self);
gboolean    sp_browser_is_disputed  (SpBrowser *self);

G_END_DECLS
