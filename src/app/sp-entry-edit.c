/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpEntryEdit: one entry while a person writes in it: what it was, what it has become, and what was typed that does not
 * fit yet. No widget; the fields of a form show it and write to it.
 *
 * Paths name members with dots between; in a list the item's id: `contacts.c1.phone`. While the entry is being edited
 * there may be empty parts; what is saved has none. Belongs to the main loop. */
#include "sp-entry-edit-private.h"

#include "sp-asset.h"
#include "sp-clock.h"
#include "sp-typed.h"

#include <string.h>

G_DEFINE_FINAL_TYPE (SpEntryEdit, sp_entry_edit, G_TYPE_OBJECT)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
sp_entry_edit_finalize (GObject *object)
{
  SpEntryEdit *self = SP_ENTRY_EDIT (object);

  g_free (self->id);
  g_free (self->rev);
  sp_node_unref (self->base);
  sp_node_unref (self->working);
  g_hash_table_unref (self->touched);
  g_hash_table_unref (self->typed);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (sp_entry_edit_parent_class)->finalize (object);
}

static void
sp_entry_edit_class_init (SpEntryEditClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sp_entry_edit_finalize;

  /**
   * SpEntryEdit::changed:
   * @self: the edit
   * @path: (nullable): the member that was written to; %NULL if anything may have changed
   */
  signals[CHANGED] = g_signal_new ("changed", SP_TYPE_ENTRY_EDIT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
sp_entry_edit_init (SpEntryEdit *self)
{
  self->touched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->typed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  sp_calendar_init (&self->calendar, SP_NATION_ENGLAND_AND_WALES);
}

/* Items of another program's lists may have no ids, by which they are named here. */
static SpNode *
copy_with_ids (const SpNode *body)
{
  SpNode *copy = sp_node_copy (body);

  for (guint i = 0; i < sp_node_get_length (copy); i++)
    sp_field_give_ids (copy, sp_node_get_name (copy, i));
  return copy;
}

/**
 * sp_entry_edit_new:
 * @id: (nullable): document id; %NULL for a new entry, which gets one
 * @rev: (nullable): the revision that @body is of
 * @body: (nullable): the entry as it is; copied; %NULL for an empty one
 *
 * Returns: (transfer full): an edit that has changed nothing yet
 */
SpEntryEdit *
sp_entry_edit_new (const char *id, const char *rev, SpNode *body)
{
  SpEntryEdit *self = g_object_new (SP_TYPE_ENTRY_EDIT, NULL);
  g_autofree char *uuid = g_uuid_string_random ();

  self->id = id != NULL ? g_strdup (id) : g_strconcat ("asset:", uuid, NULL);
  self->rev = g_strdup (rev);
  self->base = body != NULL ? copy_with_ids (body) : sp_node_new_object ();
  self->working = sp_node_copy (self->base);
  return self;
}

/**
 * sp_entry_edit_get_id:
 * @self: an edit
 *
 * Returns: (transfer none): document id
 */
const char *
sp_entry_edit_get_id (SpEntryEdit *self)
{
  return self->id;
}

/**
 * sp_entry_edit_get_rev:
 * @self: an edit
 *
 * Returns: (transfer none) (nullable): the revision it begins with; %NULL of a new entry
 */
const char *
sp_entry_edit_get_rev (SpEntryEdit *self)
{
  return self->rev;
}

/**
 * sp_entry_edit_is_new:
 * @self: an edit
 *
 * Returns: whether the entry was never saved
 */
gboolean
sp_entry_edit_is_new (SpEntryEdit *self)
{
  return self->rev == NULL;
}

/**
 * sp_entry_edit_get_base:
 * @self: an edit
 *
 * Returns: (transfer none): the body it began with
 */
const SpNode *
sp_entry_edit_get_base (SpEntryEdit *self)
{
  return self->base;
}

/**
 * sp_entry_edit_get_working:
 * @self: an edit
 *
 * Returns: (transfer none): the entry as it is being written, with empty parts; until the next change
 */
const SpNode *
sp_entry_edit_get_working (SpEntryEdit *self)
{
  return self->working;
}

/**
 * sp_entry_edit_set_store:
 * @self: an edit
 * @store: (nullable): the store in which other entries, places and areas are looked up
 */
void
sp_entry_edit_set_store (SpEntryEdit *self, SpStore *store)
{
  g_set_object (&self->store, store);
}

/**
 * sp_entry_edit_get_store:
 * @self: an edit
 *
 * Returns: (transfer none) (nullable): the store in which things are looked up
 */
SpStore *
sp_entry_edit_get_store (SpEntryEdit *self)
{
  return self->store;
}

/**
 * sp_entry_edit_set_calendar:
 * @self: an edit
 * @calendar: the bank holidays and school terms that the entry goes by; copied
 */
void
sp_entry_edit_set_calendar (SpEntryEdit *self, const SpCalendar *calendar)
{
  self->calendar = *calendar;
  g_signal_emit (self, signals[CHANGED], 0, "schedules");
}

/**
 * sp_entry_edit_get_calendar:
 * @self: an edit
 *
 * Returns: (transfer none): the bank holidays and school terms that the entry goes by
 */
const SpCalendar *
sp_entry_edit_get_calendar (SpEntryEdit *self)
{
  return &self->calendar;
}

static SpNode *
find_item (const SpNode *list, const char *id)
{
  for (guint i = 0; i < sp_node_get_length (list); i++)
    if (g_strcmp0 (sp_node_get_text (sp_node_get_element (list, i), "id"), id) == 0)
      return sp_node_get_element (list, i);
  return NULL;
}

static SpNode *
get_child (const SpNode *parent, const char *step)
{
  return sp_node_is_array (parent) ? find_item (parent, step) : sp_node_get (parent, step);
}

/**
 * sp_entry_edit_get:
 * @self: an edit
 * @path: a member
 *
 * Returns: (transfer none) (nullable): what stands there now; not to be changed
 */
SpNode *
sp_entry_edit_get (SpEntryEdit *self, const char *path)
{
  g_auto (GStrv) steps = g_strsplit (path, ".", -1);
  SpNode *at = self->working;

  for (guint i = 0; steps[i] != NULL && at != NULL; i++)
    at = get_child (at, steps[i]);
  return at;
}

/**
 * sp_entry_edit_get_text:
 * @self: an edit
 * @path: a member
 *
 * Returns: (transfer none) (nullable): the text that stands there
 */
const char *
sp_entry_edit_get_text (SpEntryEdit *self, const char *path)
{
  return sp_node_get_string (sp_entry_edit_get (self, path));
}

static SpNode *
make_child (SpNode *parent, const char *step, gboolean list)
{
  SpNode *child = list ? sp_node_new_array () : sp_node_new_object ();

  if (sp_node_is_array (parent))
    {
      sp_node_set_text (child, "id", step);
      sp_node_append (parent, child);
    }
  else
    sp_node_set (parent, step, child);
  return child;
}

static void
remove_child (SpNode *parent, const char *step)
{
  if (!sp_node_is_array (parent))
    sp_node_remove (parent, step);
  for (guint i = 0; sp_node_is_array (parent) && i < sp_node_get_length (parent); i++)
    if (g_strcmp0 (sp_node_get_text (sp_node_get_element (parent, i), "id"), step) == 0)
      {
        sp_node_remove_index (parent, i);
        return;
      }
}

/* The object or list that holds the last step, made on the way if it is not there. */
static SpNode *
get_holder (SpEntryEdit *self, char **steps, guint last)
{
  g_autoptr (GString) so_far = g_string_new (NULL);
  SpNode *at = self->working;

  for (guint i = 0; i < last; i++)
    {
      const SpField *field;
      SpNode *child = get_child (at, steps[i]);

      g_string_append_printf (so_far, "%s%s", i > 0 ? "." : "", steps[i]);
      field = sp_field_find (so_far->str);
      if (!sp_node_is_object (child) && !sp_node_is_array (child))
        child = make_child (at, steps[i], field != NULL && field->type == SP_FIELD_LIST);
      at = child;
    }
  return at;
}

static void
write_value (SpEntryEdit *self, const char *path, SpNode *value)
{
  g_auto (GStrv) steps = g_strsplit (path, ".", -1);
  guint last = g_strv_length (steps) - 1;
  SpNode *holder = get_holder (self, steps, last);

  if (value == NULL || sp_node_is_array (holder))
    remove_child (holder, steps[last]);
  if (value != NULL && sp_node_is_array (holder))
    sp_node_append (holder, value); /* an item, with its id */
  else if (value != NULL)
    sp_node_set (holder, steps[last], value);
  g_hash_table_add (self->touched, g_strdup (steps[0]));
}

/* What was typed into the parts of @path that does not fit goes with it. */
static void
forget_typed (SpEntryEdit *self, const char *path)
{
  g_autofree char *below = g_strconcat (path, ".", NULL);
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->typed);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (strcmp (key, path) == 0 || g_str_has_prefix (key, below))
      g_hash_table_iter_remove (&iter);
}

/**
 * sp_entry_edit_set:
 * @self: an edit
 * @path: a member, or with the id of an item the whole item
 * @value: (transfer full) (nullable): what shall stand there; %NULL removes it
 *
 * Sets a member, and tells so unless it was the same already.
 */
void
sp_entry_edit_set (SpEntryEdit *self, const char *path, SpNode *value)
{
  SpNode *before = sp_entry_edit_get (self, path);
  gboolean was_typed = g_hash_table_size (self->typed) > 0;

  g_return_if_fail (SP_IS_ENTRY_EDIT (self) && *path != '\0');
  forget_typed (self, path);
  if (!was_typed && (before == NULL || value == NULL ? before == value : sp_node_equal (before, value)))
    {
      g_clear_pointer (&value, sp_node_unref);
      return;
    }
  write_value (self, path, value);
  g_signal_emit (self, signals[CHANGED], 0, path);
}

/**
 * sp_entry_edit_type:
 * @self: an edit
 * @path: a member that is written as one text
 * @text: what was typed
 * @error: %SP_ERROR_INVALID with a sentence to show beside the field
 *
 * Sets a member to what was typed, in the way people write it. What does not fit is remembered: the entry cannot be saved
 * until it is put right.
 *
 * Returns: whether it fits
 */
gboolean
sp_entry_edit_type (SpEntryEdit *self, const char *path, const char *text, GError **error)
{
  const SpField *field = sp_field_find (path);
  GError *complaint = NULL;
  SpNode *value;

  g_return_val_if_fail (field != NULL, FALSE);
  value = sp_typed_parse (field, text, sp_clock_today (), &complaint);
  if (complaint == NULL)
    {
      sp_entry_edit_set (self, path, value);
      return TRUE;
    }
  g_hash_table_insert (self->typed, g_strdup (path), g_strdup (text));
  g_signal_emit (self, signals[CHANGED], 0, path);
  g_propagate_error (error, complaint);
  return FALSE;
}

/**
 * sp_entry_edit_get_typed:
 * @self: an edit
 * @path: a member
 *
 * Returns: (transfer none) (nullable): what was typed there and does not fit
 */
const char *
sp_entry_edit_get_typed (SpEntryEdit *self, const char *path)
{
  return g_hash_table_lookup (self->typed, path);
}

/**
 * sp_entry_edit_add_item:
 * @self: an edit
 * @list: a member that is a list of items
 *
 * Adds an empty item at the end. As long as nothing is written into it, it is not saved.
 *
 * Returns: (transfer full): its id
 */
char *
sp_entry_edit_add_item (SpEntryEdit *self, const char *list)
{
  g_autofree char *path = g_strconcat (list, ".id", NULL); /* makes the list */
  g_auto (GStrv) steps = g_strsplit (path, ".", -1);
  SpNode *holder = get_holder (self, steps, g_strv_length (steps) - 1);

  sp_node_append (holder, sp_node_new_object ());
  sp_field_give_ids (self->working, list);
  return g_strdup (sp_node_get_text (sp_node_get_element (holder, sp_node_get_length (holder) - 1), "id"));
}

/**
 * sp_entry_edit_restore:
 * @self: an edit
 * @body: the entry as somebody left it when they last wrote in it
 *
 * Goes on with what was typed before.
 */
void
sp_entry_edit_restore (SpEntryEdit *self, SpNode *body)
{
  sp_entry_edit_begin_with (self, self->rev, self->base, body);
}

static void
touch_differences (SpEntryEdit *self)
{
  g_autoptr (SpNode) changes = sp_asset_diff (self->base, self->working);

  g_hash_table_remove_all (self->touched);
  for (guint i = 0; i < sp_node_get_length (changes); i++)
    g_hash_table_add (self->touched, g_strdup (sp_node_get_name (changes, i)));
}

/**
 * sp_entry_edit_begin_with:
 * @self: an edit
 * @rev: (nullable): the revision that @base is of
 * @base: the body that the edit counts from now
 * @body: what it has become; it is copied
 *
 * Goes on from another state. What was typed and does not fit stays typed.
 */
void
sp_entry_edit_begin_with (SpEntryEdit *self, const char *rev, SpNode *base, SpNode *body)
{
  g_autofree char *new_rev = g_strdup (rev);
  SpNode *new_base = sp_node_ref (base), *working = sp_node_copy (body);

  g_free (self->rev);
  self->rev = g_steal_pointer (&new_rev);
  sp_node_unref (self->base);
  self->base = new_base;
  sp_node_unref (self->working);
  self->working = working;
  touch_differences (self);
  g_signal_emit (self, signals[CHANGED], 0, NULL);
}

/**
 * sp_entry_edit_take_draft:
 * @self: an edit of a new entry
 * @id: document id of another new entry, which it becomes
 * @body: what was typed of that
 *
 * Goes on with a new entry that was begun before.
 */
void
sp_entry_edit_take_draft (SpEntryEdit *self, const char *id, SpNode *body)
{
  g_return_if_fail (sp_entry_edit_is_new (self));
  g_free (self->id);
  self->id = g_strdup (id);
  sp_entry_edit_restore (self, body);
}
