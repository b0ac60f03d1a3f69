/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void sp_compat_open_uri        (GtkWindow *parent, const char *uri);

/**
 * SpCompatFileFunc:
 * @files: (nullable) (element-type GFile): what was chosen; %NULL if nothing was
 * @user_data: as given
 *
 * A file was chosen, or the choice was given up.
 */
typedef void (*SpCompatFileFunc) (GListModel *files, gpointer user_data);

void sp_compat_open_files      (GtkWindow *parent, const char *title, GtkFileFilter *filter, gboolean several,
                                SpCompatFileFunc func, gpointer user_data);
void sp_compat_save_file       (GtkWindow *parent, const char *title, const char *name, SpCompatFileFunc func, gpointer user_data);

/**
 * SpCompatAnswerFunc:
 * @response: id of the answer; "cancel" if the window was closed
 * @user_data: as given
 *
 * A question was answered.
 */
typedef void (*SpCompatAnswerFunc) (const char *response, gpointer user_data);

void sp_compat_ask             (GtkWindow *parent, const char *heading, const char *body, const char *response, const char *label,
                                gboolean destructive, SpCompatAnswerFunc func, gpointer user_data);
GtkWidget *sp_compat_show_about (GtkWindow *parent, const char *first_property, ...) G_GNUC_NULL_TERMINATED;
void sp_compat_about_add_credit (GtkWidget *about, const char *title, const char *copyright, const char *licence);

G_END_DECLS
