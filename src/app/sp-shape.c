/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shape and colour by which the map tells headings apart, as a small picture for lists. */
#include "sp-shape.h"

#include "sp-taxonomy.h"

static const char *const colours[] = {
  "brown", "orange", "pink", "green", "red", "purple", "yellow", "blue", "teal", "slate",
};

/**
 * sp_shape_show:
 * @image: an image
 * @category: (nullable): a category's code; an unknown one has a circle without a colour
 *
 * Shows the category's shape, in its colour by the CSS class `shape-<colour>`. It is a decoration: beside it stands in words
 * what it is.
 */
void
sp_shape_show (GtkImage *image, const char *category)
{
  const SpCategory *known = category != NULL ? sp_taxonomy_lookup (sp_taxonomy_get_default (), category) : NULL;
  g_autofree char *icon = g_strdup_printf ("signpost-shape-%s-symbolic", known != NULL ? known->shape : "circle");

  gtk_image_set_from_icon_name (image, icon);
  for (guint i = 0; i < G_N_ELEMENTS (colours); i++)
    {
      g_autofree char *css_class = g_strconcat ("shape-", colours[i], NULL);

      if (known != NULL && g_str_equal (known->colour, colours[i]))
        gtk_widget_add_css_class (GTK_WIDGET (image), css_class);
      else
        gtk_widget_remove_css_class (GTK_WIDGET (image), css_class);
    }
}
