/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpOrukReader: a directory as Open Referral UK 3.0: a page of `/services` or `/service_at_locations`, an array of either,
 * or one of them. Only where each stands is kept; each passes the gate by itself. A service that is held in several places
 * becomes an entry for each, for people look for what is near. What Signpost wrote itself comes back as it was. */
#include "sp-oruk-reader.h"

#include "sp-oruk-asset.h"
#include "sp-oruk-cells.h"
#include "sp-oruk-own.h"
#include "sp-row.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MOST_BYTES (4 * 1024 * 1024) /* of one service; an entry of 1 MiB needs that, its attributes escaped once more */
#define LOOK_AHEAD 100
#define MOST_PLACES 500              /* of one service */

struct _SpOrukReader
{
  SpReader parent_instance;

  GBytes     *bytes;   /* owned */
  GArray     *ranges;  /* SpJsonRange */
  SpColumns  *columns; /* owned */
  SpRowMaker *maker;   /* owned */
  gboolean    all_own; /* a list that Signpost wrote, as far as one can see: it has no columns */
  guint       at;
  SpNode     *service; /* owned, nullable: of which there are more places */
  guint       place;
};

G_DEFINE_FINAL_TYPE (SpOrukReader, sp_oruk_reader, SP_TYPE_READER)

/* --- one element --- */

/* What `/service_at_locations` holds, turned round: the service with that place. */
static SpNode *
turn_round (SpNode *at)
{
  SpNode *service = sp_node_copy (sp_node_get (at, "service")), *place = sp_node_new_object (), *places = sp_node_new_array ();

  if (sp_node_get (at, "location") != NULL)
    sp_node_set (place, "location", sp_node_ref (sp_node_get (at, "location")));
  sp_node_append (places, place);
  sp_node_set (service, "service_at_locations", places);
  for (guint i = 0; i < 2; i++) /* what is said for this place only */
    {
      const char *member = i == 0 ? "schedules" : "contacts";
      const SpNode *own = sp_node_get (at, member);
      if (sp_node_is_array (own) && sp_node_get_length (own) > 0 && !sp_oruk_own_is (service))
        sp_node_set (service, member, sp_node_ref ((SpNode *) own));
    }
  return service;
}

/* Lists of organisations, taxonomies and places look alike from afar. */
static gboolean
is_service (const SpNode *node)
{
  static const char * const members[] = { "status", "organization", "organization_id", "service_at_locations", "schedules",
                                          "contacts", "cost_options", "fees", "eligibility_description", "assured_date" };

  if (!sp_node_is_object (node) || sp_node_get (node, "organization_identifiers") != NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (sp_node_get (node, members[i]) != NULL)
      return TRUE;
  return FALSE;
}

static SpNode *
read_element (SpOrukReader *self, guint index, GError **error)
{
  const SpJsonRange *range = &g_array_index (self->ranges, SpJsonRange, index);
  const char *text = (const char *) g_bytes_get_data (self->bytes, NULL) + range->start;
  g_autoptr (GArray) tokens = sp_json_gate_scan (text, range->length, MOST_BYTES, error);
  g_autoptr (SpNode) node = NULL;

  if (tokens == NULL)
    return NULL;
  node = sp_node_from_tokens (text, tokens, 0);
  if (sp_node_is_object (node) && sp_node_is_object (sp_node_get (node, "service")))
    return turn_round (node);
  if (is_service (node))
    return g_steal_pointer (&node);
  g_set_error_literal (error, SP_ERROR, SP_ERROR_PARSE, _("this is not a service of Open Referral UK"));
  return NULL;
}

/* --- records --- */

static SpRecord *
restore_own (SpOrukReader *self, const SpNode *service)
{
  SpRecord *record = sp_record_new (self->at);
  g_autoptr (GPtrArray) refused = g_ptr_array_new_with_free_func (g_free);

  record->asset = sp_oruk_own_read (service, refused);
  for (guint i = 0; i + 1 < refused->len; i += 2)
    sp_record_add_problem (record, g_ptr_array_index (refused, i), "%s", (char *) g_ptr_array_index (refused, i + 1));
  if (g_strcmp0 (sp_node_get_text (record->asset, "type"), "asset") != 0)
    sp_record_skip (record, NULL, _("this is not an entry"));
  return record;
}

static SpRecord *
make_foreign (SpOrukReader *self, const SpNode *service, guint place, GError **error)
{
  const SpNode *location = sp_oruk_get_location (service, place);
  g_autoptr (GPtrArray) cells = sp_oruk_cells_read (service, location);
  SpRecord *record = sp_row_maker_make (self->maker, self->at, (const char * const *) cells->pdata, cells->len, error);

  if (record != NULL && record->asset != NULL)
    sp_oruk_cells_finish (record, service, location, self->columns);
  return record;
}

static guint
count_places (const SpNode *service)
{
  const SpNode *places = sp_node_get (service, "service_at_locations");

  return sp_node_is_array (places) ? MIN (sp_node_get_length (places), MOST_PLACES) : 0;
}

static SpRecord *
make_next_place (SpOrukReader *self, GError **error)
{
  SpRecord *record = make_foreign (self, self->service, self->place, error);

  if (++self->place >= count_places (self->service))
    g_clear_pointer (&self->service, sp_node_unref);
  return record;
}

static gboolean
sp_oruk_reader_next (SpReader *reader, SpRecord **record, GError **error)
{
  SpOrukReader *self = SP_ORUK_READER (reader);
  g_autoptr (GError) why = NULL;
  g_autoptr (SpNode) service = NULL;

  if (self->service != NULL)
    {
      *record = make_next_place (self, error);
      return *record != NULL;
    }
  if (self->at == self->ranges->len)
    return TRUE;
  service = read_element (self, self->at++, &why);
  if (service == NULL)
    {
      *record = sp_record_new (self->at);
      sp_record_skip (*record, NULL, "%s", why->message);
    }
  else if (sp_oruk_own_is (service))
    *record = restore_own (self, service);
  else
    {
      self->service = g_steal_pointer (&service);
      self->place = 0;
      *record = make_next_place (self, error);
    }
  return *record != NULL;
}

static const SpColumns *
sp_oruk_reader_get_columns (SpReader *reader)
{
  SpOrukReader *self = SP_ORUK_READER (reader);

  return self->all_own ? NULL : self->columns;
}

static double
sp_oruk_reader_get_progress (SpReader *reader)
{
  SpOrukReader *self = SP_ORUK_READER (reader);

  return (double) self->at / MAX (1, self->ranges->len);
}

static void
sp_oruk_reader_finalize (GObject *object)
{
  SpOrukReader *self = SP_ORUK_READER (object);

  g_clear_pointer (&self->service, sp_node_unref);
  g_clear_pointer (&self->maker, sp_row_maker_free);
  g_clear_pointer (&self->columns, sp_columns_free);
  g_clear_pointer (&self->ranges, g_array_unref);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  G_OBJECT_CLASS (sp_oruk_reader_parent_class)->finalize (object);
}

static void
sp_oruk_reader_class_init (SpOrukReaderClass *class)
{
  SpReaderClass *reader_class = SP_READER_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = sp_oruk_reader_finalize;
  reader_class->next = sp_oruk_reader_next;
  reader_class->get_columns = sp_oruk_reader_get_columns;
  reader_class->get_progress = sp_oruk_reader_get_progress;
}

static void
sp_oruk_reader_init (SpOrukReader *self)
{
}

/* --- opening --- */

/* A page, an array, or one service, which is what is left. */
static GArray *
find_elements (const char *text, gsize length, GError **error)
{
  g_autoptr (GError) why = NULL;
  GArray *ranges = NULL;
  SpJsonRange whole = { 0, length };
  gsize at = 0;

  while (at < length && g_ascii_isspace (text[at]))
    at++;
  if (at < length && text[at] == '[')
    return sp_json_gate_slice (text, length, NULL, &ranges, error) ? ranges : NULL;
  if (sp_json_gate_slice (text, length, "contents", &ranges, &why))
    return ranges;
  if (at == length || text[at] != '{' || length > MOST_BYTES || memmem (text, length, "\"contents\"", strlen ("\"contents\"")) != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&why));
      return NULL;
    }
  ranges = g_array_new (FALSE, FALSE, sizeof (SpJsonRange));
  g_array_append_val (ranges, whole);
  return ranges;
}

static gboolean
is_all_own (SpOrukReader *self)
{
  for (guint i = 0; i < MIN (self->ranges->len, LOOK_AHEAD); i++)
    {
      g_autoptr (SpNode) service = read_element (self, i, NULL);
      if (service != NULL && !sp_oruk_own_is (service))
        return FALSE;
    }
  return TRUE;
}

static GBytes *
without_mark (GBytes *bytes)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  if (length >= 3 && memcmp (text, "\xEF\xBB\xBF", 3) == 0)
    return g_bytes_new_from_bytes (bytes, 3, length - 3);
  return g_bytes_ref (bytes);
}

/**
 * sp_oruk_reader_new:
 * @bytes: the whole text, which may be a file mapped into memory
 * @options: how to read it
 * @error: %SP_ERROR_PARSE if there are no services in it
 *
 * Returns: (transfer full) (nullable): a reader
 */
SpReader *
sp_oruk_reader_new (GBytes *bytes, const SpReaderOptions *options, GError **error)
{
  g_autoptr (SpOrukReader) self = g_object_new (SP_TYPE_ORUK_READER, NULL);
  gsize length;
  const char *text;

  self->bytes = without_mark (bytes);
  text = g_bytes_get_data (self->bytes, &length);
  self->ranges = find_elements (text != NULL ? text : "", length, error);
  if (self->ranges == NULL)
    return NULL;
  self->columns = sp_oruk_columns_new (options, error);
  if (self->columns == NULL)
    return NULL;
  self->all_own = is_all_own (self);
  self->maker = sp_row_maker_new (self->columns, options);
  return SP_READER (g_steal_pointer (&self));
}
