/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture of the window on a store, for ./dev screenshot: the window opens, does what it is told, settles, and is
 * painted into a PNG file, with the dialog that stands before it. Menus are surfaces of their own and are not painted. */
#include "sp-application.h"
#include "sp-window.h"

#include <glib/gi18n.h>
#include <locale.h>

#define SETTLE_MS 2500 /* for tiles of the map, which come from threads, and for transitions */
#define OPEN_MS 500    /* for a dialog to come */

static char    *store;
static char    *size;
static char    *language;
static GStrv    actions;
static char   **next; /* of them */
static gboolean dark;
static gboolean contrast;
static gboolean narrow;
static double   scale = 1;

static const GOptionEntry entries[] = {
  { "store", 0, 0, G_OPTION_ARG_FILENAME, &store, "the store to show", "FILE" },
  { "size", 0, 0, G_OPTION_ARG_STRING, &size, "of the window in pixels; 1280x800 if not given", "WxH" },
  { "narrow", 0, 0, G_OPTION_ARG_NONE, &narrow, "as on a telephone: 360x720", NULL },
  { "dark", 0, 0, G_OPTION_ARG_NONE, &dark, "the dark style", NULL },
  { "contrast", 0, 0, G_OPTION_ARG_NONE, &contrast, "high contrast", NULL },
  { "text-scale", 0, 0, G_OPTION_ARG_DOUBLE, &scale, "size of text; 2 is 200 %", "FACTOR" },
  { "language", 0, 0, G_OPTION_ARG_STRING, &language, "such as cy", "CODE" },
  { "do", 0, 0, G_OPTION_ARG_STRING_ARRAY, &actions, "activate an action first, such as win.show::asset:…", "ACTION" },
  G_OPTION_ENTRY_NULL
};

static int status = 1;

/* The dialog that stands before the window, if one does. */
static GtkWindow *
find_dialog (GtkWindow *window)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) other = g_list_model_get_item (toplevels, i);

      if (gtk_window_get_transient_for (other) == window && gtk_widget_get_mapped (GTK_WIDGET (other)))
        return other;
    }
  return NULL;
}

static void
paint (GtkSnapshot *snapshot, GtkWindow *window, double width, double height)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (window));
  double own_width = gdk_paintable_get_intrinsic_width (paintable);
  double own_height = gdk_paintable_get_intrinsic_height (paintable);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) (width - own_width) / 2, (float) (height - own_height) / 2));
  gdk_paintable_snapshot (paintable, snapshot, own_width, own_height);
  gtk_snapshot_restore (snapshot);
}

/* A dialog larger than the window, as on a narrow one, is painted alone. */
static gboolean
is_larger (GtkWindow *dialog, GtkWindow *window)
{
  return gtk_widget_get_width (GTK_WIDGET (dialog)) > gtk_widget_get_width (GTK_WIDGET (window))
         || gtk_widget_get_height (GTK_WIDGET (dialog)) > gtk_widget_get_height (GTK_WIDGET (window));
}

static gboolean
save (GtkWindow *window, const char *path)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (window));
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  double width = gdk_paintable_get_intrinsic_width (paintable);
  double height = gdk_paintable_get_intrinsic_height (paintable);
  GtkWindow *dialog = find_dialog (window);
  const graphene_rect_t all = GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height);

  paint (snapshot, window, width, height);
  if (dialog != NULL)
    {
      gtk_snapshot_append_color (snapshot, &(GdkRGBA){ 0, 0, 0, 0.3f }, &all);
      paint (snapshot, dialog, width, height);
    }
  node = gtk_snapshot_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, &all);
  return gdk_texture_save_to_png (texture, path);
}

static GtkWindow *
get_main_window (GtkApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (application);

  while (window != NULL && gtk_window_get_transient_for (window) != NULL)
    window = gtk_window_get_transient_for (window);
  return window;
}

static gboolean
picture_cb (gpointer path)
{
  GtkApplication *application = GTK_APPLICATION (g_application_get_default ());
  GtkWindow *window = get_main_window (application);

  if (window != NULL && find_dialog (window) != NULL && is_larger (find_dialog (window), window))
    window = find_dialog (window);
  if (window != NULL && save (window, path))
    status = 0;
  else
    g_printerr ("%s: the picture could not be written\n", (const char *) path);
  g_application_quit (G_APPLICATION (application));
  return G_SOURCE_REMOVE;
}

static void
activate_action (GtkWindow *window, const char *detailed)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_action_parse_detailed_name (detailed, &name, &target, &error))
    g_printerr ("%s: %s\n", detailed, error->message);
  else if (!gtk_widget_activate_action_variant (GTK_WIDGET (window), name, target))
    g_printerr ("%s: the window has no such action\n", detailed);
}

/* There is no window manager to keep a dialog on the screen of a telephone. */
static gboolean
narrow_cb (gpointer path)
{
  GtkWindow *window = get_main_window (GTK_APPLICATION (g_application_get_default ()));
  GtkWindow *dialog = find_dialog (window);

  if (dialog != NULL)
    gtk_window_set_default_size (dialog, MIN (gtk_widget_get_width (GTK_WIDGET (dialog)), gtk_widget_get_width (GTK_WIDGET (window))),
                                 MIN (gtk_widget_get_height (GTK_WIDGET (dialog)), gtk_widget_get_height (GTK_WIDGET (window))));
  g_timeout_add (SETTLE_MS, picture_cb, path);
  return G_SOURCE_REMOVE;
}

/* Does one thing after the other, each once the store is open and the search of the one before has ended. */
static gboolean
ready_cb (gpointer path)
{
  GtkApplication *application = GTK_APPLICATION (g_application_get_default ());
  GtkWindow *window = get_main_window (application);
  SpBrowser *browser = SP_IS_WINDOW (window) ? sp_window_get_browser (SP_WINDOW (window)) : NULL;

  if (browser == NULL || sp_finder_is_running (sp_browser_get_finder (browser)))
    return G_SOURCE_CONTINUE;
  if (next != NULL && *next != NULL)
    {
      activate_action (window, *next++);
      return G_SOURCE_CONTINUE;
    }
  g_timeout_add (narrow ? OPEN_MS : SETTLE_MS, narrow ? narrow_cb : picture_cb, path);
  return G_SOURCE_REMOVE;
}

static void
set_size (GSettings *settings)
{
  int width = narrow ? 360 : 1280;
  int height = narrow ? 720 : 800;

  if (size != NULL)
    sscanf (size, "%dx%d", &width, &height);
  g_settings_set_int (settings, "window-width", width);
  g_settings_set_int (settings, "window-height", height);
}

static void
startup_cb (GApplication *application)
{
  GtkSettings *settings = gtk_settings_get_default ();

  g_object_set (settings, "gtk-xft-dpi", (int) (96 * 1024 * scale), "gtk-enable-animations", FALSE, NULL);
  if (dark)
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_DARK);
  set_size (sp_application_get_settings (SP_APPLICATION (application)));
}

static gboolean
parse (int *argc, char ***argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("FILE.png");
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (g_option_context_parse (context, argc, argv, &error) && *argc == 2 && store != NULL)
    return TRUE;
  g_printerr ("%s\n", error != NULL ? error->message : "Expected --store FILE and the name of the picture");
  return FALSE;
}

int
main (int argc, char **argv)
{
  g_autoptr (SpApplication) application = NULL;
  char *arguments[] = { argv[0], (char *) "--store", NULL, NULL };

  setlocale (LC_ALL, "");
  if (!parse (&argc, &argv))
    return 2;
  next = actions;
  if (language != NULL)
    g_setenv ("LANGUAGE", language, TRUE);
  if (contrast)
    g_setenv ("ADW_DEBUG_HIGH_CONTRAST", "1", TRUE);
  bindtextdomain (GETTEXT_PACKAGE, SIGNPOST_BUILT_LOCALES);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  arguments[2] = store;
  application = sp_application_new ();
  g_signal_connect (application, "startup", G_CALLBACK (startup_cb), NULL);
  g_timeout_add (50, ready_cb, argv[1]);
  g_application_run (G_APPLICATION (application), 3, arguments);
  return status;
}
