/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The taxonomy that comes with Signpost, how it is searched, and how a partnership extends it. */
#include "sp-fold.h"
#include "sp-taxonomy.h"

#include <string.h>

/* What people say, and the category that must be among the first three. */
static const struct { const char *said; const char *code; } heard[] = {
  { "lonely", "befriending" },
  { "lonely", "coffee-morning" },
  { "I'm so lonely since my husband died", "bereavement" },
  { "lost my husband", "bereavement" },
  { "can't pay the heating", "energy-advice" },
  { "I can’t pay the heating this winter", "warm-space" },
  { "my mum has dementia", "dementia-support" },
  { "Dad keeps forgetting things", "dementia-support" },
  { "need to get out of the house", "coffee-morning" },
  { "somewhere warm", "warm-space" },
  { "there is no food in the house", "food-bank" },
  { "my benefits have stopped", "benefits-advice" },
  { "turned down for PIP", "benefits-advice" },
  { "bailiffs at the door", "debt-advice" },
  { "I owe money to a loan shark", "debt-advice" },
  { "the landlord wants us out", "housing-advice" },
  { "sleeping in the car", "homelessness" },
  { "he hits me", "domestic-abuse" },
  { "afraid of my partner", "domestic-abuse" },
  { "no furniture, moved in with nothing", "furniture-reuse" },
  { "school uniform costs too much", "clothing-bank" },
  { "can't afford nappies", "hygiene-bank" },
  { "I've been made redundant", "job-club" },
  { "just out of hospital and can't manage", "home-help" },
  { "needs a rail on the stairs", "handyperson" },
  { "she had a fall", "falls-prevention" },
  { "frightened of falling", "falls-prevention" },
  { "doctor told me to walk more", "walking-group" },
  { "can't stand for long but wants to exercise", "chair-exercise" },
  { "can't sleep and stressed", "yoga-tai-chi" },
  { "panic attacks", "mental-health-support" },
  { "feeling depressed", "mental-health-support" },
  { "he says he can't go on", "crisis-support" },
  { "suicidal thoughts", "crisis-support" },
  { "drinking too much", "addiction-recovery" },
  { "my son is on drugs", "addiction-recovery" },
  { "wants to stop smoking", "stop-smoking" },
  { "had a stroke", "long-term-condition" },
  { "just been diagnosed with diabetes", "long-term-condition" },
  { "losing her sight", "sight-and-hearing" },
  { "hearing aid batteries", "sight-and-hearing" },
  { "borrow a wheelchair", "equipment-loan" },
  { "can't reach my toenails", "health-checks" },
  { "exhausted from caring for my wife", "carers-support" },
  { "needs a break from looking after him", "respite" },
  { "a little girl who looks after her mum", "young-carers" },
  { "new mum stuck at home all day with a baby", "baby-toddler" },
  { "breastfeeding hurts", "infant-feeding" },
  { "can't cope with the kids", "parent-support" },
  { "bringing up my grandchildren", "dads-grandparents" },
  { "nothing for teenagers to do", "youth-club" },
  { "my child is autistic and school won't help", "send-families" },
  { "feeding the kids in the holidays", "holiday-food" },
  { "can't drive any more", "community-transport" },
  { "how do I get to the hospital", "hospital-transport" },
  { "frightened of the bus", "travel-buddy" },
  { "can't walk far round town", "shopmobility" },
  { "misses his garden", "community-garden" },
  { "had to give up my dog and loves animals", "care-farm" },
  { "who will look after the dog when I go into hospital", "pet-help" },
  { "likes knitting", "craft-group" },
  { "loves singing", "singing-music" },
  { "can't read", "literacy-numeracy" },
  { "doesn't speak English", "english-language" },
  { "can't use the internet", "digital-help" },
  { "toaster is broken", "repair-cafe" },
  { "he likes making things and won't talk", "mens-group" },
  { "wants to feel useful", "volunteering" },
  { "eats alone every day", "community-meal" },
  { "flooded out", "rest-centre" },
  { "hire a hall for a party", "village-hall" },
};

static gboolean
among_first (char **codes, const char *code, guint n)
{
  for (guint i = 0; i < n && codes[i] != NULL; i++)
    if (strcmp (codes[i], code) == 0)
      return TRUE;
  return FALSE;
}

static void
test_heard (void)
{
  SpTaxonomy *taxonomy = sp_taxonomy_get_default ();

  for (guint i = 0; i < G_N_ELEMENTS (heard); i++)
    {
      g_auto (GStrv) codes = sp_taxonomy_match_need (taxonomy, heard[i].said);

      if (!among_first (codes, heard[i].code, 3))
        {
          g_autofree char *found = g_strjoinv (", ", codes);
          g_test_message ("\"%s\" should lead to %s, not to %s", heard[i].said, heard[i].code, found);
          g_test_fail ();
        }
    }
}

static guint
check_terms (const char * const *terms, GHashTable *seen, const char *code)
{
  guint n = 0;

  for (; terms[n] != NULL; n++)
    {
      char *folded = sp_fold_text (terms[n]);

      g_assert_cmpstr (folded, !=, "");
      if (!g_hash_table_add (seen, folded))
        g_error ("%s holds \"%s\" twice", code, terms[n]);
    }
  return n;
}

static void
test_content (void)
{
  SpTaxonomy *taxonomy = sp_taxonomy_get_default ();
  guint n_terms = 0;

  g_assert_cmpuint (sp_taxonomy_get_n_headings (taxonomy), <=, 10);
  g_assert_cmpuint (sp_taxonomy_get_n_categories (taxonomy), >=, 60);
  for (guint i = 0; i < sp_taxonomy_get_n_categories (taxonomy); i++)
    {
      const SpCategory *category = sp_taxonomy_get_category (taxonomy, i);
      g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_autofree char *term = g_strconcat ("signpost:", category->code, NULL);
      guint n_synonyms, n_needs;

      g_hash_table_add (seen, sp_fold_text (category->name));
      n_synonyms = check_terms (category->synonyms, seen, category->code);
      n_needs = check_terms (category->needs, seen, category->code);
      g_assert_cmpuint (n_synonyms, >=, 3);
      g_assert_cmpuint (n_needs, >=, 3);
      g_assert_cmpstr (category->summary, !=, NULL);
      g_assert_cmpstr (category->term, ==, term);
      g_assert_true (sp_taxonomy_lookup (taxonomy, category->code) == category);
      g_assert_cmpstr (sp_taxonomy_find (taxonomy, category->code), ==, category->code);
      g_assert_cmpstr (sp_taxonomy_find (taxonomy, category->name), ==, category->code);
      n_terms += n_synonyms + n_needs;
    }
  g_assert_cmpuint (n_terms, >=, 800);
}

/* A pin is told by its shape as well as its colour, and every heading has something in it. */
static void
test_headings (void)
{
  SpTaxonomy *taxonomy = sp_taxonomy_get_default ();

  for (guint i = 0; i < sp_taxonomy_get_n_headings (taxonomy); i++)
    {
      const SpHeading *heading = sp_taxonomy_get_heading (taxonomy, i);
      guint n_categories = 0;

      for (guint j = 0; j < i; j++)
        {
          const SpHeading *other = sp_taxonomy_get_heading (taxonomy, j);
          g_assert_cmpstr (heading->code, !=, other->code);
          g_assert_cmpstr (heading->shape, !=, other->shape);
          g_assert_cmpstr (heading->colour, !=, other->colour);
        }
      for (guint j = 0; j < sp_taxonomy_get_n_categories (taxonomy); j++)
        n_categories += sp_taxonomy_get_category (taxonomy, j)->heading == heading;
      g_assert_cmpuint (n_categories, >=, 3);
    }
}

static void
test_find (void)
{
  static const struct { const char *text; const char *code; } cases[] = {
    { "Food bank", "food-bank" }, { "foodbank", "food-bank" }, { "Foodbanks", "food-bank" }, { "FOOD-BANK", "food-bank" },
    { "food_bank", "food-bank" }, { "Community Cafe", "community-cafe" }, { "community café", "community-cafe" },
    { "Men’s Sheds", "mens-group" }, { "Mens Shed", "mens-group" }, { "Village Halls", "village-hall" },
    { "Baby & toddler groups", "baby-toddler" }, { "Luncheon clubs", "lunch-club" }, { "food pantries", "food-pantry" },
    { "Churches", "faith-group" }, { "Libraries and such", NULL },
    { "", NULL }, { "!?", NULL }, { "food", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (sp_taxonomy_find (sp_taxonomy_get_default (), cases[i].text), ==, cases[i].code);
  g_assert_null (sp_taxonomy_lookup (sp_taxonomy_get_default (), "no-such-code"));
}

static void
test_match_word (void)
{
  SpTaxonomy *taxonomy = sp_taxonomy_get_default ();
  g_auto (GStrv) food = sp_taxonomy_match_word (taxonomy, "foo");
  g_auto (GStrv) cafe = sp_taxonomy_match_word (taxonomy, "CAFÉ");
  g_auto (GStrv) plain = sp_taxonomy_match_word (taxonomy, "cafe");
  g_auto (GStrv) lonely = sp_taxonomy_match_word (taxonomy, "lonel");
  g_auto (GStrv) none = sp_taxonomy_match_word (taxonomy, "xyzzy");
  g_auto (GStrv) empty = sp_taxonomy_match_word (taxonomy, "");

  g_assert_cmpstr (food[0], ==, "food-bank");
  g_assert_cmpstr (cafe[0], ==, "community-cafe");
  g_assert_true (g_strv_equal ((const char * const *) cafe, (const char * const *) plain));
  g_assert_true (among_first (lonely, "befriending", G_MAXUINT));
  for (guint i = 0; lonely[i] != NULL; i++)
    g_assert_false (among_first (lonely + i + 1, lonely[i], G_MAXUINT));
  g_assert_null (none[0]);
  g_assert_null (empty[0]);
}

static SpTaxonomy *
extend (const char *json, GError **error)
{
  g_autoptr (SpNode) extension = sp_node_parse (json, -1, NULL);

  g_assert_nonnull (extension);
  return sp_taxonomy_extend (sp_taxonomy_get_default (), extension, error);
}

static void
test_extend (void)
{
  g_autoptr (GError) error = NULL;
  SpTaxonomy *ours = sp_taxonomy_get_default ();
  g_autoptr (SpTaxonomy) theirs = extend (
    "{\"_id\":\"taxonomy:local\",\"type\":\"taxonomy\",\"headings\":[{\"code\":\"sea\",\"name\":\"The sea\",\"shape\":\"anchor\",\"colour\":\"navy\"}],"
    "\"categories\":[{\"code\":\"harbour\",\"name\":\"Harbour\",\"heading\":\"sea\",\"synonyms\":[\"marina\"],\"needs\":[\"misses the boats\"]},"
    "{\"code\":\"food-bank\",\"name\":\"Foodbank and larder\",\"synonyms\":[\"foodbank\",\"tuck box\"]}]}", &error);
  const SpCategory *harbour, *food;

  g_assert_no_error (error);
  harbour = sp_taxonomy_lookup (theirs, "harbour");
  g_assert_cmpstr (harbour->heading->name, ==, "The sea");
  g_assert_cmpstr (harbour->shape, ==, "anchor");
  g_assert_cmpstr (harbour->term, ==, "local:harbour");
  g_assert_cmpstr (sp_taxonomy_find (theirs, "Marinas"), ==, "harbour");
  food = sp_taxonomy_lookup (theirs, "food-bank");
  g_assert_cmpstr (food->name, ==, "Foodbank and larder");
  g_assert_cmpstr (food->term, ==, "signpost:food-bank");
  g_assert_cmpuint (g_strv_length ((char **) food->synonyms), ==,
                    g_strv_length ((char **) sp_taxonomy_lookup (ours, "food-bank")->synonyms) + 1);
  g_assert_cmpstr (sp_taxonomy_find (theirs, "tuckbox"), ==, "food-bank");
  g_assert_null (sp_taxonomy_lookup (ours, "harbour"));
  g_assert_null (sp_taxonomy_find (ours, "tuckbox"));
}

static void
test_refused (void)
{
  static const struct { const char *json; const char *says; } cases[] = {
    { "[]", "*expected an object*" },
    { "{\"categories\":{}}", "*categories*expected a list*" },
    { "{\"categories\":[7]}", "*categories, item 1*expected an object with a code*" },
    { "{\"categories\":[{\"code\":\"Big One\",\"name\":\"x\",\"heading\":\"food\"}]}", "*small letters*" },
    { "{\"categories\":[{\"code\":\"x\",\"name\":\"X\",\"heading\":\"nowhere\"}]}", "*code of a heading*" },
    { "{\"categories\":[{\"code\":\"x\",\"heading\":\"food\"}]}", "*expected a name*" },
    { "{\"categories\":[{\"code\":\"x\",\"name\":\"X\",\"heading\":\"food\",\"needs\":\"help\"}]}", "*lists of texts*" },
    { "{\"categories\":[{\"code\":\"food-bank\",\"needs\":[3]}]}", "*lists of texts*" },
    { "{\"headings\":[{\"code\":\"h\",\"name\":\"H\"}]}", "*shape and colour*" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SpTaxonomy) taxonomy = extend (cases[i].json, &error);

      g_assert_null (taxonomy);
      g_assert_error (error, SP_ERROR, SP_ERROR_PARSE);
      g_assert_true (g_pattern_match_simple (cases[i].says, error->message));
    }
}

/* A document from elsewhere cannot make the others slow. */
static void
test_too_long (void)
{
  g_autofree char *text = g_strnfill (400, 'x');
  g_autoptr (GString) terms = g_string_new ("\"t\"");
  g_autoptr (GString) items = g_string_new ("{\"code\":\"a\"}");
  g_autofree char *long_text = g_strdup_printf ("{\"categories\":[{\"code\":\"food-bank\",\"needs\":[\"%s\"]}]}", text);
  g_autofree char *long_list = NULL, *long_document = NULL;
  const char *documents[3];

  for (guint i = 0; i < 1000; i++)
    {
      g_string_append_printf (terms, ",\"t%u\"", i);
      g_string_append (items, ",{\"code\":\"a\"}");
    }
  long_list = g_strdup_printf ("{\"categories\":[{\"code\":\"food-bank\",\"needs\":[%s]}]}", terms->str);
  long_document = g_strdup_printf ("{\"headings\":[%s]}", items->str);
  documents[0] = long_text;
  documents[1] = long_list;
  documents[2] = long_document;
  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (extend (documents[i], &error));
      g_assert_error (error, SP_ERROR, SP_ERROR_PARSE);
      g_assert_nonnull (strstr (error->message, "too long"));
    }
}

static void
test_own (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpNode) twice = sp_node_parse (
    "{\"headings\":[{\"code\":\"h\",\"name\":\"H\",\"shape\":\"s\",\"colour\":\"c\"}],\"categories\":["
    "{\"code\":\"a\",\"name\":\"A\",\"heading\":\"h\"},{\"code\":\"a\",\"name\":\"B\",\"heading\":\"h\"}]}", -1, NULL);
  g_autoptr (SpNode) nothing = sp_node_new_object ();
  g_autoptr (SpTaxonomy) empty = sp_taxonomy_new (nothing, NULL);
  g_autoptr (SpTaxonomy) refused = sp_taxonomy_new (twice, &error);
  g_autoptr (SpTaxonomy) grown = NULL;

  g_assert_null (refused);
  g_assert_error (error, SP_ERROR, SP_ERROR_PARSE);
  g_assert_cmpuint (sp_taxonomy_get_n_categories (empty), ==, 0);
  sp_node_remove_index (sp_node_get (twice, "categories"), 1);
  grown = sp_taxonomy_extend (empty, twice, NULL);
  g_assert_cmpuint (sp_taxonomy_get_n_categories (grown), ==, 1);
}

static gpointer
ask_much (gpointer data)
{
  SpTaxonomy *taxonomy = sp_taxonomy_ref (data);
  guint n = 0;

  for (guint i = 0; i < 200; i++)
    {
      g_auto (GStrv) codes = sp_taxonomy_match_need (taxonomy, heard[i % G_N_ELEMENTS (heard)].said);
      n += g_strv_length (codes) > 0;
    }
  sp_taxonomy_unref (taxonomy);
  return GUINT_TO_POINTER (n);
}

static void
test_welsh (void)
{
  SpTaxonomy *taxonomy = sp_taxonomy_get_default ();
  const SpCategory *food_bank = sp_taxonomy_lookup (taxonomy, "food-bank");
  g_auto (GStrv) codes = sp_taxonomy_match_word (taxonomy, "cyfeill");

  g_assert_cmpstr (sp_taxonomy_find (taxonomy, "Banc bwyd"), ==, "food-bank");
  g_assert_true (g_strv_contains ((const char * const *) codes, "befriending"));
  g_assert_cmpstr (sp_category_get_local_name (food_bank), ==, "Food bank"); /* the tests speak English */
  g_setenv ("LANGUAGE", "cy", TRUE);
  g_assert_cmpstr (sp_category_get_local_name (food_bank), ==, "Banc bwyd");
  g_assert_cmpstr (sp_heading_get_local_name (food_bank->heading), ==, "Bwyd");
  g_assert_cmpstr (sp_category_get_local_summary (food_bank), ==, "Parsel o fwyd mewn argyfwng, yn aml gyda thaleb");
  g_assert_cmpstr (food_bank->name, ==, "Food bank"); /* what is stored and sent stays the same */
  g_setenv ("LANGUAGE", "en_GB:cy", TRUE);
  g_assert_cmpstr (sp_category_get_local_name (food_bank), ==, "Food bank");
  g_setenv ("LANGUAGE", "fr", TRUE);
  g_assert_cmpstr (sp_category_get_local_name (food_bank), ==, "Food bank");
  g_unsetenv ("LANGUAGE");
}

static void
test_threads (void)
{
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("asks", ask_much, sp_taxonomy_get_default ());
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_assert_cmpuint (GPOINTER_TO_UINT (g_thread_join (threads[i])), ==, 200);
}

static void
test_fold (void)
{
  static const struct { const char *text; const char *folded; const char *key; } cases[] = {
    { "Café & Crèche", "cafe and creche", "cafecreche" },
    { "  Can’t  pay—the HEATING! ", "cant pay the heating", "cantpaytheheating" },
    { "Tŷ Gobaith", "ty gobaith", "tygobaith" },
    { "St. Mary's", "st marys", "stmary" },
    { "&", "and", "" },
    { "…", "", "" },
  };
  static const struct { const char *word; const char *stem; } stems[] = {
    { "lonely", "lonel" }, { "loneliness", "lonel" }, { "walks", "walk" }, { "walking", "walk" }, { "debts", "debt" },
    { "class", "class" }, { "bus", "bus" }, { "the", "the" }, { "s", "s" }, { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *folded = sp_fold_text (cases[i].text);
      g_autofree char *key = sp_fold_key (cases[i].text);
      g_assert_cmpstr (folded, ==, cases[i].folded);
      g_assert_cmpstr (key, ==, cases[i].key);
    }
  for (guint i = 0; i < G_N_ELEMENTS (stems); i++)
    {
      g_autofree char *stem = sp_fold_stem (stems[i].word);
      g_assert_cmpstr (stem, ==, stems[i].stem);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/taxonomy/heard", test_heard);
  g_test_add_func ("/taxonomy/content", test_content);
  g_test_add_func ("/taxonomy/headings", test_headings);
  g_test_add_func ("/taxonomy/find", test_find);
  g_test_add_func ("/taxonomy/match-word", test_match_word);
  g_test_add_func ("/taxonomy/extend", test_extend);
  g_test_add_func ("/taxonomy/refused", test_refused);
  g_test_add_func ("/taxonomy/too-long", test_too_long);
  g_test_add_func ("/taxonomy/own", test_own);
  g_test_add_func ("/taxonomy/welsh", test_welsh);
  g_test_add_func ("/taxonomy/threads", test_threads);
  g_test_add_func ("/taxonomy/fold", test_fold);
  return g_test_run ();
}
