/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-node.h"

G_BEGIN_DECLS

/* The parts of an asset as plain structs. Texts are borrowed from the body they were read from and NULL when
 * unknown; numbers are NAN when unknown; dates are `2026-11-22`. */

/**
 * SpAnswer:
 * @SP_ANSWER_UNKNOWN: nobody said
 * @SP_ANSWER_NO: no
 * @SP_ANSWER_YES: yes
 */
typedef enum
{
  SP_ANSWER_UNKNOWN = -1,
  SP_ANSWER_NO = 0,
  SP_ANSWER_YES = 1,
} SpAnswer;

/**
 * SpLocation:
 * @latitude: degrees north, WGS 84
 * @longitude: degrees east, WGS 84
 * @accuracy: "exact", "postcode", "place" or "area"
 */
typedef struct { double latitude, longitude; const char *accuracy; } SpLocation;

/**
 * SpAddress:
 * @line_1: as one writes it on a letter
 * @line_2: likewise
 * @city: town or village
 * @county: county
 * @postal_code: postcode
 * @uprn: Unique Property Reference Number
 */
typedef struct { const char *line_1, *line_2, *city, *county, *postal_code, *uprn; } SpAddress;

/**
 * SpNotice:
 * @text: what is different for now
 * @from: first day
 * @until: last day
 */
typedef struct { const char *text, *from, *until; } SpNotice;

/**
 * SpAvailability:
 * @state: "open", "waiting list" or "full"
 * @wait: how long one waits, in words
 * @on: the day for which that was said
 */
typedef struct { const char *state, *wait, *on; } SpAvailability;

/**
 * SpEligibility:
 * @minimum_age: years
 * @maximum_age: years
 * @who: whom it is for
 * @not_for: whom it is not for
 */
typedef struct { double minimum_age, maximum_age; const char *who, *not_for; } SpEligibility;

/**
 * SpReferral:
 * @how: "just turn up", "ring first", "self" or "professional"
 * @detail: in words
 * @url: web address of the form
 */
typedef struct { const char *how, *detail, *url; } SpReferral;

/**
 * SpVolunteering:
 * @wanted: whether volunteers are
 * @roles: for what, in words
 */
typedef struct { SpAnswer wanted; const char *roles; } SpVolunteering;

/**
 * SpChecked:
 * @on: the day of the check
 * @by: who checked
 * @how: "owner", "phone", "visit" or "imported"
 */
typedef struct { const char *on, *by, *how; } SpChecked;

/**
 * SpBuilding:
 * @capacity: people
 * @floor_area_m2: square metres
 * @parking: spaces
 * @kitchen: whether there is one
 * @wifi: whether there is one
 * @generator: whether there is one
 * @heating: in words
 * @keyholder: title of the contact who has the key
 */
typedef struct
{
  double      capacity;
  double      floor_area_m2;
  double      parking;
  SpAnswer    kitchen, wifi, generator;
  const char *heating, *keyholder;
} SpBuilding;

/**
 * SpContact:
 * @id: of the item
 * @title: what it is for
 * @name: a person's name
 * @phone: phone number
 * @email: email address
 * @visible_to: "public" or "members"
 */
typedef struct { const char *id, *title, *name, *phone, *email, *visible_to; } SpContact;

/**
 * SpBasis:
 * @kind: "role mailbox", "consent" or "legitimate interest"
 * @on: since when
 * @note: in words
 *
 * The lawful basis for holding a contact.
 */
typedef struct { const char *kind, *on, *note; } SpBasis;

/**
 * SpCost:
 * @id: of the item
 * @option: what for
 * @currency: ISO 4217, such as "GBP"
 * @description: in words
 * @amount: in units of @currency
 */
typedef struct { const char *id, *option, *currency, *description; double amount; } SpCost;

/**
 * SpFunding:
 * @id: of the item
 * @source: who pays
 * @currency: ISO 4217, such as "GBP"
 * @from: first day
 * @until: last day
 * @amount: in units of @currency
 */
typedef struct { const char *id, *source, *currency, *from, *until; double amount; } SpFunding;

/**
 * SpAssurance:
 * @id: of the item
 * @what: what was seen, such as "insurance"
 * @seen_on: on which day
 * @by: the role of who saw it
 */
typedef struct { const char *id, *what, *seen_on, *by; } SpAssurance;

/**
 * SpVisit:
 * @id: of the item
 * @team: who knows the place
 * @visited_on: the day of the last visit
 */
typedef struct { const char *id, *team, *visited_on; } SpVisit;

/**
 * SpScheduleException:
 * @id: of the item
 * @from: first day
 * @until: last day
 * @note: in words
 * @closed: whether it is closed on these days
 */
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
