/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fixed words and codes that documents hold, as people read them: kinds, states, access, languages. What is not in
 * these tables is shown as it stands, so that a newer document loses nothing. */
#include "sp-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct { const char *field; const char *value; const char *words; } values[] = {
  { "kind", "place", N_("Place") },
  { "kind", "service", N_("Service") },
  { "kind", "group", N_("Group") },
  { "status", "active", N_("Active") },
  { "status", "temporarily closed", N_("Temporarily closed") },
  { "status", "inactive", N_("Inactive") },
  { "status", "defunct", N_("No more") },
  { "availability.state", "open", N_("Has places") },
  { "availability.state", "waiting list", N_("Waiting list") },
  { "availability.state", "full", N_("Full") },
  { "location.accuracy", "exact", N_("Exact position") },
  { "location.accuracy", "postcode", N_("Middle of the postcode") },
  { "location.accuracy", "place", N_("Middle of the town or village") },
  { "location.accuracy", "area", N_("Approximate: somewhere in the area") },
  { "referral.how", "just turn up", N_("Just turn up") },
  { "referral.how", "ring first", N_("Ring first") },
  { "referral.how", "self", N_("Ask for a place yourself") },
  { "referral.how", "professional", N_("A professional has to refer") },
  { "contacts.visible_to", "public", N_("Public") },
  { "contacts.visible_to", "members", N_("Members only") },
  { "contacts.basis.kind", "role mailbox", N_("belongs to a role, not a person") },
  { "contacts.basis.kind", "consent", N_("the person agreed") },
  { "contacts.basis.kind", "legitimate interest", N_("legitimate interest") },
  { "accessibility.tags", "wheelchair", N_("Wheelchair access") },
  { "accessibility.tags", "accessible-toilet", N_("Accessible toilet") },
  { "accessibility.tags", "hearing-loop", N_("Hearing loop") },
  { "accessibility.tags", "lift", N_("Lift") },
  { "accessibility.tags", "step-free", N_("Step-free") },
  { "accessibility.tags", "quiet-space", N_("Quiet space") },
  { "accessibility.tags", "parking", N_("Parking") },
  { "accessibility.tags", "benches", N_("Benches") },
  { "accessibility.tags", "changing-places", N_("Changing Places toilet") },
  { "accessibility.tags", "hoist", N_("Hoist") },
  { "accessibility.tags", "guide-dogs", N_("Guide dogs welcome") },
  { "accessibility.tags", "baby-changing", N_("Baby changing") },
  { "accessibility.tags", "pushchair", N_("Pushchair access") },
  { "accessibility.tags", "large-print", N_("Large print") },
  { "accessibility.tags", "easy-read", N_("Easy read") },
  { "accessibility.tags", "interpreter", N_("Interpreter") },
  { "accessibility.tags", "bsl", N_("British Sign Language") },
  { "accessibility.tags", "dementia-friendly", N_("Dementia friendly") },
  { "accessibility.tags", "tail-lift", N_("Vehicle with a tail lift") },
  { "building.crisis_roles", "rest centre", N_("Rest centre") },
  { "building.crisis_roles", "vaccination", N_("Vaccination") },
  { "building.crisis_roles", "food hub", N_("Food hub") },
  { "building.crisis_roles", "warm space", N_("Warm space") },
  { "assurance.what", "safeguarding policy", N_("Safeguarding policy") },
  { "assurance.what", "DBS", N_("DBS checks") },
  { "assurance.what", "insurance", N_("Insurance") },
  { "assurance.what", "risk assessment", N_("Risk assessment") },
  { "checked.how", "owner", N_("Those who run it said so") },
  { "checked.how", "phone", N_("By phone") },
  { "checked.how", "visit", N_("On a visit") },
};

/* ISO 639-1, and 639-2 where there is no code of two letters: what is spoken most in the United Kingdom. */
static const struct { const char *code; const char *words; } languages[] = {
  { "am", N_("Amharic") }, { "ar", N_("Arabic") }, { "bg", N_("Bulgarian") }, { "bn", N_("Bengali") },
  { "bsl", N_("British Sign Language") }, { "cs", N_("Czech") }, { "cy", N_("Welsh") }, { "de", N_("German") },
  { "el", N_("Greek") }, { "en", N_("English") }, { "es", N_("Spanish") }, { "fa", N_("Persian") },
  { "fr", N_("French") }, { "ga", N_("Irish") }, { "gd", N_("Scottish Gaelic") }, { "gu", N_("Gujarati") },
  { "hi", N_("Hindi") }, { "hu", N_("Hungarian") }, { "it", N_("Italian") }, { "ku", N_("Kurdish") },
  { "kw", N_("Cornish") }, { "lt", N_("Lithuanian") }, { "lv", N_("Latvian") }, { "ml", N_("Malayalam") },
  { "ne", N_("Nepali") }, { "pa", N_("Panjabi") }, { "pl", N_("Polish") }, { "ps", N_("Pashto") },
  { "pt", N_("Portuguese") }, { "ro", N_("Romanian") }, { "ru", N_("Russian") }, { "sco", N_("Scots") },
  { "sk", N_("Slovak") }, { "so", N_("Somali") }, { "sq", N_("Albanian") }, { "sw", N_("Swahili") },
  { "ta", N_("Tamil") }, { "te", N_("Telugu") }, { "ti", N_("Tigrinya") }, { "tl", N_("Tagalog") },
  { "tr", N_("Turkish") }, { "uk", N_("Ukrainian") }, { "ur", N_("Urdu") }, { "vi", N_("Vietnamese") },
  { "yo", N_("Yoruba") }, { "zh", N_("Chinese") },
};

/**
 * sp_words_value:
 * @field: the member it stands in, without the `*` of lists: "kind", "accessibility.tags", "assurance.what"
 * @value: a word of a document
 *
 * Returns: (transfer full): what people call it, with a capital; an unknown word as it stands, with spaces for hyphens
 */
char *
sp_words_value (const char *field, const char *value)
{
  g_autofree char *spaced = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    if (strcmp (values[i].field, field) == 0 && strcmp (values[i].value, value) == 0)
      return g_strdup (_(values[i].words));
  spaced = g_strdelimit (g_strdup (value), "-_", ' ');
  return sp_words_capitalise (spaced);
}

/**
 * sp_words_language:
 * @code: code of a language, such as "cy", "cy-GB" or "cy_GB"
 *
 * Returns: (transfer full): its name, "Welsh"; the code itself if it is not known
 */
char *
sp_words_language (const char *code)
{
  gsize length = strcspn (code, "-_");

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    if (strlen (languages[i].code) == length && g_ascii_strncasecmp (languages[i].code, code, length) == 0)
      return g_strdup (_(languages[i].words));
  return g_strdup (code);
}
