/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-place-labels.h"

#include <pango/pango.h>

G_BEGIN_DECLS

#define SP_LABEL_LEAST_ZOOM 3
#define SP_LABEL_GREATEST_ZOOM 16
#define SP_LABEL_NEVER G_MAXINT
#define SP_LABEL_DOTS_TO_ZOOM 13.5 /* beyond it a town is no dot any more */

/* From the most to the least important. */
typedef enum
{
  SP_LABEL_COUNTRY,
  SP_LABEL_SEA,
  SP_LABEL_METROPOLIS,
  SP_LABEL_CITY,
  SP_LABEL_LARGE_TOWN,
  SP_LABEL_TOWN,
  SP_LABEL_VILLAGE,
  SP_LABEL_SUBURB,
  SP_LABEL_REGION,
} SpLabelClass;

#define SP_LABEL_N_CLASSES (SP_LABEL_REGION + 1)

typedef struct
{
  char        *text;       /* owned */
  SpLabelClass class;
  double       x;          /* worlds, from 0 to 1 */
  double       y;
  guint        population;
  int          wanted_zoom; /* at which it is shown if there is room */
  int          last_zoom;
  int          first_zoom; /* at which it is shown; SP_LABEL_NEVER if there never is room */
  float        width;      /* pixels */
  float        height;
  float        offset_x;   /* from the place to the left edge of the text, pixels */
  float        offset_y;   /* to its upper edge */
} SpLabel;

/* Pixels. */
typedef struct
{
  double left;
  double top;
  double right;
  double bottom;
} SpLabelBox;

/* A name in a window. */
typedef struct
{
  guint          number;  /* of the label */
  const SpLabel *label;
  double         place_x; /* pixels of the window */
  double         place_y;
  double         x;       /* the left edge of the text */
  double         y;       /* its upper edge */
  gboolean       has_dot;
  gboolean       is_shown;
} SpLabelSpot;

typedef struct _SpLabelSprites SpLabelSprites;

struct _SpPlaceLabels
{
  gatomicrefcount ref_count;
  char           *family;
  double          font_scale;
  GArray         *labels;  /* SpLabel, the most important first */
  SpLabelSprites *sprites; /* has a lock of its own */
};

void         sp_label_lay_out         (GArray *labels);
GArray      *sp_label_find_spots      (const SpPlaceLabels *self, const SpMapWindow *window, const SpLabelBox *avoid,
                                       guint n_avoid);

double       sp_label_dot_radius      (SpLabelClass class);
PangoLayout *sp_label_create_layout   (PangoContext *context, const SpPlaceLabels *self, SpLabelClass class,
                                       const char *text);
void         sp_label_configure       (PangoContext *context);

static inline gboolean
sp_label_is_place (SpLabelClass class)
{
  return class >= SP_LABEL_METROPOLIS && class <= SP_LABEL_SUBURB;
}

SpLabelSprites *sp_label_sprites_new  (void);
void            sp_label_sprites_free (SpLabelSprites *self);

G_END_DECLS
