/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpWriter: documents into a file of some format, one at a time. A file is written aside and takes its name only when
 * it is complete; one that was given up leaves nothing behind. A writer belongs to one thread at a time. */
#include "sp-writer-place.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  GOutputStream *out;        /* owned; buffered; NULL if a folder is written */
  SpDisclosure  *disclosure; /* of the caller; NULL to write everything */
  GFile         *file;       /* owned; NULL if a stream was given */
  GFile         *aside;      /* owned; what becomes @file */
  guint          count;
  guint          n_timeless; /* written to a calendar that has no day for them */
  char          *filtered;   /* owned, nullable */

  /* of the entry that is being written */
  const SpNode     *venue;    /* nullable; as far as it may be told */
  const SpNode     *organisation; /* nullable; likewise */
  const SpCalendar *calendar; /* nullable */
} SpWriterPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (SpWriter, sp_writer, G_TYPE_OBJECT)

static void
sp_writer_finalize (GObject *object)
{
  SpWriterPrivate *priv = sp_writer_get_instance_private (SP_WRITER (object));

  g_clear_object (&priv->out);
  if (priv->aside != NULL)
    sp_writer_place_remove (priv->aside);
  g_clear_object (&priv->aside);
  g_clear_object (&priv->file);
  g_free (priv->filtered);
  G_OBJECT_CLASS (sp_writer_parent_class)->finalize (object);
}

static void
sp_writer_class_init (SpWriterClass *class)
{
  G_OBJECT_CLASS (class)->finalize = sp_writer_finalize;
}

static void
sp_writer_init (SpWriter *self)
{
}

static SpWriter *
create (const char *format, SpDisclosure *disclosure, GError **error)
{
  GType type = sp_writer_place_get_type (format, error);
  SpWriter *self = type != G_TYPE_INVALID ? g_object_new (type, NULL) : NULL;
  SpWriterPrivate *priv = self != NULL ? sp_writer_get_instance_private (self) : NULL;

  if (priv != NULL)
    priv->disclosure = disclosure;
  return self;
}

static void
set_stream (SpWriter *self, GOutputStream *out, gboolean closes)
{
  SpWriterPrivate *priv = sp_writer_get_instance_private (self);

  priv->out = g_buffered_output_stream_new_sized (out, 64 * 1024);
  g_filter_output_stream_set_close_base_stream (G_FILTER_OUTPUT_STREAM (priv->out), closes);
}

/**
 * sp_writer_new:
 * @out: where to write
 * @format: one of sp_writer_get_formats()
 * @disclosure: (nullable) (transfer none): for a public list, the count of what is left out, which must live as long;
 *   %NULL to write everything
 * @error: %SP_ERROR_UNSUPPORTED for another format
 *
 * Returns: (transfer full) (nullable): a writer
 */
SpWriter *
sp_writer_new (GOutputStream *out, const char *format, SpDisclosure *disclosure, GError **error)
{
  SpWriter *self = create (format, disclosure, error);

  if (self != NULL)
    set_stream (self, out, FALSE);
  return self;
}

static gboolean
open_aside (SpWriter *self, gboolean is_folder, GError **error)
{
  SpWriterPrivate *priv = sp_writer_get_instance_private (self);
  g_autoptr (GFileOutputStream) out = NULL;

  if (is_folder)
    return SP_WRITER_GET_CLASS (self)->open_folder (self, g_file_peek_path (priv->aside), error);
  out = g_file_create (priv->aside, G_FILE_CREATE_NONE, NULL, error);
  if (out != NULL)
    set_stream (self, G_OUTPUT_STREAM (out), TRUE);
  else
    g_prefix_error (error, "%s: ", g_file_peek_path (priv->file));
  return out != NULL;
}

/**
 * sp_writer_open:
 * @file: what to write; a file of that name is replaced when the new one is complete. For a format that can be a folder,
 *   a name without the ending of a file is that of a folder, which must be new or empty
 * @format: one of sp_writer_get_formats()
 * @disclosure: (nullable) (transfer none): see sp_writer_new()
 * @error: why that cannot be, such as a folder that cannot be written to
 *
 * Returns: (transfer full) (nullable): a writer
 */
SpWriter *
sp_writer_open (GFile *file, const char *format, SpDisclosure *disclosure, GError **error)
{
  g_autoptr (SpWriter) self = create (format, disclosure, error);
  SpWriterPrivate *priv = self != NULL ? sp_writer_get_instance_private (self) : NULL;
  gboolean is_folder = self != NULL && SP_WRITER_GET_CLASS (self)->open_folder != NULL && sp_writer_place_is_folder (file);

  if (self == NULL || (is_folder && !sp_writer_place_check_folder (file, error)))
    return NULL;
  priv->aside = sp_writer_place_get_aside (file, error);
  if (priv->aside == NULL)
    return NULL;
  priv->file = g_object_ref (file);
  return open_aside (self, is_folder, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * sp_writer_set_filtered:
 * @self: a writer that nothing was added to
 * @words: (nullable): what was searched for, in words
 *
 * Says what the list is of, for formats that people read.
 */
void
sp_writer_set_filtered (SpWriter *self, const char *words)
{
  SpWriterPrivate *priv = sp_writer_get_instance_private (self);

  g_free (priv->filtered);
  priv->filtered = g_strdup (words);
}

/**
 * sp_writer_wants_links:
 * @self: a writer
 *
 * Returns: whether sp_writer_add_linked() makes it write more than sp_writer_add()
 */
gboolean sp_writer_wants_links (SpWriter *self) { return SP_WRITER_GET_CLASS (self)->wants_links; }

/**
 * sp_writer_add:
 * @self: a writer
 * @document: an asset, or for GeoJSON also an area; without `_rev`, which no file carries
 * @error: why it could not be written
 *
 * A document that the public must not see is counted and left out.
 *
 * Returns: whether all is well
 */
gboolean
sp_writer_add (SpWriter *self, const SpNode *document, GError **error)
{
  return sp_writer_add_linked (self, document, NULL, NULL, error);
}

/* What may be told of a venue or an organisation; it is not counted, for it may be told of itself elsewhere in the list. */
static SpNode *
take_linked (const SpDisclosure *disclosure, const SpNode *linked)
{
  SpDisclosure uncounted = *disclosure;

  uncounted.leave_overdue = FALSE;
  return linked != NULL ? sp_disclosure_make_public (&uncounted, linked) : NULL;
}

/**
 * sp_writer_add_linked:
 * @self: a writer
 * @document: an asset
 * @venue: (nullable): the document of the place it is held in
 * @calendar: (nullable): the bank holidays and terms it goes by
 * @error: why it could not be written
 *
 * As sp_writer_add(), with what stands in other documents.
 *
 * Returns: whether all is well
 */
gboolean
sp_writer_add_linked (SpWriter *self, const SpNode *document, const SpNode *venue, const SpCalendar *calendar,
                      GError **error)
{
  SpWriterPrivate *priv = sp_writer_get_instance_private (self);
  g_autoptr (SpNode) public = NULL;
  g_autoptr (SpNode) public_venue = NULL;
  g_autoptr (SpNode) public_organisation = NULL;
  gboolean well;

  if (priv->disclosure != NULL)
    {
      public = sp_disclosure_make_public (priv->disclosure, document);
      if (public == NULL)
        {
          priv->organisation = NULL;
          return TRUE;
        }
      document = public;
      venue = public_venue = take_linked (priv->disclosure, venue);
      priv->organisation = public_organisation = take_linked (priv->disclosure, priv->organisation);
    }
  priv->count++;
  priv->venue = venue;
  priv->calendar = calendar;
  well = SP_WRITER_GET_CLASS (self)->add (self, document, error);
  priv->organisation = NULL;
  return well;
}

/**
 * sp_writer_set_organisation:
 * @self: a writer
 * @organisation: (nullable) (transfer none): the document of who runs the entry that is added next
 *
 * It must live until that was added.
 */
void
sp_writer_set_organisation (SpWriter *self, const SpNode *organisation)
{
  SpWriterPrivate *priv = sp_writer_get_instance_private (self);

  priv->organisation = organisation;
}

/**
 * sp_writer_finish:
 * @self: a writer
 * @error: why it could not be written
 *
 * Ends the file or folder and gives it its name. Without this call nothing is left of it.
 *
 * Returns: whether the file is there, complete
 */
gboolean
sp_writer_finish (SpWriter *self, GError **error)
{
  SpWriterPrivate *priv = sp_writer_get_instance_private (self);

  if (!SP_WRITER_GET_CLASS (self)->end (self, error)
      || (priv->out != NULL && !g_output_stream_close (priv->out, NULL, error)))
    return FALSE;
  if (priv->aside == NULL)
    return TRUE;
  if (!sp_writer_place_take (priv->aside, priv->file, error))
    return FALSE;
  g_clear_object (&priv->aside);
  return TRUE;
}

/**
 * sp_writer_get_count:
 * @self: a writer
 *
 * Returns: how many documents were written
 */
guint
sp_writer_get_count (SpWriter *self)
{
  SpWriterPrivate *priv = sp_writer_get_instance_private (self);

  return priv->count;
}

/**
 * sp_writer_describe:
 * @self: a writer to which everything was added
 *
 * Returns: (transfer full) (nullable): what is not in the file, in sentences; %NULL if all is
 */
char *
sp_writer_describe (SpWriter *self)
{
  SpWriterPrivate *priv = sp_writer_get_instance_private (self);
  g_autofree char *withheld = priv->disclosure != NULL ? sp_disclosure_describe (priv->disclosure) : NULL;
  g_autofree char *timeless = NULL;

  if (priv->n_timeless == 0)
    return g_steal_pointer (&withheld);
  timeless = g_strdup_printf (ngettext ("%u entry has no times that a calendar could show.",
                                        "%u entries have no times that a calendar could show.", priv->n_timeless),
                              priv->n_timeless);
  return withheld != NULL ? g_strdup_printf ("%s %s", timeless, withheld) : g_steal_pointer (&timeless);
}

/**
 * sp_writer_get_filtered:
 * @self: a writer
 *
 * Returns: (transfer none) (nullable): what was searched for, in words
 */
const char *
sp_writer_get_filtered (SpWriter *self)
{
  SpWriterPrivate *priv = sp_writer_get_instance_private (self);

  return priv->filtered;
}

/**
 * sp_writer_get_venue:
 * @self: a writer that adds an entry
 *
 * Returns: (transfer none) (nullable): the place it is held in, as far as it may be told
 */
const SpNode *
sp_writer_get_venue (SpWriter *self)
{
  SpWriterPrivate *priv = sp_writer_get_instance_private (self);

  return priv->venue;
}

/**
 * sp_writer_get_organisation:
 * @self: a writer that adds an entry
 *
 * Returns: (transfer none) (nullable): who runs it, as far as that may be told
 */
const SpNode *
sp_writer_get_organisation (SpWriter *self)
{
  SpWriterPrivate *priv = sp_writer_get_instance_private (self);

  return priv->organisation;
}

/**
 * sp_writer_get_calendar:
 * @self: a writer that adds an entry
 *
 * Returns: (transfer none) (nullable): what it goes by
 */
const SpCalendar *
sp_writer_get_calendar (SpWriter *self)
{
  SpWriterPrivate *priv = sp_writer_get_instance_private (self);

  return priv->calendar;
}

/**
 * sp_writer_is_public:
 * @self: a writer
 *
 * Returns: whether it leaves out what the public may not have
 */
gboolean
sp_writer_is_public (SpWriter *self)
{
  SpWriterPrivate *priv = sp_writer_get_instance_private (self);

  return priv->disclosure != NULL;
}

/**
 * sp_writer_add_timeless:
 * @self: a calendar
 *
 * Counts an entry that has no day in it.
 */
void
sp_writer_add_timeless (SpWriter *self)
{
  SpWriterPrivate *priv = sp_writer_get_instance_private (self);

  priv->n_timeless++;
}

/**
 * sp_writer_get_stream:
 * @self: a writer
 *
 * Returns: (transfer none): where it writes, unless that is a folder
 */
GOutputStream *
sp_writer_get_stream (SpWriter *self)
{
  SpWriterPrivate *priv = sp_writer_get_instance_private (self);

  return priv->out;
}

/**
 * sp_writer_put:
 * @self: a writer
 * @text: what to write
 * @length: in bytes
 * @error: what the stream says
 *
 * Writes all of a text.
 *
 * Returns: whether that went well
 */
gboolean
sp_writer_put (SpWriter *self, const char *text, gsize length, GError **error)
{
  return g_output_stream_write_all (sp_writer_get_stream (self), text, length, NULL, NULL, error);
}
