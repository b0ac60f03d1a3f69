/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The conditions of a query: what each is called on the command line, and what may be said of it. */
#include "sp-filters.h"

#include "sp-error.h"
#include "sp-query-values.h"

#include <math.h>
#include <string.h>

static GPtrArray *
new_list (void)
{
  return g_ptr_array_new_with_free_func (g_free);
}

/**
 * sp_filters_init:
 * @filters: (out caller-allocates): becomes no condition at all; sp_filters_clear() frees what it holds
 */
void
sp_filters_init (SpFilters *filters)
{
  *filters = (SpFilters){ .time = -1, .cost_at_most = NAN, .age = -1, .capacity = -1, .latitude = NAN, .longitude = NAN };
  filters->categories = new_list ();
  filters->needs = new_list ();
  filters->access = new_list ();
  filters->languages = new_list ();
  filters->crisis = new_list ();
}

/**
 * sp_filters_clear:
 * @filters: conditions; what they hold is freed, the struct is not
 */
void
sp_filters_clear (SpFilters *filters)
{
  g_free (filters->words);
  g_free (filters->near);
  g_free (filters->area);
  g_free (filters->area_id);
  g_ptr_array_unref (filters->categories);
  g_ptr_array_unref (filters->needs);
  g_ptr_array_unref (filters->access);
  g_ptr_array_unref (filters->languages);
  g_ptr_array_unref (filters->crisis);
}

static gpointer
copy_text (gconstpointer text, gpointer data)
{
  return g_strdup (text);
}

static void
copy_list (GPtrArray **list)
{
  *list = g_ptr_array_copy (*list, copy_text, NULL); /* with the free function of the original */
}

/**
 * sp_filters_copy:
 * @from: conditions
 * @to: (out caller-allocates): gets the same, which share nothing with @from
 */
void
sp_filters_copy (const SpFilters *from, SpFilters *to)
{
  *to = *from;
  to->words = g_strdup (from->words);
  to->near = g_strdup (from->near);
  to->area = g_strdup (from->area);
  to->area_id = g_strdup (from->area_id);
  copy_list (&to->categories);
  copy_list (&to->needs);
  copy_list (&to->access);
  copy_list (&to->languages);
  copy_list (&to->crisis);
}

static gboolean
set_near (SpFilters *filters, const char *value, GError **error)
{
  double latitude, longitude;

  g_free (filters->near);
  filters->near = g_strdup (value);
  filters->placed = sp_query_parse_position (value, &latitude, &longitude);
  if (filters->placed)
    {
      filters->latitude = latitude;
      filters->longitude = longitude;
    }
  return TRUE;
}

static gboolean
set_within (SpFilters *filters, const char *value, GError **error)
{
  return sp_query_parse_distance (value, &filters->within, error);
}

static gboolean
set_box (SpFilters *filters, const char *value, GError **error)
{
  SpBox box;

  if (!sp_query_parse_box (value, &box, error))
    return FALSE;
  filters->box = box;
  filters->boxed = TRUE;
  return TRUE;
}

static gboolean
set_area (SpFilters *filters, const char *value, GError **error)
{
  g_free (filters->area);
  g_clear_pointer (&filters->area_id, g_free);
  filters->area = g_strdup (value);
  if (g_str_has_prefix (value, "area:"))
    filters->area_id = g_strdup (value);
  return TRUE;
}

static void
add_value (GPtrArray *list, char *value)
{
  if (*value == '\0' || g_ptr_array_find_with_equal_func (list, value, g_str_equal, NULL))
    g_free (value);
  else
    g_ptr_array_add (list, value);
}

static gboolean
add_list (GPtrArray *list, const char *value)
{
  g_auto (GStrv) parts = g_strsplit (value, ",", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    add_value (list, g_strdup (g_strstrip (parts[i])));
  return TRUE;
}

static gboolean add_category (SpFilters *filters, const char *value, GError **error) { return add_list (filters->categories, value); }
static gboolean add_access (SpFilters *filters, const char *value, GError **error) { return add_list (filters->access, value); }
static gboolean add_crisis (SpFilters *filters, const char *value, GError **error) { return add_list (filters->crisis, value); }

/* A need is a sentence: commas are part of it. */
static gboolean
add_need (SpFilters *filters, const char *value, GError **error)
{
  add_value (filters->needs, g_strdup (value));
  return TRUE;
}

static gboolean
add_language (SpFilters *filters, const char *value, GError **error)
{
  char *code = sp_query_parse_language (value, error);

  if (code == NULL)
    return FALSE;
  add_value (filters->languages, code);
  return TRUE;
}

static gboolean
add_days (SpFilters *filters, const char *value, GError **error)
{
  guint days;

  if (!sp_query_parse_days (value, &days, error))
    return FALSE;
  filters->days |= days;
  return TRUE;
}

static gboolean add_kind (SpFilters *filters, const char *value, GError **error) { return sp_kind_add_bit (&filters->kinds, value, error); }
static gboolean add_status (SpFilters *filters, const char *value, GError **error) { return sp_status_add_bit (&filters->statuses, value, error); }

static gboolean set_time (SpFilters *filters, const char *value, GError **error) { return sp_query_parse_time (value, &filters->time, error); }
static gboolean set_cost (SpFilters *filters, const char *value, GError **error) { return sp_query_parse_amount (value, &filters->cost_at_most, error); }
static gboolean set_age (SpFilters *filters, const char *value, GError **error) { return sp_query_parse_count (value, 130, &filters->age, error); }
static gboolean set_capacity (SpFilters *filters, const char *value, GError **error) { return sp_query_parse_count (value, 1000000, &filters->capacity, error); }
static gboolean set_free (SpFilters *filters, const char *value, GError **error) { return filters->free = TRUE; }
static gboolean set_volunteers (SpFilters *filters, const char *value, GError **error) { return filters->volunteers = TRUE; }
static gboolean set_available (SpFilters *filters, const char *value, GError **error) { return filters->available = TRUE; }
static gboolean set_stale (SpFilters *filters, const char *value, GError **error) { return filters->stale = TRUE; }
static gboolean set_unplaced (SpFilters *filters, const char *value, GError **error) { return filters->unplaced = TRUE; }
static gboolean set_hidden (SpFilters *filters, const char *value, GError **error) { return filters->hidden = TRUE; }

/* The filters by the names of the command line's options, in the order of its help. */
static const struct
{
  const char *name;
  gboolean    takes_value;
  gboolean  (*set) (SpFilters *filters, const char *value, GError **error);
} options[] = {
  { "near", TRUE, set_near },         { "within", TRUE, set_within },       { "area", TRUE, set_area },
  { "box", TRUE, set_box },
  { "category", TRUE, add_category }, { "need", TRUE, add_need },           { "kind", TRUE, add_kind },
  { "day", TRUE, add_days },          { "time", TRUE, set_time },           { "free", FALSE, set_free },
  { "cost-at-most", TRUE, set_cost }, { "access", TRUE, add_access },       { "language", TRUE, add_language },
  { "age", TRUE, set_age },           { "crisis", TRUE, add_crisis },       { "capacity", TRUE, set_capacity },
  { "volunteers", FALSE, set_volunteers }, { "available", FALSE, set_available }, { "stale", FALSE, set_stale },
  { "unplaced", FALSE, set_unplaced }, { "hidden", FALSE, set_hidden }, { "status", TRUE, add_status },
};

static int
find_option (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    if (strcmp (options[i].name, name) == 0)
      return (int) i;
  return -1;
}

/**
 * sp_filters_list:
 *
 * Returns: (transfer none) (array zero-terminated=1): the names that sp_filters_set() knows
 */
const char * const *
sp_filters_list (void)
{
  static const char *names[G_N_ELEMENTS (options) + 1];

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    names[i] = options[i].name;
  return names;
}

/**
 * sp_filters_set:
 * @filters: conditions
 * @name: a filter, such as "within": the option of the command line without its dashes
 * @value: (nullable): what the person wrote; a flag needs none
 * @error: %SP_ERROR_INVALID with a sentence that says what would be right, %SP_ERROR_USAGE for an unknown name
 *
 * Sets a filter. Where several values make sense (categories, days, kinds …), each call adds one. A place that is no
 * position is kept as text, for sp_query_set_near() to complete.
 *
 * Returns: whether the value fits; if not, @filters are as before
 */
gboolean
sp_filters_set (SpFilters *filters, const char *name, const char *value, GError **error)
{
  int index = find_option (name);

  if (index < 0)
    {
      g_set_error (error, SP_ERROR, SP_ERROR_USAGE, "There is no filter “%s”", name);
      return FALSE;
    }
  if (options[index].takes_value && (value == NULL || value[strspn (value, " ")] == '\0'))
    {
      g_set_error (error, SP_ERROR, SP_ERROR_INVALID, "--%s needs a value", name);
      return FALSE;
    }
  if (!options[index].set (filters, value, error))
    {
      g_prefix_error (error, "--%s: ", name);
      return FALSE;
    }
  return TRUE;
}

/**
 * sp_filters_unset:
 * @f: conditions
 * @name: a filter, as for sp_filters_set()
 *
 * Takes a filter away, with all its values. Without a place no distance is left either.
 */
void
sp_filters_unset (SpFilters *f, const char *name)
{
  struct { const char *name; GPtrArray *list; } lists[] = {
    { "category", f->categories }, { "need", f->needs }, { "access", f->access },
    { "language", f->languages }, { "crisis", f->crisis },
  };
  struct { const char *name; gpointer field; gsize size; const void *unset; } numbers[] = {
    { "within", &f->within, sizeof f->within, &(double){ 0 } },
    { "box", &f->boxed, sizeof f->boxed, &(gboolean){ FALSE } },
    { "kind", &f->kinds, sizeof f->kinds, &(guint){ 0 } },
    { "status", &f->statuses, sizeof f->statuses, &(guint){ 0 } },
    { "day", &f->days, sizeof f->days, &(guint){ 0 } },
    { "time", &f->time, sizeof f->time, &(int){ -1 } },
    { "free", &f->free, sizeof f->free, &(gboolean){ FALSE } },
    { "cost-at-most", &f->cost_at_most, sizeof f->cost_at_most, &(double){ NAN } },
    { "age", &f->age, sizeof f->age, &(int){ -1 } },
    { "capacity", &f->capacity, sizeof f->capacity, &(int){ -1 } },
    { "volunteers", &f->volunteers, sizeof f->volunteers, &(gboolean){ FALSE } },
    { "available", &f->available, sizeof f->available, &(gboolean){ FALSE } },
    { "stale", &f->stale, sizeof f->stale, &(gboolean){ FALSE } },
    { "unplaced", &f->unplaced, sizeof f->unplaced, &(gboolean){ FALSE } },
    { "hidden", &f->hidden, sizeof f->hidden, &(gboolean){ FALSE } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    if (strcmp (lists[i].name, name) == 0)
      g_ptr_array_set_size (lists[i].list, 0);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (strcmp (numbers[i].name, name) == 0)
      memcpy (numbers[i].field, numbers[i].unset, numbers[i].size);
  if (strcmp (name, "area") == 0)
    {
      g_clear_pointer (&f->area, g_free);
      g_clear_pointer (&f->area_id, g_free);
    }
  if (strcmp (name, "near") == 0)
    {
      g_clear_pointer (&f->near, g_free);
      f->placed = FALSE;
      f->within = 0;
    }
}
