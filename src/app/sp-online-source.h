/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-base-source.h"
#include "sp-tile-fetcher.h"

G_BEGIN_DECLS

#define SP_TYPE_ONLINE_SOURCE (sp_online_source_get_type ())
G_DECLARE_FINAL_TYPE (SpOnlineSource, sp_online_source, SP, ONLINE_SOURCE, SpBaseSource)

SpOnlineSource *sp_online_source_new (const char *address, SpTileFetcher *fetcher, SpMapStyle style, double resolution,
                                      SpMapDots *dots);

G_END_DECLS
