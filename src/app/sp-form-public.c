/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpFormPublic: a field that says whether an entry is in no public list at all. That is stored as a last day long ago,
 * which nobody would understand who sees it beside the others: they are asked for only if it is not so. */
#include "sp-form-public.h"

#include "sp-disclosure.h"
#include "sp-form-label.h"

#include <glib/gi18n.h>

struct _SpFormPublic
{
  SpFormField parent_instance;

  GtkCheckButton *never;
  GtkWidget      *dates;   /* weak, nullable: what asks from when until when it is shown */
  char           *from;    /* owned, nullable: what these were before it was said that it is never shown */
  char           *until;   /* likewise */
  gboolean        loading;
};

G_DEFINE_FINAL_TYPE (SpFormPublic, sp_form_public, SP_TYPE_FORM_FIELD)

typedef enum { PROP_DATES = 1 } SpFormPublicProperty;

static const char *
get_day (SpFormPublic *self, const char *member)
{
  g_autofree char *path = sp_form_field_get_below (SP_FORM_FIELD (self), member);

  return sp_entry_edit_get_text (sp_form_field_get_edit (SP_FORM_FIELD (self)), path);
}

static void
set_day (SpFormPublic *self, const char *member, const char *day)
{
  g_autofree char *path = sp_form_field_get_below (SP_FORM_FIELD (self), member);

  sp_entry_edit_set (sp_form_field_get_edit (SP_FORM_FIELD (self)), path, day != NULL ? sp_node_new_string (day) : NULL);
}

/* What was said before comes back with the next click, as long as the form is open. */
static void
toggled_cb (SpFormPublic *self, GtkCheckButton *button)
{
  gboolean never = gtk_check_button_get_active (button);

  if (self->loading || sp_form_field_get_edit (SP_FORM_FIELD (self)) == NULL)
    return;
  if (never)
    {
      g_free (self->from);
      self->from = g_strdup (get_day (self, "from"));
      g_free (self->until);
      self->until = g_strdup (get_day (self, "until"));
    }
  self->loading = TRUE;
  set_day (self, "from", never ? NULL : self->from);
  set_day (self, "until", never ? SP_DISCLOSURE_NEVER : self->until);
  self->loading = FALSE;
  if (self->dates != NULL)
    gtk_widget_set_visible (self->dates, !never);
}

static void
sp_form_public_load (SpFormField *field)
{
  SpFormPublic *self = SP_FORM_PUBLIC (field);
  gboolean never = g_strcmp0 (get_day (self, "until"), SP_DISCLOSURE_NEVER) == 0;

  if (self->loading)
    return;
  self->loading = TRUE;
  gtk_check_button_set_active (self->never, never);
  self->loading = FALSE;
  if (self->dates != NULL)
    gtk_widget_set_visible (self->dates, !never);
}

/* The days have fields of their own. */
static void
sp_form_public_add_paths (SpFormField *field, const char *prefix, GPtrArray *paths)
{
}

static void
sp_form_public_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_DATES)
    g_set_weak_pointer (&SP_FORM_PUBLIC (object)->dates, g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
sp_form_public_finalize (GObject *object)
{
  SpFormPublic *self = SP_FORM_PUBLIC (object);

  g_clear_weak_pointer (&self->dates);
  g_free (self->from);
  g_free (self->until);
  G_OBJECT_CLASS (sp_form_public_parent_class)->finalize (object);
}

static void
sp_form_public_class_init (SpFormPublicClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  SpFormFieldClass *field_class = SP_FORM_FIELD_CLASS (klass);

  object_class->set_property = sp_form_public_set_property;
  object_class->finalize = sp_form_public_finalize;
  field_class->load = sp_form_public_load;
  field_class->add_paths = sp_form_public_add_paths;
  g_object_class_install_property (object_class, PROP_DATES,
                                   g_param_spec_object ("dates", NULL, NULL, GTK_TYPE_WIDGET, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS));
}

static void
sp_form_public_init (SpFormPublic *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4), *button = sp_form_check_new (_("Not in public lists"));
  GtkWidget *detail = sp_form_label_new (_("It is found by the filter “Outside dates for showing” only"), "caption");

  self->never = GTK_CHECK_BUTTON (button);
  gtk_widget_add_css_class (detail, "dim-label");
  gtk_box_append (GTK_BOX (box), button);
  gtk_box_append (GTK_BOX (box), detail);
  sp_form_field_set_control (SP_FORM_FIELD (self), box, NULL);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, detail, NULL, -1);
  g_signal_connect_swapped (button, "toggled", G_CALLBACK (toggled_cb), self);
}
