/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-import-job.h"

G_BEGIN_DECLS

char *sp_import_words_counts   (const SpImportCounts *counts);
char *sp_import_words_left_out (GPtrArray *columns);
char *sp_import_words_gone     (GPtrArray *gone);
char *sp_import_words_places   (const SpImportCounts *counts, gboolean done);

G_END_DECLS
