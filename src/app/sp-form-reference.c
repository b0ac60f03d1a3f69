/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpFormReference: a field that refers to other documents of the store: the hall that something takes place at, the
 * organisation that runs it, the areas it serves. */
#include "sp-form-reference.h"

#include "sp-form-jobs.h"
#include "sp-store-documents.h"
#include "sp-suggest.h"

#include <glib/gi18n.h>

struct _SpFormReference
{
  SpFormPicker parent_instance;

  char         *kind;      /* owned, nullable: entries of any kind */
  gboolean      areas;     /* areas instead of entries */
  GHashTable   *names;     /* owned; id → name, as far as they are known */
  GCancellable *searching; /* owned, nullable */
};

G_DEFINE_FINAL_TYPE (SpFormReference, sp_form_reference, SP_TYPE_FORM_PICKER)

typedef enum { PROP_KIND = 1, PROP_AREAS } SpFormReferenceProperty;

static SpStore *
get_store (SpFormReference *self)
{
  return sp_entry_edit_get_store (sp_form_field_get_edit (SP_FORM_FIELD (self)));
}

static void
offer (SpFormReference *self, GPtrArray *offers)
{
  for (guint i = 0; i < offers->len; i++)
    {
      const SpFormOffer *found = g_ptr_array_index (offers, i);
      g_hash_table_insert (self->names, g_strdup (found->code), g_strdup (found->label));
    }
  sp_form_picker_offer (SP_FORM_PICKER (self), offers,
                        self->areas ? _("No area of this list has this name.") : _("Nothing in this list has this name."));
}

static void
entries_found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpFormReference) self = data;
  g_autoptr (GPtrArray) offers = sp_form_find_entries_finish (SP_STORE (source), result, NULL);

  if (offers != NULL && !gtk_widget_in_destruction (GTK_WIDGET (self)))
    offer (self, offers);
}

static void
areas_found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpFormReference) self = data;
  g_autoptr (GPtrArray) suggestions = sp_suggest_finish (SP_STORE (source), result, NULL);
  g_autoptr (GPtrArray) offers = sp_form_offers_new ();

  for (guint i = 0; suggestions != NULL && i < suggestions->len; i++)
    {
      const SpSuggestion *found = g_ptr_array_index (suggestions, i);
      g_ptr_array_add (offers, sp_form_offer_new (found->value, found->label, NULL, FALSE));
    }
  if (suggestions != NULL && !gtk_widget_in_destruction (GTK_WIDGET (self)))
    offer (self, offers);
}

static void
stop_searching (SpFormReference *self)
{
  if (self->searching != NULL)
    g_cancellable_cancel (self->searching);
  g_clear_object (&self->searching);
}

static void
sp_form_reference_search (SpFormPicker *picker, const char *text)
{
  SpFormReference *self = SP_FORM_REFERENCE (picker);
  SpStore *store = get_store (self);

  stop_searching (self);
  if (store == NULL || *text == '\0')
    return;
  self->searching = g_cancellable_new ();
  if (self->areas)
    sp_suggest_async (store, text, 1u << SP_SUGGESTION_AREA, self->searching, areas_found_cb, g_object_ref (self));
  else
    sp_form_find_entries_async (store, text, self->kind, sp_entry_edit_get_id (sp_form_field_get_edit (SP_FORM_FIELD (self))),
                                self->searching, entries_found_cb, g_object_ref (self));
}

static void
named_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpFormReference) self = data;
  g_autoptr (SpStoreEntry) entry = sp_store_get_finish (SP_STORE (source), result, NULL);
  const char *name = entry != NULL ? sp_asset_get_name (entry->asset) : NULL;

  if (name == NULL || gtk_widget_in_destruction (GTK_WIDGET (self)))
    return;
  g_hash_table_insert (self->names, g_strdup (sp_asset_get_id (entry->asset)), g_strdup (name));
  sp_form_picker_name (SP_FORM_PICKER (self), sp_asset_get_id (entry->asset), name);
}

static char *
sp_form_reference_name (SpFormPicker *picker, const char *code)
{
  SpFormReference *self = SP_FORM_REFERENCE (picker);
  const char *name = g_hash_table_lookup (self->names, code);

  if (name == NULL && get_store (self) != NULL)
    sp_store_get_async (get_store (self), code, NULL, named_cb, g_object_ref (self));
  return g_strdup (name);
}

static void
sp_form_reference_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  SpFormReference *self = SP_FORM_REFERENCE (object);

  switch ((SpFormReferenceProperty) prop_id)
    {
    case PROP_KIND:
      g_free (self->kind);
      self->kind = g_value_dup_string (value);
      break;
    case PROP_AREAS:
      self->areas = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
sp_form_reference_dispose (GObject *object)
{
  stop_searching (SP_FORM_REFERENCE (object));
  G_OBJECT_CLASS (sp_form_reference_parent_class)->dispose (object);
}

static void
sp_form_reference_finalize (GObject *object)
{
  g_free (SP_FORM_REFERENCE (object)->kind);
  g_hash_table_unref (SP_FORM_REFERENCE (object)->names);
  G_OBJECT_CLASS (sp_form_reference_parent_class)->finalize (object);
}

static void
sp_form_reference_class_init (SpFormReferenceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = sp_form_reference_set_property;
  object_class->dispose = sp_form_reference_dispose;
  object_class->finalize = sp_form_reference_finalize;
  SP_FORM_PICKER_CLASS (klass)->search = sp_form_reference_search;
  SP_FORM_PICKER_CLASS (klass)->name = sp_form_reference_name;
  g_object_class_install_property (object_class, PROP_KIND, g_param_spec_string ("kind", NULL, NULL, NULL, flags));
  g_object_class_install_property (object_class, PROP_AREAS, g_param_spec_boolean ("areas", NULL, NULL, FALSE, flags));
}

static void
sp_form_reference_init (SpFormReference *self)
{
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}
