/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpFormField: one question of the entry form: its title, a hint with an example, what is wrong with the answer, and the
 * control to answer with, which each kind of field brings. It is bound to one member of an entry and follows it. */
#include "sp-form-field.h"

#include "sp-form-label.h"

#include <string.h>

typedef struct
{
  char        *member; /* owned; path below the prefix */
  char        *path;   /* owned, nullable until it is bound */
  char        *kinds;  /* owned, nullable: for all kinds of entries; else the kinds, with spaces between */
  SpEntryEdit *edit;   /* owned, nullable until it is bound */

  /* of the template */
  GtkWidget *box;
  GtkLabel  *title;
  GtkLabel  *hint;
  GtkWidget *error_box;
  GtkLabel  *error;

  GtkWidget     *control; /* borrowed: a child of @box */
  GtkAccessible *spoken;  /* borrowed: the part of @control that has the focus */
} SpFormFieldPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (SpFormField, sp_form_field, GTK_TYPE_WIDGET)

typedef enum { PROP_MEMBER = 1, PROP_TITLE, PROP_HINT, PROP_KINDS } SpFormFieldProperty;
static GParamSpec *properties[PROP_KINDS + 1];

static SpFormFieldPrivate *
get_private (SpFormField *self)
{
  return sp_form_field_get_instance_private (self);
}

static gboolean
concerns (const char *path, const char *changed)
{
  gsize n;

  if (changed == NULL || g_str_has_prefix (path, changed))
    return changed == NULL || path[strlen (changed)] == '\0' || path[strlen (changed)] == '.';
  n = strlen (path);
  return g_str_has_prefix (changed, path) && changed[n] == '.';
}

static void
changed_cb (SpFormField *self, const char *path, SpEntryEdit *edit)
{
  SpFormFieldPrivate *priv = get_private (self);

  if (!concerns (priv->path, path))
    return;
  sp_form_field_complain (self, NULL);
  SP_FORM_FIELD_GET_CLASS (self)->load (self);
}

static void
sp_form_field_real_bound (SpFormField *self)
{
}

static void
sp_form_field_real_add_paths (SpFormField *self, const char *prefix, GPtrArray *paths)
{
  const char *member = get_private (self)->member;

  g_ptr_array_add (paths, *prefix != '\0' ? g_strconcat (prefix, ".", member, NULL) : g_strdup (member));
}

static void
set_text (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static void
sp_form_field_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  SpFormFieldPrivate *priv = get_private (SP_FORM_FIELD (object));

  switch ((SpFormFieldProperty) prop_id)
    {
    case PROP_MEMBER:
      g_free (priv->member);
      priv->member = g_value_dup_string (value);
      break;
    case PROP_TITLE:
      set_text (priv->title, g_value_get_string (value));
      break;
    case PROP_HINT:
      set_text (priv->hint, g_value_get_string (value));
      break;
    case PROP_KINDS:
      g_free (priv->kinds);
      priv->kinds = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
sp_form_field_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  SpFormFieldPrivate *priv = get_private (SP_FORM_FIELD (object));

  switch ((SpFormFieldProperty) prop_id)
    {
    case PROP_MEMBER:
      g_value_set_string (value, priv->member);
      break;
    case PROP_TITLE:
      g_value_set_string (value, gtk_label_get_label (priv->title));
      break;
    case PROP_HINT:
      g_value_set_string (value, gtk_label_get_label (priv->hint));
      break;
    case PROP_KINDS:
      g_value_set_string (value, priv->kinds);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static gboolean
sp_form_field_grab_focus (GtkWidget *widget)
{
  SpFormFieldPrivate *priv = get_private (SP_FORM_FIELD (widget));

  if (priv->control == NULL)
    return FALSE;
  return gtk_widget_grab_focus (GTK_WIDGET (priv->spoken)) || gtk_widget_child_focus (priv->control, GTK_DIR_TAB_FORWARD);
}

static void
sp_form_field_dispose (GObject *object)
{
  SpFormFieldPrivate *priv = get_private (SP_FORM_FIELD (object));
  GtkWidget *child;

  if (priv->edit != NULL)
    g_signal_handlers_disconnect_by_data (priv->edit, object);
  g_clear_object (&priv->edit);
  priv->control = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child); /* GTK 4.8 cannot dispose of the template of a class below */
  G_OBJECT_CLASS (sp_form_field_parent_class)->dispose (object);
}

static void
sp_form_field_finalize (GObject *object)
{
  SpFormFieldPrivate *priv = get_private (SP_FORM_FIELD (object));

  g_free (priv->member);
  g_free (priv->path);
  g_free (priv->kinds);
  G_OBJECT_CLASS (sp_form_field_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  properties[PROP_MEMBER] = g_param_spec_string ("member", NULL, NULL, NULL, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_HINT] = g_param_spec_string ("hint", NULL, NULL, NULL, flags);
  properties[PROP_KINDS] = g_param_spec_string ("kinds", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
sp_form_field_class_init (SpFormFieldClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  klass->bound = sp_form_field_real_bound;
  klass->add_paths = sp_form_field_real_add_paths;
  object_class->set_property = sp_form_field_set_property;
  object_class->get_property = sp_form_field_get_property;
  object_class->dispose = sp_form_field_dispose;
  object_class->finalize = sp_form_field_finalize;
  widget_class->grab_focus = sp_form_field_grab_focus;
  install_properties (object_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "formfield");
  gtk_widget_class_set_template_from_resource (widget_class, "/org/signpost/Signpost/ui/sp-form-field.ui");
  gtk_widget_class_bind_template_child_private (widget_class, SpFormField, box);
  gtk_widget_class_bind_template_child_private (widget_class, SpFormField, title);
  gtk_widget_class_bind_template_child_private (widget_class, SpFormField, hint);
  gtk_widget_class_bind_template_child_private (widget_class, SpFormField, error_box);
  gtk_widget_class_bind_template_child_private (widget_class, SpFormField, error);
}

static void
sp_form_field_init (SpFormField *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sp_form_field_bind:
 * @self: a field
 * @edit: the entry that it shows and writes to
 * @prefix: path of what the member is a part of: an item of a list, or "" for the entry itself
 *
 * Once in a field's life.
 */
void
sp_form_field_bind (SpFormField *self, SpEntryEdit *edit, const char *prefix)
{
  SpFormFieldPrivate *priv = get_private (self);

  g_return_if_fail (priv->edit == NULL && priv->member != NULL);
  priv->edit = g_object_ref (edit);
  priv->path = *prefix != '\0' ? g_strconcat (prefix, ".", priv->member, NULL) : g_strdup (priv->member);
  g_signal_connect_swapped (edit, "changed", G_CALLBACK (changed_cb), self);
  SP_FORM_FIELD_GET_CLASS (self)->bound (self);
  SP_FORM_FIELD_GET_CLASS (self)->load (self);
}

/**
 * sp_form_field_get_edit:
 * @self: a field
 *
 * Returns: (transfer none) (nullable): the entry that it is bound to
 */
SpEntryEdit *
sp_form_field_get_edit (SpFormField *self)
{
  return get_private (self)->edit;
}

/**
 * sp_form_field_get_member:
 * @self: a field
 *
 * Returns: (transfer none): its member, below the prefix
 */
const char *
sp_form_field_get_member (SpFormField *self)
{
  return get_private (self)->member;
}

/**
 * sp_form_field_get_path:
 * @self: a field
 *
 * Returns: (transfer none) (nullable): the whole path of its member, once it is bound
 */
const char *
sp_form_field_get_path (SpFormField *self)
{
  return get_private (self)->path;
}

/**
 * sp_form_field_get_below:
 * @self: a field that is bound
 * @member: a part of its member
 *
 * Returns: (transfer full): the whole path of that part
 */
char *
sp_form_field_get_below (SpFormField *self, const char *member)
{
  return g_strconcat (get_private (self)->path, ".", member, NULL);
}

/**
 * sp_form_field_get_title:
 * @self: a field
 *
 * Returns: (transfer none): what it asks
 */
const char *
sp_form_field_get_title (SpFormField *self)
{
  return gtk_label_get_label (get_private (self)->title);
}

/**
 * sp_form_field_set_control:
 * @self: a field
 * @control: (transfer floating): what one answers with; put below the title
 * @spoken: (nullable): the part of it that gets the focus and the name; @control if %NULL
 */
void
sp_form_field_set_control (SpFormField *self, GtkWidget *control, GtkAccessible *spoken)
{
  SpFormFieldPrivate *priv = get_private (self);

  priv->control = control;
  priv->spoken = spoken != NULL ? spoken : GTK_ACCESSIBLE (control);
  gtk_box_append (GTK_BOX (priv->box), control);
  gtk_accessible_update_relation (priv->spoken, GTK_ACCESSIBLE_RELATION_LABELLED_BY, priv->title, NULL,
                                  GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, priv->hint, priv->error, NULL, -1);
  if (GTK_IS_DROP_DOWN (priv->spoken))
    sp_form_drop_down_name (GTK_DROP_DOWN (priv->spoken), GTK_ACCESSIBLE (priv->title));
}

/**
 * sp_form_field_complain:
 * @self: a field
 * @sentence: (nullable): what is wrong with the answer; %NULL if nothing is
 */
void
sp_form_field_complain (SpFormField *self, const char *sentence)
{
  SpFormFieldPrivate *priv = get_private (self);

  gtk_label_set_label (priv->error, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (priv->error_box, sentence != NULL);
  if (sentence != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "invalid");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "invalid");
  if (priv->spoken != NULL)
    gtk_accessible_update_state (priv->spoken, GTK_ACCESSIBLE_STATE_INVALID,
                                 sentence != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

/**
 * sp_form_field_get_complaint:
 * @self: a field
 *
 * Returns: (transfer none) (nullable): what it says is wrong
 */
const char *
sp_form_field_get_complaint (SpFormField *self)
{
  const char *sentence = gtk_label_get_label (get_private (self)->error);

  return *sentence != '\0' ? sentence : NULL;
}

/**
 * sp_form_field_fit_kind:
 * @self: a field that is bound
 * @kind: (nullable): "place", "service" or "group"
 *
 * Shows the field if it fits the kind of entry, or if it says something nevertheless.
 */
void
sp_form_field_fit_kind (SpFormField *self, const char *kind)
{
  SpFormFieldPrivate *priv = get_private (self);
  g_auto (GStrv) kinds = priv->kinds != NULL ? g_strsplit (priv->kinds, " ", -1) : NULL;
  gboolean fits = kinds == NULL || (kind != NULL && g_strv_contains ((const char *const *) kinds, kind));

  gtk_widget_set_visible (GTK_WIDGET (self), fits || sp_entry_edit_get (priv->edit, priv->path) != NULL);
}

/**
 * sp_form_field_add_paths:
 * @self: a field
 * @prefix: pattern of what its member is a part of, or ""
 * @paths: (element-type utf8): gets the members that can be written here, as patterns such as `contacts.*.phone`
 */
void
sp_form_field_add_paths (SpFormField *self, const char *prefix, GPtrArray *paths)
{
  SP_FORM_FIELD_GET_CLASS (self)->add_paths (self, prefix, paths);
}
