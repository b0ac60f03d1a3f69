/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every web page of ours has in it: how it looks, and the few lines that make its search work. Sizes follow the
 * reader's own text size, colours their choice of light or dark, and on paper only what can be read on paper is left. */
#include "sp-html-page.h"

static const char style[] =
  ":root{color-scheme:light dark;--ink:#1b1b1f;--paper:#fff;--soft:#5a5a63;--line:#8a8a94;--link:#0b4f9e;--panel:#f2f2f5}\n"
  "@media (prefers-color-scheme:dark){:root{--ink:#f2f2f5;--paper:#1d1d21;--soft:#c0c0ca;--line:#777782;--link:#8fc0ff;"
  "--panel:#2a2a30}}\n"
  "*{box-sizing:border-box}\n"
  "body{margin:0 auto;padding:1rem;max-width:50rem;font:1rem/1.5 system-ui,\"Liberation Sans\",Arial,sans-serif;"
  "color:var(--ink);background:var(--paper);overflow-wrap:anywhere}\n"
  "h1{font-size:1.8rem;line-height:1.2;margin:0 0 .5rem}h2{font-size:1.4rem;border-bottom:2px solid var(--line);"
  "margin:2rem 0 1rem}h3{font-size:1.15rem;margin:0 0 .25rem}\n"
  "a{color:var(--link)}a:focus-visible,input:focus-visible{outline:3px solid var(--link);outline-offset:2px}\n"
  "header p,article p{margin:.25rem 0}.kind,footer{color:var(--soft)}\n"
  ".members{border:2px solid;padding:.5rem .75rem;font-weight:bold}\n"
  "form{position:sticky;top:0;background:var(--paper);padding:.5rem 0}form label{display:block;font-weight:bold}\n"
  "input{font:inherit;width:100%;padding:.6rem;border:2px solid var(--line);border-radius:.4rem;color:inherit;"
  "background:var(--paper)}\n"
  "nav ul{columns:15rem;padding-left:1.2rem}\n"
  "article{border:1px solid var(--line);border-radius:.6rem;padding:1rem;margin:0 0 1rem;background:var(--panel)}\n"
  "dl{display:grid;grid-template-columns:minmax(6rem,auto) 1fr;gap:.25rem 1rem;margin:.5rem 0 0}\n"
  "dt{font-weight:bold}dd{margin:0}\n"
  "[hidden]{display:none!important}\n"
  "@media (max-width:30rem){dl{display:block}dd{margin:0 0 .4rem}}\n"
  "@media print{:root{--ink:#000;--paper:#fff;--soft:#000;--line:#000;--link:#000;--panel:#fff}form,nav{display:none}"
  "body{max-width:none;padding:0}article{break-inside:avoid}h2,h3{break-after:avoid}"
  "article{border:0;border-top:1px solid;border-radius:0;padding:.5rem 0}}\n";

/* All words that were typed must be somewhere in an entry, without regard to case and accents. */
static const char script[] =
  "(function () {\n"
  "  'use strict';\n"
  "  var form = document.getElementById('search'), box = document.getElementById('words');\n"
  "  var said = document.getElementById('found'), entries = [];\n"
  "  function fold(text) {\n"
  "    return text.toLowerCase().normalize('NFD').replace(/[\\u0300-\\u036f'\\u2019]/g, '');\n"
  "  }\n"
  "  document.querySelectorAll('article').forEach(function (node) {\n"
  "    entries.push({ node: node, text: fold(node.textContent) });\n"
  "  });\n"
  "  function search() {\n"
  "    var words = fold(box.value).split(/\\s+/).filter(Boolean), n = 0;\n"
  "    entries.forEach(function (entry) {\n"
  "      var fits = words.every(function (word) { return entry.text.indexOf(word) >= 0; });\n"
  "      entry.node.hidden = !fits;\n"
  "      n += fits ? 1 : 0;\n"
  "    });\n"
  "    document.querySelectorAll('section').forEach(function (section) {\n"
  "      section.hidden = !section.querySelector('article:not([hidden])');\n"
  "    });\n"
  "    said.textContent = words.length ? said.dataset.found.replace('%u', n) : '';\n"
  "  }\n"
  "  form.hidden = false;\n"
  "  form.addEventListener('submit', function (event) { event.preventDefault(); });\n"
  "  box.addEventListener('input', search);\n"
  "  if (box.value) search();\n"
  "}());\n";

/**
 * sp_html_page_get_style:
 *
 * Returns: (transfer none): what stands in `<style>`
 */
const char *sp_html_page_get_style (void) { return style; }

/**
 * sp_html_page_get_script:
 *
 * Returns: (transfer none): what stands in `<script>`
 */
const char *sp_html_page_get_script (void) { return script; }

/**
 * sp_html_page_get_policy:
 *
 * Returns: (transfer full): the content security policy (CSP level 2) of a page that fetches nothing and runs nothing but
 *   that script, whatever else should have got into it
 */
char *
sp_html_page_get_policy (void)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;
  g_autofree char *text = NULL;

  g_checksum_update (checksum, (const guchar *) script, -1);
  g_checksum_get_digest (checksum, digest, &length);
  text = g_base64_encode (digest, length);
  return g_strdup_printf ("default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-%s'; base-uri 'none'; form-action 'none'",
                          text);
}
