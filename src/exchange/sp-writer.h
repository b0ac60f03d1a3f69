/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-disclosure.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define SP_TYPE_WRITER (sp_writer_get_type ())
G_DECLARE_DERIVABLE_TYPE (SpWriter, sp_writer, SP, WRITER, GObject)

/**
 * SpWriterClass:
 * @add: writes one document
 * @end: writes what stands after the last one
 */
struct _SpWriterClass
{
  GObjectClass parent_class;

  gboolean (*add) (SpWriter *self, const SpNode *document, GError **error);
  gboolean (*end) (SpWriter *self, GError **error);
};

SpWriter      *sp_writer_new         (GOutputStream *out, const char *format, SpDisclosure *disclosure, GError **error);
SpWriter      *sp_writer_open        (GFile *file, const char *format, SpDisclosure *disclosure, GError **error);
gboolean       sp_writer_add         (SpWriter *self, const SpNode *document, GError **error);
gboolean       sp_writer_finish      (SpWriter *self, GError **error);
guint          sp_writer_get_count   (SpWriter *self);
GOutputStream *sp_writer_get_stream  (SpWriter *self);
gboolean       sp_writer_put         (SpWriter *self, const char *text, gsize length, GError **error);

G_END_DECLS
