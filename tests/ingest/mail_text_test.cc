#include "ingest/mail_text.h"

#include <doctest/doctest.h>

#include <string>

#include "base/utf8.h"

using namespace tertulia;

TEST_CASE("HTML as a reader sees it") {
  const Marks marks = Marks::load("").value();
  struct Row {
    std::string html, text;
  };
  const Row rows[] = {
      {"", ""},
      {"hola", "hola"},
      {"<p>a</p><p>b</p>", "a\nb\n"},
      {"a<br>b<BR/>c", "a\nb\nc"},
      {"a  \n\t b", "a b"},
      {"a&nbsp;&nbsp;b", "a b"},
      {"&iquest;Qu&eacute; 5 &lt; 6 &amp; &euro; &#241; &#xF1; &foo; &#0; & x", "¿Qué 5 < 6 & € ñ ñ &foo; \xEF\xBF\xBD & x"},
      {"<style>p{}</style>x<script>if (a<b) {}</script>y", "x\ny"},
      {"<!-- no -->x<!-- never closed", "x<!-- never closed"},
      {"a < b y c > d", "a < b y c > d"},
      {"a <b", "a <b"},
      {"<b>a</b>b", "ab"},
      {"<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc\n"},
      {"x<blockquote>old<blockquote>older</blockquote>old</blockquote>y", "x\ny"},
      {"x<div class=\"gmail_quote\"><div>old</div></div>y", "x\ny"},
      {"x<DIV ID='divRplyFwdMsg'>old</DIV>y", "x\ny"},
      {"x<div class=\"gmail_signature\">Ana</div>", "x\n"},
      {"x<blockquote>never closed", "x"},
      {"<img src=x>a<img class=gmail_quote/>b", "ab"},
      {"<head><title>t</title></head><body>b</body>", "b"},
      {"a<br><br><br><br>b", "a\n\nb"},
      {"👩‍👩‍👧", "👩‍👩‍👧"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.html);
    CHECK(html_to_text(row.html, marks) == row.text);
  }
}

TEST_CASE("a megabyte of anything open is quickly over") {
  const Marks marks = Marks::load("").value();
  for (const char* piece : {"<", "<a", "<!--", "&", "&#", "<div class=", "</", "<blockquote>", "-->", "<a>", "&amp"}) {
    std::string html;
    while (html.size() < (1u << 20)) html += piece;
    CAPTURE(piece);
    CHECK(html_to_text(html, marks).size() <= html.size());
  }
}

TEST_CASE("format=flowed") {
  struct Row {
    const char* text;
    bool delete_space;
    const char* joined;
  };
  const Row rows[] = {
      {"a \nb\nc\n", false, "a b\nc\n"},
      {"a \nb\n", true, "ab\n"},
      {" From x\n >y\n", false, "From x\n>y\n"},
      {"> a \n> b\n>> c\nd\n", false, "> a b\n>> c\nd\n"},
      {"> a \nb\n", false, "> a \nb\n"},
      {"a\n-- \nAna\n", false, "a\n-- \nAna\n"},
      {"a \n-- \nAna\n", false, "a \n-- \nAna\n"},
      {"", false, ""},
      {"a ", false, "a "},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(join_flowed(row.text, row.delete_space) == row.joined);
  }
}
