/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The codes that documents hold and what people say instead, with what follows from each where that is not plain. Tags
 * and languages may be others too; these are the usual ones. */
#include "sp-form-words.h"

#include <glib/gi18n.h>
#include <string.h>

static const SpFormWord kinds[] = {
  { "group", N_("A group"), N_("People who meet: a lunch club, a choir, a walking group") },
  { "service", N_("A service"), N_("Something done for people: befriending, advice, transport") },
  { "place", N_("A place"), N_("Somewhere to go or to hire: a hall, a café, a garden") },
};
static const SpFormWord statuses[] = {
  { "active", N_("It goes on"), NULL },
  { "temporarily closed", N_("Closed for now"), N_("It stays in the list, marked as closed") },
  { "inactive", N_("Not running at present"), N_("It is left out of the list until it starts again") },
  { "defunct", N_("It is no more"), N_("It is left out of the list and kept in the archive") },
};
static const SpFormWord availabilities[] = {
  { "open", N_("There is room"), NULL }, { "waiting list", N_("There is a waiting list"), NULL }, { "full", N_("It is full"), NULL },
};
static const SpFormWord accuracies[] = {
  { "exact", N_("The door itself"), NULL }, { "postcode", N_("Somewhere in the postcode"), NULL },
  { "place", N_("Somewhere in the town or village"), NULL }, { "area", N_("Only roughly"), NULL },
};
static const SpFormWord audiences[] = {
  { "public", N_("Everyone"), N_("It is printed, exported and published with the entry") },
  { "members", N_("Only the people who share this list"), N_("It is left out of everything made for the public") },
};
static const SpFormWord bases[] = {
  { "role mailbox", N_("It belongs to a role, not to a person"), N_("Such as bookings@example.org or an office telephone") },
  { "consent", N_("The person agreed"), N_("Note when, and to what; they may change their mind") },
  { "legitimate interest", N_("There is a good reason, and the person would expect it"), N_("Note the reason") },
};
static const SpFormWord freqs[] = {
  { "weekly", N_("By the week"), NULL }, { "monthly", N_("By the month"), NULL }, { "once", N_("Once"), NULL },
  { "always", N_("Always open"), NULL },
};
static const SpFormWord terms[] = {
  { "any", N_("In term time and in the holidays"), NULL }, { "term", N_("Only in term time"), NULL },
  { "holidays", N_("Only in the school holidays"), NULL },
};
static const SpFormWord bank_holidays[] = {
  { "open", N_("Open as usual"), NULL }, { "closed", N_("Closed"), NULL }, { "ask", N_("Ask first"), NULL },
};
static const SpFormWord bookings[] = {
  { "drop-in", N_("Drop in"), NULL }, { "booked", N_("Book a place first"), NULL }, { "appointment", N_("By appointment"), NULL },
};
static const SpFormWord referrals[] = {
  { "just turn up", N_("Just turn up"), NULL }, { "ring first", N_("Ring first"), NULL },
  { "self", N_("People apply themselves"), NULL }, { "professional", N_("A professional refers them"), NULL },
};
static const SpFormWord crisis_roles[] = {
  { "rest centre", N_("Rest centre"), NULL }, { "vaccination", N_("Vaccination"), NULL }, { "food hub", N_("Food hub"), NULL },
  { "warm space", N_("Warm space"), NULL },
};
static const SpFormWord assurances[] = {
  { "safeguarding policy", N_("Safeguarding policy"), NULL }, { "DBS", N_("DBS checks"), NULL },
  { "insurance", N_("Insurance"), NULL }, { "risk assessment", N_("Risk assessment"), NULL },
};
static const SpFormWord access_tags[] = {
  { "step-free", N_("No steps"), NULL }, { "wheelchair", N_("Room for a wheelchair"), NULL },
  { "accessible-toilet", N_("Accessible toilet"), NULL }, { "changing-places", N_("Changing Places toilet"), NULL },
  { "lift", N_("Lift"), NULL }, { "parking", N_("Accessible parking"), NULL }, { "hearing-loop", N_("Hearing loop"), NULL },
  { "bsl", N_("British Sign Language"), NULL }, { "guide-dogs", N_("Guide dogs welcome"), NULL },
  { "large-print", N_("Large print"), NULL }, { "easy-read", N_("Easy Read"), NULL }, { "interpreter", N_("Interpreter"), NULL },
  { "quiet-space", N_("Quiet space"), NULL }, { "dementia-friendly", N_("Dementia friendly"), NULL },
  { "benches", N_("Benches on the way"), NULL }, { "hoist", N_("Hoist"), NULL }, { "pushchair", N_("Room for a pushchair"), NULL },
  { "baby-changing", N_("Baby changing"), NULL },
};
static const SpFormWord people[] = {
  { "older people", N_("Older people"), NULL }, { "carers", N_("Carers"), NULL }, { "young carers", N_("Young carers"), NULL },
  { "dementia", N_("People with dementia"), NULL }, { "disabled people", N_("Disabled people"), NULL },
  { "learning disability", N_("People with a learning disability"), NULL }, { "autism", N_("Autistic people"), NULL },
  { "living alone", N_("People who live alone"), NULL }, { "housebound", N_("People who cannot go out"), NULL },
  { "rural", N_("People in the country"), NULL }, { "beginners", N_("Beginners"), NULL },
};
static const SpFormWord languages[] = {
  { "en", N_("English"), NULL }, { "cy", N_("Welsh"), NULL }, { "gd", N_("Scottish Gaelic"), NULL }, { "ga", N_("Irish"), NULL },
  { "pl", N_("Polish"), NULL }, { "ur", N_("Urdu"), NULL }, { "pa", N_("Punjabi"), NULL }, { "bn", N_("Bengali"), NULL },
  { "gu", N_("Gujarati"), NULL }, { "ar", N_("Arabic"), NULL }, { "ro", N_("Romanian"), NULL }, { "uk", N_("Ukrainian"), NULL },
  { "fa", N_("Persian"), NULL }, { "ku", N_("Kurdish"), NULL }, { "zh", N_("Chinese"), NULL }, { "bfi", N_("British Sign Language"), NULL },
};

static const struct
{
  const char       *path;
  const SpFormWord *words;
  guint             n;
} tables[] = {
  { "kind", kinds, G_N_ELEMENTS (kinds) },
  { "status", statuses, G_N_ELEMENTS (statuses) },
  { "availability.state", availabilities, G_N_ELEMENTS (availabilities) },
  { "location.accuracy", accuracies, G_N_ELEMENTS (accuracies) },
  { "contacts.*.visible_to", audiences, G_N_ELEMENTS (audiences) },
  { "contacts.*.basis.kind", bases, G_N_ELEMENTS (bases) },
  { "schedules.*.freq", freqs, G_N_ELEMENTS (freqs) },
  { "schedules.*.term", terms, G_N_ELEMENTS (terms) },
  { "schedules.*.bank_holidays", bank_holidays, G_N_ELEMENTS (bank_holidays) },
  { "schedules.*.booking", bookings, G_N_ELEMENTS (bookings) },
  { "referral.how", referrals, G_N_ELEMENTS (referrals) },
  { "building.crisis_roles", crisis_roles, G_N_ELEMENTS (crisis_roles) },
  { "assurance.*.what", assurances, G_N_ELEMENTS (assurances) },
  { "accessibility.tags", access_tags, G_N_ELEMENTS (access_tags) },
  { "eligibility.tags", people, G_N_ELEMENTS (people) },
  { "languages", languages, G_N_ELEMENTS (languages) },
};

/**
 * sp_form_words_get:
 * @path: a member with fixed or usual answers
 * @n: (out): how many there are; 0 if it has none
 *
 * Returns: (transfer none) (nullable) (array length=n): the answers; their texts are to be translated
 */
const SpFormWord *
sp_form_words_get (const char *path, guint *n)
{
  const SpField *field = sp_field_find (path);

  *n = 0;
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    if (field != NULL && strcmp (tables[i].path, field->path) == 0)
      {
        *n = tables[i].n;
        return tables[i].words;
      }
  return NULL;
}

/**
 * sp_form_words_label:
 * @path: a member
 * @code: as a document holds it
 *
 * Returns: (transfer none): what people say, translated; @code itself if it is none of the usual ones
 */
const char *
sp_form_words_label (const char *path, const char *code)
{
  guint n;
  const SpFormWord *words = sp_form_words_get (path, &n);

  for (guint i = 0; i < n; i++)
    if (strcmp (words[i].code, code) == 0)
      return _(words[i].label);
  return code;
}
