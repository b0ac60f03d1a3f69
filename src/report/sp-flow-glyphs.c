/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws lines that Pango has set. Pango would draw each run of each line by itself, and what cairo does for a run takes longer
 * than for its glyphs; so all that is in one font and goes one way is drawn at once, over all lines. */
#include "sp-flow-private.h"

#include <pango/pangocairo.h>


/**
 * sp_flow_glyphs_init:
 * @self: (out caller-allocates): nothing to draw
 */
void
sp_flow_glyphs_init (SpFlowGlyphs *self)
{
  *self = (SpFlowGlyphs){ .glyphs = g_array_new (FALSE, FALSE, sizeof (cairo_glyph_t)),
                          .clusters = g_array_new (FALSE, FALSE, sizeof (cairo_text_cluster_t)), .text = g_string_new (NULL),
                          .spaces = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL) };
}

/**
 * sp_flow_glyphs_clear:
 * @self: what was drawn
 */
void
sp_flow_glyphs_clear (SpFlowGlyphs *self)
{
  g_array_unref (self->glyphs);
  g_array_unref (self->clusters);
  g_string_free (self->text, TRUE);
  g_hash_table_unref (self->spaces);
}

/* What a space is in the font of an item. */
static PangoGlyph
get_space (SpFlowGlyphs *self, const PangoItem *item)
{
  gpointer known = g_hash_table_lookup (self->spaces, item->analysis.font);
  PangoGlyphString *glyphs;

  if (known != NULL)
    return GPOINTER_TO_UINT (known);
  glyphs = pango_glyph_string_new ();
  pango_shape (" ", 1, &item->analysis, glyphs);
  known = GUINT_TO_POINTER (glyphs->num_glyphs > 0 ? glyphs->glyphs[0].glyph : PANGO_GLYPH_EMPTY);
  pango_glyph_string_free (glyphs);
  g_hash_table_insert (self->spaces, g_object_ref (item->analysis.font), known);
  return GPOINTER_TO_UINT (known);
}

/* Draws what was collected. */
static void
flush (SpFlowGlyphs *self, cairo_t *cr)
{
  if (self->glyphs->len > 0)
    {
      cairo_set_scaled_font (cr, pango_cairo_font_get_scaled_font (PANGO_CAIRO_FONT (self->font)));
      cairo_show_text_glyphs (cr, self->text->str, (int) self->text->len, (cairo_glyph_t *) (void *) self->glyphs->data, (int) self->glyphs->len,
                              (cairo_text_cluster_t *) (void *) self->clusters->data, (int) self->clusters->len, self->flags);
    }
  g_array_set_size (self->glyphs, 0);
  g_array_set_size (self->clusters, 0);
  g_string_truncate (self->text, 0);
}

/* Pango makes nothing of the space at which it breaks a line. cairo would write an empty span with the text of a space for it,
 * and programs built on poppler take the end of that span for the end of the paragraph: they read its first line only. */
static PangoGlyph
get_glyph (SpFlowGlyphs *self, const char *text, const PangoGlyphItem *run, int i)
{
  PangoGlyph glyph = run->glyphs->glyphs[i].glyph;

  if (glyph == PANGO_GLYPH_EMPTY && text[run->item->offset + run->glyphs->log_clusters[i]] == ' ')
    return get_space (self, run->item);
  return glyph;
}

/* Which of its glyphs are of which of its characters. */
static void
add_clusters (SpFlowGlyphs *self, const char *text, PangoGlyphItem *run)
{
  PangoGlyphItemIter iter;

  for (gboolean more = pango_glyph_item_iter_init_start (&iter, run, text); more; more = pango_glyph_item_iter_next_cluster (&iter))
    {
      gboolean forwards = iter.start_glyph < iter.end_glyph;
      int first = forwards ? iter.start_glyph : iter.end_glyph + 1, last = forwards ? iter.end_glyph : iter.start_glyph + 1;
      cairo_text_cluster_t cluster = { iter.end_index - iter.start_index, 0 };

      for (int i = first; i < last; i++)
        cluster.num_glyphs += get_glyph (self, text, run, i) != PANGO_GLYPH_EMPTY;
      g_array_append_val (self->clusters, cluster);
    }
  g_string_append_len (self->text, text + run->item->offset, run->item->length);
}

/* Boxes for characters that no font has, and the dots in place of what was too long. */
static gboolean
is_plain (const PangoGlyphItem *run)
{
  for (int i = 0; i < run->glyphs->num_glyphs; i++)
    if (run->glyphs->glyphs[i].glyph & PANGO_GLYPH_UNKNOWN_FLAG)
      return FALSE;
  return run->item->analysis.font != NULL && (run->item->analysis.flags & PANGO_ANALYSIS_FLAG_IS_ELLIPSIS) == 0;
}

/* Gives its width, in points. */
static double
add_run (SpFlowGlyphs *self, cairo_t *cr, const char *text, PangoGlyphItem *run, double x, double y)
{
  cairo_text_cluster_flags_t flags = run->item->analysis.level % 2 != 0 ? CAIRO_TEXT_CLUSTER_FLAG_BACKWARD : 0;
  int across = 0;

  if (self->glyphs->len > 0 && (flags != 0 || flags != self->flags || run->item->analysis.font != self->font || !is_plain (run)))
    flush (self, cr);
  if (!is_plain (run))
    {
      cairo_move_to (cr, x, y);
      pango_cairo_show_glyph_item (cr, text, run);
      return pango_glyph_string_get_width (run->glyphs) / (double) PANGO_SCALE;
    }
  self->font = run->item->analysis.font;
  self->flags = flags;
  for (int i = 0; i < run->glyphs->num_glyphs; i++)
    {
      const PangoGlyphGeometry *geometry = &run->glyphs->glyphs[i].geometry;
      cairo_glyph_t glyph = { get_glyph (self, text, run, i), x + (across + geometry->x_offset) / (double) PANGO_SCALE,
                              y + geometry->y_offset / (double) PANGO_SCALE };

      if (glyph.index != PANGO_GLYPH_EMPTY)
        g_array_append_val (self->glyphs, glyph);
      across += geometry->width;
    }
  add_clusters (self, text, run);
  return across / (double) PANGO_SCALE;
}

/**
 * sp_flow_glyphs_show:
 * @self: nothing to draw
 * @cr: where to, with the colour of the text
 * @layout: text in lines, without underlines and the like
 * @first: the first line, from 0
 * @last: the line after the last
 * @x: points from the left edge of the page
 * @y: points from its top, of the top of the first line
 *
 * Draws these lines as they follow each other.
 */
void
sp_flow_glyphs_show (SpFlowGlyphs *self, cairo_t *cr, PangoLayout *layout, int first, int last, double x, double y)
{
  const char *text = pango_layout_get_text (layout);
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  double top = 0;
  int n = 0;

  do
    {
      PangoRectangle logical;
      double at = x, baseline;

      if (n < first)
        continue;
      pango_layout_iter_get_line_extents (iter, NULL, &logical);
      top = n == first ? logical.y / (double) PANGO_SCALE : top;
      baseline = y - top + pango_layout_iter_get_baseline (iter) / (double) PANGO_SCALE;
      at += logical.x / (double) PANGO_SCALE;
      for (GSList *run = pango_layout_iter_get_line_readonly (iter)->runs; run != NULL; run = run->next)
        at += add_run (self, cr, text, run->data, at, baseline);
    }
  while (++n < last && pango_layout_iter_next_line (iter));
  flush (self, cr);
  pango_layout_iter_free (iter);
}
