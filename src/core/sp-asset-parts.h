/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-node.h"

G_BEGIN_DECLS

/* The parts of an asset as plain structs. Texts are borrowed from the body they were read from and NULL when
 * unknown; numbers are NAN when unknown; an SpAnswer says yes, no or unknown. */

typedef enum
{
  SP_ANSWER_UNKNOWN = -1,
  SP_ANSWER_NO = 0,
  SP_ANSWER_YES = 1,
} SpAnswer;

typedef struct { double latitude, longitude; /* degrees, WGS 84 */ const char *accuracy; } SpLocation;
typedef struct { const char *line_1, *line_2, *city, *county, *postal_code, *uprn; } SpAddress;
typedef struct { const char *text, *from, *until; } SpNotice;
typedef struct { const char *state, *wait, *on; } SpAvailability;
typedef struct { double minimum_age, maximum_age; /* years */ const char *who, *not_for; } SpEligibility;
typedef struct { const char *how, *detail, *url; } SpReferral;
typedef struct { SpAnswer wanted; const char *roles; } SpVolunteering;
typedef struct { const char *on, *by, *how; } SpChecked;

typedef struct
{
  double      capacity;      /* people */
  double      floor_area_m2; /* square metres */
  double      parking;       /* spaces */
  SpAnswer    kitchen, wifi, generator;
  const char *heating, *keyholder;
} SpBuilding;

typedef struct { const char *id, *title, *name, *phone, *email, *visible_to; } SpContact;
typedef struct { const char *kind, *on, *note; } SpBasis;
typedef struct { const char *id, *option, *currency, *description; double amount; } SpCost;
typedef struct { const char *id, *source, *currency, *from, *until; double amount; } SpFunding;
typedef struct { const char *id, *what, *seen_on, *by; } SpAssurance;
typedef struct { const char *id, *team, *visited_on; } SpVisit;
typedef struct { const char *id, *from, *until, *note; SpAnswer closed; } SpScheduleException;

void sp_location_read           (const SpNode *node, SpLocation *out);
void sp_address_read            (const SpNode *node, SpAddress *out);
void sp_notice_read             (const SpNode *node, SpNotice *out);
void sp_availability_read       (const SpNode *node, SpAvailability *out);
void sp_eligibility_read        (const SpNode *node, SpEligibility *out);
void sp_referral_read           (const SpNode *node, SpReferral *out);
void sp_volunteering_read       (const SpNode *node, SpVolunteering *out);
void sp_checked_read            (const SpNode *node, SpChecked *out);
void sp_building_read           (const SpNode *node, SpBuilding *out);
void sp_contact_read            (const SpNode *node, SpContact *out);
void sp_basis_read              (const SpNode *node, SpBasis *out);
void sp_cost_read               (const SpNode *node, SpCost *out);
void sp_funding_read            (const SpNode *node, SpFunding *out);
void sp_assurance_read          (const SpNode *node, SpAssurance *out);
void sp_visit_read              (const SpNode *node, SpVisit *out);
void sp_schedule_exception_read (const SpNode *node, SpScheduleException *out);

G_END_DECLS
