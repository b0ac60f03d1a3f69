/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-reader.h"

G_BEGIN_DECLS

#define SP_TYPE_AHEAD_READER (sp_ahead_reader_get_type ())
G_DECLARE_FINAL_TYPE (SpAheadReader, sp_ahead_reader, SP, AHEAD_READER, SpReader)

SpReader *sp_ahead_reader_new (SpReader *inner);

G_END_DECLS
