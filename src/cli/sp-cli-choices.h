/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-resolve.h"

G_BEGIN_DECLS

/**
 * SpCliWords:
 * @mine: the word for the version that is here
 * @theirs: the word for the other one
 * @has_revisions: whether `@REV` names one among several versions
 *
 * How versions are named in arguments.
 */
typedef struct
{
  const char *mine;
  const char *theirs;
  gboolean    has_revisions;
} SpCliWords;

GPtrArray *sp_cli_choices_read (char **arguments, const SpCliWords *words, GError **error);

G_END_DECLS
