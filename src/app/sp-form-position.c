/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpFormPosition: where an entry is on the map. One types a place, a postcode, coordinates or a grid reference; or drags the
 * pin, or moves it with the arrow keys. A whole postcode in the address puts the pin there until somebody puts it exactly. */
#include "sp-form-position.h"

#include "sp-form-label.h"
#include "sp-form-map.h"
#include "sp-form-words.h"
#include "sp-gazetteer.h"
#include "sp-geodesy.h"
#include "sp-grid.h"
#include "sp-postcode.h"
#include "sp-store-documents.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

struct _SpFormPosition
{
  SpFormField parent_instance;

  GtkWidget    *box;
  GtkEditable  *entry;
  GtkLabel     *said;      /* where the pin stands */
  SpFormMap    *map;
  GtkWidget    *remove;
  gboolean      guessed;   /* the pin was put between the neighbours of a postcode, and not on purpose */
  char         *postcode;  /* owned, nullable: that the pin was last put to */
  GCancellable *searching; /* owned, nullable */
  char         *address;   /* owned, nullable: what the map was last moved to */
  GCancellable *looking;   /* owned, nullable: for that */
  char         *venue;     /* owned, nullable: id of the entry it takes place at */
  double        venue_latitude, venue_longitude; /* NAN as long as they are not known */
};

G_DEFINE_FINAL_TYPE (SpFormPosition, sp_form_position, SP_TYPE_FORM_FIELD)

/**
 * sp_form_position_read:
 * @text: such as "54.71, -3.49" or "NY 036 368"
 * @latitude: (out): degrees north, WGS 84
 * @longitude: (out): degrees east, WGS 84
 * @error: why it is neither
 *
 * Returns: whether it was understood
 */
gboolean
sp_form_position_read (const char *text, double *latitude, double *longitude, GError **error)
{
  double easting, northing;
  SpGrid grid;

  if (sp_geodesy_parse_pair (text, latitude, longitude, NULL))
    return TRUE;
  return sp_grid_parse_reference (text, &grid, &easting, &northing, NULL, error)
         && sp_grid_to_wgs84 (grid, easting, northing, latitude, longitude);
}

static double
round_degrees (double degrees)
{
  return round (degrees * 1e6) / 1e6; /* a tenth of a metre */
}

static void
write_position (SpFormPosition *self, double latitude, double longitude, const char *accuracy)
{
  SpFormField *field = SP_FORM_FIELD (self);
  SpNode *before = sp_entry_edit_get (sp_form_field_get_edit (field), sp_form_field_get_path (field));
  SpNode *location = sp_node_is_object (before) ? sp_node_copy (before) : sp_node_new_object ();

  sp_node_set (location, "latitude", sp_node_new_number (round_degrees (latitude)));
  sp_node_set (location, "longitude", sp_node_new_number (round_degrees (longitude)));
  sp_node_set_text (location, "accuracy", accuracy);
  sp_entry_edit_set (sp_form_field_get_edit (field), sp_form_field_get_path (field), location);
}

static const char *
get_accuracy (const SpSpot *spot)
{
  switch (spot->kind)
    {
    case SP_SPOT_POINT:
      return "exact";
    case SP_SPOT_POSTCODE:
      return spot->approximate ? "area" : "postcode";
    case SP_SPOT_PLACE:
    case SP_SPOT_ENTRY:
      return "place";
    case SP_SPOT_AREA:
    default:
      return "area";
    }
}

static void
write_spot (SpFormPosition *self, const SpSpot *spot)
{
  self->guessed = spot->approximate;
  write_position (self, spot->latitude, spot->longitude, get_accuracy (spot));
}

static gpointer
resolve_job (SpDb *db, gpointer text, GCancellable *cancellable, GError **error)
{
  return sp_gazetteer_resolve (db, text, NULL, error);
}

static void
resolved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpFormPosition) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SpSpot) spot = sp_store_call_finish (SP_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || gtk_widget_in_destruction (GTK_WIDGET (self)))
    return;
  sp_form_field_complain (SP_FORM_FIELD (self), error != NULL ? error->message : NULL);
  if (spot != NULL)
    write_spot (self, spot);
}

/* A postcode that nobody knows yet is no mistake of whoever typed it into the address. */
static void
postcode_resolved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpFormPosition) self = data;
  g_autoptr (SpSpot) spot = sp_store_call_finish (SP_STORE (source), result, NULL);

  if (spot != NULL && spot->kind == SP_SPOT_POSTCODE && !gtk_widget_in_destruction (GTK_WIDGET (self)))
    write_spot (self, spot);
}

static void
resolve (SpFormPosition *self, const char *text, GAsyncReadyCallback callback)
{
  SpStore *store = sp_entry_edit_get_store (sp_form_field_get_edit (SP_FORM_FIELD (self)));

  if (self->searching != NULL)
    g_cancellable_cancel (self->searching);
  g_clear_object (&self->searching);
  if (store == NULL)
    return;
  self->searching = g_cancellable_new ();
  sp_store_read_async (store, resolve_job, g_strdup (text), g_free, (GDestroyNotify) sp_spot_free, self->searching, callback,
                       g_object_ref (self));
}

/* The first of some lines that is known, or nothing. */
static gpointer
resolve_any_job (SpDb *db, gpointer lines, GCancellable *cancellable, GError **error)
{
  for (char **line = lines; *line != NULL; line++)
    {
      SpSpot *spot = **line != '\0' ? sp_gazetteer_resolve (db, *line, NULL, NULL) : NULL;
      if (spot != NULL)
        return spot;
    }
  g_set_error (error, SP_ERROR, SP_ERROR_NOT_FOUND, "%s", ((char **) lines)[0]); /* nobody is told */
  return NULL;
}

static void
surroundings_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpFormPosition) self = data;
  g_autoptr (SpSpot) spot = sp_store_call_finish (SP_STORE (source), result, NULL);

  if (spot != NULL && !gtk_widget_in_destruction (GTK_WIDGET (self)))
    sp_form_map_look_at (self->map, spot->latitude, spot->longitude);
}

/* As long as there is no pin, the map shows where the address is, as far as that is known. Nothing of it is written. */
static void
look_at_address (SpFormPosition *self)
{
  SpEntryEdit *edit = sp_form_field_get_edit (SP_FORM_FIELD (self));
  SpStore *store = sp_entry_edit_get_store (edit);
  const char *postcode = sp_entry_edit_get_text (edit, "address.postal_code"), *town = sp_entry_edit_get_text (edit, "address.city");
  g_autofree char *whole = postcode != NULL ? sp_postcode_normalise (postcode) : NULL;
  g_autofree char *outcode = whole != NULL ? sp_postcode_get_outcode (whole) : NULL;
  g_autofree char *address = g_strdup_printf ("%s\n%s\n%s", postcode != NULL ? postcode : "", town != NULL ? town : "", outcode != NULL ? outcode : "");

  if (store == NULL || g_strcmp0 (address, self->address) == 0)
    return;
  g_free (self->address);
  self->address = g_steal_pointer (&address);
  if (self->looking != NULL)
    g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  self->looking = g_cancellable_new ();
  sp_store_read_async (store, resolve_any_job, g_strsplit (self->address, "\n", -1), (GDestroyNotify) g_strfreev,
                       (GDestroyNotify) sp_spot_free, self->looking, surroundings_cb, g_object_ref (self));
}

static void
search_cb (SpFormPosition *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->entry)));
  double latitude, longitude;

  sp_form_field_complain (SP_FORM_FIELD (self), NULL);
  if (*text == '\0')
    return;
  if (sp_form_position_read (text, &latitude, &longitude, NULL))
    {
      self->guessed = FALSE;
      write_position (self, latitude, longitude, "exact");
    }
  else
    resolve (self, text, resolved_cb);
}

static void
moved_cb (SpFormPosition *self, SpFormMap *map)
{
  double latitude, longitude;

  if (sp_form_map_get_pin (map, &latitude, &longitude))
    {
      self->guessed = FALSE;
      write_position (self, latitude, longitude, "exact");
    }
}

static void
remove_cb (SpFormPosition *self, GtkButton *button)
{
  SpFormField *field = SP_FORM_FIELD (self);

  sp_entry_edit_set (sp_form_field_get_edit (field), sp_form_field_get_path (field), NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

/* "54.7143, -3.4947 (NY 036 368). The door itself." */
static char *
describe (double latitude, double longitude, const char *accuracy)
{
  double easting, northing;
  g_autofree char *grid = NULL;
  g_autofree char *where = g_strdup_printf ("%.5f, %.5f", latitude, longitude);
  const char *how = accuracy != NULL ? sp_form_words_label ("location.accuracy", accuracy) : NULL;

  if (sp_grid_from_wgs84 (SP_GRID_BRITISH, latitude, longitude, &easting, &northing))
    grid = sp_grid_format_reference (SP_GRID_BRITISH, easting, northing, 4);
  return g_strconcat (where, grid != NULL ? " · " : "", grid != NULL ? grid : "", how != NULL ? " · " : "", how != NULL ? how : "", NULL);
}

static void
sp_form_position_load (SpFormField *field)
{
  SpFormPosition *self = SP_FORM_POSITION (field);
  const SpNode *location = sp_entry_edit_get (sp_form_field_get_edit (field), sp_form_field_get_path (field));
  double latitude = sp_node_get_number (location, "latitude"), longitude = sp_node_get_number (location, "longitude");
  gboolean placed = !isnan (latitude) && !isnan (longitude);
  g_autofree char *text = placed ? describe (latitude, longitude, sp_node_get_text (location, "accuracy")) : NULL;

  gtk_label_set_label (self->said, placed ? text
                       : !isnan (self->venue_latitude) ? _("It is where its venue is. Move the pin only if it is elsewhere.")
                       : _("There is no pin yet: type where it is, or click on the map."));
  gtk_widget_set_visible (self->remove, placed);
  sp_form_map_set_pin (self->map, placed ? latitude : self->venue_latitude, placed ? longitude : self->venue_longitude);
  if (!placed)
    look_at_address (self);
}

/* ---- the venue ---- */

static void
venue_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpFormPosition) self = data;
  g_autoptr (SpStoreEntry) entry = sp_store_get_finish (SP_STORE (source), result, NULL);
  const SpNode *location;

  if (entry == NULL || gtk_widget_in_destruction (GTK_WIDGET (self)) || g_strcmp0 (sp_asset_get_id (entry->asset), self->venue) != 0)
    return;
  location = sp_node_get (sp_asset_get_body (entry->asset), "location");
  self->venue_latitude = sp_node_get_number (location, "latitude");
  self->venue_longitude = sp_node_get_number (location, "longitude");
  if (isnan (self->venue_longitude))
    self->venue_latitude = NAN;
  sp_form_position_load (SP_FORM_FIELD (self));
}

/* An entry without a pin of its own is where it takes place. */
static void
look_at_venue (SpFormPosition *self)
{
  SpEntryEdit *edit = sp_form_field_get_edit (SP_FORM_FIELD (self));
  const char *venue = sp_entry_edit_get_text (edit, "venue");

  if (g_strcmp0 (venue, self->venue) == 0)
    return;
  g_free (self->venue);
  self->venue = g_strdup (venue);
  self->venue_latitude = self->venue_longitude = NAN;
  if (venue != NULL && sp_entry_edit_get_store (edit) != NULL)
    sp_store_get_async (sp_entry_edit_get_store (edit), venue, NULL, venue_read_cb, g_object_ref (self));
  sp_form_position_load (SP_FORM_FIELD (self));
}

/* Whether somebody put the pin, so that a postcode must not move it. */
static gboolean
is_exact (SpFormPosition *self)
{
  const char *accuracy = sp_entry_edit_get_text (sp_form_field_get_edit (SP_FORM_FIELD (self)), "location.accuracy");
  SpNode *latitude = sp_entry_edit_get (sp_form_field_get_edit (SP_FORM_FIELD (self)), "location.latitude");

  return latitude != NULL
         && (accuracy == NULL || strcmp (accuracy, "exact") == 0 || (strcmp (accuracy, "area") == 0 && !self->guessed));
}

static void
address_changed_cb (SpFormPosition *self, const char *path, SpEntryEdit *edit)
{
  const char *typed = sp_entry_edit_get_text (edit, "address.postal_code");
  g_autofree char *postcode = typed != NULL ? sp_postcode_normalise (typed) : NULL;

  if ((path == NULL || g_str_has_prefix (path, "address")) && sp_entry_edit_get (edit, "location") == NULL)
    look_at_address (self);
  if (g_strcmp0 (path, "address.postal_code") != 0 || postcode == NULL || g_strcmp0 (postcode, self->postcode) == 0 || is_exact (self))
    return;
  g_free (self->postcode);
  self->postcode = g_steal_pointer (&postcode);
  resolve (self, self->postcode, postcode_resolved_cb);
}

static void
sp_form_position_bound (SpFormField *field)
{
  g_signal_connect_object (sp_form_field_get_edit (field), "changed", G_CALLBACK (look_at_venue), field, G_CONNECT_SWAPPED);
  g_signal_connect_object (sp_form_field_get_edit (field), "changed", G_CALLBACK (address_changed_cb), field, G_CONNECT_SWAPPED);
}

static void
sp_form_position_add_paths (SpFormField *field, const char *prefix, GPtrArray *paths)
{
  static const char *const members[] = { "location", "location.latitude", "location.longitude" };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    g_ptr_array_add (paths, g_strdup (members[i]));
}

static void
sp_form_position_dispose (GObject *object)
{
  SpFormPosition *self = SP_FORM_POSITION (object);

  if (self->searching != NULL)
    g_cancellable_cancel (self->searching);
  g_clear_object (&self->searching);
  if (self->looking != NULL)
    g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->postcode, g_free);
  g_clear_pointer (&self->venue, g_free);
  G_OBJECT_CLASS (sp_form_position_parent_class)->dispose (object);
}

static void
sp_form_position_class_init (SpFormPositionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sp_form_position_dispose;
  SP_FORM_FIELD_CLASS (klass)->bound = sp_form_position_bound;
  SP_FORM_FIELD_CLASS (klass)->load = sp_form_position_load;
  SP_FORM_FIELD_CLASS (klass)->add_paths = sp_form_position_add_paths;
}

static void
add_line (SpFormPosition *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *find = gtk_button_new_with_mnemonic (_("_Find"));

  self->entry = GTK_EDITABLE (gtk_entry_new ());
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _("CA15 6AA, Maryport, NY 036 368 or 54.71, -3.49"));
  gtk_editable_set_width_chars (self->entry, 8);
  gtk_widget_set_hexpand (GTK_WIDGET (self->entry), TRUE);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (search_cb), self);
  g_signal_connect_swapped (find, "clicked", G_CALLBACK (search_cb), self);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->entry));
  gtk_box_append (GTK_BOX (line), find);
  gtk_box_append (GTK_BOX (self->box), line);
}

static void
add_words (SpFormPosition *self)
{
  GtkWidget *label = sp_form_label_new (NULL, "caption");

  self->said = GTK_LABEL (label);
  gtk_box_append (GTK_BOX (self->box), label);
  self->remove = sp_form_button_new (_("Remove the Pin"));
  gtk_widget_add_css_class (self->remove, "flat");
  g_signal_connect_swapped (self->remove, "clicked", G_CALLBACK (remove_cb), self);
  gtk_box_append (GTK_BOX (self->box), self->remove);
}

static void
sp_form_position_init (SpFormPosition *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->venue_latitude = self->venue_longitude = NAN;
  self->map = SP_FORM_MAP (g_object_new (SP_TYPE_FORM_MAP, NULL));
  add_line (self);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->map));
  add_words (self);
  g_signal_connect_swapped (self->map, "moved", G_CALLBACK (moved_cb), self);
  sp_form_field_set_control (SP_FORM_FIELD (self), self->box, GTK_ACCESSIBLE (self->entry));
}

/**
 * sp_form_position_set_background:
 * @self: a position
 * @background: what to draw its map from; once
 */
void
sp_form_position_set_background (SpFormPosition *self, SpMapBackground *background)
{
  sp_form_map_set_background (self->map, background);
}
