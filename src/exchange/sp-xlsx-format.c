/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers in a spreadsheet: days and times of day are numbers too, and only the format of the cell tells. */
#include "sp-xlsx-format.h"

#include <math.h>
#include <string.h>

/* "h]", "mm]": but not "magenta]". */
static gboolean
is_elapsed (const char *text)
{
  gsize n = strspn (text, "hHmMsS");

  return n > 0 && text[n] == ']';
}

/**
 * sp_xlsx_format_from_code:
 * @code: a format of the workbook's own, such as `dd/mm/yyyy` or `[$-809]h:mm AM/PM`
 *
 * Only the first of its sections counts. Elapsed time (`[h]:mm`) is no time of day.
 *
 * Returns: what a number of that format means
 */
SpXlsxFormat
sp_xlsx_format_from_code (const char *code)
{
  gboolean day = FALSE, clock = FALSE, quoted = FALSE;

  for (const char *p = code; *p != '\0' && (quoted || *p != ';'); p++)
    {
      if (*p == '"')
        quoted = !quoted;
      else if (quoted)
        continue;
      else if ((*p == '\\' || *p == '_' || *p == '*') && p[1] != '\0')
        p++;
      else if (*p == '[')
        {
          if (is_elapsed (p + 1))
            return SP_XLSX_PLAIN;
          p = strchr (p, ']');
          if (p == NULL)
            break;
        }
      else if (g_ascii_strncasecmp (p, "General", 7) == 0)
        return SP_XLSX_PLAIN;
      else if (strchr ("dDyY", *p) != NULL)
        day = TRUE;
      else if (strchr ("hHsS", *p) != NULL)
        clock = TRUE;
    }
  return day ? SP_XLSX_DATE : clock ? SP_XLSX_TIME : SP_XLSX_PLAIN;
}

/**
 * sp_xlsx_format_from_number:
 * @number: of a format that every spreadsheet has (ECMA-376 part 1, 18.8.30)
 *
 * Returns: what a number of that format means
 */
SpXlsxFormat
sp_xlsx_format_from_number (guint64 number)
{
  if ((number >= 14 && number <= 17) || number == 22)
    return SP_XLSX_DATE;
  return number >= 18 && number <= 21 ? SP_XLSX_TIME : SP_XLSX_PLAIN;
}

/* The day of a serial number. Day 60 of the older reckoning is 29 February 1900, which never was. */
static GDate *
day_of (double serial, gboolean from_1904)
{
  GDate *date = from_1904 ? g_date_new_dmy (1, G_DATE_JANUARY, 1904) : g_date_new_dmy (30, G_DATE_DECEMBER, 1899);
  double days = floor (serial);

  if (!from_1904 && days < 60)
    days++;
  g_date_add_days (date, (guint) days);
  return date;
}

/**
 * sp_xlsx_format_number:
 * @format: what the number means
 * @lexeme: the number
 * @from_1904: whether days are counted from 1904 instead of 1900
 *
 * Returns: (transfer full): what a person reads there; @lexeme if it is no number, or no day of the calendar
 */
char *
sp_xlsx_format_number (SpXlsxFormat format, const char *lexeme, gboolean from_1904)
{
  char *end;
  double value = g_ascii_strtod (lexeme, &end);
  char digits[G_ASCII_DTOSTR_BUF_SIZE], day[16];
  g_autoptr (GDate) date = NULL;
  int minutes;

  if (end == lexeme || *end != '\0' || !isfinite (value))
    return g_strdup (lexeme);
  if (format == SP_XLSX_PLAIN || value < 0 || value >= 2958466) /* 31 December 9999 and a day */
    return g_strdup (g_ascii_formatd (digits, sizeof digits, "%.15g", value));
  minutes = (int) floor ((value - floor (value)) * 1440 + 0.5);
  if (minutes == 1440)
    {
      value = floor (value) + 1;
      minutes = 0;
    }
  if (format == SP_XLSX_TIME || value < 1)
    return g_strdup_printf ("%02d:%02d", minutes / 60, minutes % 60);
  date = day_of (value, from_1904);
  g_date_strftime (day, sizeof day, "%Y-%m-%d", date);
  return minutes == 0 ? g_strdup (day) : g_strdup_printf ("%s %02d:%02d", day, minutes / 60, minutes % 60);
}
