/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpTraits: what of an asset tells whether another entry means the same thing, and the keys by which such an entry
 * is looked up. Two entries that mean the same share at least one key. */
#include "sp-traits.h"

#include "sp-alike.h"
#include "sp-fold.h"
#include "sp-postcode.h"

#include <math.h>
#include <string.h>

#define WEIGHT_COMMON 0.3f
#define WEIGHT_TOWN 0.25f
#define CELLS_PER_DEGREE 20 /* of the grid in which equal names are looked for; about five kilometres */

/* Sorted. Without their plural, as the words of a name are. */
static const char * const silent_words[] = {
  "a", "an", "and", "at", "by", "cic", "cio", "for", "from", "in", "limited", "ltd", "of", "on", "plc", "the", "to",
  "uk", "with",
};
static const char * const common_words[] = {
  "activity", "association", "center", "centre", "charity", "club", "community", "group", "local", "meeting", "org",
  "organisation", "project", "scheme", "service", "session", "society", "team", "trust", "weekly",
};

/* Sites that many share, so that their bare address tells nothing. */
static const char * const shared_sites[] = {
  "eventbrite.co.uk", "facebook.com", "gov.uk", "instagram.com", "linktr.ee", "nhs.uk", "twitter.com", "x.com", "youtube.com",
};

static gboolean
is_one_of (const char *word, const char * const *list, gsize length)
{
  gsize low = 0;

  while (low < length)
    {
      gsize middle = (low + length) / 2;
      int order = strcmp (word, list[middle]);

      if (order == 0)
        return TRUE;
      if (order < 0)
        length = middle;
      else
        low = middle + 1;
    }
  return FALSE;
}

/* FNV-1a (G. Fowler, L. C. Noll, K.-P. Vo), then the finaliser of MurmurHash3 so that all bits are worth the same.
 * @kind keeps telephone numbers apart from postcodes. Never 0. */
static guint64
hash_text (char kind, const char *text, gsize length)
{
  guint64 hash = (G_GUINT64_CONSTANT (0xcbf29ce484222325) ^ (guchar) kind) * G_GUINT64_CONSTANT (0x100000001b3);

  for (gsize i = 0; i < length; i++)
    hash = (hash ^ (guchar) text[i]) * G_GUINT64_CONSTANT (0x100000001b3);
  hash = (hash ^ (hash >> 33)) * G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
  hash = (hash ^ (hash >> 33)) * G_GUINT64_CONSTANT (0xc4ceb9fe1a85ec53);
  hash ^= hash >> 33;
  return hash != 0 ? hash : 1;
}

static guint64
hash_string (char kind, const char *text)
{
  return text != NULL && *text != '\0' ? hash_text (kind, text, strlen (text)) : 0;
}

static void
drop_plural (char *word)
{
  gsize length = strlen (word);

  if (length > 3 && word[length - 1] == 's' && word[length - 2] != 's')
    word[length - 1] = '\0';
}

/* Whether the words of @address, folded, hold @word, folded and maybe without its plural. */
static gboolean
holds_word (const char *address, const char *word)
{
  gsize length = strlen (word);

  for (const char *at = strstr (address, word); at != NULL; at = strstr (at + 1, word))
    if ((at == address || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0' || at[length] == 's'))
      return TRUE;
  return FALSE;
}

static float
weigh_word (const char *word, const char *address)
{
  if (is_one_of (word, common_words, G_N_ELEMENTS (common_words)))
    return WEIGHT_COMMON;
  return holds_word (address, word) ? WEIGHT_TOWN : 1;
}

static void
read_name (SpTraitsName *name, const char *text, const char *address)
{
  char *rest;
  char *word;

  name->text = sp_fold_text (text);
  rest = name->text;
  while (name->count < SP_TRAITS_MAX_WORDS && (word = strsep (&rest, " ")) != NULL)
    {
      drop_plural (word);
      if (*word == '\0' || is_one_of (word, silent_words, G_N_ELEMENTS (silent_words)))
        continue;
      name->words[name->count] = word;
      name->weights[name->count++] = weigh_word (word, address);
    }
}

/* Whether the name has a word of its own; if not, its common words are all there is. */
static gboolean
has_own_word (const SpTraitsName *name)
{
  for (guint i = 0; i < name->count; i++)
    if (name->weights[i] >= 1)
      return TRUE;
  return FALSE;
}

/* The first four letters of a word decide its bit, so that most misspelt words keep theirs. */
static guint64
name_signature (const SpTraitsName *name)
{
  gboolean own = has_own_word (name);
  guint64 signature = 0;

  for (guint i = 0; i < name->count; i++)
    if (!own || name->weights[i] >= 1)
      signature |= G_GUINT64_CONSTANT (1) << (hash_text ('s', name->words[i], strnlen (name->words[i], 4)) & 63);
  return signature;
}

static void
add_hash (guint64 *list, guint64 hash)
{
  for (guint i = 0; hash != 0 && i < SP_TRAITS_MAX_CONTACTS; i++)
    {
      if (list[i] == hash)
        return;
      if (list[i] == 0)
        {
          list[i] = hash;
          return;
        }
    }
}

static void
read_contacts (SpTraits *self, const SpNode *contacts)
{
  for (guint i = 0; sp_node_is_array (contacts) && i < sp_node_get_length (contacts); i++)
    {
      const SpNode *contact = sp_node_get_element (contacts, i);
      g_autofree char *phone = sp_alike_phone (sp_node_get_text (contact, "phone"));
      const char *text = sp_node_get_text (contact, "email");
      g_autofree char *email = text != NULL ? g_ascii_strdown (text, -1) : NULL;

      add_hash (self->phones, hash_string ('p', phone));
      add_hash (self->emails, hash_string ('e', email));
    }
}

static void
read_url (SpTraits *self, const char *text)
{
  g_autofree char *url = sp_alike_url (text);

  if (url == NULL || is_one_of (url, shared_sites, G_N_ELEMENTS (shared_sites)))
    return;
  self->url = hash_string ('u', url);
  self->url_has_path = strchr (url, '/') != NULL;
}

static void
read_days (SpTraits *self, const SpNode *schedules)
{
  static const char * const names[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };

  for (guint i = 0; sp_node_is_array (schedules) && i < sp_node_get_length (schedules); i++)
    {
      const char *byday = sp_node_get_text (sp_node_get_element (schedules, i), "byday");
      for (guint d = 0; byday != NULL && d < G_N_ELEMENTS (names); d++)
        if (strstr (byday, names[d]) != NULL)
          self->days |= 1 << d;
    }
}

static void
read_place (SpTraits *self, const SpNode *body)
{
  const SpNode *location = sp_node_get (body, "location");
  const char *accuracy = sp_node_get_text (location, "accuracy");
  const SpNode *address = sp_node_get (body, "address");
  g_autofree char *postcode = sp_postcode_normalise (sp_node_get_text (address, "postal_code"));
  g_autofree char *line = sp_fold_text (sp_node_get_text (address, "line_1"));

  self->latitude = sp_node_get_number (location, "latitude");
  self->longitude = sp_node_get_number (location, "longitude");
  if (!(fabs (self->latitude) <= 90) || !(fabs (self->longitude) <= 180))
    self->latitude = self->longitude = NAN;
  self->vague = g_strcmp0 (accuracy, "place") == 0 || g_strcmp0 (accuracy, "area") == 0;
  if (postcode != NULL)
    g_strlcpy (self->postcode, postcode, sizeof self->postcode);
  self->line = hash_string ('l', line);
}

static char *
fold_address (const SpNode *address)
{
  static const char * const members[] = { "line_1", "line_2", "city", "county" };
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *text = sp_node_get_text (address, members[i]);
      if (text != NULL)
        {
          g_string_append (all, text);
          g_string_append_c (all, ' ');
        }
    }
  return sp_fold_text (all->str);
}

/**
 * sp_traits_new:
 * @id: (nullable): document id
 * @body: an asset
 *
 * Returns: (transfer full): its traits
 */
SpTraits *
sp_traits_new (const char *id, const SpNode *body)
{
  SpTraits *self = g_new0 (SpTraits, 1);
  g_autofree char *address = fold_address (sp_node_get (body, "address"));
  const char *kind = sp_node_get_text (body, "kind");
  const char *other_name = sp_node_get_text (body, "alternate_name");

  self->id = hash_string ('i', id);
  self->venue = hash_string ('i', sp_node_get_text (body, "venue"));
  self->kind = kind != NULL ? kind[0] : '\0';
  read_place (self, body);
  read_contacts (self, sp_node_get (body, "contacts"));
  read_url (self, sp_node_get_text (body, "url"));
  read_days (self, sp_node_get (body, "schedules"));
  read_name (&self->name, sp_node_get_text (body, "name"), address);
  if (other_name != NULL)
    read_name (&self->other_name, other_name, address);
  self->signature = name_signature (&self->name) | name_signature (&self->other_name);
  return self;
}

/**
 * sp_traits_free:
 * @self: (transfer full): traits
 */
void
sp_traits_free (SpTraits *self)
{
  g_free (self->name.text);
  g_free (self->other_name.text);
  g_free (self);
}

/* A sum, so that the order of the words does not count. */
static guint64
name_hash (const SpTraitsName *name)
{
  gboolean own = has_own_word (name);
  guint64 sum = 0;

  for (guint i = 0; i < name->count; i++)
    if (!own || name->weights[i] >= 1)
      sum += hash_string ('w', name->words[i]);
  return sum;
}

static void
add_key (gint64 *keys, guint *count, guint64 hash)
{
  if (hash != 0 && *count < SP_TRAITS_MAX_KEYS)
    keys[(*count)++] = (gint64) hash;
}

static void
add_name_keys (const SpTraits *self, gint64 *keys, guint *count)
{
  guint64 name = name_hash (&self->name);

  if (name == 0)
    return;
  if (self->postcode[0] != '\0')
    add_key (keys, count, name + hash_text ('o', self->postcode, strcspn (self->postcode, " ")));
  if (!isnan (self->latitude))
    {
      g_autofree char *cell = g_strdup_printf ("%d,%d", (int) floor (self->latitude * CELLS_PER_DEGREE),
                                               (int) floor (self->longitude * CELLS_PER_DEGREE));
      add_key (keys, count, name + hash_string ('g', cell));
    }
  if (self->postcode[0] == '\0' && isnan (self->latitude))
    add_key (keys, count, name);
}

/**
 * sp_traits_get_keys:
 * @self: traits
 * @keys: (out caller-allocates): room for %SP_TRAITS_MAX_KEYS
 *
 * The keys under which an entry is found again: telephone numbers, e-mail and web addresses, the venue, the postcode, and the
 * name together with where it is. They are hashes: what shares a key is to be compared, not to be believed.
 *
 * Returns: how many keys there are
 */
guint
sp_traits_get_keys (const SpTraits *self, gint64 *keys)
{
  guint count = 0;

  for (guint i = 0; i < 3; i++)
    {
      add_key (keys, &count, self->phones[i]);
      add_key (keys, &count, self->emails[i]);
    }
  add_key (keys, &count, self->url);
  add_key (keys, &count, self->venue);
  add_key (keys, &count, hash_string ('c', self->postcode));
  add_name_keys (self, keys, &count);
  return count;
}
