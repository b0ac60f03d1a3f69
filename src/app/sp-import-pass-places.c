/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The part of an SpImportPass that is about where things are: postcodes and places of published lists, and entries without
 * a position, which are put in the middle of their postcode. */
#include "sp-import-pass.h"

#include "sp-gazetteer.h"
#include "sp-import-plan.h"
#include "sp-postcode.h"
#include "sp-unplaced.h"

/**
 * sp_import_pass_learn:
 * @pass: a pass
 * @db: the connection it runs on
 * @place: a postcode or place of a published list
 * @outcome: (out): what becomes of it
 * @error: %SP_ERROR
 *
 * Tells the gazetteer of it, or in a preview looks what would be told.
 *
 * Returns: whether that went well
 */
gboolean
sp_import_pass_learn (SpImportPass *pass, SpDb *db, const SpKnownPlace *place, SpImportOutcome *outcome, GError **error)
{
  pass->counts.known++;
  pass->known_here++;
  if (pass->import != NULL)
    return sp_import_put_place (pass->import, place, outcome, error);
  return sp_import_plan_place (db, place, outcome, error);
}

/**
 * sp_import_pass_look_for_position:
 * @pass: a preview
 * @db: the connection it runs on
 * @asset: a new entry
 * @error: %SP_ERROR
 *
 * Counts it if it has no position of its own, and whether its postcode will tell one.
 *
 * Returns: whether that went well
 */
gboolean
sp_import_pass_look_for_position (SpImportPass *pass, SpDb *db, const SpNode *asset, GError **error)
{
  g_autofree char *postcode = sp_postcode_normalise (sp_node_get_string (sp_node_get_path (asset, "address.postal_code")));
  g_autoptr (GError) why = NULL;
  double latitude, longitude;
  gboolean approximate;

  if (g_strcmp0 (sp_node_get_text (asset, "type"), "asset") != 0 || sp_node_get (asset, "location") != NULL)
    return TRUE;
  pass->counts.unplaced++;
  if (postcode == NULL)
    return TRUE;
  if (sp_gazetteer_look_up_postcode (db, postcode, &latitude, &longitude, &approximate, &why))
    {
      pass->counts.placed++;
      pass->counts.approximate += approximate;
      return TRUE;
    }
  if (g_error_matches (why, SP_ERROR, SP_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&why));
  return FALSE;
}

/**
 * sp_import_pass_place_one:
 * @pass: an import that has a list of entries without a position, and is not through with it
 * @db: the connection it runs on
 * @error: %SP_ERROR
 *
 * Puts the next of them in the middle of its postcode, if that is known.
 *
 * Returns: whether that went well
 */
gboolean
sp_import_pass_place_one (SpImportPass *pass, SpDb *db, GError **error)
{
  const char *id = g_ptr_array_index (pass->unplaced, pass->at_unplaced++);
  g_autoptr (SpNode) body = NULL;
  g_autofree char *reason = NULL;
  SpImportOutcome outcome = SP_IMPORT_UNCHANGED;
  gboolean approximate;

  if (!sp_unplaced_locate (db, id, &body, &approximate, error)
      || (body != NULL && !sp_import_put (pass->import, id, body, &outcome, &reason, error)))
    return FALSE;
  pass->counts.placed += outcome == SP_IMPORT_UPDATED;
  pass->counts.approximate += outcome == SP_IMPORT_UPDATED && approximate;
  return TRUE;
}
