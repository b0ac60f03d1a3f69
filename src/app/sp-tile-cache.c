/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpTileCache: pictures that an online map has sent, one file each, so that they are asked for once and are there without
 * a network. When the folder grows beyond its limit, what was not looked at for longest goes first. */
#include "sp-tile-cache.h"

#include <glib/gstdio.h>
#include <string.h>
#include <utime.h>

#define FORMAT "(usssxay)" /* version, address, ETag, Last-Modified, expiry, picture; in the byte order of the machine */
#define VERSION 1u
#define SWEEP_PART 16 /* of the limit may be written before the folder is looked over again */
#define KEEP_PART 0.9 /* of the limit is left then */

struct _SpTileCache
{
  gatomicrefcount ref_count;
  GMutex  lock;
  char   *folder;   /* owned */
  guint64 limit;    /* bytes */
  guint64 written;  /* bytes, since the folder was looked over; with @lock */
  gboolean is_swept; /* it was looked over once; with @lock */
};

/* A file of the folder. */
typedef struct
{
  char  *path;
  gint64 used; /* when it was written or looked at last */
  gint64 size;
} File;

/**
 * sp_tile_cache_entry_free:
 * @self: (transfer full): an entry
 */
void
sp_tile_cache_entry_free (SpTileCacheEntry *self)
{
  g_bytes_unref (self->bytes);
  g_free (self->etag);
  g_free (self->modified);
  g_free (self);
}

/**
 * sp_tile_cache_new:
 * @folder: where the pictures are; it is made when there is one to keep
 * @limit: bytes
 *
 * Returns: (transfer full): the cache
 */
SpTileCache *
sp_tile_cache_new (const char *folder, guint64 limit)
{
  SpTileCache *self = g_new0 (SpTileCache, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->lock);
  self->folder = g_strdup (folder);
  self->limit = limit;
  return self;
}

/**
 * sp_tile_cache_ref:
 * @self: a cache
 *
 * Returns: (transfer full): the same
 */
SpTileCache *
sp_tile_cache_ref (SpTileCache *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * sp_tile_cache_unref:
 * @self: (transfer full): a cache; its files stay
 */
void
sp_tile_cache_unref (SpTileCache *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_mutex_clear (&self->lock);
  g_free (self->folder);
  g_free (self);
}

static char *
make_path (SpTileCache *self, const char *uri)
{
  g_autofree char *name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, uri, -1);

  return g_build_filename (self->folder, name, NULL);
}

static char *
text_or_null (const char *text)
{
  return *text != '\0' ? g_strdup (text) : NULL;
}

/* A file that is not whole, or of another version, is as good as none. */
static SpTileCacheEntry *
read_entry (GBytes *file, const char *uri)
{
  g_autoptr (GVariant) variant = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (FORMAT), file, FALSE));
  g_autoptr (GVariant) picture = NULL;
  const char *address, *etag, *modified;
  SpTileCacheEntry *entry;
  guint32 version;
  gint64 expires;

  if (!g_variant_is_normal_form (variant))
    return NULL;
  g_variant_get (variant, "(u&s&s&sx@ay)", &version, &address, &etag, &modified, &expires, &picture);
  if (version != VERSION || strcmp (address, uri) != 0)
    return NULL;
  entry = g_new0 (SpTileCacheEntry, 1);
  entry->etag = text_or_null (etag);
  entry->modified = text_or_null (modified);
  entry->expires = expires;
  entry->bytes = g_variant_get_data_as_bytes (picture);
  return entry;
}

/**
 * sp_tile_cache_load:
 * @self: a cache
 * @uri: address of a picture
 *
 * Reads a file: not for the main loop.
 *
 * Returns: (transfer full) (nullable): the picture, be it out of date; %NULL if it is not there
 */
SpTileCacheEntry *
sp_tile_cache_load (SpTileCache *self, const char *uri)
{
  g_autofree char *path = make_path (self, uri);
  g_autoptr (GBytes) file = NULL;
  SpTileCacheEntry *entry;
  char *data;
  gsize length;

  if (!g_file_get_contents (path, &data, &length, NULL))
    return NULL;
  file = g_bytes_new_take (data, length);
  entry = read_entry (file, uri);
  if (entry != NULL)
    g_utime (path, NULL); /* it was looked at */
  return entry;
}

static void
clear_file (gpointer data)
{
  g_free (((File *) data)->path);
}

static int
compare_files (gconstpointer a, gconstpointer b)
{
  const File *first = a, *second = b;

  return (first->used > second->used) - (first->used < second->used);
}

static GArray *
list_files (SpTileCache *self)
{
  GArray *files = g_array_new (FALSE, FALSE, sizeof (File));
  g_autoptr (GDir) folder = g_dir_open (self->folder, 0, NULL);
  const char *name;

  g_array_set_clear_func (files, clear_file);
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      File file = { g_build_filename (self->folder, name, NULL), 0, 0 };
      GStatBuf about;

      if (g_stat (file.path, &about) == 0)
        {
          file.used = about.st_mtime;
          file.size = about.st_size;
        }
      g_array_append_val (files, file);
    }
  return files;
}

/* With the lock. */
static void
sweep (SpTileCache *self)
{
  g_autoptr (GArray) files = list_files (self);
  guint64 total = 0;

  for (guint i = 0; i < files->len; i++)
    total += (guint64) g_array_index (files, File, i).size;
  self->written = 0;
  self->is_swept = TRUE;
  if (total <= self->limit)
    return;
  g_array_sort (files, compare_files);
  for (guint i = 0; i < files->len && total > (guint64) ((double) self->limit * KEEP_PART); i++)
    {
      const File *file = &g_array_index (files, File, i);

      if (g_unlink (file->path) == 0)
        total -= (guint64) file->size;
    }
}

/**
 * sp_tile_cache_save:
 * @self: a cache
 * @uri: address of a picture
 * @entry: the picture, with what the server said of it
 * @error: a #GFileError
 *
 * Writes a file: not for the main loop.
 *
 * Returns: whether it is kept
 */
gboolean
sp_tile_cache_save (SpTileCache *self, const char *uri, const SpTileCacheEntry *entry, GError **error)
{
  g_autofree char *path = make_path (self, uri);
  GVariant *picture = g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, entry->bytes, TRUE);
  g_autoptr (GVariant) variant = g_variant_ref_sink (g_variant_new ("(usssx@ay)", VERSION, uri, entry->etag != NULL ? entry->etag : "",
                                                                    entry->modified != NULL ? entry->modified : "",
                                                                    entry->expires, picture));
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_mkdir_with_parents (self->folder, 0700);
  if (!g_file_set_contents (path, g_variant_get_data (variant), (gssize) g_variant_get_size (variant), error))
    return FALSE;
  self->written += g_variant_get_size (variant);
  if (!self->is_swept || self->written > self->limit / SWEEP_PART)
    sweep (self);
  return TRUE;
}
