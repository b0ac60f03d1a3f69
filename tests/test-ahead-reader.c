/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading ahead in a thread: the same records in the same order, an error where it belongs, no more in memory than a few
 * batches, and an end at any time. */
#include "sp-ahead-reader.h"

#define MOST_AHEAD 320 /* records: those being read, waiting, and given out, with room to spare */

/* A reader that counts up to @until, and may then fail. */
#define COUNTING_TYPE_READER (counting_reader_get_type ())
G_DECLARE_FINAL_TYPE (CountingReader, counting_reader, COUNTING, READER, SpReader)

struct _CountingReader
{
  SpReader parent_instance;

  guint    until;
  gboolean fails;
  int      made; /* atomic */
};

G_DEFINE_FINAL_TYPE (CountingReader, counting_reader, SP_TYPE_READER)

static gboolean
counting_reader_next (SpReader *reader, SpRecord **record, GError **error)
{
  CountingReader *self = COUNTING_READER (reader);
  guint made = (guint) g_atomic_int_get (&self->made);

  if (made < self->until)
    {
      *record = sp_record_new (made + 1);
      g_atomic_int_inc (&self->made);
      return TRUE;
    }
  if (self->fails)
    g_set_error_literal (error, SP_ERROR, SP_ERROR_PARSE, "the list breaks off");
  return !self->fails;
}

static double
counting_reader_get_progress (SpReader *reader)
{
  CountingReader *self = COUNTING_READER (reader);

  return g_atomic_int_get (&self->made) / (double) self->until;
}

static void
counting_reader_class_init (CountingReaderClass *class)
{
  SP_READER_CLASS (class)->next = counting_reader_next;
  SP_READER_CLASS (class)->get_progress = counting_reader_get_progress;
}

static void
counting_reader_init (CountingReader *self)
{
}

static SpReader *
new_reader (guint until, gboolean fails, CountingReader **inner)
{
  *inner = g_object_new (COUNTING_TYPE_READER, NULL);
  (*inner)->until = until;
  (*inner)->fails = fails;
  return sp_ahead_reader_new (SP_READER (*inner));
}

static void
test_order (void)
{
  static const guint lengths[] = { 0, 1, 63, 64, 65, 1000 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    for (gboolean fails = FALSE; fails <= TRUE; fails++)
      {
        CountingReader *inner;
        g_autoptr (SpReader) reader = new_reader (lengths[i], fails, &inner);
        g_autoptr (GError) error = NULL;
        SpRecord *record;

        for (guint n = 1; n <= lengths[i]; n++)
          {
            g_assert_true (sp_reader_next (reader, &record, &error));
            g_assert_cmpuint (record->row, ==, n);
            sp_record_free (record);
          }
        g_assert_true (sp_reader_next (reader, &record, &error) == !fails);
        g_assert_null (record);
        if (fails)
          g_assert_error (error, SP_ERROR, SP_ERROR_PARSE);
        if (lengths[i] > 0)
          g_assert_cmpfloat (sp_reader_get_progress (reader), ==, 1.0);
        g_assert_true (sp_reader_next (reader, &record, NULL) == !fails); /* and so it stays */
      }
}

static void
test_not_far_ahead (void)
{
  CountingReader *inner;
  g_autoptr (SpReader) reader = new_reader (100000, FALSE, &inner);

  for (guint n = 1; n <= 2000; n++)
    {
      g_autoptr (SpRecord) record = NULL;
      g_assert_true (sp_reader_next (reader, &record, NULL));
      g_assert_cmpint (g_atomic_int_get (&inner->made), <=, (int) n + MOST_AHEAD);
    }
}

static void
test_dropped (void)
{
  for (guint taken = 0; taken <= 200; taken += 20)
    {
      CountingReader *inner;
      SpReader *reader = new_reader (100000, FALSE, &inner);

      for (guint n = 0; n < taken; n++)
        {
          g_autoptr (SpRecord) record = NULL;
          g_assert_true (sp_reader_next (reader, &record, NULL));
        }
      g_assert_finalize_object (reader);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/ahead-reader/order", test_order);
  g_test_add_func ("/ahead-reader/not-far-ahead", test_not_far_ahead);
  g_test_add_func ("/ahead-reader/dropped", test_dropped);
  return g_test_run ();
}
