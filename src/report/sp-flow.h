/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <pango/pango.h>

G_BEGIN_DECLS

/**
 * SpStyle:
 * @SP_STYLE_TITLE: of the document
 * @SP_STYLE_HEADING: of a section
 * @SP_STYLE_SUBHEADING: of a part of it, or the name of an entry on a sheet
 * @SP_STYLE_BODY: running text
 * @SP_STYLE_STRONG: what one looks for
 * @SP_STYLE_SMALL: what is said beside it
 * @SP_STYLE_PHONE: a number to ring
 * @SP_N_STYLES: how many there are
 *
 * How text is set.
 */
typedef enum
{
  SP_STYLE_TITLE,
  SP_STYLE_HEADING,
  SP_STYLE_SUBHEADING,
  SP_STYLE_BODY,
  SP_STYLE_STRONG,
  SP_STYLE_SMALL,
  SP_STYLE_PHONE,
  SP_N_STYLES,
} SpStyle;

/**
 * SpFlowHead:
 * @flow: on a page that has just begun
 * @data: what was given with it
 *
 * Draws what stands at the top of every page of a part, such as the head of a table.
 */
typedef struct _SpFlow SpFlow;
typedef void (*SpFlowHead) (SpFlow *flow, gpointer data);

/**
 * SpFlowGlyphs:
 *
 * What is about to be drawn in one font.
 */
typedef struct
{
  /*< private >*/
  GArray                    *glyphs;   /* cairo_glyph_t */
  GArray                    *clusters; /* cairo_text_cluster_t */
  GString                   *text;
  PangoFont                 *font;     /* not owned: its layout has it */
  cairo_text_cluster_flags_t flags;
  GHashTable                *spaces;   /* PangoFont, owned → its glyph for a space */
} SpFlowGlyphs;

/**
 * SpFlow:
 * @surface: (nullable): what is drawn on; %NULL where each page is kept in a surface of its own
 * @cr: its context, in points from the page's upper left corner
 * @width: of the page, in points
 * @height: of the page, in points
 * @margin: on all sides, in points
 * @y: where the next line goes
 * @page: the present page, from 1
 * @large: whether it is set in large print
 * @zoom: by which text is larger than in a table, unless in large print
 * @footer: what stands at the foot of each page beside its number
 * @tagged: whether structure, links and outline are noted
 *
 * Text that runs from page to page. One thread at a time.
 */
struct _SpFlow
{
  cairo_surface_t *surface;
  cairo_t         *cr;
  double           width;
  double           height;
  double           margin;
  double           y;
  guint            page;
  gboolean         large;
  double           zoom;
  const char      *footer;
  gboolean         tagged;
  /*< private >*/
  GPtrArray       *pages;
  PangoContext    *context;
  PangoFontDescription *fonts[SP_N_STYLES]; /* owned; NULL until they are needed */
  GHashTable      *layouts; /* style, width and text → PangoLayout, owned */
  SpFlowGlyphs     glyphs;
  SpFlowHead       head;
  gpointer         head_data;
};

void         sp_flow_init       (SpFlow *self, cairo_surface_t *surface, double width, double height, gboolean large,
                                 const char *footer);
void         sp_flow_clear      (SpFlow *self);
double       sp_flow_get_inner_width (const SpFlow *self);
double       sp_flow_get_room   (const SpFlow *self);
double       sp_flow_get_size   (const SpFlow *self, SpStyle style);
PangoLayout *sp_flow_new_layout (SpFlow *self, SpStyle style, const char *label, const char *text, double width);
PangoLayout *sp_flow_get_layout (SpFlow *self, SpStyle style, const char *label, const char *text, double width);
void         sp_flow_show_lines (SpFlow *self, PangoLayout *layout, int first, int last, double x, double y, SpStyle style);
PangoContext *sp_flow_new_context (void);
void         sp_flow_show       (SpFlow *self, PangoLayout *layout, double x, double y, SpStyle style);
void         sp_flow_begin      (SpFlow *self, const char *tag);
void         sp_flow_end        (SpFlow *self, const char *tag);
gboolean     sp_flow_begin_link (SpFlow *self, const char *uri);
void         sp_flow_set_head   (SpFlow *self, SpFlowHead head, gpointer data);
void         sp_flow_break      (SpFlow *self);
gboolean     sp_flow_need       (SpFlow *self, double height);
void         sp_flow_text       (SpFlow *self, SpStyle style, const char *tag, const char *label, const char *text,
                                 const char *uri);
int          sp_flow_heading    (SpFlow *self, SpStyle style, const char *tag, const char *text, int parent, double keep);
void         sp_flow_rule       (SpFlow *self, double x, double width, double y, double thickness);
GPtrArray   *sp_flow_finish     (SpFlow *self);

G_END_DECLS
