/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The web page: read by an HTML parser it holds what the entries say, and nothing of an entry is markup in it. */
#include "exchange-utils.h"

#include "sp-html-page.h"

#include <libxml/HTMLparser.h>
#include <libxml/xpath.h>

static const char json[] =
  "{\"_id\":\"asset:1\",\"type\":\"asset\",\"name\":\"<script>alert(1)</script>&amp;\",\"summary\":\"</p><script>alert(3)</script>\\nsecond line\\u0001\","
  "\"categories\":[\"warm-space\",\"<i>\"],\"address\":{\"line_1\":\"\\\"><script>alert(4)</script>\"},\"url\":\"javascript:alert(5)\","
  "\"contacts\":[{\"id\":\"c1\",\"phone\":\"01632 960101\",\"email\":\"\\\"onclick=alert(6)@example.org\"}]}";
static const char other[] = "{\"_id\":\"asset:2\",\"type\":\"asset\",\"name\":\"Inn\",\"url\":\"https://example.org/?a=1&b=\\\"2\\\"\"}";

typedef struct
{
  htmlDocPtr         document;
  xmlXPathContextPtr context;
} Page;

static Page
open_page (const char *text, gsize length)
{
  Page page;

  page.document = htmlReadMemory (text, (int) length, NULL, NULL, HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET);
  g_assert_nonnull (page.document);
  page.context = xmlXPathNewContext (page.document);
  return page;
}

static void
close_page (Page *page)
{
  xmlXPathFreeContext (page->context);
  xmlFreeDoc (page->document);
}

static guint
count (Page *page, const char *path)
{
  xmlXPathObjectPtr found = xmlXPathEvalExpression ((const xmlChar *) path, page->context);
  guint n = found->nodesetval != NULL ? (guint) found->nodesetval->nodeNr : 0;

  xmlXPathFreeObject (found);
  return n;
}

/* The text of the first node; owned. */
static char *
text_at (Page *page, const char *path)
{
  g_autofree char *string = g_strdup_printf ("string(%s)", path);
  xmlXPathObjectPtr found = xmlXPathEvalExpression ((const xmlChar *) string, page->context);
  char *text = g_strdup ((const char *) found->stringval);

  xmlXPathFreeObject (found);
  return text;
}

static char *
write_page (SpDisclosure *disclosure, gsize *length)
{
  g_autoptr (SpNode) one = sp_node_parse (json, -1, NULL);
  g_autoptr (SpNode) two = sp_node_parse (other, -1, NULL);
  const SpNode *assets[] = { one, two };

  return write_all ("html", assets, 2, disclosure, length);
}

static void
test_page (void)
{
  gsize length;
  g_autofree char *text = write_page (NULL, &length);
  Page page = open_page (text, length);
  g_autofree char *name = text_at (&page, "//article/h3"), *href = text_at (&page, "//a[contains(@href,'example.org/?')]/@href");
  g_autofree char *street = text_at (&page, "//dt[.='Where']/following-sibling::dd[1]"), *summary = text_at (&page, "//article/p[2]");
  g_autofree char *call = text_at (&page, "//a[starts-with(@href,'tel:')]/@href");

  g_assert_cmpuint (count (&page, "//article"), ==, 2);
  g_assert_cmpuint (count (&page, "//section"), ==, 2);
  g_assert_cmpuint (count (&page, "//nav//a"), ==, 2);
  g_assert_cmpuint (count (&page, "//label[@for='words']"), ==, 1);
  g_assert_cmpuint (count (&page, "//form[@hidden]"), ==, 1); /* until the script is there that makes it work */
  g_assert_cmpuint (count (&page, "//html[@lang]"), ==, 1);
  g_assert_cmpuint (count (&page, "//p[@class='members']"), ==, 1);
  g_assert_cmpstr (name, ==, "<script>alert(1)</script>&amp;");
  g_assert_cmpstr (street, ==, "\"><script>alert(4)</script>");
  g_assert_cmpstr (summary, ==, "</p><script>alert(3)</script>\nsecond line");
  g_assert_cmpstr (href, ==, "https://example.org/?a=1&b=\"2\"");
  g_assert_cmpstr (call, ==, "tel:01632960101");
  close_page (&page);
}

/* One script, which is ours; no attribute that would run; no link that would. */
static void
test_nothing_runs (void)
{
  gsize length;
  g_autofree char *text = write_page (NULL, &length);
  Page page = open_page (text, length);
  g_autofree char *script = text_at (&page, "//script"), *policy = text_at (&page, "//meta[@http-equiv]/@content");
  g_autofree char *wanted = sp_html_page_get_policy ();

  g_assert_cmpuint (count (&page, "//script"), ==, 1);
  g_assert_cmpuint (count (&page, "//img"), ==, 0);
  g_assert_cmpuint (count (&page, "//@*[starts-with(name(),'on')]"), ==, 0);
  g_assert_cmpuint (count (&page, "//a[starts-with(@href,'javascript')]"), ==, 0);
  g_assert_cmpuint (count (&page, "//link | //script[@src] | //iframe"), ==, 0);
  g_assert_cmpstr (script, ==, sp_html_page_get_script ());
  g_assert_cmpstr (policy, ==, wanted);
  close_page (&page);
}

static void
test_public (void)
{
  SpDisclosure disclosure;
  gsize length;
  g_autofree char *text = NULL;
  g_autoptr (SpNode) one = sp_node_parse ("{\"_id\":\"asset:1\",\"name\":\"Hall\",\"contacts\":[{\"id\":\"c\",\"phone\":\"01632 960199\",\"visible_to\":\"members\"}]}", -1, NULL);
  const SpNode *assets[] = { one };
  Page page;
  g_autofree char *foot = NULL;

  sp_disclosure_init (&disclosure, "2026-11-22");
  text = write_all ("html", assets, 1, &disclosure, &length);
  page = open_page (text, length);
  foot = text_at (&page, "//footer/p[1]");
  g_assert_cmpstr (foot, ==, "Left out of the public list: 1 contact for members only.");
  g_assert_cmpuint (count (&page, "//p[@class='members']"), ==, 0);
  g_assert_null (memmem (text, length, "960199", 6));
  close_page (&page);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/html/page", test_page);
  g_test_add_func ("/html/nothing-runs", test_nothing_runs);
  g_test_add_func ("/html/public", test_public);
  status = g_test_run ();
  xmlCleanupParser ();
  return status;
}
