/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every template in the resource can be made into a widget and taken apart again, without a word from GTK. */
#include <adwaita.h>
#include <gmodule.h>
#include <string.h>

#define FOLDER "/org/signpost/Signpost/ui/"

typedef GType (*TypeFunc) (void);

/* "SpFirstRun" is made by sp_first_run_get_type(). A type of one file only is known once the template that holds it is. */
static GType
find_type (const char *class_name)
{
  g_autoptr (GString) symbol = g_string_new (NULL);
  GModule *program = g_module_open (NULL, 0);
  gpointer function = NULL;
  GType type = G_TYPE_INVALID;

  for (const char *at = class_name; *at != '\0'; at++)
    {
      if (g_ascii_isupper (*at) && at > class_name)
        g_string_append_c (symbol, '_');
      g_string_append_c (symbol, g_ascii_tolower (*at));
    }
  g_string_append (symbol, "_get_type");
  if (g_module_symbol (program, symbol->str, &function) && function != NULL)
    type = ((TypeFunc) function) ();
  g_module_close (program);
  return type != G_TYPE_INVALID ? type : g_type_from_name (class_name);
}

/* The class that a template is of; NULL for a file without one. */
static char *
read_class (const char *path)
{
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, 0, NULL);
  g_autoptr (GRegex) regex = g_regex_new ("<template class=\"(\\w+)\"", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  g_assert_nonnull (bytes);
  if (!g_regex_match_full (regex, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), 0, 0, &match, NULL))
    return NULL;
  return g_match_info_fetch (match, 1);
}

static void
ensure_classes (char **names)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat (FOLDER, names[i], NULL);
      g_autofree char *class_name = read_class (path);
      GType type = class_name != NULL ? find_type (class_name) : G_TYPE_INVALID;

      if (type != G_TYPE_INVALID)
        g_type_class_unref (g_type_class_ref (type));
    }
}

static void
make_and_break (GType type)
{
  GtkWidget *widget = g_object_ref_sink (g_object_new (type, NULL));

  g_assert_nonnull (gtk_widget_get_first_child (widget));
  if (GTK_IS_WINDOW (widget))
    gtk_window_destroy (GTK_WINDOW (widget));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (widget);
}

static void
test_template (gconstpointer data)
{
  const char *path = data;
  g_autofree char *class_name = read_class (path);
  g_autofree GType *heirs = NULL;
  guint n_heirs = 0;
  GType type;

  g_assert_nonnull (class_name);
  type = find_type (class_name);
  g_test_message ("%s is %s", class_name, g_type_name (type) != NULL ? "there" : "in no file of the program");
  g_assert_true (g_type_is_a (type, GTK_TYPE_WIDGET));
  if (!G_TYPE_IS_ABSTRACT (type))
    {
      make_and_break (type);
      return;
    }
  heirs = g_type_children (type, &n_heirs);
  g_assert_cmpuint (n_heirs, >, 0);
  for (guint i = 0; i < n_heirs; i++)
    if (!G_TYPE_IS_ABSTRACT (heirs[i]))
      make_and_break (heirs[i]);
}

static void
test_all_are_listed (void)
{
  g_auto (GStrv) names = g_resources_enumerate_children (FOLDER, 0, NULL);
  g_autofree char *sources = g_test_build_filename (G_TEST_DIST, "..", "ui", NULL);
  g_autoptr (GDir) folder = g_dir_open (sources, 0, NULL);
  const char *name;

  g_assert_nonnull (folder);
  while ((name = g_dir_read_name (folder)) != NULL)
    if (g_str_has_suffix (name, ".ui") && g_str_has_prefix (name, "sp-") && !g_strv_contains ((const char *const *) names, name))
      g_error ("%s is not in ui/signpost.gresource.xml", name);
}

int
main (int argc, char **argv)
{
  g_auto (GStrv) names = NULL;

  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }
  adw_init ();
  names = g_resources_enumerate_children (FOLDER, 0, NULL);
  g_assert_cmpuint (g_strv_length (names), >, 5);
  ensure_classes (names);
  g_test_add_func ("/templates/listed", test_all_are_listed);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *test = g_strconcat ("/templates/", names[i], NULL);
      g_test_add_data_func_full (test, g_strconcat (FOLDER, names[i], NULL), test_template, g_free);
    }
  return g_test_run ();
}
