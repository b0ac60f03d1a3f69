/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-node.h"

G_BEGIN_DECLS

#define SP_TRAITS_MAX_WORDS 12
#define SP_TRAITS_MAX_CONTACTS 4
#define SP_TRAITS_MAX_KEYS 12

/**
 * SpTraitsName:
 * @words: its words as sp_fold_text() gives them, plurals taken off, in their order
 * @weights: how much each tells: 1 for a word of its own, little for "club" and for the name of the town
 * @count: how many
 * @text: (owned): what @words point into
 *
 * A name taken apart.
 */
typedef struct
{
  const char *words[SP_TRAITS_MAX_WORDS];
  float       weights[SP_TRAITS_MAX_WORDS];
  guint       count;
  char       *text;
} SpTraitsName;

/**
 * SpTraits:
 * @id: hash of the document id; 0 when not known
 * @venue: hash of the id of the place it is held in, or 0
 * @kind: first letter of `kind`, or 0
 * @days: bits from 1 for Monday to 64 for Sunday on which something is scheduled
 * @latitude: degrees north, or NAN
 * @longitude: degrees east, or NAN
 * @vague: the position stands for a place or an area
 * @postcode: as sp_postcode_normalise() gives it, or empty
 * @line: hash of the first line of the address, or 0
 * @phones: hashes, 0 after the last; so @emails
 * @url: hash of the web address, or 0
 * @url_has_path: whether it names a page and not only a site
 * @name: the name
 * @other_name: the alternative name; no words when there is none
 * @signature: some bits for each word that tells something; two names that share such a word share bits
 *
 * What of an asset tells whether another is the same thing, in a form that compares quickly. Immutable.
 */
typedef struct
{
  guint64      id;
  guint64      venue;
  char         kind;
  guint8       days;
  gboolean     vague;
  double       latitude;
  double       longitude;
  char         postcode[9];
  guint64      line;
  guint64      phones[SP_TRAITS_MAX_CONTACTS];
  guint64      emails[SP_TRAITS_MAX_CONTACTS];
  guint64      url;
  gboolean     url_has_path;
  SpTraitsName name;
  SpTraitsName other_name;
  guint64      signature;
} SpTraits;

SpTraits *sp_traits_new      (const char *id, const SpNode *body);
void      sp_traits_free     (SpTraits *self);
guint     sp_traits_get_keys (const SpTraits *self, gint64 *keys);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpTraits, sp_traits_free)

G_END_DECLS
