// What the tests of this folder share: the source tree's rules, examples with «marks», and findings as text.
#ifndef TERTULIA_TESTS_PRIVACY_FINDING_H_
#define TERTULIA_TESTS_PRIVACY_FINDING_H_

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "privacy/recognizer_table.h"
#include "privacy/resolver.h"
#include "tertulia/entity.h"
#include "tertulia/privacy.h"
#include "tertulia/text.h"

namespace tertulia::test {

// The trained bundle of the build: the rules of models/ and the tagger of names.
inline std::string models() { return TERTULIA_BINARY_DIR "/bundle"; }

inline const Analyzer& analyzer() {
  static const Analyzer made = Analyzer::open(models()).value();
  return made;
}

inline const std::vector<std::unique_ptr<Recognizer>>& recognizers() {
  static const std::vector<std::unique_ptr<Recognizer>> made = make_recognizers(models()).value();
  return made;
}

struct Example {
  std::string text;         // without marks
  std::vector<Span> spans;
};

inline Example unmark(std::string_view marked) {
  Example example;
  for (std::size_t at = 0; at < marked.size();) {
    if (marked.substr(at, 2) == "«") {
      example.spans.push_back({example.text.size(), 0});
      at += 2;
    } else if (marked.substr(at, 2) == "»" && !example.spans.empty()) {
      example.spans.back().end = example.text.size();
      at += 2;
    } else {
      example.text += marked[at++];
    }
  }
  return example;
}

// The text with every finding marked: "mi dni es «12345678Z»".
inline std::string mark(std::string_view text, std::vector<Entity> found) {
  std::sort(found.begin(), found.end(), [](const Entity& a, const Entity& b) { return a.span.begin < b.span.begin; });
  std::string out;
  std::size_t at = 0;
  for (const Entity& entity : found) {
    if (entity.span.begin < at) {
      out += "[overlap]";
      continue;
    }
    out.append(text.substr(at, entity.span.begin - at));
    out += "«";
    out.append(entity.span.of(text));
    out += "»";
    at = entity.span.end;
  }
  out.append(text.substr(at));
  return out;
}

inline std::vector<Entity> find_with(const Recognizer& recognizer, const std::string& text, const RecognizerContext& context = {}) {
  const Document document = analyzer().analyze(text);
  std::vector<Entity> found;
  recognizer.find(document, context, found);
  return found;
}

// All recognizers and the resolver: "TYPE:value" in order, names of persons left out (they have tests of their own).
inline std::string found_in(const std::string& text, const RecognizerContext& context = {}) {
  const Document document = analyzer().analyze(text);
  std::vector<Entity> found;
  for (const auto& recognizer : recognizers()) recognizer->find(document, context, found);
  found.erase(std::remove_if(found.begin(), found.end(), [](const Entity& e) { return e.type == "PERSON"; }), found.end());
  std::string out;
  for (const Entity& entity : resolve(std::move(found), document.text(), 0.5)) {
    if (!out.empty()) out += " | ";
    out += entity.type + ":" + std::string(entity.span.of(document.text()));
  }
  return out;
}

}  // namespace tertulia::test

#endif  // TERTULIA_TESTS_PRIVACY_FINDING_H_
