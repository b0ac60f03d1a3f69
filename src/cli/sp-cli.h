/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-db.h"

G_BEGIN_DECLS

/**
 * SpCliCall:
 * @command: the subcommand's name
 * @arguments: (nullable): what it wants beside options, as its help shows it
 * @store: path of the store file
 * @rest: the arguments that are no options, valid UTF-8
 * @status: what to exit with when nothing fails: 0, or 1 when there is something to report
 *
 * One call of a subcommand. Everything runs on the main thread; there is no main loop.
 */
typedef struct
{
  const char *command;
  const char *arguments;
  char       *store;
  GStrv       rest;
  int         status;
} SpCliCall;

/**
 * SpCliMode:
 * @SP_CLI_READ: only look
 * @SP_CLI_COPY: only look, at the documents and not with a search: a running server may have it open
 * @SP_CLI_WRITE: change a store that is there
 * @SP_CLI_CREATE: change a store, which is made if it is not there
 *
 * What a subcommand does with the store.
 */
typedef enum
{
  SP_CLI_READ,
  SP_CLI_COPY,
  SP_CLI_WRITE,
  SP_CLI_CREATE,
} SpCliMode;

/**
 * SpCliFunc:
 * @call: the call, with nothing parsed yet
 * @context: for the subcommand's own options, then sp_cli_parse()
 * @argv: (array zero-terminated=1): the arguments after the subcommand's name
 * @error: %G_OPTION_ERROR, %SP_ERROR_USAGE and %SP_ERROR_AMBIGUOUS end with status 2, others with 1
 *
 * A subcommand.
 *
 * Returns: whether it was done
 */
typedef gboolean (*SpCliFunc) (SpCliCall *call, GOptionContext *context, GStrv *argv, GError **error);

int      sp_cli_run        (int argc, char **argv);

gboolean sp_cli_parse      (SpCliCall *call, GOptionContext *context, GStrv *argv, guint least, guint most, GError **error);
gboolean sp_cli_make_folder (SpCliCall *call, GError **error);
SpDb    *sp_cli_open       (SpCliCall *call, SpCliMode mode, GError **error);
gboolean sp_cli_usage      (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

gboolean sp_cli_sample     (SpCliCall *call, GOptionContext *context, GStrv *argv, GError **error);
gboolean sp_cli_import     (SpCliCall *call, GOptionContext *context, GStrv *argv, GError **error);
gboolean sp_cli_find       (SpCliCall *call, GOptionContext *context, GStrv *argv, GError **error);
gboolean sp_cli_show       (SpCliCall *call, GOptionContext *context, GStrv *argv, GError **error);
gboolean sp_cli_add        (SpCliCall *call, GOptionContext *context, GStrv *argv, GError **error);
gboolean sp_cli_edit       (SpCliCall *call, GOptionContext *context, GStrv *argv, GError **error);
gboolean sp_cli_delete     (SpCliCall *call, GOptionContext *context, GStrv *argv, GError **error);
gboolean sp_cli_resolve    (SpCliCall *call, GOptionContext *context, GStrv *argv, GError **error);
gboolean sp_cli_submissions (SpCliCall *call, GOptionContext *context, GStrv *argv, GError **error);
gboolean sp_cli_export     (SpCliCall *call, GOptionContext *context, GStrv *argv, GError **error);
gboolean sp_cli_report     (SpCliCall *call, GOptionContext *context, GStrv *argv, GError **error);
gboolean sp_cli_sync       (SpCliCall *call, GOptionContext *context, GStrv *argv, GError **error);
gboolean sp_cli_check      (SpCliCall *call, GOptionContext *context, GStrv *argv, GError **error);
gboolean sp_cli_undo       (SpCliCall *call, GOptionContext *context, GStrv *argv, GError **error);
gboolean sp_cli_backup     (SpCliCall *call, GOptionContext *context, GStrv *argv, GError **error);
gboolean sp_cli_restore    (SpCliCall *call, GOptionContext *context, GStrv *argv, GError **error);

G_END_DECLS
