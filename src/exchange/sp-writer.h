/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-calendar.h"
#include "sp-disclosure.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define SP_TYPE_WRITER (sp_writer_get_type ())
G_DECLARE_DERIVABLE_TYPE (SpWriter, sp_writer, SP, WRITER, GObject)

/**
 * SpWriterClass:
 * @wants_links: whether it makes use of the venue and the calendar of an entry, see sp_writer_add_linked()
 * @open_folder: (nullable): makes a folder of that path, to be written instead of a file
 * @add: writes one document
 * @end: writes what stands after the last one
 */
struct _SpWriterClass
{
  GObjectClass parent_class;

  gboolean wants_links;
  gboolean (*open_folder) (SpWriter *self, const char *path, GError **error);
  gboolean (*add) (SpWriter *self, const SpNode *document, GError **error);
  gboolean (*end) (SpWriter *self, GError **error);
};

const char * const *sp_writer_get_formats   (void);
SpWriter           *sp_writer_new           (GOutputStream *out, const char *format, SpDisclosure *disclosure, GError **error);
SpWriter           *sp_writer_open          (GFile *file, const char *format, SpDisclosure *disclosure, GError **error);
void                sp_writer_set_filtered  (SpWriter *self, const char *words);
gboolean            sp_writer_wants_links   (SpWriter *self);
gboolean            sp_writer_add           (SpWriter *self, const SpNode *document, GError **error);
gboolean            sp_writer_add_linked    (SpWriter *self, const SpNode *document, const SpNode *venue,
                                             const SpCalendar *calendar, GError **error);
void                sp_writer_set_organisation (SpWriter *self, const SpNode *organisation);
gboolean            sp_writer_finish        (SpWriter *self, GError **error);
guint               sp_writer_get_count     (SpWriter *self);
char               *sp_writer_describe      (SpWriter *self);

/* For the formats. */
const char         *sp_writer_get_filtered  (SpWriter *self);
const SpNode       *sp_writer_get_venue     (SpWriter *self);
const SpNode       *sp_writer_get_organisation (SpWriter *self);
const SpCalendar   *sp_writer_get_calendar  (SpWriter *self);
gboolean            sp_writer_is_public     (SpWriter *self);
void                sp_writer_add_timeless  (SpWriter *self);
GOutputStream      *sp_writer_get_stream    (SpWriter *self);
gboolean            sp_writer_put           (SpWriter *self, const char *text, gsize length, GError **error);

G_END_DECLS
