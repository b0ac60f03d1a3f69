/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SpAdaptiveMode:
 * @SP_ADAPTIVE_THREE: list, map and details side by side
 * @SP_ADAPTIVE_TWO: list or details, and the map beside it
 * @SP_ADAPTIVE_ONE: one of them at a time
 *
 * How many panes there is room for.
 */
typedef enum
{
  SP_ADAPTIVE_THREE,
  SP_ADAPTIVE_TWO,
  SP_ADAPTIVE_ONE,
} SpAdaptiveMode;

/**
 * SpAdaptivePage:
 * @SP_PAGE_LIST: the list
 * @SP_PAGE_MAP: the map
 * @SP_PAGE_DETAILS: the details of one entry
 *
 * Which pane the user looks at.
 */
typedef enum
{
  SP_PAGE_LIST,
  SP_PAGE_MAP,
  SP_PAGE_DETAILS,
} SpAdaptivePage;
#define SP_N_PAGES 3

#define SP_TYPE_ADAPTIVE (sp_adaptive_get_type ())
G_DECLARE_FINAL_TYPE (SpAdaptive, sp_adaptive, SP, ADAPTIVE, GtkWidget)

SpAdaptiveMode sp_adaptive_get_mode         (SpAdaptive *self);
SpAdaptivePage sp_adaptive_get_page         (SpAdaptive *self);
void           sp_adaptive_set_page         (SpAdaptive *self, SpAdaptivePage page);
gboolean       sp_adaptive_is_shown         (SpAdaptive *self, SpAdaptivePage page);
void           sp_adaptive_set_has_details  (SpAdaptive *self, gboolean has_details);
gboolean       sp_adaptive_go_back          (SpAdaptive *self);

G_END_DECLS
