/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpOrukWriter: entries as Open Referral UK 3.0: one page of services, each whole, as `/services` of its API answers; or a
 * folder of files shaped like that API. */
#include "sp-oruk-writer.h"

#include "sp-oruk-folder.h"
#include "sp-oruk-own.h"
#include "sp-oruk-service.h"

#include <string.h>

struct _SpOrukWriter
{
  SpWriter parent_instance;

  SpOrukFolder *folder; /* owned, nullable: a file is written */
  gboolean      begun;
};

G_DEFINE_FINAL_TYPE (SpOrukWriter, sp_oruk_writer, SP_TYPE_WRITER)

#define HEAD "{\"contents\":["

static gboolean
sp_oruk_writer_add (SpWriter *writer, const SpNode *document, GError **error)
{
  SpOrukWriter *self = SP_ORUK_WRITER (writer);
  g_autoptr (SpNode) service =
    sp_oruk_service_new (document, sp_writer_get_venue (writer), sp_writer_get_organisation (writer));
  g_autoptr (GString) text = NULL;

  sp_oruk_own_add (service, document);
  if (self->folder != NULL)
    return sp_oruk_folder_add (self->folder, service, error);
  text = g_string_new (self->begun ? ",\n" : HEAD "\n");
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
  g_autofree char *tail = NULL, *end = NULL;

  if (self->folder != NULL)
    return sp_oruk_folder_end (self->folder, error);
  tail = sp_oruk_page_tail (n, 1, MAX (1, n), n);
  end = g_strconcat (self->begun ? "\n" : HEAD, tail, NULL);
  return sp_writer_put (writer, end, strlen (end), error);
}

static gboolean
sp_oruk_writer_open_folder (SpWriter *writer, const char *path, GError **error)
{
  SpOrukWriter *self = SP_ORUK_WRITER (writer);

  self->folder = sp_oruk_folder_new (path, error);
  return self->folder != NULL;
}

static void
sp_oruk_writer_finalize (GObject *object)
{
  g_clear_pointer (&SP_ORUK_WRITER (object)->folder, sp_oruk_folder_free);
  G_OBJECT_CLASS (sp_oruk_writer_parent_class)->finalize (object);
}

static void
sp_oruk_writer_class_init (SpOrukWriterClass *class)
{
  G_OBJECT_CLASS (class)->finalize = sp_oruk_writer_finalize;
  SP_WRITER_CLASS (class)->wants_links = TRUE;
  SP_WRITER_CLASS (class)->add = sp_oruk_writer_add;
  SP_WRITER_CLASS (class)->end = sp_oruk_writer_end;
  SP_WRITER_CLASS (class)->open_folder = sp_oruk_writer_open_folder;
}

static void
sp_oruk_writer_init (SpOrukWriter *self)
{
}
