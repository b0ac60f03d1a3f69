/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A query in words, for a title: “lunch” near Maryport, within 3 km, open on Tuesday, free. */
#include "sp-query.h"

#include "sp-query-values.h"
#include "sp-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define METRES_A_MILE 1609.344

static void
add_part (GString *out, const char *format, ...)
{
  va_list args;

  if (out->len > 0)
    g_string_append (out, ", ");
  va_start (args, format);
  g_string_append_vprintf (out, format, args);
  va_end (args);
}

static char *
join (GPtrArray *list, const char *last)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < list->len; i++)
    {
      if (i > 0)
        g_string_append (out, i + 1 == list->len ? last : ", ");
      g_string_append (out, g_ptr_array_index (list, i));
    }
  return g_string_free (out, FALSE);
}

/* Whether somebody has said it in miles: whole ones, or quarters of the first few. */
static gboolean
is_in_miles (double metres)
{
  double quarters = metres / METRES_A_MILE * 4;

  return quarters > 0.5 && fabs (quarters - round (quarters)) < 0.001 && (quarters < 12.5 || lround (quarters) % 4 == 0);
}

/* A distance as a person says it: miles where they did; whole metres below a kilometre, else kilometres with at most one
 * decimal. */
static char *
distance_words (double metres)
{
  if (is_in_miles (metres))
    return sp_words_distance (metres, TRUE);
  if (metres < 1000)
    return g_strdup_printf (_("%.0f m"), metres);
  if (fabs (metres / 1000 - round (metres / 1000)) < 0.05)
    return g_strdup_printf (_("%.0f km"), metres / 1000);
  return g_strdup_printf (_("%.1f km"), metres / 1000);
}

static void
describe_where (const SpFilters *f, GString *out)
{
  if (f->words != NULL && *f->words != '\0')
    add_part (out, "“%s”", f->words);
  if (f->near != NULL)
    {
      if (out->len > 0)
        g_string_append_printf (out, _(" near %s"), f->near);
      else
        add_part (out, _("near %s"), f->near);
    }
  if (f->near != NULL && f->within > 0)
    {
      g_autofree char *distance = distance_words (f->within);
      add_part (out, _("within %s"), distance);
    }
  if (f->boxed)
    add_part (out, "between %.4f,%.4f and %.4f,%.4f", f->box.south, f->box.west, f->box.north, f->box.east);
  if (f->area != NULL)
    add_part (out, _("in %s"), f->area);
}

static void
describe_list (GString *out, const char *format, GPtrArray *list, const char *last)
{
  g_autofree char *words = NULL;
  g_auto (GStrv) parts = NULL;

  if (list->len == 0)
    return;
  words = join (list, last);
  parts = g_strsplit (format, "%", 2);
  add_part (out, "%s%s%s", parts[0], words, parts[1]);
}

static void
describe_bits (GString *out, const char *prefix, guint bits, const char *(*name) (guint))
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *words = NULL;

  for (guint i = 0; i < 7; i++)
    if (bits & (1u << i))
      g_ptr_array_add (names, (gpointer) name (i));
  if (names->len == 0)
    return;
  words = join (names, _(" or "));
  add_part (out, "%s%s", prefix, words);
}

static const char *
plural_of_kind (guint kind)
{
  static const char * const plurals[] = { N_("others"), N_("places"), N_("services"), N_("groups") };

  return _(plurals[kind]);
}

static const char *day_name (guint day) { return sp_words_weekday ((int) day); }
static const char *status_name (guint status) { return sp_status_to_text ((SpStatus) status); }

static void
describe_when (const SpFilters *f, GString *out)
{
  if (f->days != 0)
    describe_bits (out, _("open on "), f->days, day_name);
  if (f->time >= 0 && f->days != 0)
    g_string_append_printf (out, _(" at %02d:%02d"), f->time / 60, f->time % 60);
  else if (f->time >= 0)
    add_part (out, _("open at %02d:%02d"), f->time / 60, f->time % 60);
}

static void
describe_cost (const SpFilters *f, GString *out)
{
  if (f->free)
    add_part (out, _("free"));
  if (isfinite (f->cost_at_most) && floor (f->cost_at_most) >= f->cost_at_most)
    add_part (out, _("at most £%.0f"), f->cost_at_most);
  else if (isfinite (f->cost_at_most))
    add_part (out, _("at most £%.2f"), f->cost_at_most);
}

static void
describe_people (const SpFilters *f, GString *out)
{
  g_autoptr (GPtrArray) languages = g_ptr_array_new ();

  for (guint i = 0; i < f->languages->len; i++)
    g_ptr_array_add (languages, (gpointer) _(sp_query_language_name (g_ptr_array_index (f->languages, i))));
  describe_list (out, _("with access for %"), f->access, _(" and "));
  describe_list (out, _("in %"), languages, _(" or "));
  if (f->age >= 0)
    add_part (out, _("for somebody aged %d"), f->age);
  describe_list (out, _("can be a %"), f->crisis, _(" or "));
  if (f->capacity >= 0)
    add_part (out, _("room for %d"), f->capacity);
  if (f->volunteers)
    add_part (out, _("looking for volunteers"));
  if (f->available)
    add_part (out, _("not full"));
  if (f->stale)
    add_part (out, _("due to be checked"));
  if (f->unplaced)
    add_part (out, _("not on the map yet"));
  if (f->hidden)
    add_part (out, _("outside their dates for showing"));
}

/* Nothing, if there is no condition. */
static GString *
describe_conditions (const SpFilters *f)
{
  GString *out = g_string_new (NULL);

  describe_where (f, out);
  describe_bits (out, "", f->kinds, plural_of_kind);
  describe_list (out, "%", f->categories, _(" or "));
  describe_list (out, _("for “%”"), f->needs, _(" or "));
  describe_when (f, out);
  describe_cost (f, out);
  describe_people (f, out);
  describe_bits (out, "", f->statuses, status_name);
  return out;
}

/**
 * sp_query_has_conditions:
 * @self: a query
 *
 * Returns: whether it looks for less than everything that is usually shown
 */
gboolean
sp_query_has_conditions (SpQuery *self)
{
  g_autoptr (GString) conditions = describe_conditions (sp_query_get_filters (self));

  return conditions->len > 0;
}

/**
 * sp_query_describe:
 * @self: a query
 *
 * Returns: (transfer full): its conditions in words, with a capital; "Everything" if it has none
 */
char *
sp_query_describe (SpQuery *self)
{
  g_autoptr (GString) out = describe_conditions (sp_query_get_filters (self));

  if (out->len == 0)
    return g_strdup (_("Everything"));
  out->str[0] = g_ascii_toupper (out->str[0]);
  return g_string_free (g_steal_pointer (&out), FALSE);
}
