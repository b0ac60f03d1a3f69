/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text of a flow: its styles, setting it in lines, and drawing them. */
#include "sp-flow-private.h"

#include <pango/pangocairo.h>
#include <string.h>

#define FAMILY "Noto Sans,Liberation Sans,Nimbus Sans,DejaVu Sans,sans-serif" /* static outlines, which can be embedded */
#define LEADING 0.1 /* between lines, beside what the font has, in sizes of it */

#define MOST_SHARED 60 /* bytes of a text that is set once for all */
#define MOST_LAYOUTS 4000 /* of such texts at a time */

/* Large print is 18 points at least, whatever it is (RNIB's Clear Print guidance has 16 as the least). */
static const struct { double size, large; PangoWeight weight; double grey; } styles[SP_N_STYLES] = {
  [SP_STYLE_TITLE] = { 22, 30, PANGO_WEIGHT_BOLD, 0.07 },
  [SP_STYLE_HEADING] = { 14, 24, PANGO_WEIGHT_BOLD, 0.07 },
  [SP_STYLE_SUBHEADING] = { 11.5, 21, PANGO_WEIGHT_BOLD, 0.07 },
  [SP_STYLE_BODY] = { 8.8, 18, PANGO_WEIGHT_NORMAL, 0.07 },
  [SP_STYLE_STRONG] = { 8.8, 18, PANGO_WEIGHT_BOLD, 0.07 },
  [SP_STYLE_SMALL] = { 8, 18, PANGO_WEIGHT_NORMAL, 0.28 },
  [SP_STYLE_PHONE] = { 20, 30, PANGO_WEIGHT_BOLD, 0.07 },
};

/**
 * sp_flow_new_context:
 *
 * Returns: (transfer full): fonts for paper, in points
 */
PangoContext *
sp_flow_new_context (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  pango_cairo_context_set_resolution (context, 72); /* a point is a unit of the page */
  pango_context_set_round_glyph_positions (context, FALSE);
  return context;
}

/**
 * sp_flow_get_size:
 * @self: a flow
 * @style: a style
 *
 * Returns: the size of its font, in points
 */
double
sp_flow_get_size (const SpFlow *self, SpStyle style)
{
  return self->large ? styles[style].large : styles[style].size * self->zoom;
}

static const PangoFontDescription *
get_font (SpFlow *self, SpStyle style)
{
  PangoFontDescription *font = self->fonts[style];

  if (font != NULL)
    return font;
  self->fonts[style] = font = pango_font_description_new ();
  pango_font_description_set_family_static (font, FAMILY);
  pango_font_description_set_weight (font, styles[style].weight);
  pango_font_description_set_absolute_size (font, sp_flow_get_size (self, style) * PANGO_SCALE);
  return font;
}

/* Bold up to @bold; and addresses that must break get no hyphen, which would be read as theirs. */
static void
set_attributes (PangoLayout *layout, gsize bold)
{
  PangoAttrList *attributes = pango_attr_list_new ();
  PangoAttribute *weight = pango_attr_weight_new (PANGO_WEIGHT_BOLD);

  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  weight->end_index = (guint) bold;
  if (bold > 0)
    pango_attr_list_insert (attributes, weight);
  else
    pango_attribute_destroy (weight);
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
}

/**
 * sp_flow_new_layout:
 * @self: a flow
 * @style: how
 * @label: (nullable): what stands before it, in bold
 * @text: what, UTF-8
 * @width: of its lines, in points, or -1 for one line
 *
 * Returns: (transfer full): the text in lines
 */
PangoLayout *
sp_flow_new_layout (SpFlow *self, SpStyle style, const char *label, const char *text, double width)
{
  PangoLayout *layout = pango_layout_new (self->context);
  g_autofree char *whole = label != NULL ? g_strdup_printf ("%s: %s", label, text) : NULL;

  pango_layout_set_font_description (layout, get_font (self, style));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_spacing (layout, (int) (LEADING * sp_flow_get_size (self, style) * PANGO_SCALE));
  if (width >= 0)
    pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  set_attributes (layout, label != NULL ? strlen (label) + 1 : 0);
  pango_layout_set_text (layout, whole != NULL ? whole : text, -1);
  return layout;
}

/**
 * sp_flow_get_layout:
 * @self: a flow
 * @style: how
 * @label: (nullable): what stands before it, in bold
 * @text: what, UTF-8
 * @width: of its lines, in points
 *
 * As sp_flow_new_layout(); but what a list says again and again is set once only.
 *
 * Returns: (transfer full): the text in lines, not to be changed
 */
PangoLayout *
sp_flow_get_layout (SpFlow *self, SpStyle style, const char *label, const char *text, double width)
{
  PangoLayout *layout;
  char *key;

  if (strnlen (text, MOST_SHARED) == MOST_SHARED)
    return sp_flow_new_layout (self, style, label, text, width);
  key = g_strdup_printf ("%d %d %s\n%s", (int) style, (int) (width * PANGO_SCALE), label != NULL ? label : "", text);
  layout = g_hash_table_lookup (self->layouts, key);
  if (layout != NULL)
    {
      g_free (key);
      return g_object_ref (layout);
    }
  if (g_hash_table_size (self->layouts) >= MOST_LAYOUTS)
    g_hash_table_remove_all (self->layouts);
  layout = sp_flow_new_layout (self, style, label, text, width);
  g_hash_table_insert (self->layouts, key, g_object_ref (layout));
  return layout;
}

/**
 * sp_flow_show:
 * @self: a flow
 * @layout: text in lines
 * @x: points from the left edge of the page
 * @y: points from its top, of the upper edge of the text
 * @style: for its colour
 *
 * Draws it, wherever the flow is.
 */
void
sp_flow_show (SpFlow *self, PangoLayout *layout, double x, double y, SpStyle style)
{
  sp_flow_show_lines (self, layout, 0, G_MAXINT, x, y, style);
}

/**
 * sp_flow_show_lines:
 * @self: a flow
 * @layout: text in lines
 * @first: the first of those to be drawn, from 0
 * @last: the one after the last
 * @x: points from the left edge of the page
 * @y: points from its top, of the top of the first line
 * @style: how it was set
 *
 * Draws some lines.
 */
void
sp_flow_show_lines (SpFlow *self, PangoLayout *layout, int first, int last, double x, double y, SpStyle style)
{
  cairo_set_source_rgb (self->cr, styles[style].grey, styles[style].grey, styles[style].grey);
  sp_flow_glyphs_show (&self->glyphs, self->cr, layout, first, last, x, y);
}
