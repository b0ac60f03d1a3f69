/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpXml: XML as a stream of elements and texts, by libxml2. A document type is refused before anything in it is read, for
 * it is where entities are declared: so there are no bombs of entities, and nothing is ever fetched from elsewhere. */
#include "sp-xml.h"

#include <glib/gi18n-lib.h>
#include <libxml/parser.h>
#include <string.h>

#define BLOCK (64 * 1024)

struct _SpXml
{
  xmlParserCtxtPtr    parser;  /* owned */
  const SpXmlHandler *handler;
  gpointer            data;
  gboolean            has_doctype;
};

struct _SpXmlTag
{
  const xmlChar **attributes; /* five each: name, prefix, namespace, first byte and end of the value */
  int             n;
};

static void
start_cb (void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int n_namespaces,
          const xmlChar **namespaces, int n_attributes, int n_defaulted, const xmlChar **attributes)
{
  SpXml *self = context;
  SpXmlTag tag = { attributes, n_attributes };

  if (self->handler->start != NULL)
    self->handler->start (self->data, (const char *) name, &tag);
}

static void
end_cb (void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
  SpXml *self = context;

  if (self->handler->end != NULL)
    self->handler->end (self->data, (const char *) name);
}

static void
text_cb (void *context, const xmlChar *text, int length)
{
  SpXml *self = context;

  if (self->handler->text != NULL && length > 0)
    self->handler->text (self->data, (const char *) text, (gsize) length);
}

static void
doctype_cb (void *context, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
  SpXml *self = context;

  self->has_doctype = TRUE;
  xmlStopParser (self->parser);
}

/* Errors are told by sp_xml_push(), and not on standard error. */
G_GNUC_PRINTF (2, 3) static void
silent_cb (void *context, const char *message, ...)
{
}

/**
 * sp_xml_new:
 * @handler: what wants to know; must live as long
 * @data: for @handler
 *
 * Returns: (transfer full): a document of which nothing was read yet
 */
SpXml *
sp_xml_new (const SpXmlHandler *handler, gpointer data)
{
  SpXml *self = g_new0 (SpXml, 1);
  xmlSAXHandler sax = {
    .initialized = XML_SAX2_MAGIC,
    .startElementNs = start_cb,
    .endElementNs = end_cb,
    .characters = text_cb,
    .ignorableWhitespace = text_cb,
    .cdataBlock = text_cb,
    .internalSubset = doctype_cb,
    .warning = silent_cb,
    .error = silent_cb,
    .fatalError = silent_cb,
  };

  self->handler = handler;
  self->data = data;
  self->parser = xmlCreatePushParserCtxt (&sax, self, NULL, 0, NULL);
  if (self->parser == NULL)
    g_error ("out of memory");
  xmlCtxtUseOptions (self->parser, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  return self;
}

/**
 * sp_xml_free:
 * @self: (transfer full): a document
 */
void
sp_xml_free (SpXml *self)
{
  xmlFreeParserCtxt (self->parser);
  g_free (self);
}

static gboolean
parse (SpXml *self, const char *bytes, gsize length, gboolean last, GError **error)
{
  int code = xmlParseChunk (self->parser, bytes, (int) length, last);

  if (self->has_doctype)
    g_set_error_literal (error, SP_ERROR, SP_ERROR_PARSE,
                         _("The XML brings a document type of its own, which no list needs; it was not read"));
  else if (code != XML_ERR_OK && !self->parser->wellFormed)
    g_set_error (error, SP_ERROR, SP_ERROR_PARSE, _("The XML is damaged near line %d"),
                 MAX (1, self->parser->lastError.line));
  else
    return TRUE;
  return FALSE;
}

/**
 * sp_xml_push:
 * @self: a document
 * @bytes: (array length=length): what comes next of it
 * @length: how many those are
 * @error: %SP_ERROR_PARSE if it is not XML, is nested too deeply, or has a document type
 *
 * The handler is called from here. After an error nothing more may be pushed.
 *
 * Returns: whether all is well so far
 */
gboolean
sp_xml_push (SpXml *self, const char *bytes, gsize length, GError **error)
{
  for (gsize done = 0; done < length;)
    {
      gsize n = MIN (length - done, BLOCK);
      if (!parse (self, bytes + done, n, FALSE, error))
        return FALSE;
      done += n;
    }
  return TRUE;
}

/**
 * sp_xml_finish:
 * @self: a document
 * @error: %SP_ERROR_PARSE if it is not complete
 *
 * Returns: whether it is complete
 */
gboolean sp_xml_finish (SpXml *self, GError **error) { return parse (self, "", 0, TRUE, error); }

/**
 * sp_xml_tag_dup:
 * @self: an element that begins
 * @attribute: a name without its namespace
 *
 * Returns: (transfer full) (nullable): its value; %NULL if there is none
 */
char *
sp_xml_tag_dup (const SpXmlTag *self, const char *attribute)
{
  for (int i = 0; i < self->n; i++)
    {
      const xmlChar **one = self->attributes + 5 * i;
      if (strcmp ((const char *) one[0], attribute) == 0)
        return g_strndup ((const char *) one[3], (gsize) (one[4] - one[3]));
    }
  return NULL;
}
