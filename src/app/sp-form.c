/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A form is a tree of widgets with fields in it. What is done with all of them at once: binding them to an entry, showing
 * those that fit, finding the one for a member. Templates only have to name their members. */
#include "sp-form.h"

#include "sp-form-part.h"

#include <string.h>

#define FOLD "sp-form-fold" /* on what is folded away: the expander that it belongs to */

/* The children, also of an expander, which takes its child out of the tree while it is closed. */
static GtkWidget *
first_child (GtkWidget *root)
{
  return GTK_IS_EXPANDER (root) ? gtk_expander_get_child (GTK_EXPANDER (root)) : gtk_widget_get_first_child (root);
}

static GtkWidget *
next_child (GtkWidget *root, GtkWidget *child)
{
  return GTK_IS_EXPANDER (root) ? NULL : gtk_widget_get_next_sibling (child);
}

/**
 * sp_form_bind:
 * @root: a widget with fields in it
 * @edit: the entry that they show and write to
 * @prefix: path of what their members are parts of, or ""
 */
void
sp_form_bind (GtkWidget *root, SpEntryEdit *edit, const char *prefix)
{
  if (SP_IS_FORM_FIELD (root))
    {
      sp_form_field_bind (SP_FORM_FIELD (root), edit, prefix); /* what is inside it, it binds itself */
      return;
    }
  if (SP_IS_FORM_PART (root))
    sp_form_part_bind (SP_FORM_PART (root), edit, prefix);
  if (GTK_IS_EXPANDER (root))
    g_object_set_data (G_OBJECT (first_child (root)), FOLD, root);
  for (GtkWidget *child = first_child (root); child != NULL; child = next_child (root, child))
    sp_form_bind (child, edit, prefix);
}

/* Whether a field in it is to be seen. */
static gboolean
shows_field (GtkWidget *root)
{
  if (SP_IS_FORM_FIELD (root))
    return gtk_widget_get_visible (root);
  for (GtkWidget *child = first_child (root); child != NULL; child = next_child (root, child))
    if (shows_field (child))
      return TRUE;
  return FALSE;
}

/**
 * sp_form_fit_kind:
 * @root: a widget with fields in it, bound
 * @kind: (nullable): "place", "service" or "group"
 *
 * Shows what fits the kind of entry, and hides the parts of which nothing is left.
 */
void
sp_form_fit_kind (GtkWidget *root, const char *kind)
{
  if (SP_IS_FORM_FIELD (root))
    {
      sp_form_field_fit_kind (SP_FORM_FIELD (root), kind);
      return;
    }
  for (GtkWidget *child = first_child (root); child != NULL; child = next_child (root, child))
    sp_form_fit_kind (child, kind);
  if (SP_IS_FORM_PART (root))
    gtk_widget_set_visible (root, shows_field (root));
}

static gboolean
covers (const char *path, const char *wanted)
{
  gsize n = strlen (path);

  return strncmp (path, wanted, n) == 0 && (wanted[n] == '\0' || wanted[n] == '.');
}

/* The nearer one; of two for the same member the one that is in use. */
static gboolean
is_better (SpFormField *found, SpFormField *best)
{
  gsize n = strlen (sp_form_field_get_path (found)), m = strlen (sp_form_field_get_path (best));

  return n != m ? n > m : gtk_widget_get_visible (GTK_WIDGET (found)) && !gtk_widget_get_visible (GTK_WIDGET (best));
}

/**
 * sp_form_find:
 * @root: a widget with fields in it, bound
 * @path: a member
 *
 * Returns: (transfer none) (nullable): the field for it, or the one of what it is a part of
 */
SpFormField *
sp_form_find (GtkWidget *root, const char *path)
{
  SpFormField *best = NULL;

  if (SP_IS_FORM_FIELD (root) && sp_form_field_get_path (SP_FORM_FIELD (root)) != NULL
      && covers (sp_form_field_get_path (SP_FORM_FIELD (root)), path))
    best = SP_FORM_FIELD (root);
  for (GtkWidget *child = first_child (root); child != NULL; child = next_child (root, child))
    {
      SpFormField *found = sp_form_find (child, path);
      if (found != NULL && (best == NULL || is_better (found, best)))
        best = found;
    }
  return best;
}

/**
 * sp_form_reveal:
 * @widget: a widget in a form
 *
 * Opens what it is folded away in, and shows it.
 */
void
sp_form_reveal (GtkWidget *widget)
{
  GtkWidget *next;

  for (GtkWidget *at = widget; at != NULL; at = next)
    {
      GtkWidget *fold = g_object_get_data (G_OBJECT (at), FOLD);

      if (fold != NULL)
        gtk_expander_set_expanded (GTK_EXPANDER (fold), TRUE);
      else if (SP_IS_FORM_FIELD (at) || SP_IS_FORM_PART (at))
        gtk_widget_set_visible (at, TRUE);
      next = fold != NULL ? fold : gtk_widget_get_parent (at);
    }
}

/**
 * sp_form_list_paths:
 * @root: a widget with fields in it
 * @prefix: pattern of what their members are parts of, or ""
 * @paths: (element-type utf8): gets all members that can be written in it, as patterns such as `contacts.*.phone`
 */
void
sp_form_list_paths (GtkWidget *root, const char *prefix, GPtrArray *paths)
{
  if (SP_IS_FORM_FIELD (root))
    {
      sp_form_field_add_paths (SP_FORM_FIELD (root), prefix, paths);
      return;
    }
  if (SP_IS_FORM_PART (root))
    sp_form_part_add_paths (SP_FORM_PART (root), prefix, paths);
  for (GtkWidget *child = first_child (root); child != NULL; child = next_child (root, child))
    sp_form_list_paths (child, prefix, paths);
}
