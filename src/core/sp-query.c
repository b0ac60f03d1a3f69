/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpQuery: what somebody is looking for: words, filters, how many, and which first. It knows no SQL; the store turns
 * a copy of it into one statement, the window and the command line fill it. */
#include "sp-query.h"

#include <math.h>

struct _SpQuery
{
  GObject parent_instance;

  SpFilters filters; /* all strings and arrays owned */
};
G_DEFINE_FINAL_TYPE (SpQuery, sp_query, G_TYPE_OBJECT)

/**
 * sp_query_set_filter:
 * @self: a query
 * @name: a filter, as for sp_filters_set()
 * @value: (nullable): what the person wrote; a flag needs none
 * @error: what sp_filters_set() says
 *
 * Sets a filter. Where several values make sense (categories, days, kinds …), each call adds one. A place that is no
 * position is kept as text, for sp_query_set_near() to complete.
 *
 * Returns: whether the value fits; if not, @self is as before
 */
gboolean
sp_query_set_filter (SpQuery *self, const char *name, const char *value, GError **error)
{
  g_return_val_if_fail (SP_IS_QUERY (self), FALSE);

  return sp_filters_set (&self->filters, name, value, error);
}

/**
 * sp_query_clear_filter:
 * @self: a query
 * @name: a filter, as for sp_filters_set()
 *
 * Takes a filter away, with all its values. Without a place no distance is left either.
 */
void
sp_query_clear_filter (SpQuery *self, const char *name)
{
  g_return_if_fail (SP_IS_QUERY (self));

  sp_filters_unset (&self->filters, name);
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
  SpQuery *copy;

  g_return_val_if_fail (SP_IS_QUERY (self), NULL);
  copy = sp_query_new ();
  sp_filters_clear (&copy->filters);
  sp_filters_copy (&self->filters, &copy->filters);
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
  sp_filters_clear (&SP_QUERY (object)->filters);
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
  sp_filters_init (&self->filters);
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
