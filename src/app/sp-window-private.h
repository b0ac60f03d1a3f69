/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-adaptive.h"
#include "sp-details.h"
#include "sp-map-view.h"
#include "sp-result-pane.h"
#include "sp-search-box.h"
#include "sp-sharing-bar.h"
#include "sp-sharing-status.h"
#include "sp-taxonomy.h"
#include "sp-updates-badge.h"
#include "sp-window.h"

G_BEGIN_DECLS

/* For the files sp-window*.c only. */
struct _SpWindow
{
  AdwApplicationWindow parent_instance;

  char      *path;    /* owned; the store's */
  SpBrowser *browser; /* owned, nullable until the store is open */
  SpChanges *changes; /* owned, nullable until the store is open */
  SpSharing *sharing; /* owned, nullable until the store is open */
  SpTaxonomy *taxonomy; /* what it goes by; it stays for as long as the program runs */

  SpDetails      *details; /* in its page; NULL until something was found, and nothing else is to do */
  guint           making_details; /* source, or 0 */
  SpStoreOpening *opening; /* owned, nullable: the store, which the program began to open */

  /* of the template */
  AdwToastOverlay *toasts;
  GtkMenuButton   *menu;
  GMenu           *primary_menu;
  GtkWidget       *add_label;
  SpSearchBox     *search;
  SpUpdatesBadge  *updates;
  SpSharingStatus *sharing_status;
  SpSharingBar    *sharing_bar;
  GtkStack        *stack;
  GtkSpinner      *spinner;
  SpAdaptive      *panes;
  SpResultPane    *results;
  SpMapView       *map;
  GtkWidget       *details_page;
  GtkWidget       *back;
  GtkWidget       *close;
  GtkWidget       *switcher;
  GtkToggleButton *list_button;
  GtkToggleButton *map_button;
  AdwStatusPage   *error_page;
  GtkWidget       *retry;
  GtkWidget       *restore;
};

/* sp-window-open.c */
void sp_window_open       (SpWindow *self);

/* sp-window.c */
void sp_window_show_store (SpWindow *self, SpStore *store);

/* sp-window-taxonomy.c */
void sp_window_follow_taxonomy (SpWindow *self);

/* sp-window-first-run.c */
void sp_window_watch_first_run (SpWindow *self);

/* sp-window-browse.c */
void sp_window_set_up_panes (SpWindow *self);

G_END_DECLS
