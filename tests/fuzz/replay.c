/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs a fuzz target without libFuzzer: over every file of the folders and files it is given, and over mutations of
 * each that are the same in every run. So any compiler's sanitizers can look for faults.
 *
 *   replay [--mutations=N] CORPUS… */
#include <glib.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

#define MAX_MUTANT (64 * 1024) /* larger files are replayed as they are, but not mutated */

static int mutations = 200; /* of each file */

/* An allocation of exactly @size bytes, so that a sanitizer sees the first byte read beyond it. */
static void
run (const void *data, gsize size)
{
  uint8_t *copy = calloc (1, MAX (1, size));

  if (size > 0)
    memcpy (copy, data, size);
  LLVMFuzzerTestOneInput (copy, size);
  free (copy);
}

/* Pieces that parsers trip over. */
static const char * const pieces[] = {
  "{", "}", "[", "]", "\"", "\\", ",", ":", "\\u0000", "\\ud800", "\\udc00", "1e400", "-", "0", "null", "\n", "\r\n", "\t",
  ";", "\xff", "\xc3", "\xef\xbb\xbf", "\"\"", "99999999999999999999", ".", "=", "&", "%", "'", " ",
};

static void
insert_piece (GByteArray *bytes, GRand *random)
{
  const char *piece = pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))];
  guint at = (guint) g_rand_int_range (random, 0, (gint32) bytes->len + 1);
  guint length = (guint) strlen (piece), rest = bytes->len - at;

  g_byte_array_set_size (bytes, bytes->len + length);
  memmove (bytes->data + at + length, bytes->data + at, rest);
  memcpy (bytes->data + at, piece, length);
}

static void
cut_range (GByteArray *bytes, GRand *random)
{
  guint at = (guint) g_rand_int_range (random, 0, (gint32) bytes->len);
  guint length = (guint) g_rand_int_range (random, 1, (gint32) (bytes->len - at) + 1);

  g_byte_array_remove_range (bytes, at, length);
}

static void
repeat_range (GByteArray *bytes, GRand *random)
{
  guint at = (guint) g_rand_int_range (random, 0, (gint32) bytes->len);
  guint length = (guint) g_rand_int_range (random, 1, (gint32) MIN (bytes->len - at, 256) + 1);
  g_autofree uint8_t *range = g_memdup2 (bytes->data + at, length);

  g_byte_array_append (bytes, range, length);
}

static void
mutate_once (GByteArray *bytes, GRand *random)
{
  int how = g_rand_int_range (random, 0, 6);

  if (bytes->len == 0 || how == 0)
    insert_piece (bytes, random);
  else if (how == 1)
    cut_range (bytes, random);
  else if (how == 2)
    repeat_range (bytes, random);
  else if (how == 3)
    bytes->data[g_rand_int_range (random, 0, (gint32) bytes->len)] ^= (guint8) (1 << g_rand_int_range (random, 0, 8));
  else if (how == 4)
    bytes->data[g_rand_int_range (random, 0, (gint32) bytes->len)] = (guint8) g_rand_int_range (random, 0, 256);
  else
    g_byte_array_set_size (bytes, (guint) g_rand_int_range (random, 0, (gint32) bytes->len));
}

static void
run_mutants (const char *data, gsize size, const char *name)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (g_str_hash (name));

  for (int i = 0; i < mutations; i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      int rounds = g_rand_int_range (random, 1, 6);

      if (size > 0)
        g_byte_array_append (bytes, (const guint8 *) data, (guint) size);
      while (rounds-- > 0)
        mutate_once (bytes, random);
      run (bytes->data, bytes->len);
    }
}

/* Returns how many files were replayed. */
static guint
replay_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  g_autofree char *name = g_path_get_basename (path);
  gsize size;

  if (!g_file_get_contents (path, &data, &size, &error))
    g_error ("%s", error->message);
  run (data, size);
  if (size <= MAX_MUTANT)
    run_mutants (data, size, name);
  return 1;
}

static guint
replay (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint count = 0;

  if (dir == NULL)
    return replay_file (path);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      count += replay (file);
    }
  return count;
}

int
main (int argc, char **argv)
{
  guint count = 0;

  run ("", 0);
  for (int i = 1; i < argc; i++)
    if (g_str_has_prefix (argv[i], "--mutations="))
      mutations = atoi (argv[i] + strlen ("--mutations="));
    else
      count += replay (argv[i]);
  g_print ("%u files, %d mutations of each\n", count, mutations);
  return count > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
