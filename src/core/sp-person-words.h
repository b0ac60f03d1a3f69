/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean sp_person_is_title         (const char *word);
gboolean sp_person_is_given_name    (const char *word);
gboolean sp_person_is_ordinary_word (const char *word);

G_END_DECLS
