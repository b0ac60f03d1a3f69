/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpShortlistName: where the name of a shortlist is typed. A name that seems to be a person's is questioned: Signpost
 * keeps nothing about the people it is used for. It may be used all the same, for the guess may be wrong. */
#include "sp-shortlist-name.h"

#include "sp-person.h"
#include "sp-shortlists.h"

#include <glib/gi18n.h>

struct _SpShortlistName
{
  GtkWidget parent_instance;

  /* of the template */
  GtkWidget   *box;
  GtkEditable *entry;
  GtkButton   *button;
  GtkRevealer *revealer;
  GtkLabel    *question;
};

G_DEFINE_FINAL_TYPE (SpShortlistName, sp_shortlist_name, GTK_TYPE_WIDGET)

typedef enum { PROP_BUTTON_LABEL = 1 } SpShortlistNameProperty;
static GParamSpec *properties[PROP_BUTTON_LABEL + 1];
enum { CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

static char *
get_name (SpShortlistName *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->entry)));
}

static void
choose (SpShortlistName *self, gboolean asked)
{
  g_autofree char *name = get_name (self);
  g_autofree char *question = NULL;

  if (*name == '\0')
    return;
  if (asked || !sp_person_is_meant (name))
    {
      gtk_revealer_set_reveal_child (self->revealer, FALSE);
      g_signal_emit (self, signals[CHOSEN], 0, name);
      return;
    }
  question = g_strdup_printf (_("“%s” looks like somebody’s name. Signpost keeps nothing about the people it helps: "
                                "name the list after the occasion or the interest instead."), name);
  gtk_label_set_label (self->question, question);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
ask_cb (SpShortlistName *self)
{
  choose (self, FALSE);
}

static void
use_anyway_cb (SpShortlistName *self)
{
  choose (self, TRUE);
}

static void
typed_cb (SpShortlistName *self)
{
  g_autofree char *name = get_name (self);

  gtk_widget_set_sensitive (GTK_WIDGET (self->button), *name != '\0');
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
}

static void
sp_shortlist_name_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_BUTTON_LABEL)
    gtk_button_set_label (SP_SHORTLIST_NAME (object)->button, g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static gboolean
sp_shortlist_name_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (SP_SHORTLIST_NAME (widget)->entry));
}

static void
sp_shortlist_name_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SP_TYPE_SHORTLIST_NAME);
  G_OBJECT_CLASS (sp_shortlist_name_parent_class)->dispose (object);
}

static void
sp_shortlist_name_class_init (SpShortlistNameClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = sp_shortlist_name_set_property;
  object_class->dispose = sp_shortlist_name_dispose;
  widget_class->grab_focus = sp_shortlist_name_grab_focus;
  properties[PROP_BUTTON_LABEL] = g_param_spec_string ("button-label", NULL, NULL, NULL, G_PARAM_STATIC_STRINGS | G_PARAM_WRITABLE);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * SpShortlistName::chosen:
   * @self: the widget
   * @name: the name, without spaces around it
   *
   * The user wants this name.
   */
  signals[CHOSEN] = g_signal_new ("chosen", SP_TYPE_SHORTLIST_NAME, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/signpost/Signpost/ui/sp-shortlist-name.ui");
  gtk_widget_class_bind_template_child (widget_class, SpShortlistName, box);
  gtk_widget_class_bind_template_child (widget_class, SpShortlistName, entry);
  gtk_widget_class_bind_template_child (widget_class, SpShortlistName, button);
  gtk_widget_class_bind_template_child (widget_class, SpShortlistName, revealer);
  gtk_widget_class_bind_template_child (widget_class, SpShortlistName, question);
  gtk_widget_class_bind_template_callback (widget_class, ask_cb);
  gtk_widget_class_bind_template_callback (widget_class, use_anyway_cb);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
}

static void
sp_shortlist_name_init (SpShortlistName *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_entry_set_max_length (GTK_ENTRY (self->entry), SP_SHORTLIST_NAME_MAX);
}

/**
 * sp_shortlist_name_set_text:
 * @self: the widget
 * @text: what stands in it
 *
 * Sets the name to begin with, and takes a question back.
 */
void
sp_shortlist_name_set_text (SpShortlistName *self, const char *text)
{
  g_return_if_fail (SP_IS_SHORTLIST_NAME (self));
  gtk_editable_set_text (self->entry, text);
  typed_cb (self);
}
