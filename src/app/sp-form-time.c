/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpFormTime: one time at which something is: how often, on which days, from when until when; folded away, the season,
 * terms, bank holidays and booking. */
#include "sp-form-time.h"

#include "sp-form-days.h"
#include "sp-form-label.h"
#include "sp-form-pattern.h"

#include <glib/gi18n.h>

struct _SpFormTime
{
  SpFormPart parent_instance;

  SpEntryEdit *edit;   /* owned, nullable until it is bound */
  char        *prefix; /* owned, nullable: path of the item */
  gboolean     loading;

  /* of the template */
  GtkLabel    *preset_label;
  GtkDropDown *preset;
  SpFormDays  *days;
  GtkWidget   *byday;
  GtkWidget   *interval;
  GtkWidget   *hours;
  GtkWidget   *dtstart;
};

G_DEFINE_FINAL_TYPE (SpFormTime, sp_form_time, SP_TYPE_FORM_PART)

static char *
get_path (SpFormTime *self, const char *member)
{
  return g_strconcat (self->prefix, ".", member, NULL);
}

static SpNode *
get_item (SpFormTime *self)
{
  return sp_entry_edit_get (self->edit, self->prefix);
}

/* Writes members of a changed copy of the item. */
static void
write_members (SpFormTime *self, const SpNode *changed)
{
  static const char *const members[] = { "freq", "interval", "dtstart", "byday" };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autofree char *path = get_path (self, members[i]);
      SpNode *value = sp_node_get (changed, members[i]);
      sp_entry_edit_set (self->edit, path, value != NULL ? sp_node_copy (value) : NULL);
    }
}

static void
preset_cb (SpFormTime *self, GParamSpec *pspec, GtkDropDown *list)
{
  g_autoptr (SpNode) changed = NULL;

  if (self->loading || self->edit == NULL || get_item (self) == NULL)
    return;
  changed = sp_node_copy (get_item (self));
  sp_form_preset_apply (changed, (SpFormPreset) gtk_drop_down_get_selected (list));
  write_members (self, changed);
}

static void
set_title (GtkWidget *field, const char *title, const char *hint)
{
  g_object_set (field, "title", title, "hint", hint, NULL);
}

static void
show_preset (SpFormTime *self, SpFormPreset preset)
{
  gboolean other = preset == SP_PRESET_OTHER;
  gboolean week = preset == SP_PRESET_WEEK || preset == SP_PRESET_OTHER_WEEK;

  gtk_drop_down_set_selected (self->preset, preset);
  gtk_widget_set_visible (GTK_WIDGET (self->days), week || preset == SP_PRESET_MONTH);
  sp_form_days_set_numbered (self->days, preset == SP_PRESET_MONTH);
  gtk_widget_set_visible (self->byday, other);
  gtk_widget_set_visible (self->interval, other);
  gtk_widget_set_visible (self->hours, preset != SP_PRESET_ALWAYS);
  gtk_widget_set_visible (self->dtstart, preset == SP_PRESET_ONCE || preset == SP_PRESET_OTHER_WEEK || other);
  if (preset == SP_PRESET_ONCE)
    set_title (self->dtstart, _("On which date"), NULL);
  else
    set_title (self->dtstart, _("One date on which it is"), _("So that one can tell which weeks or months are meant"));
}

static void
load (SpFormTime *self)
{
  if (get_item (self) == NULL)
    return;
  self->loading = TRUE;
  show_preset (self, sp_form_preset_of (get_item (self)));
  self->loading = FALSE;
}

/* Whoever begins with the hours means every week until they say otherwise. */
static void
assume_week (SpFormTime *self)
{
  g_autofree char *path = get_path (self, "freq");

  if (sp_node_get_length (get_item (self)) > 1 && sp_entry_edit_get (self->edit, path) == NULL)
    sp_entry_edit_set (self->edit, path, sp_node_new_string ("weekly"));
}

static void
changed_cb (SpFormTime *self, const char *path, SpEntryEdit *edit)
{
  if (path != NULL && !g_str_has_prefix (path, self->prefix))
    return;
  if (get_item (self) != NULL && path != NULL)
    assume_week (self);
  load (self);
}

static void
sp_form_time_bind (SpFormPart *part, SpEntryEdit *edit, const char *prefix)
{
  SpFormTime *self = SP_FORM_TIME (part);

  self->edit = g_object_ref (edit);
  self->prefix = g_strdup (prefix);
  g_signal_connect_swapped (edit, "changed", G_CALLBACK (changed_cb), self);
  load (self);
}

static void
sp_form_time_add_paths (SpFormPart *part, const char *prefix, GPtrArray *paths)
{
  g_ptr_array_add (paths, g_strconcat (prefix, ".freq", NULL)); /* by the preset */
}

static void
sp_form_time_dispose (GObject *object)
{
  SpFormTime *self = SP_FORM_TIME (object);

  if (self->edit != NULL)
    g_signal_handlers_disconnect_by_data (self->edit, self);
  g_clear_object (&self->edit);
  G_OBJECT_CLASS (sp_form_time_parent_class)->dispose (object);
}

static void
sp_form_time_finalize (GObject *object)
{
  g_free (SP_FORM_TIME (object)->prefix);
  G_OBJECT_CLASS (sp_form_time_parent_class)->finalize (object);
}

static void
sp_form_time_class_init (SpFormTimeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sp_form_time_dispose;
  G_OBJECT_CLASS (klass)->finalize = sp_form_time_finalize;
  SP_FORM_PART_CLASS (klass)->bind = sp_form_time_bind;
  SP_FORM_PART_CLASS (klass)->add_paths = sp_form_time_add_paths;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/signpost/Signpost/ui/sp-form-time.ui");
  gtk_widget_class_bind_template_child (widget_class, SpFormTime, preset_label);
  gtk_widget_class_bind_template_child (widget_class, SpFormTime, preset);
  gtk_widget_class_bind_template_child (widget_class, SpFormTime, days);
  gtk_widget_class_bind_template_child (widget_class, SpFormTime, byday);
  gtk_widget_class_bind_template_child (widget_class, SpFormTime, interval);
  gtk_widget_class_bind_template_child (widget_class, SpFormTime, hours);
  gtk_widget_class_bind_template_child (widget_class, SpFormTime, dtstart);
  gtk_widget_class_bind_template_callback (widget_class, preset_cb);
}

static void
sp_form_time_init (SpFormTime *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sp_form_drop_down_fit (self->preset);
  sp_form_drop_down_name (self->preset, GTK_ACCESSIBLE (self->preset_label));
}
