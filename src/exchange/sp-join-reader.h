/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-reader.h"

G_BEGIN_DECLS

#define SP_TYPE_JOIN_READER (sp_join_reader_get_type ())
G_DECLARE_FINAL_TYPE (SpJoinReader, sp_join_reader, SP, JOIN_READER, SpReader)

SpReader *sp_join_reader_new (SpReader *inner);

G_END_DECLS
