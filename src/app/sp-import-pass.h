/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-import-choices.h"
#include "sp-import-job.h"
#include "sp-import-memory.h"
#include "sp-import.h"
#include "sp-reader.h"
#include "sp-seen.h"

G_BEGIN_DECLS

/**
 * SpImportPass:
 *
 * One pass over the files. Between jobs of the store it is the main loop's, within one it is the thread's.
 */
typedef struct
{
  GPtrArray     *files; /* (element-type GFile) */
  GArray        *choices; /* owned SpListChoices, one of each file */
  gboolean       remembers; /* whether what was chosen for the last edition is looked up */
  char          *by;    /* nullable: this is a preview */
  GCancellable  *cancellable; /* nullable */

  guint          at;      /* which file is read */
  SpReader      *reader;  /* owned, nullable; of that file */
  SpImport      *import;  /* owned, nullable; freed on the writer's thread */
  char          *id;      /* nullable: the import's */
  GPtrArray     *rows;    /* (element-type SpImportRow) since the last job */
  GPtrArray     *columns; /* (element-type SpImportColumn) */
  GPtrArray     *feeds;   /* owned, nullable texts: what names each list */
  guint          at_feed; /* the next that is looked through for what is gone */
  SpSeen        *seen;    /* owned; ids of the entries of the lists */
  GPtrArray     *gone;    /* (nullable) (element-type SpImportGone): found by a preview */
  GPtrArray     *unplaced; /* (nullable) (element-type utf8): ids of entries that an import may put on the map */
  guint          at_unplaced;
  guint          known_here;  /* postcodes and places of the file that is read */
  GPtrArray     *closing; /* (nullable) (element-type SpImportGone): to be closed by an import */
  guint          at_closing;
  SpImportCounts counts;
  guint          n_plain; /* rows listed without a note */
  double         progress;
  gboolean       done;
} SpImportPass;

SpImportPass *sp_import_pass_new  (GPtrArray *files, GArray *choices, const char *by, GCancellable *cancellable);
void          sp_import_pass_free (gpointer data);
gpointer      sp_import_pass_run  (SpDb *db, gpointer data, GCancellable *cancellable, GError **error);
gboolean      sp_import_pass_learn (SpImportPass *pass, SpDb *db, const SpKnownPlace *place, SpImportOutcome *outcome, GError **error);
gboolean      sp_import_pass_look_for_position (SpImportPass *pass, SpDb *db, const SpNode *asset, GError **error);
gboolean      sp_import_pass_place_one (SpImportPass *pass, SpDb *db, GError **error);

G_END_DECLS
