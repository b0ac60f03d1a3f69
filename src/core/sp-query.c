/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpQuery: what somebody is looking for: words, filters, how many, and which first. It knows no SQL; the store turns
 * a copy of it into one statement, the window and the command line fill it. */
#include "sp-query.h"

#include "sp-query-values.h"

#include <math.h>
#include <string.h>

struct _SpQuery
{
  GObject parent_instance;

  SpFilters filters; /* all strings and arrays owned */
};
G_DEFINE_FINAL_TYPE (SpQuery, sp_query, G_TYPE_OBJECT)

static const char * const kinds[] = { "other", "place", "service", "group" };
static const char * const statuses[] = { "active", "temporarily closed", "inactive", "defunct", "other" };

static int
find_text (const char * const *list, guint length, const char *text)
{
  for (guint i = 0; text != NULL && i < length; i++)
    if (g_ascii_strcasecmp (list[i], text) == 0)
      return (int) i;
  return -1;
}

/**
 * sp_kind_from_text:
 * @text: (nullable): a document's `kind`
 *
 * Returns: the kind; %SP_KIND_OTHER for a word we do not know
 */
SpKind
sp_kind_from_text (const char *text)
{
  int index = find_text (kinds, G_N_ELEMENTS (kinds), text);

  return index < 0 ? SP_KIND_OTHER : (SpKind) index;
}

/**
 * sp_kind_to_text:
 * @kind: a kind
 *
 * Returns: (transfer none): the word for it in documents; "other" for %SP_KIND_OTHER
 */
const char *sp_kind_to_text (SpKind kind) { return kinds[kind]; }

/**
 * sp_status_from_text:
 * @text: (nullable): a document's `status`
 *
 * Returns: the status; active if the document says nothing
 */
SpStatus
sp_status_from_text (const char *text)
{
  int index = find_text (statuses, G_N_ELEMENTS (statuses), text);

  if (text == NULL)
    return SP_STATUS_ACTIVE;
  return index < 0 ? SP_STATUS_OTHER : (SpStatus) index;
}

/**
 * sp_status_to_text:
 * @status: a status
 *
 * Returns: (transfer none): the word for it in documents; "other" for %SP_STATUS_OTHER
 */
const char *sp_status_to_text (SpStatus status) { return statuses[status]; }

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
add_bit (guint *bits, const char * const *list, guint length, const char *value, const char *what, GError **error)
{
  int index = find_text (list, length, value);

  if (index < 0)
    {
      g_autofree char *known = NULL;
      g_auto (GStrv) names = g_new0 (char *, length + 1);
      for (guint i = 0; i < length; i++)
        names[i] = g_strdup (list[i]);
      known = g_strjoinv (", ", names);
      g_set_error (error, SP_ERROR, SP_ERROR_INVALID, "“%s” is not a %s: it is one of %s", value, what, known);
      return FALSE;
    }
  *bits |= 1u << index;
  return TRUE;
}

static gboolean
add_kind (SpFilters *filters, const char *value, GError **error)
{
  guint bits = 0;

  if (!add_bit (&bits, kinds + 1, G_N_ELEMENTS (kinds) - 1, value, "kind", error))
    return FALSE;
  filters->kinds |= bits << 1;
  return TRUE;
}

static gboolean
add_status (SpFilters *filters, const char *value, GError **error)
{
  return add_bit (&filters->statuses, statuses, G_N_ELEMENTS (statuses) - 1, value, "status", error);
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

static gboolean set_time (SpFilters *filters, const char *value, GError **error) { return sp_query_parse_time (value, &filters->time, error); }
static gboolean set_cost (SpFilters *filters, const char *value, GError **error) { return sp_query_parse_amount (value, &filters->cost_at_most, error); }
static gboolean set_age (SpFilters *filters, const char *value, GError **error) { return sp_query_parse_count (value, 130, &filters->age, error); }
static gboolean set_capacity (SpFilters *filters, const char *value, GError **error) { return sp_query_parse_count (value, 1000000, &filters->capacity, error); }
static gboolean set_free (SpFilters *filters, const char *value, GError **error) { return filters->free = TRUE; }
static gboolean set_volunteers (SpFilters *filters, const char *value, GError **error) { return filters->volunteers = TRUE; }
static gboolean set_available (SpFilters *filters, const char *value, GError **error) { return filters->available = TRUE; }
static gboolean set_stale (SpFilters *filters, const char *value, GError **error) { return filters->stale = TRUE; }
static gboolean set_unplaced (SpFilters *filters, const char *value, GError **error) { return filters->unplaced = TRUE; }

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
  { "unplaced", FALSE, set_unplaced }, { "status", TRUE, add_status },
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
 * sp_query_list_filters:
 *
 * Returns: (transfer none) (array zero-terminated=1): the names that sp_query_set_filter() knows
 */
const char * const *
sp_query_list_filters (void)
{
  static const char *names[G_N_ELEMENTS (options) + 1];

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    names[i] = options[i].name;
  return names;
}

/**
 * sp_query_filter_takes_value:
 * @name: what may be a filter's name
 *
 * Returns: whether it is one that needs a value
 */
gboolean
sp_query_filter_takes_value (const char *name)
{
  int index = find_option (name);

  return index >= 0 && options[index].takes_value;
}

/**
 * sp_query_set_filter:
 * @self: a query
 * @name: a filter, such as "within": the option of the command line without its dashes
 * @value: (nullable): what the person wrote; a flag needs none
 * @error: %SP_ERROR_INVALID with a sentence that says what would be right, %SP_ERROR_USAGE for an unknown name
 *
 * Sets a filter. Where several values make sense (categories, days, kinds …), each call adds one. A place that is no
 * position is kept as text, for sp_query_set_near() to complete.
 *
 * Returns: whether the value fits; if not, @self is as before
 */
gboolean
sp_query_set_filter (SpQuery *self, const char *name, const char *value, GError **error)
{
  int index = find_option (name);

  g_return_val_if_fail (SP_IS_QUERY (self), FALSE);
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
  if (!options[index].set (&self->filters, value, error))
    {
      g_prefix_error (error, "--%s: ", name);
      return FALSE;
    }
  return TRUE;
}

static GPtrArray *
new_list (void)
{
  return g_ptr_array_new_with_free_func (g_free);
}

static void
init_filters (SpFilters *filters)
{
  *filters = (SpFilters){ .time = -1, .cost_at_most = NAN, .age = -1, .capacity = -1, .latitude = NAN, .longitude = NAN };
  filters->categories = new_list ();
  filters->needs = new_list ();
  filters->access = new_list ();
  filters->languages = new_list ();
  filters->crisis = new_list ();
}

static void
clear_filters (SpFilters *filters)
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

/**
 * sp_query_clear_filter:
 * @self: a query
 * @name: a filter, as for sp_query_set_filter()
 *
 * Takes a filter away, with all its values. Without a place no distance is left either.
 */
void
sp_query_clear_filter (SpQuery *self, const char *name)
{
  SpFilters *f = &self->filters;
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
  };

  g_return_if_fail (SP_IS_QUERY (self));
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
 * sp_query_copy:
 * @self: a query
 *
 * Returns: (transfer full): the query as it is now; as nobody else holds it, it may go to another thread
 */
SpQuery *
sp_query_copy (SpQuery *self)
{
  SpQuery *copy = sp_query_new ();
  SpFilters *f = &copy->filters;

  g_return_val_if_fail (SP_IS_QUERY (self), NULL);
  clear_filters (f);
  *f = self->filters;
  f->words = g_strdup (f->words);
  f->near = g_strdup (f->near);
  f->area = g_strdup (f->area);
  f->area_id = g_strdup (f->area_id);
  copy_list (&f->categories);
  copy_list (&f->needs);
  copy_list (&f->access);
  copy_list (&f->languages);
  copy_list (&f->crisis);
  return copy;
}

/**
 * sp_query_get_filters:
 * @self: a query
 *
 * Returns: (transfer none): its conditions; setting one changes what is there
 */
const SpFilters *sp_query_get_filters (SpQuery *self) { return &self->filters; }

/**
 * sp_query_set_words:
 * @self: a query
 * @words: (nullable): what was typed; the last word may be unfinished
 */
void
sp_query_set_words (SpQuery *self, const char *words)
{
  g_autofree char *old = self->filters.words;

  self->filters.words = g_strdup (words);
}

/**
 * sp_query_set_near:
 * @self: a query
 * @label: (nullable): what to call the place; %NULL keeps what it is called
 * @latitude: degrees north, WGS 84
 * @longitude: degrees east, WGS 84
 *
 * Says where the place is, after it was looked up.
 */
void
sp_query_set_near (SpQuery *self, const char *label, double latitude, double longitude)
{
  g_autofree char *old = label != NULL ? self->filters.near : NULL;

  g_return_if_fail (isfinite (latitude) && isfinite (longitude));
  if (label != NULL)
    self->filters.near = g_strdup (label);
  self->filters.placed = TRUE;
  self->filters.latitude = latitude;
  self->filters.longitude = longitude;
}

/**
 * sp_query_set_box:
 * @self: a query
 * @box: where the position must be, such as what a map shows; it does not cross 180°
 */
void
sp_query_set_box (SpQuery *self, const SpBox *box)
{
  g_return_if_fail (SP_IS_QUERY (self));
  g_return_if_fail (box->south <= box->north && box->west <= box->east);

  self->filters.box = *box;
  self->filters.boxed = TRUE;
}

/**
 * sp_query_set_area:
 * @self: a query
 * @id: document id of an area
 * @name: its name
 *
 * Says which area is meant, after it was looked up.
 */
void
sp_query_set_area (SpQuery *self, const char *id, const char *name)
{
  g_autofree char *old_id = self->filters.area_id;
  g_autofree char *old_name = self->filters.area;

  self->filters.area_id = g_strdup (id);
  self->filters.area = g_strdup (name);
}

/**
 * sp_query_set_limit:
 * @self: a query
 * @limit: how many entries are wanted; 0 for all
 */
void sp_query_set_limit (SpQuery *self, guint limit) { self->filters.limit = limit; }

/**
 * sp_query_set_order:
 * @self: a query
 * @order: which entries come first
 */
void sp_query_set_order (SpQuery *self, SpQueryOrder order) { self->filters.order = order; }

/**
 * sp_query_set_strict:
 * @self: a query
 * @strict: whether what has only some of the words is never found, as it else is when nothing has all of them
 */
void sp_query_set_strict (SpQuery *self, gboolean strict) { self->filters.strict = strict; }

static void
sp_query_finalize (GObject *object)
{
  clear_filters (&SP_QUERY (object)->filters);
  G_OBJECT_CLASS (sp_query_parent_class)->finalize (object);
}

static void
sp_query_class_init (SpQueryClass *class)
{
  G_OBJECT_CLASS (class)->finalize = sp_query_finalize;
}

static void
sp_query_init (SpQuery *self)
{
  init_filters (&self->filters);
}

/**
 * sp_query_new:
 *
 * Returns: (transfer full): a query without conditions
 */
SpQuery *
sp_query_new (void)
{
  return g_object_new (SP_TYPE_QUERY, NULL);
}
