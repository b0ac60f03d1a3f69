/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-browser.h"
#include "sp-freshness.h"
#include "sp-links.h"

G_BEGIN_DECLS

/**
 * SpFacts:
 * @asset: the entry
 * @body: (transfer none): what it says
 * @links: what is around it; empty while that is not known
 * @disputed: whether versions stand against each other and wait for a person
 * @now: date and time in the United Kingdom
 * @rules: when facts are due
 * @miles: whether distances are told in miles
 * @near: (nullable): what the place is called from which distances are told
 * @latitude: degrees north of that place
 * @longitude: degrees east of that place
 * @language: code of the language of the window, such as "cy"
 *
 * All that the details of one entry are made from.
 */
typedef struct
{
  SpAsset         *asset;
  const SpNode    *body;
  SpLinks         *links;
  gboolean         disputed;
  SpCivilTime      now;
  SpFreshnessRules rules;
  gboolean         miles;
  char            *near;
  double           latitude;
  double           longitude;
  char            *language;
} SpFacts;

SpFacts    *sp_facts_new             (SpBrowser *browser, SpLinks *links, GSettings *settings);
void        sp_facts_free            (SpFacts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpFacts, sp_facts_free)

const char *sp_facts_get_translated  (const SpFacts *self, const char *member);
double      sp_facts_get_distance    (const SpFacts *self);
char       *sp_facts_to_text         (const SpFacts *self);

void        sp_facts_read_rules      (GSettings *settings, SpFreshnessRules *rules);
SpNation    sp_facts_get_nation      (GSettings *settings);

G_END_DECLS
