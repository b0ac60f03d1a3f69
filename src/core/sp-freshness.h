/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-civil.h"
#include "sp-node.h"

G_BEGIN_DECLS

/**
 * SpFactGroup:
 * @SP_FACT_TIMES: when it is open or meets
 * @SP_FACT_PLACE: where it is, and how one gets in
 * @SP_FACT_CONTACT: whom to ask
 * @SP_FACT_COST: what it costs
 * @SP_FACT_JOIN: who may come, and how
 * @SP_FACT_BUILDING: what the building offers
 *
 * The facts of an asset that are checked together and have one clock in `checked`.
 */
typedef enum
{
  SP_FACT_TIMES,
  SP_FACT_PLACE,
  SP_FACT_CONTACT,
  SP_FACT_COST,
  SP_FACT_JOIN,
  SP_FACT_BUILDING,
} SpFactGroup;
#define SP_N_FACT_GROUPS 6

/**
 * SpFreshnessClass:
 * @SP_FRESHNESS_DROP_IN: a place or group that one may drop in to: only its times differ from its kind's
 * @SP_FRESHNESS_SERVICE: `kind` "service", and whatever has no known kind
 * @SP_FRESHNESS_GROUP: `kind` "group"
 * @SP_FRESHNESS_PLACE: `kind` "place"
 *
 * How fast the facts of an asset age.
 */
typedef enum
{
  SP_FRESHNESS_DROP_IN,
  SP_FRESHNESS_SERVICE,
  SP_FRESHNESS_GROUP,
  SP_FRESHNESS_PLACE,
} SpFreshnessClass;
#define SP_N_FRESHNESS_CLASSES 4

#define SP_FRESHNESS_MAX_MONTHS 120

/**
 * SpFreshnessRules:
 * @months: the interval of each class and group in months; 0 for the usual one
 *
 * What an organisation changed of the usual intervals. All zero changes nothing.
 */
typedef struct
{
  guint8 months[SP_N_FRESHNESS_CLASSES][SP_N_FACT_GROUPS];
} SpFreshnessRules;

/**
 * SpFreshnessState:
 * @SP_FRESHNESS_FRESH: checked, and not yet due
 * @SP_FRESHNESS_DUE: the interval is over (amber)
 * @SP_FRESHNESS_OVERDUE: twice the interval is over (red)
 * @SP_FRESHNESS_NEVER: nobody ever checked
 *
 * In ascending order of worry.
 */
typedef enum
{
  SP_FRESHNESS_FRESH,
  SP_FRESHNESS_DUE,
  SP_FRESHNESS_OVERDUE,
  SP_FRESHNESS_NEVER,
} SpFreshnessState;

/**
 * SpFreshness:
 * @state: how it stands
 * @on: the day of the last check, or %SP_CIVIL_NO_DAY
 * @due: the first day on which it is due, or %SP_CIVIL_NO_DAY
 * @overdue: the first day on which it is twice overdue, or %SP_CIVIL_NO_DAY
 * @how: (nullable): "owner", "phone", "visit" or "imported"; owned by the body
 *
 * One clock, read.
 */
typedef struct
{
  SpFreshnessState state;
  gint32           on;
  gint32           due;
  gint32           overdue;
  const char      *how;
} SpFreshness;

const char         *sp_fact_group_get_name    (SpFactGroup group);
gboolean            sp_fact_group_from_name   (const char *name, SpFactGroup *group);
const char * const *sp_fact_group_get_members (SpFactGroup group);
gboolean            sp_fact_group_of_member   (const char *member, SpFactGroup *group);
gboolean            sp_fact_group_is_present  (const SpNode *body, SpFactGroup group);

SpFreshnessClass    sp_freshness_class_of     (const SpNode *body, SpFactGroup group);
guint               sp_freshness_interval     (const SpFreshnessRules *rules, SpFreshnessClass klass,
                                               SpFactGroup group);
gboolean            sp_freshness_rules_set    (SpFreshnessRules *rules, const char *klass, const char *group,
                                               guint months, GError **error);
void                sp_freshness_read         (const SpFreshnessRules *rules, const SpNode *body, SpFactGroup group,
                                               gint32 today, SpFreshness *out);
SpFreshnessState    sp_freshness_worst        (const SpFreshnessRules *rules, const SpNode *body, gint32 today);
gboolean            sp_freshness_is_overdue   (const SpFreshnessRules *rules, const SpNode *body, gint32 today);
char               *sp_freshness_get_words    (const SpFreshness *self, gint32 today);
SpNode             *sp_freshness_confirm      (const SpNode *body, const char *group, const char *by, const char *how,
                                               gint32 today);

G_END_DECLS
