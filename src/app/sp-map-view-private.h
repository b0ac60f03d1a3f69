/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-area-layer.h"
#include "sp-label-layer.h"
#include "sp-map-background.h"
#include "sp-map-camera.h"
#include "sp-map-frame.h"
#include "sp-map-scale.h"
#include "sp-map-view.h"
#include "sp-pin-layer.h"
#include "sp-ring-layer.h"

G_BEGIN_DECLS

/* What the map waits for the pins for. */
typedef enum
{
  SP_MAP_VIEW_FIT_NOTHING,
  SP_MAP_VIEW_FIT_ANY, /* to go to them if none is in sight */
  SP_MAP_VIEW_FIT_ALL, /* to show all of them */
} SpMapViewFit;

struct _SpMapView
{
  GtkWidget parent_instance;

  GSettings       *settings;   /* owned */
  SpMapBackground *background; /* owned */
  SpBrowser       *browser;    /* owned, nullable */

  /* of the map, the lowest first; the newest tiles come between tiles and areas */
  ShumateLayer *tiles;     /* of the map, nullable */
  ShumateLayer *old_tiles; /* of the map, nullable: until the new ones have come */
  gboolean      is_filled; /* the new ones have all come once */
  double        sharp_zoom; /* zoom level that they are drawn for */
  SpAreaLayer  *area;
  SpLabelLayer *labels;
  SpRingLayer  *ring;
  SpPinLayer   *pins;

  /* where it looks */
  SpMapCamera   home;       /* where it was put; how far it has moved from there tells whether one may search there */
  SpBox         wanted;     /* to be fitted in once the map has a size */
  double        deepest;    /* no zoom beyond this for that */
  gboolean      has_wanted;
  gboolean      is_guessed; /* the size that the map has: it was not laid out yet */
  int           ahead_width, ahead_height; /* that tiles were asked for ahead; pixels */
  SpMapViewFit  fitting;    /* once it is known where all is that was found */
  gboolean      is_placed;  /* by the person, the last time; else the results place it */
  gboolean      has_begun;  /* to look for pins and more: there is a map to look at, or it takes too long */
  guint         patience;   /* source that waits for that; 0 for none */
  guint         asking;     /* source that has the map ask for tiles; 0 for none */
  guint         n_asked;    /* how often that was done for the present tiles */
  guint         at_rest;    /* source that waits until it has not moved for a moment; 0 if it has not moved */

  /* what the browser looks for, as the map last knew it */
  SpMapModel   *model;      /* owned, nullable: what the pins show */
  SpQuery      *shown;      /* owned, nullable */
  GCancellable *reading;    /* owned, nullable: the area's outline is on its way */

  /* postcodes on the map */
  guint64       n_dots;
  guint         dots_timer;   /* source that waits until the store is quiet; 0 without one */
  GCancellable *reading_dots; /* owned, nullable: they are being read */

  /* of the template */
  GtkWidget   *overlay;
  ShumateMap  *map;
  GtkRevealer *search_revealer;
  GtkWidget   *problem_box;
  GtkLabel    *problem_label;
  SpMapScale  *scale;
  GtkLabel    *attribution;
};

/* sp-map-view.c */
void sp_map_view_go_to          (SpMapView *self, const SpMapCamera *camera, gboolean animate);
void sp_map_view_update_search  (SpMapView *self);
void sp_map_view_begin          (SpMapView *self);

/* sp-map-view-tiles.c: the map below the pins */
void sp_map_view_start_tiles    (SpMapView *self);
void sp_map_view_stop_tiles     (SpMapView *self);
void sp_map_view_sharpen        (SpMapView *self);
void sp_map_view_ask_ahead      (SpMapView *self);
void sp_map_view_draw_ahead     (SpMapView *self);
void sp_map_view_hurry_tiles    (SpMapView *self);
void sp_map_view_check_tiles    (SpMapView *self);

/* sp-map-view-dots.c: the postcodes on the built-in map */
void sp_map_view_start_dots     (SpMapView *self);
void sp_map_view_stop_dots      (SpMapView *self);
void sp_map_view_look_for_dots  (SpMapView *self);

/* sp-map-view-results.c: what the browser looks for and finds */
void sp_map_view_listen         (SpMapView *self);
void sp_map_view_follow         (SpMapView *self);
void sp_map_view_look_for_pins  (SpMapView *self);
void sp_map_view_unfollow       (SpMapView *self);

/* sp-map-view-fit.c: when it moves by itself, and whereto */
void sp_map_view_fit_pins       (SpMapView *self);
void sp_map_view_stop_fitting   (SpMapView *self);
void sp_map_view_show_place     (SpMapView *self, const SpFilters *filters);
void sp_map_view_stay           (SpMapView *self);
void sp_map_view_show_results   (SpMapView *self, const SpHits *hits);

G_END_DECLS
