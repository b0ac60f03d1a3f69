/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-error.h"

G_BEGIN_DECLS

/**
 * SpXmlTag:
 *
 * An element that begins, with its attributes; lasts for the call it was given to.
 */
typedef struct _SpXmlTag SpXmlTag;

/**
 * SpXmlHandler:
 * @start: (nullable): an element begins; @name is without its namespace
 * @end: (nullable): an element is over
 * @text: (nullable): text that stands in it, perhaps in several pieces; UTF-8 without a nul at its end
 *
 * What wants to know about a document.
 */
typedef struct
{
  void (*start) (gpointer data, const char *name, const SpXmlTag *tag);
  void (*end)   (gpointer data, const char *name);
  void (*text)  (gpointer data, const char *text, gsize length);
} SpXmlHandler;

/**
 * SpXml:
 *
 * An XML document that is read as its bytes come, without a tree.
 */
typedef struct _SpXml SpXml;

SpXml   *sp_xml_new     (const SpXmlHandler *handler, gpointer data);
void     sp_xml_free    (SpXml *self);
gboolean sp_xml_push    (SpXml *self, const char *bytes, gsize length, GError **error);
gboolean sp_xml_finish  (SpXml *self, GError **error);
char    *sp_xml_tag_dup (const SpXmlTag *self, const char *attribute);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpXml, sp_xml_free)

G_END_DECLS
