/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpFormTranslations: the one sentence about an entry in other languages. Each remembers the sentence it was made from, by
 * its SHA-256, so that it can be said when that has changed since. */
#include "sp-form-translations.h"

#include "sp-form-label.h"
#include "sp-form-words.h"

#include <glib/gi18n.h>
#include <string.h>

struct _SpFormTranslations
{
  SpFormField parent_instance;

  GtkWidget   *rows;      /* a box of rows, one for each language */
  GtkDropDown *languages; /* to add one */
  GPtrArray   *codes;     /* owned; what its positions mean; "" at 0 */
  gboolean     loading;
};

G_DEFINE_FINAL_TYPE (SpFormTranslations, sp_form_translations, SP_TYPE_FORM_FIELD)

static char *
hash_summary (SpFormTranslations *self)
{
  const char *summary = sp_entry_edit_get_text (sp_form_field_get_edit (SP_FORM_FIELD (self)), "summary");

  return summary != NULL ? g_compute_checksum_for_string (G_CHECKSUM_SHA256, summary, -1) : NULL;
}

static const char *
get_code (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "language");
}

static void
write_row (SpFormTranslations *self, GtkWidget *row, GtkEditable *entry)
{
  SpFormField *field = SP_FORM_FIELD (self);
  g_autofree char *path = sp_form_field_get_below (field, get_code (row));
  const SpNode *before = sp_entry_edit_get (sp_form_field_get_edit (field), path);
  SpNode *after = sp_node_is_object (before) ? sp_node_copy (before) : sp_node_new_object ();
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (entry)));
  g_autofree char *hash = *text != '\0' ? hash_summary (self) : NULL;

  sp_node_set_text (after, "summary", text);
  sp_node_set_text (after, "of", hash);
  self->loading = TRUE;
  sp_entry_edit_set (sp_form_field_get_edit (field), path, after);
  self->loading = FALSE;
}

static void
typed_cb (SpFormTranslations *self, GtkEditable *entry)
{
  if (!self->loading)
    write_row (self, gtk_widget_get_parent (GTK_WIDGET (entry)), entry);
}

/* Says when what was translated reads otherwise now. */
static void
show_row (SpFormTranslations *self, GtkWidget *row)
{
  g_autofree char *path = sp_form_field_get_below (SP_FORM_FIELD (self), get_code (row));
  const SpNode *said = sp_entry_edit_get (sp_form_field_get_edit (SP_FORM_FIELD (self)), path);
  const char *summary = sp_node_get_text (said, "summary"), *of = sp_node_get_text (said, "of");
  g_autofree char *hash = hash_summary (self);
  GtkWidget *entry = g_object_get_data (G_OBJECT (row), "entry");

  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (entry)), summary != NULL ? summary : "") != 0)
    gtk_editable_set_text (GTK_EDITABLE (entry), summary != NULL ? summary : "");
  gtk_widget_set_visible (gtk_widget_get_last_child (row), summary != NULL && of != NULL && g_strcmp0 (of, hash) != 0);
}

static void
add_row (SpFormTranslations *self, const char *code)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4), *entry = gtk_entry_new ();
  const char *language = sp_form_words_label ("languages", code);

  g_object_set_data_full (G_OBJECT (row), "language", g_strdup (code), g_free);
  g_object_set_data (G_OBJECT (row), "entry", entry);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, language, -1);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 8);
  gtk_box_append (GTK_BOX (row), sp_form_label_new (language, "caption"));
  gtk_box_append (GTK_BOX (row), entry);
  gtk_box_append (GTK_BOX (row), sp_form_label_new (_("The sentence it was made from has changed since. Look over it and change it."), "caption"));
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (typed_cb), self);
  gtk_box_append (GTK_BOX (self->rows), row);
  show_row (self, row);
}

static gboolean
has_row (SpFormTranslations *self, const char *code)
{
  for (GtkWidget *row = gtk_widget_get_first_child (self->rows); row != NULL; row = gtk_widget_get_next_sibling (row))
    if (strcmp (get_code (row), code) == 0)
      return TRUE;
  return FALSE;
}

static void
sp_form_translations_load (SpFormField *field)
{
  SpFormTranslations *self = SP_FORM_TRANSLATIONS (field);
  const SpNode *all = sp_entry_edit_get (sp_form_field_get_edit (field), sp_form_field_get_path (field));

  if (self->loading)
    return;
  self->loading = TRUE;
  for (guint i = 0; sp_node_is_object (all) && i < sp_node_get_length (all); i++)
    if (!has_row (self, sp_node_get_name (all, i)))
      add_row (self, sp_node_get_name (all, i));
  for (GtkWidget *row = gtk_widget_get_first_child (self->rows); row != NULL; row = gtk_widget_get_next_sibling (row))
    show_row (self, row);
  self->loading = FALSE;
}

static void
language_cb (SpFormTranslations *self, GParamSpec *pspec, GtkDropDown *list)
{
  guint position = gtk_drop_down_get_selected (list);
  const char *code = position < self->codes->len ? g_ptr_array_index (self->codes, position) : "";

  if (self->loading || *code == '\0')
    return;
  self->loading = TRUE;
  if (!has_row (self, code))
    add_row (self, code);
  gtk_drop_down_set_selected (list, 0);
  self->loading = FALSE;
  gtk_widget_grab_focus (g_object_get_data (G_OBJECT (gtk_widget_get_last_child (self->rows)), "entry"));
}

/* The sentence itself may change while its translations are in sight. */
static void
summary_cb (SpFormTranslations *self, const char *path, SpEntryEdit *edit)
{
  if (g_strcmp0 (path, "summary") == 0)
    sp_form_translations_load (SP_FORM_FIELD (self));
}

static void
sp_form_translations_bound (SpFormField *field)
{
  g_signal_connect_object (sp_form_field_get_edit (field), "changed", G_CALLBACK (summary_cb), field, G_CONNECT_SWAPPED);
}

static void
sp_form_translations_finalize (GObject *object)
{
  g_ptr_array_unref (SP_FORM_TRANSLATIONS (object)->codes);
  G_OBJECT_CLASS (sp_form_translations_parent_class)->finalize (object);
}

static void
sp_form_translations_class_init (SpFormTranslationsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sp_form_translations_finalize;
  SP_FORM_FIELD_CLASS (klass)->bound = sp_form_translations_bound;
  SP_FORM_FIELD_CLASS (klass)->load = sp_form_translations_load;
}

static GtkStringList *
list_languages (SpFormTranslations *self)
{
  GtkStringList *labels = gtk_string_list_new (NULL);
  guint n;
  const SpFormWord *words = sp_form_words_get ("languages", &n);

  g_ptr_array_add (self->codes, g_strdup (""));
  gtk_string_list_append (labels, _("Add a Language…"));
  for (guint i = 0; i < n; i++)
    if (strcmp (words[i].code, "en") != 0)
      {
        g_ptr_array_add (self->codes, g_strdup (words[i].code));
        gtk_string_list_append (labels, _(words[i].label));
      }
  return labels;
}

static void
sp_form_translations_init (SpFormTranslations *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  self->codes = g_ptr_array_new_with_free_func (g_free);
  self->rows = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  self->languages = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (list_languages (self)), NULL));
  sp_form_drop_down_fit (self->languages);
  g_signal_connect_swapped (self->languages, "notify::selected", G_CALLBACK (language_cb), self);
  gtk_box_append (GTK_BOX (box), self->rows);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->languages));
  sp_form_field_set_control (SP_FORM_FIELD (self), box, GTK_ACCESSIBLE (self->languages));
}
