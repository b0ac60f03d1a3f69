/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of an asset, read from their JSON: one table per part says which member goes where. */
#include "sp-asset-parts.h"

#include <string.h>

typedef enum { TEXT, NUMBER, ANSWER } MemberType;

typedef struct
{
  const char *name;
  gsize       offset;
  MemberType  type;
} Member;

static SpAnswer
read_answer (const SpNode *value)
{
  if (value == NULL)
    return SP_ANSWER_UNKNOWN;
  switch ((int) sp_node_get_kind (value))
    {
    case SP_JSON_TRUE: return SP_ANSWER_YES;
    case SP_JSON_FALSE: return SP_ANSWER_NO;
    default: return SP_ANSWER_UNKNOWN;
    }
}

static void
read_members (const SpNode *node, const Member *members, guint n, void *out)
{
  for (guint i = 0; i < n; i++)
    {
      void *place = (char *) out + members[i].offset;
      const SpNode *value = sp_node_get (node, members[i].name);
      switch (members[i].type)
        {
        case TEXT:
          *(const char **) place = sp_node_get_string (value);
          break;
        case NUMBER:
          *(double *) place = sp_node_get_double (value);
          break;
        case ANSWER:
          *(SpAnswer *) place = read_answer (value);
          break;
        default:
          g_assert_not_reached ();
        }
    }
}

#define T(type, member) { #member, G_STRUCT_OFFSET (type, member), TEXT }
#define N(type, member) { #member, G_STRUCT_OFFSET (type, member), NUMBER }
#define A(type, member) { #member, G_STRUCT_OFFSET (type, member), ANSWER }
/* Defines `void NAME (const SpNode *node, TYPE *out)`; a node of another kind, or NULL, gives a part of which nothing is known. */
#define READER(name, type, ...) \
  void name (const SpNode *node, type *out) \
  { \
    static const Member members[] = { __VA_ARGS__ }; \
    read_members (node, members, G_N_ELEMENTS (members), out); \
  }

/**
 * sp_location_read:
 * @node: (nullable): the member `location`
 * @out: (out caller-allocates): what it says; borrows from @node
 */
READER (sp_location_read, SpLocation, N (SpLocation, latitude), N (SpLocation, longitude), T (SpLocation, accuracy))

/**
 * sp_address_read:
 * @node: (nullable): the member `address`
 * @out: (out caller-allocates): what it says; borrows from @node
 */
READER (sp_address_read, SpAddress, T (SpAddress, line_1), T (SpAddress, line_2), T (SpAddress, city),
        T (SpAddress, county), T (SpAddress, postal_code), T (SpAddress, uprn))

/**
 * sp_notice_read:
 * @node: (nullable): the member `notice`
 * @out: (out caller-allocates): what it says; borrows from @node
 */
READER (sp_notice_read, SpNotice, T (SpNotice, text), T (SpNotice, from), T (SpNotice, until))

/**
 * sp_availability_read:
 * @node: (nullable): the member `availability`
 * @out: (out caller-allocates): what it says; borrows from @node
 */
READER (sp_availability_read, SpAvailability, T (SpAvailability, state), T (SpAvailability, wait), T (SpAvailability, on))

/**
 * sp_eligibility_read:
 * @node: (nullable): the member `eligibility`
 * @out: (out caller-allocates): what it says; borrows from @node
 */
READER (sp_eligibility_read, SpEligibility, N (SpEligibility, minimum_age), N (SpEligibility, maximum_age),
        T (SpEligibility, who), T (SpEligibility, not_for))

/**
 * sp_referral_read:
 * @node: (nullable): the member `referral`
 * @out: (out caller-allocates): what it says; borrows from @node
 */
READER (sp_referral_read, SpReferral, T (SpReferral, how), T (SpReferral, detail), T (SpReferral, url))

/**
 * sp_volunteering_read:
 * @node: (nullable): the member `volunteering`
 * @out: (out caller-allocates): what it says; borrows from @node
 */
READER (sp_volunteering_read, SpVolunteering, A (SpVolunteering, wanted), T (SpVolunteering, roles))

/**
 * sp_checked_read:
 * @node: (nullable): one clock of `checked`
 * @out: (out caller-allocates): what it says; borrows from @node
 */
READER (sp_checked_read, SpChecked, T (SpChecked, on), T (SpChecked, by), T (SpChecked, how))

/**
 * sp_building_read:
 * @node: (nullable): the member `building`
 * @out: (out caller-allocates): what it says; borrows from @node
 */
READER (sp_building_read, SpBuilding, N (SpBuilding, capacity), N (SpBuilding, floor_area_m2), N (SpBuilding, parking),
        A (SpBuilding, kitchen), A (SpBuilding, wifi), A (SpBuilding, generator), T (SpBuilding, heating),
        T (SpBuilding, keyholder))

/**
 * sp_contact_read:
 * @node: (nullable): an item of `contacts`
 * @out: (out caller-allocates): what it says; borrows from @node
 */
READER (sp_contact_read, SpContact, T (SpContact, id), T (SpContact, title), T (SpContact, name), T (SpContact, phone),
        T (SpContact, email), T (SpContact, visible_to))

/**
 * sp_basis_read:
 * @node: (nullable): `basis` of a contact
 * @out: (out caller-allocates): what it says; borrows from @node
 */
READER (sp_basis_read, SpBasis, T (SpBasis, kind), T (SpBasis, on), T (SpBasis, note))

/**
 * sp_cost_read:
 * @node: (nullable): an item of `costs`
 * @out: (out caller-allocates): what it says; borrows from @node
 */
READER (sp_cost_read, SpCost, T (SpCost, id), T (SpCost, option), T (SpCost, currency), T (SpCost, description),
        N (SpCost, amount))

/**
 * sp_funding_read:
 * @node: (nullable): an item of `funding`
 * @out: (out caller-allocates): what it says; borrows from @node
 */
READER (sp_funding_read, SpFunding, T (SpFunding, id), T (SpFunding, source), T (SpFunding, currency),
        T (SpFunding, from), T (SpFunding, until), N (SpFunding, amount))

/**
 * sp_assurance_read:
 * @node: (nullable): an item of `assurance`
 * @out: (out caller-allocates): what it says; borrows from @node
 */
READER (sp_assurance_read, SpAssurance, T (SpAssurance, id), T (SpAssurance, what), T (SpAssurance, seen_on), T (SpAssurance, by))

/**
 * sp_visit_read:
 * @node: (nullable): an item of `known_by`
 * @out: (out caller-allocates): what it says; borrows from @node
 */
READER (sp_visit_read, SpVisit, T (SpVisit, id), T (SpVisit, team), T (SpVisit, visited_on))

/**
 * sp_schedule_exception_read:
 * @node: (nullable): an item of `schedule_exceptions`
 * @out: (out caller-allocates): what it says; borrows from @node
 */
READER (sp_schedule_exception_read, SpScheduleException, T (SpScheduleException, id), T (SpScheduleException, from),
        T (SpScheduleException, until), T (SpScheduleException, note), A (SpScheduleException, closed))
