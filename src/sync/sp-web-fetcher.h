/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-fetcher.h"

G_BEGIN_DECLS

#define SP_TYPE_WEB_FETCHER (sp_web_fetcher_get_type ())
G_DECLARE_FINAL_TYPE (SpWebFetcher, sp_web_fetcher, SP, WEB_FETCHER, GObject)

SpFetcher *sp_web_fetcher_new (void);

G_END_DECLS
