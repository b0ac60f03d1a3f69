/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SpPdfObjects:
 *
 * The numbered objects of a PDF, as bytes.
 */
typedef struct _SpPdfObjects SpPdfObjects;

SpPdfObjects *sp_pdf_objects_new        (GBytes *pdf);
void          sp_pdf_objects_free       (SpPdfObjects *self);
void          sp_pdf_objects_replace    (SpPdfObjects *self, guint number, const char *text);
void          sp_pdf_objects_drop       (SpPdfObjects *self, guint number);
void          sp_pdf_objects_add_stream (SpPdfObjects *self, guint number, const char *content);
GBytes       *sp_pdf_objects_pack       (SpPdfObjects *self, guint root, guint info);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpPdfObjects, sp_pdf_objects_free)

G_END_DECLS
