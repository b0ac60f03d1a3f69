/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpFormChoice: a field with one of a few answers, or yes and no, from a drop-down list that begins with "nobody said". An
 * answer that this version does not know stays until another is chosen. */
#include "sp-form-choice.h"

#include "sp-form-label.h"
#include "sp-form-words.h"

#include <glib/gi18n.h>
#include <string.h>

struct _SpFormChoice
{
  SpFormField parent_instance;

  GtkDropDown *list;
  GPtrArray   *codes;   /* owned; what the positions mean, from 1; NULL at 0 */
  gboolean     boolean; /* yes or no */
  gboolean     loading;
};

G_DEFINE_FINAL_TYPE (SpFormChoice, sp_form_choice, SP_TYPE_FORM_FIELD)

static SpNode *
make_value (SpFormChoice *self, guint position)
{
  if (position == 0 || position >= self->codes->len)
    return NULL;
  return self->boolean ? sp_node_new_boolean (position == 1) : sp_node_new_string (g_ptr_array_index (self->codes, position));
}

static void
chosen_cb (SpFormChoice *self, GParamSpec *pspec, GtkDropDown *list)
{
  SpFormField *field = SP_FORM_FIELD (self);

  if (self->loading || sp_form_field_get_edit (field) == NULL)
    return;
  self->loading = TRUE;
  sp_entry_edit_set (sp_form_field_get_edit (field), sp_form_field_get_path (field),
                     make_value (self, gtk_drop_down_get_selected (list)));
  self->loading = FALSE;
}

static void
add_answer (SpFormChoice *self, const char *code, const char *label)
{
  GtkStringList *labels = GTK_STRING_LIST (gtk_drop_down_get_model (self->list));

  g_ptr_array_add (self->codes, g_strdup (code));
  gtk_string_list_append (labels, label);
}

static void
sp_form_choice_bound (SpFormField *field)
{
  SpFormChoice *self = SP_FORM_CHOICE (field);
  const char *path = sp_form_field_get_path (field);
  const SpField *known = sp_field_find (path);
  guint n;
  const SpFormWord *words = sp_form_words_get (path, &n);

  self->loading = TRUE;
  self->boolean = known != NULL && known->type == SP_FIELD_BOOLEAN;
  add_answer (self, "", _("Not said"));
  for (guint i = 0; i < n; i++)
    add_answer (self, words[i].code, _(words[i].label));
  if (self->boolean)
    {
      add_answer (self, "yes", _("Yes"));
      add_answer (self, "no", _("No"));
    }
  self->loading = FALSE;
}

static guint
find_position (SpFormChoice *self, const SpNode *value)
{
  guint position;

  if (value == NULL)
    return 0;
  if (self->boolean)
    return sp_node_get_boolean (value) ? 1 : 2;
  if (sp_node_get_string (value) == NULL)
    return 0;
  if (!g_ptr_array_find_with_equal_func (self->codes, sp_node_get_string (value), g_str_equal, &position))
    {
      add_answer (self, sp_node_get_string (value), sp_node_get_string (value));
      position = self->codes->len - 1;
    }
  return position;
}

static void
sp_form_choice_load (SpFormField *field)
{
  SpFormChoice *self = SP_FORM_CHOICE (field);
  SpNode *value = sp_entry_edit_get (sp_form_field_get_edit (field), sp_form_field_get_path (field));

  if (self->loading)
    return;
  self->loading = TRUE;
  gtk_drop_down_set_selected (self->list, find_position (self, value));
  self->loading = FALSE;
}

static void
sp_form_choice_finalize (GObject *object)
{
  g_ptr_array_unref (SP_FORM_CHOICE (object)->codes);
  G_OBJECT_CLASS (sp_form_choice_parent_class)->finalize (object);
}

static void
sp_form_choice_class_init (SpFormChoiceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sp_form_choice_finalize;
  SP_FORM_FIELD_CLASS (klass)->bound = sp_form_choice_bound;
  SP_FORM_FIELD_CLASS (klass)->load = sp_form_choice_load;
}

static void
sp_form_choice_init (SpFormChoice *self)
{
  static const char *const none[] = { NULL };

  self->codes = g_ptr_array_new_with_free_func (g_free);
  self->list = GTK_DROP_DOWN (gtk_drop_down_new_from_strings (none));
  sp_form_drop_down_fit (self->list);
  sp_form_field_set_control (SP_FORM_FIELD (self), GTK_WIDGET (self->list), NULL);
  g_signal_connect_swapped (self->list, "notify::selected", G_CALLBACK (chosen_cb), self);
}
