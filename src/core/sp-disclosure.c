/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of an entry the public may have. The list is of what is given away, not of what is held back: a member that this
 * version does not know is not published by it.
 *
 * Held back are contacts for members only, why a contact may be kept, who among the staff knows or checked an entry,
 * assurance and funding, who has the key, the row it was imported from, and the history of its changes. */
#include "sp-disclosure.h"

#include "sp-freshness.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char * const of_asset[] = {
  "_id", "type", "schema", "kind", "name", "alternate_name", "summary", "description", "categories", "status", "notice",
  "availability", "location", "address", "venue", "organisation", "service_areas", "contacts", "url", "schedules",
  "schedule_exceptions", "schedule_words", "free", "costs", "eligibility", "referral", "accessibility", "languages",
  "translations", "building", "volunteering", "checked", "source", "modified", NULL,
};
static const char * const of_contact[] = { "id", "title", "name", "phone", "email", NULL };
static const char *const of_building[] = { "capacity", "floor_area_m2", "kitchen",      "parking", "wifi",
                                           "heating",  "generator",     "crisis_roles", NULL };
static const char * const bookkeeping[] = { "visible", "created", "edit", NULL }; /* left out and not worth a word */
static const char * const of_clock[] = { "on", "how", NULL };
static const char * const of_source[] = { "feed", "retrieved", NULL };

/**
 * sp_disclosure_init:
 * @self: a count
 * @today: the civil date, `2026-11-22`
 */
void
sp_disclosure_init (SpDisclosure *self, const char *today)
{
  *self = (SpDisclosure){ 0 };
  g_strlcpy (self->today, today, sizeof self->today);
}

/* The members of @object that are named in @allowed; anything but an object is given as it is. */
static SpNode *
pick (SpDisclosure *self, SpNode *object, const char * const *allowed)
{
  SpNode *picked;

  if (!sp_node_is_object (object))
    return sp_node_ref (object);
  picked = sp_node_new_object ();
  for (guint i = 0; i < sp_node_get_length (object); i++)
    if (g_strv_contains (allowed, sp_node_get_name (object, i)))
      sp_node_set (picked, sp_node_get_name (object, i), sp_node_ref (sp_node_get_element (object, i)));
    else
      self->members++;
  return picked;
}

static SpNode *
pick_contacts (SpDisclosure *self, SpNode *contacts)
{
  SpNode *picked = sp_node_new_array ();

  for (guint i = 0; sp_node_is_array (contacts) && i < sp_node_get_length (contacts); i++)
    {
      SpNode *contact = sp_node_get_element (contacts, i);
      const char *visible_to = sp_node_get_text (contact, "visible_to");

      if (sp_node_is_object (contact) && (visible_to == NULL || strcmp (visible_to, "public") == 0))
        {
          SpNode *public = pick (self, contact, of_contact);
          self->members -= (visible_to != NULL); /* that it is public need not be said, and is nothing held back */
          sp_node_append (picked, public);
        }
      else
        self->contacts++;
    }
  return picked;
}

static SpNode *
pick_clocks (SpDisclosure *self, SpNode *checked)
{
  SpNode *picked = sp_node_new_object ();

  for (guint i = 0; sp_node_is_object (checked) && i < sp_node_get_length (checked); i++)
    sp_node_set (picked, sp_node_get_name (checked, i), pick (self, sp_node_get_element (checked, i), of_clock));
  return picked;
}

static SpNode *
pick_member (SpDisclosure *self, const char *name, SpNode *value)
{
  if (strcmp (name, "contacts") == 0)
    return pick_contacts (self, value);
  if (strcmp (name, "building") == 0)
    return pick (self, value, of_building);
  if (strcmp (name, "checked") == 0)
    return pick_clocks (self, value);
  if (strcmp (name, "modified") == 0)
    return pick (self, value, of_clock);
  if (strcmp (name, "source") == 0)
    return pick (self, value, of_source);
  return sp_node_ref (value);
}

/**
 * sp_disclosure_is_shown:
 * @asset: a document
 * @today: a civil date, `2026-11-22`
 *
 * Returns: whether that day is within the dates for showing it
 */
gboolean
sp_disclosure_is_shown (const SpNode *asset, const char *today)
{
  const SpNode *visible = sp_node_get (asset, "visible");
  const char *from = sp_node_get_text (visible, "from");
  const char *until = sp_node_get_text (visible, "until");

  return (from == NULL || strncmp (from, today, 10) <= 0) /* dates compare as text */
         && (until == NULL || strncmp (until, today, 10) >= 0);
}

/**
 * sp_disclosure_make_public:
 * @self: the count, which is kept up
 * @asset: a document
 *
 * Returns: (transfer full) (nullable): what the public may have of it; %NULL if it is not to be shown on this day
 */
SpNode *
sp_disclosure_make_public (SpDisclosure *self, const SpNode *asset)
{
  SpNode *public;

  if (!sp_disclosure_is_shown (asset, self->today))
    {
      self->entries++;
      return NULL;
    }
  if (self->leave_overdue && sp_freshness_is_overdue (NULL, asset, sp_civil_parse_date (self->today)))
    {
      self->overdue++;
      return NULL;
    }
  public = sp_node_new_object ();
  for (guint i = 0; i < sp_node_get_length (asset); i++)
    {
      const char *name = sp_node_get_name (asset, i);
      g_autoptr (SpNode) value = NULL;

      if (!g_strv_contains (of_asset, name))
        {
          self->members += name[0] != '_' && !g_strv_contains (bookkeeping, name);
          continue;
        }
      value = pick_member (self, name, sp_node_get_element (asset, i));
      if (!(sp_node_is_object (value) || sp_node_is_array (value)) || sp_node_get_length (value) > 0)
        sp_node_set (public, name, g_steal_pointer (&value));
    }
  return public;
}

/**
 * sp_disclosure_describe:
 * @self: the count at the end
 *
 * Returns: (transfer full) (nullable): what was left out, in a sentence; %NULL if nothing was
 */
char *
sp_disclosure_describe (const SpDisclosure *self)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *all = NULL;

  if (self->overdue > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u entry that nobody has checked for too long",
                                                       "%u entries that nobody has checked for too long",
                                                       self->overdue), self->overdue));
  if (self->entries > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u entry outside the dates for showing",
                                                       "%u entries outside the dates for showing",
                                                       self->entries), self->entries));
  if (self->contacts > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u contact for members only", "%u contacts for members only",
                                                       self->contacts), self->contacts));
  if (self->members > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u internal detail", "%u internal details", self->members),
                                             self->members));
  if (parts->len == 0)
    return NULL;
  g_ptr_array_add (parts, NULL);
  all = g_strjoinv (", ", (char **) parts->pdata);
  return g_strdup_printf (_("Left out of the public list: %s."), all);
}
