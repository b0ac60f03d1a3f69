/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The guess whether the name of a list means a person. */
#include "sp-person.h"

#include "sp-person-words.h"

static void
test_people (void)
{
  static const char *const people[] = {
    "Mrs Benson", "mr khan", "Dr O’Neill", "Walks for Mrs Benson", "Margaret", "margaret", "Margaret’s list", "Margaret's options",
    "for Margaret", "Ideas for margaret", "Margaret Benson", "Aoife Tunnicliffe", "Margaret Tunstall", "Zdzisława Wiśniewska", "J. Smith", "J Smith",
    "Smith, J", "J.S.", "J. S.", "J S", "Margaret B", "943 476 5919", "NHS 9434765919", "Siân Pugh", "Rowenna Jane Tunstall",
  };

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    if (!sp_person_is_meant (people[i]))
      g_test_fail_printf ("“%s” was not taken for a person", people[i]);
}

static void
test_lists (void)
{
  static const char *const lists[] = {
    "", " ", "Tuesday", "Coffee Morning", "Walks near Maryport", "Food in Wigan", "Warm Spaces", "Lunch Clubs", "St Margaret’s",
    "St Michael's hall", "Plan B", "Group A", "PCN meeting 3 December", "Cost of Living", "Christmas", "Half Term", "Men’s Sheds",
    "Maryport Befriending", "New Year", "Step-free", "for carers", "Things to do on a Sunday", "01632 960 123", "2026-12-01",
    "lonely, likes gardening", "Cockermouth", "Great Clifton", "Siop goffi", "123 456 7890",
  };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    if (sp_person_is_meant (lists[i]))
      g_test_fail_printf ("“%s” was taken for a person", lists[i]);
}

/* The tables are searched by halves: each word must be found. */
static void
test_tables (void)
{
  static const char *const given[] = { "aaron", "jo", "margaret", "zofia" };
  static const char *const ordinary[] = { "about", "list", "youth" };
  static const char *const titles[] = { "dr", "mrs", "sister" };

  for (guint i = 0; i < G_N_ELEMENTS (given); i++)
    g_assert_true (sp_person_is_given_name (given[i]));
  for (guint i = 0; i < G_N_ELEMENTS (ordinary); i++)
    g_assert_true (sp_person_is_ordinary_word (ordinary[i]));
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    g_assert_true (sp_person_is_title (titles[i]));
  g_assert_false (sp_person_is_given_name ("grace"));
  g_assert_false (sp_person_is_title ("margaret"));
}

/* Nothing is read beyond the end, whatever stands there. */
static void
test_odd_texts (void)
{
  static const char *const odd[] = { "'", "’s", "s", "A", "A.", ".", "....", "’", "x’s", "É", "é.", "Ω Ω", "9434765919", "94347659199434765919" };
  g_autofree char *long_text = g_strnfill (5000, 'A');

  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    sp_person_is_meant (odd[i]);
  for (gsize i = 1; i < 5000; i += 2)
    long_text[i] = ' ';
  g_assert_true (sp_person_is_meant (long_text)); /* initials */
  g_assert_false (sp_person_is_meant ("94347659199434765919"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/person/people", test_people);
  g_test_add_func ("/person/lists", test_lists);
  g_test_add_func ("/person/tables", test_tables);
  g_test_add_func ("/person/odd-texts", test_odd_texts);
  return g_test_run ();
}
