/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-reader.h"

G_BEGIN_DECLS

#define SP_TYPE_ORUK_READER (sp_oruk_reader_get_type ())
G_DECLARE_FINAL_TYPE (SpOrukReader, sp_oruk_reader, SP, ORUK_READER, SpReader)

SpReader *sp_oruk_reader_new (GBytes *bytes, const SpReaderOptions *options, GError **error);

G_END_DECLS
