/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpFormCategories: one to eight categories, found by their names, by other names, and by what people say who need them; or
 * by going through the headings. */
#include "sp-form-categories.h"

#include "sp-taxonomy.h"
#include "sp-terms.h"

#include <glib/gi18n.h>
#include <string.h>

#define MOST_OFFERS 8

struct _SpFormCategories
{
  SpFormPicker parent_instance;

  GtkWidget  *browse;   /* a button */
  SpTaxonomy *taxonomy; /* owned */
};

G_DEFINE_FINAL_TYPE (SpFormCategories, sp_form_categories, SP_TYPE_FORM_PICKER)

static gboolean
is_chosen (SpFormCategories *self, const char *code)
{
  SpFormField *field = SP_FORM_FIELD (self);
  const SpNode *set = sp_entry_edit_get (sp_form_field_get_edit (field), sp_form_field_get_path (field));

  for (guint i = 0; i < sp_node_get_length (set); i++)
    if (g_strcmp0 (sp_node_get_string (sp_node_get_element (set, i)), code) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_offered (GPtrArray *offers, const char *code)
{
  for (guint i = 0; i < offers->len; i++)
    if (strcmp (((const SpFormOffer *) g_ptr_array_index (offers, i))->code, code) == 0)
      return TRUE;
  return FALSE;
}

static void
add_category (SpFormCategories *self, GPtrArray *offers, const SpCategory *category)
{
  if (category != NULL && !is_chosen (self, category->code) && !is_offered (offers, category->code))
    g_ptr_array_add (offers, sp_form_offer_new (category->code, sp_category_get_local_name (category), sp_category_get_local_summary (category), FALSE));
}

/* @codes: (transfer full) (nullable) */
static void
add_codes (SpFormCategories *self, GPtrArray *offers, char **codes)
{
  for (guint i = 0; codes != NULL && codes[i] != NULL && offers->len < MOST_OFFERS; i++)
    add_category (self, offers, sp_taxonomy_lookup (self->taxonomy, codes[i]));
  g_strfreev (codes);
}

/* Those whose name has what was typed in it. */
static void
add_names (SpFormCategories *self, GPtrArray *offers, const char *text)
{
  g_autofree char *wanted = sp_terms_fold (text);

  for (guint i = 0; i < sp_taxonomy_get_n_categories (self->taxonomy) && offers->len < MOST_OFFERS; i++)
    {
      const SpCategory *category = sp_taxonomy_get_category (self->taxonomy, i);
      g_autofree char *name = sp_terms_fold (sp_category_get_local_name (category));
      if (*wanted != '\0' && strstr (name, wanted) != NULL)
        add_category (self, offers, category);
    }
}

static void
offer_headings (SpFormCategories *self)
{
  g_autoptr (GPtrArray) offers = sp_form_offers_new ();

  for (guint i = 0; i < sp_taxonomy_get_n_headings (self->taxonomy); i++)
    {
      const SpHeading *heading = sp_taxonomy_get_heading (self->taxonomy, i);
      g_autofree char *label = g_strconcat (sp_heading_get_local_name (heading), " ›", NULL);
      g_ptr_array_add (offers, sp_form_offer_new (heading->code, label, NULL, TRUE));
    }
  sp_form_picker_offer (SP_FORM_PICKER (self), offers, NULL);
}

static void
sp_form_categories_search (SpFormPicker *picker, const char *text)
{
  SpFormCategories *self = SP_FORM_CATEGORIES (picker);
  g_autoptr (GPtrArray) offers = sp_form_offers_new ();

  if (*text == '\0')
    {
      offer_headings (self);
      return;
    }
  add_names (self, offers, text);
  add_codes (self, offers, sp_taxonomy_match_word (self->taxonomy, text));
  add_codes (self, offers, sp_taxonomy_match_need (self->taxonomy, text));
  sp_form_picker_offer (picker, offers, _("No category has this name. Try another word, or look through all of them."));
}

static void
sp_form_categories_lead_on (SpFormPicker *picker, const char *code)
{
  SpFormCategories *self = SP_FORM_CATEGORIES (picker);
  g_autoptr (GPtrArray) offers = sp_form_offers_new ();

  for (guint i = 0; i < sp_taxonomy_get_n_categories (self->taxonomy); i++)
    {
      const SpCategory *category = sp_taxonomy_get_category (self->taxonomy, i);
      if (strcmp (category->heading->code, code) == 0)
        add_category (self, offers, category);
    }
  sp_form_picker_offer (picker, offers, _("All of these are chosen already."));
}

static char *
sp_form_categories_name (SpFormPicker *picker, const char *code)
{
  const SpCategory *category = sp_taxonomy_lookup (SP_FORM_CATEGORIES (picker)->taxonomy, code);

  return g_strdup (category != NULL ? sp_category_get_local_name (category) : code);
}

static void
sp_form_categories_finalize (GObject *object)
{
  sp_taxonomy_unref (SP_FORM_CATEGORIES (object)->taxonomy);
  G_OBJECT_CLASS (sp_form_categories_parent_class)->finalize (object);
}

static void
sp_form_categories_class_init (SpFormCategoriesClass *klass)
{
  SpFormPickerClass *picker_class = SP_FORM_PICKER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sp_form_categories_finalize;
  picker_class->search = sp_form_categories_search;
  picker_class->lead_on = sp_form_categories_lead_on;
  picker_class->name = sp_form_categories_name;
  picker_class->most = SP_ENTRY_MAX_CATEGORIES;
}

static void
sp_form_categories_init (SpFormCategories *self)
{
  SpTaxonomy *taxonomy = sp_taxonomy_get_default ();

  self->taxonomy = sp_taxonomy_ref (taxonomy);
  self->browse = sp_form_picker_add_button (SP_FORM_PICKER (self), _("Look Through All Categories"));
  g_signal_connect_swapped (self->browse, "clicked", G_CALLBACK (offer_headings), self);
}
