/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpOrukWriter: entries as Open Referral UK 3.0: one page of services, each whole, as `/services` of its API answers. */
#include "sp-oruk-writer.h"

#include "sp-oruk-own.h"
#include "sp-oruk-service.h"

#include <string.h>

struct _SpOrukWriter
{
  SpWriter parent_instance;

  gboolean begun;
};

G_DEFINE_FINAL_TYPE (SpOrukWriter, sp_oruk_writer, SP_TYPE_WRITER)

#define HEAD "{\"contents\":["

static gboolean
sp_oruk_writer_add (SpWriter *writer, const SpNode *document, GError **error)
{
  SpOrukWriter *self = SP_ORUK_WRITER (writer);
  g_autoptr (SpNode) service = sp_oruk_service_new (document, sp_writer_get_venue (writer));
  g_autoptr (GString) text = g_string_new (self->begun ? ",\n" : HEAD "\n");

  sp_oruk_own_add (service, document);
  self->begun = TRUE;
  sp_node_append_json (service, text);
  return sp_writer_put (writer, text->str, text->len, error);
}

/* How many there are is known at the end. */
static gboolean
sp_oruk_writer_end (SpWriter *writer, GError **error)
{
  SpOrukWriter *self = SP_ORUK_WRITER (writer);
  guint n = sp_writer_get_count (writer);
  g_autofree char *end = g_strdup_printf (
    "%s],\n\"total_items\":%u,\"total_pages\":1,\"page_number\":1,\"size\":%u,\"first_page\":true,\"last_page\":true,\"empty\":%s}\n",
    self->begun ? "\n" : HEAD, n, n, n > 0 ? "false" : "true");

  return sp_writer_put (writer, end, strlen (end), error);
}

static void
sp_oruk_writer_class_init (SpOrukWriterClass *class)
{
  SP_WRITER_CLASS (class)->wants_links = TRUE;
  SP_WRITER_CLASS (class)->add = sp_oruk_writer_add;
  SP_WRITER_CLASS (class)->end = sp_oruk_writer_end;
}

static void
sp_oruk_writer_init (SpOrukWriter *self)
{
}
