/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text from page to page: page breaks that leave no line alone, headings with their outline, tags for programs that read aloud,
 * and the feet of the pages. */
#include "sp-flow-private.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

#define FOOT 20 /* points between the text and the lower margin */

/* One more surface, of a page's size, that keeps what is drawn on it. */
static void
begin_kept_page (SpFlow *self)
{
  cairo_rectangle_t extents = { 0, 0, self->width, self->height };
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &extents);

  g_clear_pointer (&self->cr, cairo_destroy);
  self->cr = cairo_create (surface);
  g_ptr_array_add (self->pages, surface);
}

/**
 * sp_flow_init:
 * @self: (out caller-allocates): a flow on its first page
 * @surface: (transfer none) (nullable): what to draw on, must live as long; %NULL to keep each page in a surface of its
 *   own, see sp_flow_finish()
 * @width: of a page, in points
 * @height: of a page, in points
 * @large: whether to set it in large print
 * @footer: (transfer none): what stands at the foot of every page; must live as long
 */
void
sp_flow_init (SpFlow *self, cairo_surface_t *surface, double width, double height, gboolean large, const char *footer)
{
  *self = (SpFlow){ .surface = surface, .width = width, .height = height, .margin = large ? 54 : 42, .page = 1,
                    .large = large, .zoom = 1, .footer = footer };
  self->y = self->margin;
  self->context = sp_flow_new_context ();
  self->layouts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  sp_flow_glyphs_init (&self->glyphs);
  if (surface == NULL)
    {
      self->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) cairo_surface_destroy);
      begin_kept_page (self);
      return;
    }
  self->cr = cairo_create (surface);
  self->tagged = cairo_surface_get_type (surface) == CAIRO_SURFACE_TYPE_PDF;
}

/**
 * sp_flow_clear:
 * @self: a flow
 */
void
sp_flow_clear (SpFlow *self)
{
  g_clear_pointer (&self->cr, cairo_destroy);
  g_clear_pointer (&self->pages, g_ptr_array_unref);
  g_hash_table_unref (self->layouts);
  sp_flow_glyphs_clear (&self->glyphs);
  for (guint i = 0; i < SP_N_STYLES; i++)
    g_clear_pointer (&self->fonts[i], pango_font_description_free);
  g_object_unref (self->context);
}

/**
 * sp_flow_get_inner_width:
 * @self: a flow
 *
 * Returns: points between the margins
 */
double
sp_flow_get_inner_width (const SpFlow *self)
{
  return self->width - 2 * self->margin;
}

static double
get_bottom (const SpFlow *self)
{
  return self->height - self->margin - (self->large ? FOOT * 1.6 : FOOT);
}

/**
 * sp_flow_get_room:
 * @self: a flow
 *
 * Returns: points that are left on the page
 */
double
sp_flow_get_room (const SpFlow *self)
{
  return get_bottom (self) - self->y;
}

/**
 * sp_flow_begin:
 * @self: a flow
 * @tag: a structure element of PDF (ISO 32000-1, 14.8.4), such as "P" or "TR"
 *
 * What is drawn until sp_flow_end() belongs to it.
 */
void
sp_flow_begin (SpFlow *self, const char *tag)
{
  if (self->tagged)
    cairo_tag_begin (self->cr, tag, NULL);
}

/**
 * sp_flow_end:
 * @self: a flow
 * @tag: the element that was begun last
 */
void
sp_flow_end (SpFlow *self, const char *tag)
{
  if (self->tagged)
    cairo_tag_end (self->cr, tag);
}

/* Letters, digits and the other characters of RFC 3986, without those that end a string for cairo. */
static gboolean
is_address (const char *uri)
{
  static const char * const schemes[] = { "http://", "https://", "mailto:", "tel:" };
  gboolean known = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    known |= g_str_has_prefix (uri, schemes[i]);
  for (const char *p = uri; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr ("-._~:/?#[]@!$&()*+,;=%", *p) == NULL)
      return FALSE;
  return known && strlen (uri) < 2000;
}

/**
 * sp_flow_begin_link:
 * @self: a flow
 * @uri: (nullable): where it leads
 *
 * What is drawn until sp_flow_end() of "Link" leads there.
 *
 * Returns: whether that is an address; if not, there is nothing to end
 */
gboolean
sp_flow_begin_link (SpFlow *self, const char *uri)
{
  g_autofree char *attributes = NULL;

  if (uri == NULL || !self->tagged || !is_address (uri))
    return FALSE;
  attributes = g_strdup_printf ("uri='%s'", uri);
  cairo_tag_begin (self->cr, CAIRO_TAG_LINK, attributes);
  return TRUE;
}

/**
 * sp_flow_set_head:
 * @self: a flow
 * @head: (nullable): what to draw at the top of pages from now on
 * @data: for it
 */
void
sp_flow_set_head (SpFlow *self, SpFlowHead head, gpointer data)
{
  self->head = head;
  self->head_data = data;
}

static void
draw_foot (SpFlow *self, guint page)
{
  g_autofree char *number = g_strdup_printf (_("Page %u of %u"), page, self->page);
  g_autoptr (PangoLayout) right = sp_flow_new_layout (self, SP_STYLE_SMALL, NULL, number, -1);
  g_autoptr (PangoLayout) left = NULL;
  double inner = sp_flow_get_inner_width (self), size = sp_flow_get_size (self, SP_STYLE_SMALL);
  double y = self->height - self->margin - size * 1.2;
  PangoRectangle extents;

  pango_layout_get_extents (right, NULL, &extents);
  left = sp_flow_new_layout (self, SP_STYLE_SMALL, NULL, self->footer, inner - extents.width / (double) PANGO_SCALE - 12);
  pango_layout_set_height (left, -1);
  pango_layout_set_ellipsize (left, PANGO_ELLIPSIZE_END);
  sp_flow_show (self, left, self->margin, y, SP_STYLE_SMALL);
  sp_flow_show (self, right, self->margin + inner - extents.width / (double) PANGO_SCALE, y, SP_STYLE_SMALL);
}

/**
 * sp_flow_break:
 * @self: a flow
 *
 * Goes on at the top of the next page.
 */
void
sp_flow_break (SpFlow *self)
{
  if (self->pages != NULL)
    begin_kept_page (self);
  else
    cairo_show_page (self->cr);
  self->page++;
  self->y = self->margin;
  if (self->head != NULL)
    self->head (self, self->head_data);
}

/**
 * sp_flow_need:
 * @self: a flow
 * @height: points that are to stay together
 *
 * Goes to the next page unless there is so much room.
 *
 * Returns: whether it did
 */
gboolean
sp_flow_need (SpFlow *self, double height)
{
  if (sp_flow_get_room (self) >= height || self->y <= self->margin)
    return FALSE;
  sp_flow_break (self);
  return TRUE;
}

static double
get_line_height (PangoLayout *layout, int line)
{
  PangoRectangle logical;

  pango_layout_line_get_extents (pango_layout_get_line_readonly (layout, line), NULL, &logical);
  return (logical.height + pango_layout_get_spacing (layout)) / (double) PANGO_SCALE;
}

/* How many lines, from @first, go on this page: all, or so that two at least stand before and after the break. */
static int
count_fitting (const SpFlow *self, PangoLayout *layout, int first)
{
  int n = pango_layout_get_line_count (layout), last = first;
  double room = sp_flow_get_room (self);

  while (last < n && (room -= get_line_height (layout, last)) >= 0)
    last++;
  if (last == n)
    return n;
  if (n - last < 2)
    last--;
  return last - first < 2 ? first : last;
}

static void
show_lines (SpFlow *self, PangoLayout *layout, SpStyle style, int first, int last)
{
  sp_flow_show_lines (self, layout, first, last, self->margin, self->y, style);
  for (int i = first; i < last; i++)
    self->y += get_line_height (layout, i);
}

/**
 * sp_flow_text:
 * @self: a flow
 * @style: how
 * @tag: its structure element
 * @label: (nullable): what stands before it, in bold
 * @text: a paragraph, UTF-8
 * @uri: (nullable): where it leads
 *
 * Sets a paragraph over the whole width, on as many pages as it takes.
 */
void
sp_flow_text (SpFlow *self, SpStyle style, const char *tag, const char *label, const char *text, const char *uri)
{
  g_autoptr (PangoLayout) layout = sp_flow_new_layout (self, style, label, text, sp_flow_get_inner_width (self));
  int n = pango_layout_get_line_count (layout), first = 0;

  while (first < n)
    {
      int last = count_fitting (self, layout, first);
      gboolean linked;
      if (last == first && self->y > self->margin)
        {
          sp_flow_break (self);
          last = count_fitting (self, layout, first);
        }
      last = MAX (last, first + 1);
      sp_flow_begin (self, tag);
      linked = sp_flow_begin_link (self, uri);
      show_lines (self, layout, style, first, last);
      if (linked)
        sp_flow_end (self, CAIRO_TAG_LINK);
      sp_flow_end (self, tag);
      first = last;
    }
}

static int
add_outline (SpFlow *self, const char *text, int parent)
{
  g_autofree char *target = NULL;

  if (!self->tagged)
    return parent;
  target = g_strdup_printf ("page=%u pos=[%d %d]", self->page, (int) self->margin, (int) self->y);
  return cairo_pdf_surface_add_outline (self->surface, parent, text, target, 0);
}

/**
 * sp_flow_heading:
 * @self: a flow
 * @style: how
 * @tag: "H1" to "H6"
 * @text: the heading
 * @parent: the outline entry above it, or %CAIRO_PDF_OUTLINE_ROOT
 * @keep: points of what follows that must stay with it
 *
 * Sets a heading, with space above unless it begins a page, and adds it to the outline.
 *
 * Returns: its outline entry
 */
int
sp_flow_heading (SpFlow *self, SpStyle style, const char *tag, const char *text, int parent, double keep)
{
  g_autoptr (PangoLayout) layout = sp_flow_new_layout (self, style, NULL, text, sp_flow_get_inner_width (self));
  SpFlowHead head = self->head;
  PangoRectangle logical;
  double size = sp_flow_get_size (self, style);
  int outline;

  pango_layout_get_extents (layout, NULL, &logical);
  self->head = NULL; /* what follows has a head of its own */
  if (!sp_flow_need (self, size + logical.height / (double) PANGO_SCALE + keep) && self->y > self->margin)
    self->y += size;
  self->head = head;
  outline = add_outline (self, text, parent);
  sp_flow_text (self, style, tag, NULL, text, NULL);
  self->y += size * 0.35;
  return outline;
}

/**
 * sp_flow_rule:
 * @self: a flow
 * @x: points from the left edge of the page
 * @width: points
 * @y: points from its top
 * @thickness: points
 *
 * Draws a level line.
 */
void
sp_flow_rule (SpFlow *self, double x, double width, double y, double thickness)
{
  cairo_set_source_rgb (self->cr, 0.45, 0.45, 0.45);
  cairo_rectangle (self->cr, x, y - thickness / 2, width, thickness);
  cairo_fill (self->cr);
}

/* What was written is not to be written to again, so the feet of a PDF are pages of their own after the last one; see
 * sp_pdf_finish(). */
static void
draw_feet (SpFlow *self)
{
  cairo_show_page (self->cr);
  for (guint i = 1; i <= self->page; i++)
    {
      draw_foot (self, i);
      cairo_show_page (self->cr);
    }
}

static void
draw_kept_feet (SpFlow *self)
{
  for (guint i = 1; i <= self->pages->len; i++)
    {
      cairo_destroy (self->cr);
      self->cr = cairo_create (g_ptr_array_index (self->pages, i - 1));
      draw_foot (self, i);
    }
}

/**
 * sp_flow_finish:
 * @self: a flow, of which nothing is open
 *
 * Ends the last page, and sets the feet of all: now it is known how many pages there are. On a surface that was given they
 * follow as as many pages more.
 *
 * Returns: (transfer full) (nullable) (element-type cairo_surface_t): the pages, if each has a surface of its own
 */
GPtrArray *
sp_flow_finish (SpFlow *self)
{
  if (self->pages != NULL)
    draw_kept_feet (self);
  else
    draw_feet (self);
  g_clear_pointer (&self->cr, cairo_destroy);
  return g_steal_pointer (&self->pages);
}
