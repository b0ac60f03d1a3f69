/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In which order a list is printed: by category, or by a kind of areas that the store has. */
#include "sp-report-order.h"

#include "sp-areas.h"
#include "sp-words.h"

#include <glib/gi18n.h>

#define KINDS "sp-report-order-kinds" /* data of the row: the kinds of its items after the first; owned by it */

/* SpStoreFunc */
static gpointer
read_kinds (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return sp_areas_list_kinds (db, error);
}

static void
show_kinds (AdwComboRow *row, const char * const *kinds)
{
  GtkStringList *model = GTK_STRING_LIST (adw_combo_row_get_model (row));

  for (guint i = 0; kinds[i] != NULL; i++)
    {
      g_autofree char *kind = sp_words_value ("area.kind", kinds[i]);
      /* Translators: a list in the order of areas: “By Area: Ward” */
      g_autofree char *words = g_strdup_printf (_("By Area: %s"), kind);
      gtk_string_list_append (model, words);
    }
  gtk_widget_set_sensitive (GTK_WIDGET (row), kinds[0] != NULL);
  if (kinds[0] == NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("To go by area, import a boundary file first"));
}

/* Where they cannot be read, the only order is by category. */
static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AdwComboRow) row = data;
  GStrv kinds = sp_store_call_finish (SP_STORE (source), result, NULL);

  if (kinds == NULL)
    return;
  show_kinds (row, (const char * const *) kinds);
  g_object_set_data_full (G_OBJECT (row), KINDS, kinds, (GDestroyNotify) g_strfreev);
}

/**
 * sp_report_order_read:
 * @row: a row with a #GtkStringList of one item, by category
 * @store: the store, opened in this main context
 *
 * Adds the kinds of areas that the store has, when they are read.
 */
void
sp_report_order_read (AdwComboRow *row, SpStore *store)
{
  sp_store_read_async (store, read_kinds, NULL, NULL, (GDestroyNotify) g_strfreev, NULL, read_cb, g_object_ref (row));
}

/**
 * sp_report_order_get_kind:
 * @row: a row
 *
 * Returns: (transfer none) (nullable): the kind of areas that is selected; %NULL for categories
 */
const char *
sp_report_order_get_kind (AdwComboRow *row)
{
  const char * const *kinds = g_object_get_data (G_OBJECT (row), KINDS);
  guint selected = adw_combo_row_get_selected (row);

  return kinds != NULL && selected > 0 && selected <= g_strv_length ((char **) kinds) ? kinds[selected - 1] : NULL;
}
