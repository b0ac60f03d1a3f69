/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder that any web server can publish as a feed of Open Referral UK 3.0: `services` and `service_at_locations`, each
 * with its pages, page-1.json and so on, and a file for each entry that is called after its id. How many there are in all
 * is known at the end, and is then added to every page. */
#include "sp-oruk-folder.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>

#define PAGE_SIZE 100 /* entries */
#define HEAD "{\"contents\":[\n"

typedef struct
{
  char          *path; /* owned */
  GOutputStream *page; /* owned, nullable; that is being written */
  guint          count;
} Feed;

struct _SpOrukFolder
{
  Feed services;
  Feed places; /* services at locations */
};

static gboolean
make_folder (const char *path, GError **error)
{
  if (g_mkdir (path, 0777) == 0)
    return TRUE;
  g_set_error (error, SP_ERROR, SP_ERROR_READ_ONLY, "%s: %s", path, g_strerror (errno));
  return FALSE;
}

static char *
page_path (const Feed *feed, guint number)
{
  g_autofree char *name = g_strdup_printf ("page-%u.json", number);

  return g_build_filename (feed->path, name, NULL);
}

static GOutputStream *
open_page (const Feed *feed, guint number, gboolean again, GError **error)
{
  g_autofree char *path = page_path (feed, number);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileOutputStream) out =
    again ? g_file_append_to (file, G_FILE_CREATE_NONE, NULL, error) : g_file_create (file, G_FILE_CREATE_NONE, NULL, error);

  return out != NULL ? g_buffered_output_stream_new_sized (G_OUTPUT_STREAM (out), 64 * 1024) : NULL;
}

static gboolean
close_page (Feed *feed, GError **error)
{
  g_autoptr (GOutputStream) page = g_steal_pointer (&feed->page);

  return page == NULL || g_output_stream_close (page, NULL, error);
}

static gboolean
add_entry (Feed *feed, const SpNode *entry, GError **error)
{
  g_autofree char *json = sp_node_to_json (entry), *path = NULL;
  g_autofree char *name = g_strconcat (sp_node_get_text (entry, "id"), ".json", NULL);
  gboolean is_first = feed->count % PAGE_SIZE == 0;

  if (is_first && (!close_page (feed, error) || (feed->page = open_page (feed, feed->count / PAGE_SIZE + 1, FALSE, error)) == NULL))
    return FALSE;
  feed->count++;
  path = g_build_filename (feed->path, name, NULL);
  return g_output_stream_printf (feed->page, NULL, NULL, error, "%s%s", is_first ? HEAD : ",\n", json)
         && g_file_set_contents_full (path, json, -1, G_FILE_SET_CONTENTS_NONE, 0666, error);
}

static gboolean
end_feed (Feed *feed, GError **error)
{
  guint pages = MAX (1, (feed->count + PAGE_SIZE - 1) / PAGE_SIZE);

  if (!close_page (feed, error))
    return FALSE;
  for (guint number = 1; number <= pages; number++)
    {
      guint on_page = MIN (PAGE_SIZE, feed->count - (number - 1) * PAGE_SIZE);
      g_autofree char *tail = sp_oruk_page_tail (feed->count, number, PAGE_SIZE, on_page);
      g_autoptr (GOutputStream) page = open_page (feed, number, feed->count > 0, error);

      if (page == NULL
          || !g_output_stream_printf (page, NULL, NULL, error, "%s%s", feed->count == 0 ? HEAD : "\n", tail)
          || !g_output_stream_close (page, NULL, error))
        return FALSE;
    }
  return TRUE;
}

/* The service inside the place, as `/service_at_locations` has it. */
static gboolean
add_places (SpOrukFolder *self, const SpNode *service, GError **error)
{
  const SpNode *places = sp_node_get (service, "service_at_locations");
  g_autoptr (SpNode) inner = sp_node_copy (service);

  sp_node_remove (inner, "service_at_locations");
  for (guint i = 0; sp_node_is_array (places) && i < sp_node_get_length (places); i++)
    {
      g_autoptr (SpNode) place = sp_node_copy (sp_node_get_element (places, i));

      sp_node_set (place, "service", sp_node_ref (inner));
      if (!add_entry (&self->places, place, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * sp_oruk_page_tail:
 * @items: entries on all pages
 * @number: which page it is, from 1
 * @size: entries that a page may have
 * @on_page: entries on this one
 *
 * Returns: (transfer full): what stands after the last entry of a page
 */
char *
sp_oruk_page_tail (guint items, guint number, guint size, guint on_page)
{
  guint pages = MAX (1, (items + size - 1) / MAX (1, size));

  return g_strdup_printf ("],\n\"total_items\":%u,\"total_pages\":%u,\"page_number\":%u,\"size\":%u,\"first_page\":%s,\"last_page\":%s,\"empty\":%s}\n",
                          items, pages, number, on_page, number == 1 ? "true" : "false", number == pages ? "true" : "false",
                          on_page == 0 ? "true" : "false");
}

/**
 * sp_oruk_folder_new:
 * @path: of a folder that is not there yet
 * @error: %SP_ERROR_READ_ONLY
 *
 * Returns: (transfer full) (nullable): the folder, without services
 */
SpOrukFolder *
sp_oruk_folder_new (const char *path, GError **error)
{
  g_autoptr (SpOrukFolder) self = g_new0 (SpOrukFolder, 1);

  self->services.path = g_build_filename (path, "services", NULL);
  self->places.path = g_build_filename (path, "service_at_locations", NULL);
  if (!make_folder (path, error) || !make_folder (self->services.path, error) || !make_folder (self->places.path, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * sp_oruk_folder_free:
 * @self: (transfer full): a folder; what is on the disk stays
 */
void
sp_oruk_folder_free (SpOrukFolder *self)
{
  g_clear_object (&self->services.page);
  g_clear_object (&self->places.page);
  g_free (self->services.path);
  g_free (self->places.path);
  g_free (self);
}

/**
 * sp_oruk_folder_add:
 * @self: a folder
 * @service: a service
 * @error: why it could not be written
 *
 * Returns: whether it was written
 */
gboolean
sp_oruk_folder_add (SpOrukFolder *self, const SpNode *service, GError **error)
{
  return add_entry (&self->services, service, error) && add_places (self, service, error);
}

/**
 * sp_oruk_folder_end:
 * @self: a folder to which everything was added
 * @error: why it could not be written
 *
 * Returns: whether it is complete
 */
gboolean
sp_oruk_folder_end (SpOrukFolder *self, GError **error)
{
  return end_feed (&self->services, error) && end_feed (&self->places, error);
}
