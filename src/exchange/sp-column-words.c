/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words that stand above columns, in their many spellings. To teach Signpost a new one, add it to its line: in
 * lower case, words with single spaces, a bar between spellings, the best first. Case, punctuation, underscores,
 * camelCase and what stands in brackets do not count. */
#include "sp-columns.h"

#include "sp-import-id.h"

#include <string.h>

typedef struct
{
  SpColumnField field;
  const char   *path;    /* what --map calls it: the member of an asset where there is one */
  gboolean      repeats; /* whether several columns may be of this field */
  const char   *words;
} FieldWords;

static const FieldWords table[] = {
  { SP_COLUMN_ID, "_id", FALSE, NULL },
  { SP_COLUMN_ROW, "source.row", FALSE,
    "unique id|id|identifier|record id|row id|service id|asset id|ref|reference|ref no|reference number|unique identifier|"
    "external id|import id" },
  { SP_COLUMN_PARENT, "source.parent", FALSE,
    "import id reference|parent id|parent row|parent row id|parent record id|parent import id|parent reference|parent service id" },
  { SP_COLUMN_NAME, "name", FALSE,
    "name|service name|activity name|group name|asset name|venue and activity|activity|title|service title|project name|"
    "project|club name|club|name of service|name of group|name of organisation|name of activity|service|group|listing name|"
    "provision|event name|event|enw" },
  { SP_COLUMN_ALTERNATE_NAME, "alternate_name", FALSE,
    "alternate name|alternative name|other name|also known as|aka|known as|former name|short name|acronym" },
  { SP_COLUMN_ORGANISATION, "organisation.name", FALSE,
    "organisation|organisation name|organization|organization name|provider|provider name|run by|delivered by|charity|"
    "charity name|organiser|organizer|hosted by|managed by|agency|agency name|company" },
  { SP_COLUMN_VENUE, "venue.name", FALSE,
    "venue|venue name|building|building name|site|site name|location name|place|place name|premises|hall|hall name|"
    "centre|centre name|facility|facility name" },
  { SP_COLUMN_SUMMARY, "summary", FALSE, "summary|short description|brief description|in brief|overview|strapline|tagline" },
  { SP_COLUMN_DESCRIPTION, "description", TRUE,
    "description|service description|full description|long description|about|about us|details|what we do|what they do|"
    "what is offered|what s on offer|what is on offer|services offered|services provided|offer|aims|information|"
    "further information|more information|additional information|further details|activity description|disgrifiad" },
  { SP_COLUMN_KIND, "kind", FALSE, "kind|asset type|record type|asset kind" },
  { SP_COLUMN_CATEGORIES, "categories", TRUE,
    "categories|category|sub category|subcategory|service category|service type|type of service|type of activity|"
    "activity type|type|theme|themes|folder category|topic|topics|service taxonomies|taxonomy|subject|main category|primary category|"
    "type of support|support type" },
  { SP_COLUMN_STATUS, "status", FALSE, "status|service status|current status|open or closed|operational status" },
  { SP_COLUMN_CLOSED, "status.closed", FALSE, "temporarily closed|is temporarily closed|closed temporarily|temporary closure" },
  { SP_COLUMN_VISIBLE, "visible", TRUE,
    "visible|is visible|publicly visible|visible to public|visible to the public|is public|published|is published|publish|approved|"
    "is approved|show on website|display on website|show publicly" },
  { SP_COLUMN_VISIBLE_FROM, "visible.from", FALSE, "visible from|show from|display from|publish from|published from|publish on" },
  { SP_COLUMN_VISIBLE_UNTIL, "visible.until", FALSE,
    "visible to|visible until|visible till|show until|display until|publish until|publish to|published until|expiry date|expires|"
    "expires on|expiry" },
  { SP_COLUMN_MASKED, "location.masked", FALSE, "mask exact address|masked|hide address|address hidden|hide exact address" },
  { SP_COLUMN_LATITUDE, "location.latitude", FALSE,
    "latitude|lat|location latitude|geo lat|geo latitude|lat wgs84|y coordinate|y coord|ycoord|y|latitude wgs84|lat dd" },
  { SP_COLUMN_LONGITUDE, "location.longitude", FALSE,
    "longitude|long|lng|lon|location longitude|geo long|geo lng|geo longitude|long wgs84|x coordinate|x coord|xcoord|x|"
    "longitude wgs84|lon dd" },
  { SP_COLUMN_EASTING, "easting", FALSE,
    "easting|eastings|bng e|bng easting|geo x|geox|os easting|grid easting|easting bng|x easting|oseasting" },
  { SP_COLUMN_NORTHING, "northing", FALSE,
    "northing|northings|bng n|bng northing|geo y|geoy|os northing|grid northing|northing bng|y northing|osnorthing" },
  { SP_COLUMN_COORDINATES, "location", FALSE,
    "coordinates|co ordinates|coords|lat long|lat lng|lat lon|latlong|latlng|lat and long|latitude longitude|"
    "latitude and longitude|location coordinates|geolocation|geo location|gps|gps coordinates|geo point|geopoint|point|"
    "position|map reference|wkt|grid reference|grid ref|os grid reference|os grid ref|ngr|national grid reference" },
  { SP_COLUMN_ADDRESS, "address", FALSE,
    "address|full address|venue address|location address|service address|postal address|street address|location|where|"
    "organisation address|organization address|contact address|meeting place|cyfeiriad" },
  { SP_COLUMN_LINE_1, "address.line_1", FALSE,
    "address line 1|address 1|address1|addr 1|addr1|line 1|street|street name|road|address line one|location address 1|"
    "street address 1|address street|thoroughfare" },
  { SP_COLUMN_LINE_2, "address.line_2", FALSE,
    "address line 2|address 2|address2|addr 2|addr2|line 2|address line two|location address 2|locality" },
  { SP_COLUMN_LINE_3, "address.line_3", TRUE,
    "address line 3|address 3|address3|addr 3|addr3|line 3|address line 4|address 4|address4|addr 4|addr4|village" },
  { SP_COLUMN_CITY, "address.city", FALSE,
    "city|town|town city|town or city|city town|post town|posttown|location city|address city|address town|town village|"
    "town or village|tref" },
  { SP_COLUMN_COUNTY, "address.county", FALSE,
    "county|county name|state province|region county|location county|address county|address region" },
  { SP_COLUMN_POSTAL_CODE, "address.postal_code", FALSE,
    "postcode|post code|postal code|postalcode|zip|zip code|zipcode|pcode|pcd|pcds|venue postcode|location postcode|"
    "address postcode|service postcode|organisation postcode|cod post" },
  { SP_COLUMN_UPRN, "address.uprn", FALSE, "uprn|unique property reference number" },
  { SP_COLUMN_AREA, "area.name", FALSE,
    "area name|area|district|borough|ward|ward name|local authority|local authority name|council|locality name|"
    "neighbourhood|lad name" },
  { SP_COLUMN_CONTACT, "contacts", TRUE,
    "contact|contacts|contact details|contact information|contact info|how to contact|get in touch|main contact|enquiries|"
    "cyswllt|contact detail" },
  { SP_COLUMN_CONTACT_TITLE, "contacts.title", FALSE,
    "contact title|contact role|contact position|contact job title|job title|role|contact department" },
  { SP_COLUMN_CONTACT_NAME, "contacts.name", FALSE,
    "contact name|contact person|named contact|key contact|name of contact|lead contact|coordinator|co ordinator|leader|"
    "secretary|contact full name" },
  { SP_COLUMN_CONTACT_VISIBLE, "contacts.visible", FALSE, "contact visible|contact is public|contact public|show contact" },
  { SP_COLUMN_PHONE, "contacts.phone", TRUE,
    "phone|telephone|phone number|telephone number|tel|tel no|tel number|phone no|telephone no|contact number|contact phone|"
    "contact telephone|contact no|contact tel|mobile|mobile number|mobile phone|landline|landline number|number to call|"
    "phone 1|phone 2|phone1|phone2|telephone 1|telephone 2|tel 1|tel 2|main phone|public phone|helpline|ffon|contact phones" },
  { SP_COLUMN_EMAIL, "contacts.email", TRUE,
    "email|e mail|email address|e mail address|contact email|contact e mail|contact email address|mail|public email|"
    "main email|email 1|email 2|enquiries email|ebost" },
  { SP_COLUMN_URL, "url", FALSE,
    "url|website|web site|web|web address|website address|website url|web page|webpage|homepage|home page|link|web link|"
    "weblink|site url|service url|organisation website|internet|www|gwefan" },
  { SP_COLUMN_LINK, "links.url", FALSE, "links url|link url|other link|other website" },
  { SP_COLUMN_LINK_LABEL, "links.label", FALSE, "links label|link label|link name|link title" },
  { SP_COLUMN_WORDS, "schedule_words", TRUE,
    "opening times|opening hours|hours|times|opening|open|when|day and time|days and times|day time|day s and time s|"
    "days and hours|session times|sessions|schedule|timetable|time|opening days|days open|hours of operation|"
    "hours of opening|day|days|meeting times|dates and times|dates|frequency|open times|oriau agor|when open" },
  { SP_COLUMN_WEEKDAY, "schedules.byday", FALSE, "scheduled weekday|schedules weekday|schedule weekday|weekday|day of week|day of the week" },
  { SP_COLUMN_OPENS, "schedules.opens_at", FALSE,
    "schedules opens at|schedule opens at|opens at|opens|opening time|start time|time from|starts at|from time" },
  { SP_COLUMN_CLOSES, "schedules.closes_at", FALSE,
    "schedules closes at|schedule closes at|closes at|closes|closing time|end time|finish time|time to|ends at|to time" },
  { SP_COLUMN_MONDAY, "schedule_words.monday", FALSE, "monday|mon|monday hours|opening monday|monday opening hours|hours monday" },
  { SP_COLUMN_MONDAY + 1, "schedule_words.tuesday", FALSE,
    "tuesday|tue|tues|tuesday hours|opening tuesday|tuesday opening hours|hours tuesday" },
  { SP_COLUMN_MONDAY + 2, "schedule_words.wednesday", FALSE,
    "wednesday|wed|weds|wednesday hours|opening wednesday|wednesday opening hours|hours wednesday" },
  { SP_COLUMN_MONDAY + 3, "schedule_words.thursday", FALSE,
    "thursday|thu|thur|thurs|thursday hours|opening thursday|thursday opening hours|hours thursday" },
  { SP_COLUMN_MONDAY + 4, "schedule_words.friday", FALSE, "friday|fri|friday hours|opening friday|friday opening hours|hours friday" },
  { SP_COLUMN_MONDAY + 5, "schedule_words.saturday", FALSE,
    "saturday|sat|saturday hours|opening saturday|saturday opening hours|hours saturday" },
  { SP_COLUMN_SUNDAY, "schedule_words.sunday", FALSE, "sunday|sun|sunday hours|opening sunday|sunday opening hours|hours sunday" },
  { SP_COLUMN_FREE, "free", FALSE, "free|is free|free of charge|is it free|free to attend|free service" },
  { SP_COLUMN_COST, "costs", TRUE,
    "cost|costs|price|prices|fee|fees|charge|charges|cost to user|cost of attending|cost per session|cost details|"
    "price details|fees and charges|entry fee|is there a cost|is there a charge|cost amount|membership fee|cost description" },
  { SP_COLUMN_COST_OPTION, "costs.option", FALSE, "cost option|price option|cost name|price name" },
  { SP_COLUMN_COST_TYPE, "costs.description", FALSE, "cost type|cost per|price per|cost unit" },
  { SP_COLUMN_MINIMUM_AGE, "eligibility.minimum_age", FALSE,
    "minimum age|min age|age from|age min|from age|lowest age|youngest age|age minimum|eligibility minimum age" },
  { SP_COLUMN_MAXIMUM_AGE, "eligibility.maximum_age", FALSE,
    "maximum age|max age|age to|age max|to age|highest age|oldest age|age maximum|eligibility maximum age" },
  { SP_COLUMN_WHO, "eligibility.who", TRUE,
    "eligibility|eligibility criteria|who can use|who can use it|who is it for|who it is for|who for|who can attend|"
    "target group|target audience|audience|suitable for|for whom|criteria|client group|age range|age group|ages|age|"
    "who is eligible|user group|who can come|suitability|beneficiaries|suitabilities" },
  { SP_COLUMN_NOT_FOR, "eligibility.not_for", FALSE, "not for|exclusions|exclusion criteria|who it is not for|not suitable for" },
  { SP_COLUMN_REFERRAL, "referral", FALSE,
    "referral method|referral|referrals|how to refer|referral process|referral route|referral details|referral information|"
    "how to access|how to access service|how to join|access|access method|how to book|booking|booking details|"
    "application process|referral criteria|how to start|method of referral|how to apply" },
  { SP_COLUMN_NEEDS_REFERRAL, "referral.needed", FALSE,
    "needs referral|referral needed|referral required|requires referral|requires a referral|referral necessary|is referral required" },
  { SP_COLUMN_REFERRAL_URL, "referral.url", FALSE, "referral form|referral url|referral link|booking link|booking url|referral form url" },
  { SP_COLUMN_ACCESSIBILITY, "accessibility.detail", TRUE,
    "accessibility|accessibility details|accessibility information|disabled access|disability access|wheelchair access|"
    "wheelchair accessible|access for disabled people|physical access|location accessibilities|building access|accessible|"
    "step free|step free access|level access|ramped access|accessible toilet|accessible toilets|disabled toilet|disabled toilets|"
    "changing places|changing places toilet|lift|lift access|hearing loop|induction loop|bsl|british sign language|quiet space|"
    "quiet room|dementia friendly|large print|easy read|assistance dogs|guide dogs|accessible parking|disabled parking|"
    "blue badge parking|pushchair access|baby changing|hoist" },
  { SP_COLUMN_LANGUAGES, "languages", FALSE, "languages|language|languages spoken|language spoken|community languages" },
  { SP_COLUMN_CAPACITY, "building.capacity", FALSE,
    "capacity|maximum capacity|max capacity|hall capacity|seating capacity|room capacity|number of people|seats" },
  { SP_COLUMN_FLOOR_AREA, "building.floor_area_m2", FALSE, "floor area|floor area m2|floor area sqm|floorspace|area m2|area sqm|size m2" },
  { SP_COLUMN_KITCHEN, "building.kitchen", FALSE, "kitchen|kitchen facilities|has kitchen|kitchen available" },
  { SP_COLUMN_PARKING, "building.parking", FALSE, "parking|parking spaces|car parking|car park spaces|number of parking spaces|car park" },
  { SP_COLUMN_WIFI, "building.wifi", FALSE, "wifi|wi fi|has wifi|internet access|wifi available|free wifi|public wifi" },
  { SP_COLUMN_HEATING, "building.heating", FALSE, "heating|heating type|type of heating" },
  { SP_COLUMN_GENERATOR, "building.generator", FALSE, "generator|has generator|backup generator|emergency generator" },
  { SP_COLUMN_VOLUNTEERING, "volunteering", FALSE,
    "volunteering|volunteers|volunteers wanted|volunteers needed|volunteering opportunities|volunteer opportunities|"
    "volunteer roles|volunteering roles" },
  { SP_COLUMN_CHECKED, "checked", FALSE,
    "last checked|date checked|checked|checked on|last verified|date verified|verified on|last assured|assured date|"
    "date assured|last reviewed|date last checked|confirmed on|last confirmed" },
};

typedef struct
{
  SpColumnField field;
  guint         rank;
} Meaning;

/* Every spelling and what it means; made at first use and kept. */
static GHashTable *
get_meanings (void)
{
  static GHashTable *meanings;
  static gsize once;

  if (g_once_init_enter (&once))
    {
      meanings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      for (guint i = 0; i < G_N_ELEMENTS (table); i++)
        {
          g_auto (GStrv) words = g_strsplit (table[i].words != NULL ? table[i].words : "", "|", -1);
          for (guint k = 0; words[k] != NULL; k++)
            {
              Meaning meaning = { table[i].field, k };
              g_hash_table_insert (meanings, g_strdup (words[k]), g_memdup2 (&meaning, sizeof meaning));
            }
        }
      g_once_init_leave (&once, 1);
    }
  return meanings;
}

/* "OrganisationName" and "organisation_name" as "Organisation Name", and nothing of what stands in brackets. */
static char *
spell_out (const char *header, gboolean with_brackets)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean in_brackets = FALSE;

  for (const char *p = header; *p != '\0'; p++)
    {
      if (p > header && g_ascii_isupper (*p) && g_ascii_islower (p[-1]))
        g_string_append_c (text, ' ');
      if (!with_brackets && (*p == '(' || *p == '['))
        in_brackets = TRUE;
      if (!in_brackets)
        g_string_append_c (text, *p == '\'' ? ' ' : *p);
      if (*p == ')' || *p == ']')
        in_brackets = FALSE;
    }
  return sp_import_id_normalise (text->str);
}

/**
 * sp_column_recognise:
 * @header: what stands above a column
 * @rank: (out): how good the match is among the spellings of its field; 0 is the best
 *
 * Returns: what the column is, %SP_COLUMN_NONE if the words are not known
 */
SpColumnField
sp_column_recognise (const char *header, guint *rank)
{
  g_autofree char *words = spell_out (header, TRUE);
  g_autofree char *core = spell_out (header, FALSE);
  const Meaning *meaning = g_hash_table_lookup (get_meanings (), words);

  if (meaning == NULL)
    meaning = g_hash_table_lookup (get_meanings (), core);
  *rank = meaning != NULL ? meaning->rank : G_MAXUINT;
  return meaning != NULL ? meaning->field : SP_COLUMN_NONE;
}

/**
 * sp_column_field_from_path:
 * @path: what a person wrote after `--map "Column=`
 *
 * Returns: the field, %SP_COLUMN_NONE if there is none of that name
 */
SpColumnField
sp_column_field_from_path (const char *path)
{
  g_autofree char *plain = NULL;

  if (g_str_has_prefix (path, "contacts.1.") || g_str_has_prefix (path, "contacts.*."))
    path = plain = g_strconcat ("contacts.", path + strlen ("contacts.1."), NULL);
  else if (strcmp (path, "costs.amount") == 0 || strcmp (path, "costs.currency") == 0 || g_str_has_prefix (path, "costs.1."))
    path = "costs";
  else if (strcmp (path, "referral.detail") == 0 || strcmp (path, "referral.how") == 0)
    path = "referral";
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (strcmp (table[i].path, path) == 0)
      return table[i].field;
  return SP_COLUMN_NONE;
}

/**
 * sp_column_field_get_path:
 * @field: what a column is
 *
 * Returns: (nullable) (transfer none): its name for people and for `--map`
 */
const char *
sp_column_field_get_path (SpColumnField field)
{
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (table[i].field == field)
      return table[i].path;
  return NULL;
}

/**
 * sp_column_field_repeats:
 * @field: a field
 *
 * Returns: whether several columns of one list may be it
 */
gboolean
sp_column_field_repeats (SpColumnField field)
{
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (table[i].field == field)
      return table[i].repeats;
  return FALSE;
}
