/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times in words: each line of the fixture is a text and what must be made of it. What is claimed as structure must be
 * right every time; "-" stands for a text that must stay words. */
#include "sp-schedule.h"
#include "sp-times.h"
#include "sp-words.h"

#include <string.h>

static void
append (GString *out, const SpNode *item, const char *member, const char *before)
{
  const char *text = sp_node_get_text (item, member);

  if (text != NULL)
    g_string_append_printf (out, "%s%s", before, text);
}

/* "TU,TH 10:00-12:00 term" */
static void
append_item (GString *out, const SpNode *item)
{
  const char *freq = sp_node_get_text (item, "freq");
  double interval = sp_node_get_number (item, "interval");

  if (strcmp (freq, "weekly") != 0 && strcmp (freq, "monthly") != 0)
    g_string_append (out, freq);
  else
    g_string_append (out, sp_node_get_text (item, "byday"));
  g_assert_cmpint (strcmp (freq, "monthly") == 0, ==, sp_node_get_text (item, "byday") != NULL && strpbrk (sp_node_get_text (item, "byday"), "1234") != NULL);
  if (interval == 2)
    g_string_append (out, "/2");
  append (out, item, "opens_at", " ");
  append (out, item, "closes_at", "-");
  append (out, item, "term", " ");
  append (out, item, "bank_holidays", " bank ");
  append (out, item, "booking", " ");
}

static char *
describe (const char *text)
{
  g_autoptr (SpNode) schedules = sp_times_read (text);
  GString *out = g_string_new (NULL);

  if (schedules == NULL)
    g_string_append_c (out, '-');
  for (guint i = 0; i < sp_node_get_length (schedules); i++)
    {
      if (i > 0)
        g_string_append (out, "; ");
      append_item (out, sp_node_get_element (schedules, i));
    }
  return g_string_free (out, FALSE);
}

/* What is made of it is a schedule that the rest of the program can read. */
static void
check_valid (const char *text)
{
  SpNode *schedules = sp_times_read (text);
  g_autoptr (SpNode) body = sp_node_new_object ();
  g_autofree char *words = NULL;
  g_autoptr (GError) error = NULL;

  if (schedules == NULL)
    return;
  sp_node_set (body, "schedules", schedules);
  sp_schedule_check (body, &error);
  g_assert_no_error (error);
  words = sp_words_schedules (body);
  g_assert_nonnull (words);
}

static void
check_line (const char *line)
{
  g_auto (GStrv) parts = g_strsplit (line, "\t", 2);
  g_autofree char *text = g_strcompress (parts[0]);
  g_autofree char *found = describe (text);

  g_assert_nonnull (parts[1]);
  if (strcmp (found, parts[1]) != 0)
    g_test_fail_printf ("“%s” was read as “%s”, not as “%s”", text, found, parts[1]);
  check_valid (text);
}

static void
test_list (gconstpointer data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "times", data, NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  g_file_get_contents (path, &contents, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (contents, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0' && *lines[i] != '#')
      {
        check_line (lines[i]);
        n++;
      }
  g_test_message ("%u texts", n);
  g_assert_cmpuint (n, >, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_data_func ("/times/sure", "sure.tsv", test_list);
  g_test_add_data_func ("/times/words", "words.tsv", test_list);
  return g_test_run ();
}
