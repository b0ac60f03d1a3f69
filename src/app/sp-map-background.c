/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpMapBackground: which map lies below the pins: what the settings say, in the colours of the windows, at the resolution
 * of the screen. Whenever one of these changes, or something went wrong and may be right again, there is a new source.
 *
 * Belongs to the main loop. */
#include "sp-map-background.h"

#include "sp-map-overlay.h"
#include "sp-mbtiles-source.h"
#include "sp-online-address.h"
#include "sp-online-source.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#define LEAP 1.5 /* zoom levels: the tiles of one are of no use for the other */
#define CACHE_LIMIT (200 * 1024 * 1024) /* bytes of pictures of online maps; about 10,000 */

/* The enum of the settings schema. */
typedef enum { BUILT_IN, FROM_FILE, ONLINE } Kind;

struct _SpMapBackground
{
  GObject parent_instance;

  GSettings    *settings;   /* owned */
  SpBaseSource *source;     /* owned */
  SpMapDots    *dots;       /* owned, nullable */
  int           scale;      /* of the screen */
  double        zoom;       /* level that the tiles were made for */
  double        stretch;    /* of a tile, by a zoom between two levels: 1 to 2 */
  SpMbtiles    *file;       /* owned, nullable */
  GCancellable *opening;    /* owned, nullable: the file is being opened */
  char         *address;    /* owned, nullable; of the online map */
  SpTileFetcher *fetcher;   /* owned, nullable */
  guint         retry;      /* source that waits to ask the server again; 0 if nothing is wrong */
  char         *problem;    /* owned, nullable: why there is no source of the kind that was asked for */
};

G_DEFINE_FINAL_TYPE (SpMapBackground, sp_map_background, G_TYPE_OBJECT)

typedef enum { PROP_SOURCE = 1, PROP_PROBLEM, PROP_ATTRIBUTION } SpMapBackgroundProperty;
static GParamSpec *properties[PROP_ATTRIBUTION + 1];

static Kind
get_kind (SpMapBackground *self)
{
  return (Kind) g_settings_get_enum (self->settings, "base-map");
}

static void
notify_problem (SpMapBackground *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

static void
set_problem (SpMapBackground *self, const char *problem)
{
  g_free (self->problem);
  self->problem = g_strdup (problem);
}

/* One for all windows, so that there are never more than two requests at a time. */
static SpTileFetcher *
get_fetcher (void)
{
  static GWeakRef shared;
  SpTileFetcher *fetcher = g_weak_ref_get (&shared);

  if (fetcher == NULL)
    {
      g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "signpost", "tiles", NULL);

      fetcher = sp_tile_fetcher_new (folder, CACHE_LIMIT);
      g_weak_ref_set (&shared, fetcher);
    }
  return fetcher;
}

/* The built-in map is drawn as fine as the screen shows it, also between two zoom levels. Pictures have the pixels that
 * they have; there only the screen counts, and zooming does not ask a server again. */
static SpBaseSource *
make_source (SpMapBackground *self)
{
  SpMapStyle style = sp_map_overlay_get_style ();

  if (get_kind (self) == FROM_FILE && self->file != NULL)
    return SP_BASE_SOURCE (sp_mbtiles_source_new (self->file, style, self->scale, self->dots));
  if (get_kind (self) == ONLINE && self->address != NULL)
    return SP_BASE_SOURCE (sp_online_source_new (self->address, self->fetcher, style, self->scale, self->dots));
  return sp_base_source_new (style, self->scale * self->stretch, self->dots);
}

static void renew (SpMapBackground *self);

static void
ask_again (SpMapBackground *self)
{
  g_clear_handle_id (&self->retry, g_source_remove);
  if (self->fetcher == NULL || sp_tile_fetcher_get_problem (self->fetcher) == NULL)
    return;
  sp_tile_fetcher_resume (self->fetcher);
  renew (self);
}

static gboolean
retry_cb (gpointer data)
{
  SpMapBackground *self = data;

  self->retry = 0;
  ask_again (self);
  return G_SOURCE_REMOVE;
}

/* There is a network again, perhaps. */
static void
network_cb (SpMapBackground *self, gboolean available)
{
  if (available)
    ask_again (self);
}

static void
problem_cb (SpMapBackground *self)
{
  guint pause = self->fetcher != NULL ? sp_tile_fetcher_get_pause (self->fetcher) : 0;

  if (pause > 0 && self->retry == 0)
    self->retry = g_timeout_add_seconds (pause + 1, retry_cb, self);
  notify_problem (self);
}

static void
renew (SpMapBackground *self)
{
  g_autoptr (SpBaseSource) old = g_steal_pointer (&self->source);

  self->source = make_source (self);
  g_signal_connect_object (self->source, "notify::problem", G_CALLBACK (problem_cb), self, G_CONNECT_SWAPPED);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SOURCE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ATTRIBUTION]);
  notify_problem (self);
  if (old == NULL)
    return;
  g_signal_handlers_disconnect_by_func (old, problem_cb, self);
  sp_base_source_stop (old);
}

static void
open_thread (GTask *task, gpointer source, gpointer path, GCancellable *cancellable)
{
  GError *error = NULL;
  SpMbtiles *file = sp_mbtiles_open (path, &error);

  if (file != NULL)
    g_task_return_pointer (task, file, (GDestroyNotify) sp_mbtiles_unref);
  else
    g_task_return_error (task, error);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpMapBackground) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SpMbtiles) file = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->opening);
  self->file = g_steal_pointer (&file);
  set_problem (self, error != NULL ? error->message : NULL);
  renew (self);
}

static void
drop_file (SpMapBackground *self)
{
  if (self->opening != NULL)
    g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  g_clear_pointer (&self->file, sp_mbtiles_unref);
}

static void
open_file (SpMapBackground *self)
{
  g_autofree char *path = g_settings_get_string (self->settings, "mbtiles-file");
  g_autoptr (GTask) task = NULL;

  if (*path == '\0')
    {
      set_problem (self, _("No map file is chosen"));
      return;
    }
  self->opening = g_cancellable_new ();
  task = g_task_new (NULL, self->opening, opened_cb, g_object_ref (self));
  g_task_set_source_tag (task, open_file);
  g_task_set_task_data (task, g_steal_pointer (&path), g_free);
  g_task_run_in_thread (task, open_thread);
}

static void
drop_online (SpMapBackground *self)
{
  g_clear_handle_id (&self->retry, g_source_remove);
  g_clear_pointer (&self->address, g_free);
  g_clear_object (&self->fetcher);
}

static void
go_online (SpMapBackground *self)
{
  g_autofree char *address = g_settings_get_string (self->settings, "online-url");
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri) uri = sp_online_address_parse (address, &error);

  if (uri == NULL)
    {
      set_problem (self, error->message);
      return;
    }
  self->address = g_steal_pointer (&address);
  self->fetcher = get_fetcher ();
  sp_tile_fetcher_reset (self->fetcher);
}

/* The built-in map is there at once; another one may come in a moment. */
static void
set_up (SpMapBackground *self)
{
  drop_file (self);
  drop_online (self);
  set_problem (self, NULL);
  if (get_kind (self) == FROM_FILE)
    open_file (self);
  else if (get_kind (self) == ONLINE)
    go_online (self);
  renew (self);
}

static void
settings_changed_cb (SpMapBackground *self, const char *key)
{
  if (g_str_equal (key, "base-map") || (g_str_equal (key, "mbtiles-file") && get_kind (self) == FROM_FILE)
      || (g_str_equal (key, "online-url") && get_kind (self) == ONLINE))
    set_up (self);
  else if (g_str_equal (key, "online-attribution"))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ATTRIBUTION]);
}

static void
sp_map_background_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  SpMapBackground *self = SP_MAP_BACKGROUND (object);

  switch ((SpMapBackgroundProperty) prop_id)
    {
    case PROP_SOURCE:
      g_value_set_object (value, self->source);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, sp_map_background_get_problem (self));
      break;
    case PROP_ATTRIBUTION:
      g_value_take_string (value, sp_map_background_get_attribution_markup (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
sp_map_background_dispose (GObject *object)
{
  SpMapBackground *self = SP_MAP_BACKGROUND (object);

  drop_file (self);
  drop_online (self);
  if (self->source != NULL)
    sp_base_source_stop (self->source);
  g_clear_object (&self->source);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->dots, sp_map_dots_unref);
  G_OBJECT_CLASS (sp_map_background_parent_class)->dispose (object);
}

static void
sp_map_background_finalize (GObject *object)
{
  g_free (SP_MAP_BACKGROUND (object)->problem);
  G_OBJECT_CLASS (sp_map_background_parent_class)->finalize (object);
}

static void
sp_map_background_class_init (SpMapBackgroundClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = sp_map_background_get_property;
  object_class->dispose = sp_map_background_dispose;
  object_class->finalize = sp_map_background_finalize;
  properties[PROP_SOURCE] = g_param_spec_object ("source", NULL, NULL, SP_TYPE_BASE_SOURCE, flags);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);
  properties[PROP_ATTRIBUTION] = g_param_spec_string ("attribution", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
sp_map_background_init (SpMapBackground *self)
{
  self->scale = 1;
  self->stretch = 1;
}

/**
 * sp_map_background_new:
 * @settings: the settings of the program; followed
 *
 * Returns: (transfer full): the map that they say
 */
SpMapBackground *
sp_map_background_new (GSettings *settings)
{
  SpMapBackground *self = g_object_new (SP_TYPE_MAP_BACKGROUND, NULL);

  self->settings = g_object_ref (settings);
  g_signal_connect_object (settings, "changed", G_CALLBACK (settings_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (renew), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed", G_CALLBACK (network_cb), self, G_CONNECT_SWAPPED);
  set_up (self);
  return self;
}

/**
 * sp_map_background_get_source:
 * @self: a background
 *
 * Returns: (transfer none): the tiles to show now
 */
SpBaseSource *sp_map_background_get_source (SpMapBackground *self) { return self->source; }

/**
 * sp_map_background_set_resolution:
 * @self: a background
 * @scale: pixels of the screen for each of the widget
 * @zoom: zoom level that the map has come to rest at
 *
 * Says how fine the tiles must be to be sharp.
 */
void
sp_map_background_set_resolution (SpMapBackground *self, int scale, double zoom)
{
  double stretch = exp2 (zoom - floor (zoom));
  gboolean is_drawn = !sp_map_background_has_pictures (self);
  gboolean counts = scale != self->scale
                    || (is_drawn && (fabs (stretch - self->stretch) > 0.01 || fabs (zoom - self->zoom) > LEAP));

  self->scale = scale;
  self->stretch = stretch;
  self->zoom = zoom;
  if (counts)
    renew (self);
}

/**
 * sp_map_background_set_dots:
 * @self: a background
 * @dots: (nullable): postcodes to draw as dots
 */
void
sp_map_background_set_dots (SpMapBackground *self, SpMapDots *dots)
{
  g_autoptr (SpMapDots) old = self->dots;

  self->dots = dots != NULL ? sp_map_dots_ref (dots) : NULL;
  if (old != dots)
    renew (self);
}

/**
 * sp_map_background_retry:
 * @self: a background
 *
 * Tries again what went wrong.
 */
void
sp_map_background_retry (SpMapBackground *self)
{
  set_up (self);
}

/**
 * sp_map_background_get_problem:
 * @self: a background
 *
 * Returns: (transfer none) (nullable): why the built-in map stands in for the one that was asked for: a sentence for a
 *   person, without its full stop
 */
const char *
sp_map_background_get_problem (SpMapBackground *self)
{
  const GError *error = self->source != NULL ? sp_base_source_get_problem (self->source) : NULL;

  return self->problem != NULL ? self->problem : error != NULL ? error->message : NULL;
}

/**
 * sp_map_background_has_pictures:
 * @self: a background
 *
 * Returns: whether the tiles are somebody's pictures, with names of places in them, not the built-in map
 */
gboolean
sp_map_background_has_pictures (SpMapBackground *self)
{
  return SP_IS_MBTILES_SOURCE (self->source) || SP_IS_ONLINE_SOURCE (self->source);
}

/* With a link to where the server's owner tells about it. */
static char *
credit_online (SpMapBackground *self)
{
  g_autofree char *text = g_settings_get_string (self->settings, "online-attribution");
  g_autoptr (GUri) uri = sp_online_address_parse (self->address, NULL);
  const char *host = g_uri_get_host (uri);
  g_autofree char *page = g_str_has_suffix (host, "openstreetmap.org") ? g_strdup ("https://www.openstreetmap.org/copyright")
                                                                      : g_strdup_printf ("%s://%s/", g_uri_get_scheme (uri), host);

  return g_markup_printf_escaped ("<a href=\"%s\">%s</a>", page, *text != '\0' ? text : host);
}

/**
 * sp_map_background_get_attribution_markup:
 * @self: a background
 *
 * Returns: (transfer full): whom the map is to be credited to, as Pango markup with links; one to %SP_MAP_BACKGROUND_ABOUT
 *   for the built-in map
 */
char *
sp_map_background_get_attribution_markup (SpMapBackground *self)
{
  if (SP_IS_MBTILES_SOURCE (self->source))
    return g_markup_escape_text (sp_mbtiles_get_attribution (self->file), -1);
  if (SP_IS_ONLINE_SOURCE (self->source))
    return credit_online (self);
  return g_strdup_printf ("<a href=\"" SP_MAP_BACKGROUND_ABOUT "\">%s</a>", SP_BASE_MAP_ATTRIBUTION);
}
