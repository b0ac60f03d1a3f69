/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What we write is what Open Referral UK 3.0 (HSDS-UK) asks for: the tables below are the members of its schema, their
 * types, formats and words, and which of them must be there. */
#include "exchange-utils.h"

#include "sp-field.h"
#include "sp-oruk-id.h"

/* RFC 3986, section 2 */
#define URI_CHARACTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:/?#[]@!$&'()*+,;=%"

typedef enum { TEXT, UUID, URI, EMAIL, DATE, INSTANT, NUMBER, WORD, LIST, OBJECT } Type;

typedef struct Member
{
  const char          *name;
  Type                 type;
  gboolean             required;
  const char          *words; /* of a WORD, bars between */
  const struct Member *items; /* of a LIST or OBJECT */
} Member;

static const Member term[] = { { "id", UUID, TRUE, NULL, NULL }, { "name", TEXT, TRUE, NULL, NULL },
                               { "description", TEXT, TRUE, NULL, NULL }, { "taxonomy", TEXT, FALSE, NULL, NULL },
                               { "term", TEXT, FALSE, NULL, NULL }, { NULL, TEXT, FALSE, NULL, NULL } };
static const Member attribute[] = { { "id", UUID, TRUE, NULL, NULL }, { "link_id", UUID, FALSE, NULL, NULL },
                                    { "link_type", TEXT, FALSE, NULL, NULL }, { "taxonomy_term", OBJECT, FALSE, NULL, term },
                                    { NULL, TEXT, FALSE, NULL, NULL } };
static const Member schedule[] = {
  { "id", UUID, TRUE, NULL, NULL }, { "service_id", UUID, FALSE, NULL, NULL }, { "valid_from", DATE, FALSE, NULL, NULL },
  { "valid_to", DATE, FALSE, NULL, NULL }, { "dtstart", DATE, FALSE, NULL, NULL },
  { "freq", WORD, FALSE, "WEEKLY|MONTHLY", NULL }, { "interval", NUMBER, FALSE, NULL, NULL }, { "byday", TEXT, FALSE, NULL, NULL },
  { "description", TEXT, FALSE, NULL, NULL }, { "opens_at", TEXT, FALSE, NULL, NULL }, { "closes_at", TEXT, FALSE, NULL, NULL },
  { "notes", TEXT, FALSE, NULL, NULL }, { NULL, TEXT, FALSE, NULL, NULL },
};
static const Member address[] = {
  { "id", UUID, TRUE, NULL, NULL }, { "location_id", UUID, FALSE, NULL, NULL }, { "address_1", TEXT, TRUE, NULL, NULL },
  { "city", TEXT, TRUE, NULL, NULL }, { "state_province", TEXT, TRUE, NULL, NULL }, { "postal_code", TEXT, TRUE, NULL, NULL },
  { "country", TEXT, TRUE, NULL, NULL }, { "address_type", WORD, TRUE, "physical|postal|virtual", NULL },
  { NULL, TEXT, FALSE, NULL, NULL },
};
static const Member accessibility[] = { { "id", UUID, TRUE, NULL, NULL }, { "location_id", UUID, FALSE, NULL, NULL },
                                 { "details", TEXT, FALSE, NULL, NULL }, { "accessibility", TEXT, FALSE, NULL, NULL },
                                 { NULL, TEXT, FALSE, NULL, NULL } };
static const Member location[] = {
  { "id", UUID, TRUE, NULL, NULL }, { "location_type", WORD, TRUE, "physical|postal|virtual", NULL },
  { "name", TEXT, FALSE, NULL, NULL }, { "latitude", NUMBER, FALSE, NULL, NULL }, { "longitude", NUMBER, FALSE, NULL, NULL },
  { "external_identifier", TEXT, FALSE, NULL, NULL }, { "external_identifier_type", TEXT, FALSE, NULL, NULL },
  { "addresses", LIST, FALSE, NULL, address }, { "accessibility", LIST, FALSE, NULL, accessibility },
  { NULL, TEXT, FALSE, NULL, NULL },
};
static const Member at_location[] = { { "id", UUID, TRUE, NULL, NULL }, { "service_id", UUID, FALSE, NULL, NULL },
                                      { "location_id", UUID, FALSE, NULL, NULL }, { "location", OBJECT, FALSE, NULL, location },
                                      { NULL, TEXT, FALSE, NULL, NULL } };
static const Member phone[] = { { "id", UUID, TRUE, NULL, NULL }, { "contact_id", UUID, FALSE, NULL, NULL },
                                { "number", TEXT, TRUE, NULL, NULL }, { NULL, TEXT, FALSE, NULL, NULL } };
static const Member contact[] = { { "id", UUID, TRUE, NULL, NULL }, { "service_id", UUID, FALSE, NULL, NULL },
                                  { "name", TEXT, FALSE, NULL, NULL }, { "title", TEXT, FALSE, NULL, NULL },
                                  { "email", EMAIL, FALSE, NULL, NULL }, { "phones", LIST, FALSE, NULL, phone },
                                  { NULL, TEXT, FALSE, NULL, NULL } };
static const Member cost[] = { { "id", UUID, TRUE, NULL, NULL }, { "service_id", UUID, FALSE, NULL, NULL },
                               { "option", TEXT, FALSE, NULL, NULL }, { "amount", NUMBER, FALSE, NULL, NULL },
                               { "currency", TEXT, FALSE, NULL, NULL }, { "amount_description", TEXT, FALSE, NULL, NULL },
                               { NULL, TEXT, FALSE, NULL, NULL } };
static const Member funding[] = { { "id", UUID, TRUE, NULL, NULL }, { "service_id", UUID, FALSE, NULL, NULL },
                                  { "source", TEXT, FALSE, NULL, NULL }, { NULL, TEXT, FALSE, NULL, NULL } };
static const Member language[] = { { "id", UUID, TRUE, NULL, NULL }, { "service_id", UUID, FALSE, NULL, NULL },
                                   { "code", TEXT, FALSE, NULL, NULL }, { NULL, TEXT, FALSE, NULL, NULL } };
static const Member organization[] = { { "id", UUID, TRUE, NULL, NULL }, { "name", TEXT, TRUE, NULL, NULL },
                                       { "description", TEXT, TRUE, NULL, NULL }, { "website", URI, FALSE, NULL, NULL },
                                       { NULL, TEXT, FALSE, NULL, NULL } };
static const Member service[] = {
  { "id", UUID, TRUE, NULL, NULL }, { "organization_id", UUID, FALSE, NULL, NULL }, { "name", TEXT, TRUE, NULL, NULL },
  { "description", TEXT, FALSE, NULL, NULL }, { "url", URI, FALSE, NULL, NULL }, { "email", EMAIL, FALSE, NULL, NULL },
  { "status", WORD, TRUE, "active|inactive|defunct|temporarily closed", NULL }, { "fees", TEXT, FALSE, NULL, NULL },
  { "minimum_age", NUMBER, FALSE, NULL, NULL }, { "maximum_age", NUMBER, FALSE, NULL, NULL },
  { "assured_date", DATE, FALSE, NULL, NULL }, { "alert", TEXT, FALSE, NULL, NULL }, { "last_modified", INSTANT, FALSE, NULL, NULL },
  { "schedules", LIST, FALSE, NULL, schedule }, { "service_at_locations", LIST, FALSE, NULL, at_location },
  { "languages", LIST, FALSE, NULL, language }, { "organization", OBJECT, FALSE, NULL, organization },
  { "funding", LIST, FALSE, NULL, funding }, { "cost_options", LIST, FALSE, NULL, cost }, { "contacts", LIST, FALSE, NULL, contact },
  { "attributes", LIST, FALSE, NULL, attribute }, { NULL, TEXT, FALSE, NULL, NULL },
};

static void check_object (const SpNode *node, const Member *members, const char *where, GHashTable *ids);

static gboolean
is_word (const char *text, const char *words)
{
  g_auto (GStrv) all = g_strsplit (words, "|", -1);

  return g_strv_contains ((const char * const *) all, text);
}

static gboolean
is_instant (const char *text)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);

  return time != NULL && strlen (text) >= 20;
}

static gboolean
is_email (const char *text)
{
  const char *sign = strchr (text, '@');

  return sign != NULL && sign > text && sign[1] != '\0' && strchr (text, ' ') == NULL;
}

static gboolean
is_of_type (const SpNode *value, const Member *member, GHashTable *ids)
{
  const char *text = sp_node_get_string (value);

  switch (member->type)
    {
    case NUMBER:
      return sp_node_get_kind (value) == SP_JSON_NUMBER;
    case LIST:
      return sp_node_is_array (value);
    case OBJECT:
      return sp_node_is_object (value);
    case UUID:
      if (strcmp (member->name, "id") == 0 && text != NULL && !g_hash_table_add (ids, g_strdup (text)))
        return FALSE; /* each must be unique */
      return text != NULL && g_uuid_string_is_valid (text);
    case URI:
      return text != NULL && g_uri_is_valid (text, G_URI_FLAGS_NONE, NULL)
             && strspn (text, URI_CHARACTERS) == strlen (text);
    case EMAIL:
      return text != NULL && is_email (text);
    case DATE:
      return text != NULL && sp_field_is_date (text);
    case INSTANT:
      return text != NULL && is_instant (text);
    case WORD:
      return text != NULL && is_word (text, member->words);
    case TEXT:
    default:
      return text != NULL;
    }
}

static void
check_member (const SpNode *value, const Member *member, const char *where, GHashTable *ids)
{
  g_autofree char *inner = g_strconcat (where, ".", member->name, NULL);

  if (!is_of_type (value, member, ids))
    {
      g_autofree char *json = sp_node_to_json (value);
      g_error ("%s: %s", inner, json);
    }
  if (member->type == OBJECT)
    check_object (value, member->items, inner, ids);
  for (guint i = 0; member->type == LIST && i < sp_node_get_length (value); i++)
    check_object (sp_node_get_element (value, i), member->items, inner, ids);
}

static void
check_object (const SpNode *node, const Member *members, const char *where, GHashTable *ids)
{
  guint known = 0;

  g_assert_true (sp_node_is_object (node));
  for (const Member *member = members; member->name != NULL; member++)
    {
      const SpNode *value = sp_node_get (node, member->name);

      if (value == NULL && member->required)
        g_error ("%s has no %s", where, member->name);
      known += value != NULL;
      if (value != NULL)
        check_member (value, member, where, ids);
    }
  if (known != sp_node_get_length (node))
    g_error ("%s has a member that the standard does not know", where);
}

static SpNode *
write_page (const char * const *bodies, guint n, SpDisclosure *disclosure)
{
  g_autoptr (GPtrArray) assets = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_node_unref);
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  SpNode *page;
  gsize length;

  for (guint i = 0; i < n; i++)
    {
      g_ptr_array_add (assets, sp_node_parse (bodies[i], -1, &error));
      g_assert_no_error (error);
    }
  text = write_all ("oruk", (const SpNode * const *) assets->pdata, n, disclosure, &length);
  page = sp_node_parse (text, (gssize) length, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < sp_node_get_length (sp_node_get (page, "contents")); i++)
    check_object (sp_node_get_element (sp_node_get (page, "contents"), i), service, "service", ids);
  return page;
}

static const char full[] =
  "{\"_id\":\"asset:0b7e7e3c-6a0c-4d7e-8f3e-0a1b2c3d4e5f\",\"type\":\"asset\",\"schema\":1,\"kind\":\"group\",\"name\":\"Harbour Men's Shed\","
  "\"alternate_name\":\"The Shed\",\"summary\":\"Men mend things.\",\"description\":\"A workshop.\",\"categories\":[\"community-cafe\",\"long-gone\"],"
  "\"status\":\"temporarily closed\",\"notice\":{\"text\":\"Closed after flooding\",\"until\":\"2026-12-01\"},"
  "\"location\":{\"latitude\":54.7143,\"longitude\":-3.4947,\"accuracy\":\"exact\"},"
  "\"address\":{\"line_1\":\"1 Quay\",\"line_2\":\"Harbour\",\"city\":\"Maryport\",\"county\":\"Cumbria\",\"postal_code\":\"CA15 6AA\",\"uprn\":\"10\"},"
  "\"organisation\":\"asset:club\",\"contacts\":[{\"id\":\"c1\",\"title\":\"Bookings\",\"name\":\"A. Sample\",\"phone\":\"01632 960101\","
  "\"email\":\"shed@example.org\",\"visible_to\":\"members\"},{\"id\":\"c2\",\"phone\":\"01632 960102\",\"email\":\"not an address\"}],"
  "\"url\":\"https://example.org/a shed\",\"schedules\":["
  "{\"id\":\"s1\",\"freq\":\"weekly\",\"interval\":2,\"byday\":\"TU,TH\",\"opens_at\":\"10:00\",\"closes_at\":\"12:00\",\"dtstart\":\"2026-01-06\",\"term\":\"term\",\"note\":\"Bring tools\"},"
  "{\"id\":\"s2\",\"freq\":\"monthly\",\"byday\":\"-1FR\"},{\"id\":\"s3\",\"freq\":\"once\",\"dtstart\":\"2026-12-24\"},{\"id\":\"s4\",\"freq\":\"always\"}],"
  "\"free\":false,\"costs\":[{\"id\":\"k1\",\"option\":\"Session\",\"amount\":2.50,\"currency\":\"GBP\",\"description\":\"tea included\"}],"
  "\"eligibility\":{\"minimum_age\":55,\"maximum_age\":99,\"who\":\"men\",\"tags\":[\"carers\"]},\"referral\":{\"how\":\"ring first\"},"
  "\"accessibility\":{\"tags\":[\"wheelchair\"],\"detail\":\"Ramp at the back\"},\"languages\":[\"en\",\"cy\"],"
  "\"building\":{\"capacity\":30,\"kitchen\":true,\"keyholder\":\"Bookings\"},\"funding\":[{\"id\":\"f1\",\"source\":\"Lottery\",\"amount\":12000}],"
  "\"checked\":{\"times\":{\"on\":\"2026-10-01\",\"by\":\"x\"},\"place\":{\"on\":\"2026-11-02\"}},"
  "\"modified\":{\"on\":\"2026-11-20T10:00:00Z\",\"by\":\"x\"},\"known_by\":[{\"id\":\"w\",\"team\":\"North\"}]}";

static const char *
text_at (const SpNode *page, const char *path)
{
  return sp_node_get_string (sp_node_get_path (sp_node_get_element (sp_node_get (page, "contents"), 0), path));
}

/* What other programs read. */
static void
test_members (void)
{
  const char *bodies[] = { full };
  g_autoptr (SpNode) page = write_page (bodies, 1, NULL);

  g_assert_cmpfloat (sp_node_get_number (page, "total_items"), ==, 1);
  g_assert_cmpfloat (sp_node_get_number (page, "size"), ==, 1);
  g_assert_true (sp_node_get_flag (page, "last_page", FALSE));
  g_assert_cmpstr (text_at (page, "id"), ==, "0b7e7e3c-6a0c-4d7e-8f3e-0a1b2c3d4e5f");
  g_assert_cmpstr (text_at (page, "status"), ==, "temporarily closed");
  g_assert_cmpstr (text_at (page, "alert"), ==, "Closed after flooding");
  g_assert_cmpstr (text_at (page, "email"), ==, "shed@example.org");
  g_assert_null (text_at (page, "url")); /* it is none, and stands among the attributes */
  g_assert_cmpstr (text_at (page, "assured_date"), ==, "2026-11-02");
  g_assert_cmpstr (text_at (page, "last_modified"), ==, "2026-11-20T10:00:00Z");
  g_assert_cmpstr (text_at (page, "schedules.1.freq"), ==, "WEEKLY");
  g_assert_cmpstr (text_at (page, "schedules.1.byday"), ==, "TU,TH");
  g_assert_cmpstr (text_at (page, "schedules.1.opens_at"), ==, "10:00");
  g_assert_nonnull (strstr (text_at (page, "schedules.1.description"), "term")); /* in words, for the standard has none */
  g_assert_cmpstr (text_at (page, "schedules.2.byday"), ==, "-1FR");
  g_assert_null (text_at (page, "schedules.3.freq"));
  g_assert_cmpstr (text_at (page, "schedules.4.byday"), ==, "MO,TU,WE,TH,FR,SA,SU");
  g_assert_cmpstr (text_at (page, "service_at_locations.1.location.addresses.1.address_1"), ==, "1 Quay, Harbour");
  g_assert_cmpstr (text_at (page, "service_at_locations.1.location.external_identifier"), ==, "10");
  g_assert_cmpstr (text_at (page, "contacts.1.phones.1.number"), ==, "01632 960101");
  g_assert_cmpstr (text_at (page, "attributes.1.taxonomy_term.name"), ==, "Community café");
  g_assert_cmpstr (text_at (page, "attributes.2.taxonomy_term.name"), ==, "long-gone");
  g_assert_cmpstr (text_at (page, "description"), ==,
                   "A workshop.\n\nOther name: The Shed\nMen mend things.\nWho it is for: men\nGroups of people: carers\n"
                   "How to join: ring first\nHow many people it holds: 30\nKitchen: yes");
}

/* Little, nothing, and the least possible are valid too. */
static void
test_least (void)
{
  const char *bodies[] = { "{\"_id\":\"asset:1\",\"type\":\"asset\"}", "{\"_id\":\"asset:2\",\"type\":\"asset\",\"address\":{}}",
                           "{\"_id\":\"asset:3\",\"type\":\"asset\",\"name\":7,\"status\":\"odd\",\"schedules\":[{}],\"contacts\":[{}],\"costs\":[{}],"
                           "\"languages\":[\"\"],\"categories\":[\"\"],\"modified\":{\"on\":\"2026-11-20\"},\"location\":{\"latitude\":\"x\"}}" };
  g_autoptr (SpNode) page = write_page (bodies, 3, NULL), none = write_page (NULL, 0, NULL);

  g_assert_cmpstr (text_at (page, "name"), ==, "");
  g_assert_true (sp_node_get_flag (none, "empty", FALSE));
}

static void
test_public (void)
{
  const char *bodies[] = { full };
  SpDisclosure disclosure;
  g_autoptr (SpNode) page = NULL;
  g_autofree char *json = NULL;

  sp_disclosure_init (&disclosure, "2026-11-22");
  page = write_page (bodies, 1, &disclosure);
  json = sp_node_to_json (page);
  g_assert_null (strstr (json, "960101"));
  g_assert_nonnull (strstr (json, "960102"));
  g_assert_null (strstr (json, "Lottery"));
  g_assert_null (strstr (json, "North"));
  g_assert_null (strstr (json, "keyholder"));
}

/* Where it says nothing of its own, an entry is where its venue is; and comes back without. */
static void
test_venue (void)
{
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SpWriter) writer = sp_writer_new (out, "oruk", NULL, &error);
  g_autoptr (SpNode) asset = sp_node_parse ("{\"_id\":\"asset:1\",\"type\":\"asset\",\"name\":\"Club\",\"venue\":\"asset:hall\",\"organisation\":\"asset:trust\"}", -1, NULL);
  g_autoptr (SpNode) venue = sp_node_parse ("{\"name\":\"Hall\",\"location\":{\"latitude\":54.7,\"longitude\":-3.5},"
                                            "\"address\":{\"line_1\":\"1 Quay\"}}", -1, NULL);
  g_autoptr (GPtrArray) r = NULL;
  g_autoptr (SpNode) trust = sp_node_parse ("{\"name\":\"Harbour Trust\",\"url\":\"https://example.org/\"}", -1, NULL);
  const char *text;
  gsize length;

  sp_writer_set_organisation (writer, trust);
  g_assert_true (sp_writer_wants_links (writer) && sp_writer_add_linked (writer, asset, venue, NULL, &error) && sp_writer_finish (writer, &error));
  g_assert_no_error (error);
  text = g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (out));
  length = g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (out));
  g_assert_nonnull (g_strstr_len (text, (gssize) length, "\"name\":\"Hall\",\"latitude\":54.7"));
  g_assert_nonnull (g_strstr_len (text, (gssize) length, "\"name\":\"Harbour Trust\",\"description\":\"\",\"website\":\"https://example.org/\""));
  r = read_text (text, (gssize) length, NULL);
  g_assert_null (sp_node_get (get_asset (r, 0), "location"));
  g_assert_null (sp_node_get (get_asset (r, 0), "address"));
  g_assert_cmpstr (at (r, 0, "venue"), ==, "asset:hall");
}

static void
test_ids (void)
{
  char a[SP_ORUK_ID_SIZE], b[SP_ORUK_ID_SIZE];
  g_autofree char *own = sp_oruk_id_of_document ("asset:0B7E7E3C-6A0C-4D7E-8F3E-0A1B2C3D4E5F");
  g_autofree char *made = sp_oruk_id_of_document ("asset:1"), *other = sp_oruk_id_of_document ("asset:2");

  g_assert_cmpstr (own, ==, "0b7e7e3c-6a0c-4d7e-8f3e-0a1b2c3d4e5f");
  g_assert_true (g_uuid_string_is_valid (made));
  g_assert_cmpstr (made, !=, other);
  sp_oruk_id_of_part (own, "contacts", 0, a);
  sp_oruk_id_of_part (own, "contacts", 0, b);
  g_assert_cmpstr (a, ==, b);
  g_assert_true (g_uuid_string_is_valid (a));
  g_assert_true (a[14] == '8' && strchr ("89ab", a[19]) != NULL);
  sp_oruk_id_of_part (own, "contacts", 256, b);
  g_assert_cmpstr (a, !=, b);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/oruk-form/members", test_members);
  g_test_add_func ("/oruk-form/least", test_least);
  g_test_add_func ("/oruk-form/public", test_public);
  g_test_add_func ("/oruk-form/venue", test_venue);
  g_test_add_func ("/oruk-form/ids", test_ids);
  return g_test_run ();
}
