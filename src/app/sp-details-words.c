/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small pieces of text that several cards of the details use. Pure functions. */
#include "sp-details-cards.h"

#include "sp-words.h"

#include <glib/gi18n.h>

/**
 * sp_details_date:
 * @date: (nullable): a date or an instant of a document
 *
 * Returns: (transfer full) (nullable): "5 December 2026"; what is no date as it stands
 */
char *
sp_details_date (const char *date)
{
  g_autofree char *day = date != NULL ? g_strndup (date, 10) : NULL;
  gint32 number = sp_civil_parse_date (day);

  return number != SP_CIVIL_NO_DAY ? sp_words_date (number) : g_strdup (date);
}

/**
 * sp_details_span:
 * @from: (nullable): first day
 * @until: (nullable): last day
 *
 * Returns: (transfer full) (nullable): "5 December 2026 to 3 January 2027", "from …", "until …", or one day
 */
char *
sp_details_span (const char *from, const char *until)
{
  g_autofree char *first = sp_details_date (from), *last = sp_details_date (until);

  if (first != NULL && last != NULL)
    return g_strcmp0 (first, last) == 0 ? g_steal_pointer (&first) : g_strdup_printf (_("%s to %s"), first, last);
  if (first != NULL)
    return g_strdup_printf (_("from %s"), first);
  return last != NULL ? g_strdup_printf (_("until %s"), last) : NULL;
}

/**
 * sp_details_is_over:
 * @item: an object with `from` and `until`
 * @today: a day's number
 *
 * Returns: whether its last day is past
 */
gboolean
sp_details_is_over (const SpNode *item, gint32 today)
{
  gint32 from = sp_civil_parse_date (sp_node_get_text (item, "from"));
  gint32 until = sp_civil_parse_date (sp_node_get_text (item, "until"));
  gint32 last = until != SP_CIVIL_NO_DAY ? until : from;

  return last != SP_CIVIL_NO_DAY && last < today;
}

/**
 * sp_details_join:
 * @separator: what stands between
 * @first: (nullable): a text
 * @second: (nullable): another
 *
 * Returns: (transfer full) (nullable): those of them that are not empty; %NULL if both are
 */
char *
sp_details_join (const char *separator, const char *first, const char *second)
{
  if (first == NULL || *first == '\0')
    return second != NULL && *second != '\0' ? g_strdup (second) : NULL;
  if (second == NULL || *second == '\0')
    return g_strdup (first);
  return g_strconcat (first, separator, second, NULL);
}

/**
 * sp_details_count:
 * @list: (nullable): a member that should be a list
 *
 * Returns: how many items it has; 0 of anything else
 */
guint
sp_details_count (const SpNode *list)
{
  return sp_node_is_array (list) ? sp_node_get_length (list) : 0;
}
