// Numbers in digits and words. Test: tests/intent/facts_test.cc.
#include "intent/facts/fact_words.h"

#include <algorithm>
#include <cstdlib>

#include "data/table_file.h"

namespace tertulia {

FactTokens fact_tokens(const Document& document) {
  FactTokens out;
  static constexpr std::string_view kEnd = ".";
  for (const Token& token : document.tokens()) {
    if (token.kind == TokenKind::kPunctuation) {
      const std::string_view raw = document.raw(token);
      if (raw.find_first_of(".;!?,") != std::string_view::npos) {
        out.folded.push_back(raw.find(',') == 0 ? raw.substr(0, 1) : kEnd);
        out.lower.push_back(out.folded.back());
        out.tokens.push_back(&token);
      }
      continue;
    }
    out.folded.push_back(document.folded(token));
    out.lower.push_back(document.lower(token));
    out.tokens.push_back(&token);
  }
  return out;
}

std::optional<double> parse_digits(std::string_view token) {
  if (token.empty() || token.front() < '0' || token.front() > '9') return std::nullopt;
  // the last mark is a decimal one unless three digits follow it
  const std::size_t last = token.find_last_of(".,'");
  std::string plain;
  for (std::size_t i = 0; i < token.size(); ++i) {
    const char c = token[i];
    if (c >= '0' && c <= '9') plain += c;
    else if (c != '.' && c != ',' && c != '\'') return std::nullopt;
    else if (i == last && token.size() - last - 1 != 3) plain += '.';
  }
  if (plain.size() > 15) return std::nullopt;
  return std::strtod(plain.c_str(), nullptr);
}

Result<NumberReader> NumberReader::open(const std::string& path) {
  Result<std::vector<TableRow>> rows = load_table(path, 3, 3);
  if (!rows.ok()) return rows.status();
  NumberReader reader;
  for (const TableRow& row : *rows) {
    const std::string& kind = row.fields[2];
    const std::optional<double> value = parse_digits(row.fields[1]);
    if (!value || (kind != "unit" && kind != "magnitude" && kind != "multiple" && kind != "and")) {
      return Status(StatusCode::kInvalidData, path + ":" + std::to_string(row.line) + ": expected word, number, and unit, magnitude, multiple or and");
    }
    reader.words_[row.fields[0]] = {*value, kind == "unit" ? Kind::kUnit : kind == "magnitude" ? Kind::kMagnitude : kind == "multiple" ? Kind::kMultiple : Kind::kAnd};
  }
  return reader;
}

std::optional<NumberReader::Word> NumberReader::word(std::string_view folded) const {
  if (const auto found = words_.find(folded); found != words_.end()) return found->second;
  if (folded.size() > 32 || folded.find('-') == std::string_view::npos) return std::nullopt;
  double value = 0;
  while (!folded.empty()) {
    const std::size_t dash = std::min(folded.find('-'), folded.size());
    const auto part = words_.find(folded.substr(0, dash));
    if (part == words_.end()) return std::nullopt;
    if (part->second.kind == Kind::kUnit) value += part->second.value;
    else if (part->second.kind != Kind::kAnd) value *= part->second.value;
    folded.remove_prefix(std::min(dash + 1, folded.size()));
  }
  if (value <= 0) return std::nullopt;
  return Word{value, Kind::kUnit};
}

std::optional<FoundNumber> NumberReader::read(const FactTokens& tokens, std::size_t first) const {
  double total = 0, group = 0, last_magnitude = 1;
  bool any = false, digits = false, magnitude = false;
  std::size_t at = first, end = first;
  for (; at < tokens.folded.size() && at < first + 8; ++at) {
    const std::string_view text = tokens.folded[at];
    if (const std::optional<double> value = parse_digits(text)) {
      if (any) break;  // "2 3": two numbers
      group = *value;
      any = digits = true;
      end = at + 1;
      continue;
    }
    // "180k", "20m" glued to the digits
    if (!any && text.size() > 1 && (text.back() == 'k' || text.back() == 'm')) {
      if (const std::optional<double> value = parse_digits(text.substr(0, text.size() - 1))) {
        return FoundNumber{*value * (text.back() == 'k' ? 1e3 : 1e6), first, 1, true, true};
      }
    }
    const std::optional<Word> found = word(text);
    if (!found) break;
    if (found->kind == Kind::kAnd) {
      if (!any) break;
      continue;  // counts only when a number word follows
    }
    if (found->kind == Kind::kUnit) {
      if (digits && !magnitude) break;
      // "millón y medio"
      if (found->value < 1 && magnitude && group == 0) total += found->value * last_magnitude;
      else group += found->value;
    } else {
      if (!any && found->kind == Kind::kMultiple) break;  // "miles de euros": nobody counted
      const double times = group == 0 ? 1 : group;
      if (found->value < 1000) {
        if (digits) break;  // "50 cents"
        group = times * found->value;
      } else {
        total += times * found->value;
        last_magnitude = found->value;
        group = 0;
        magnitude = true;
      }
    }
    any = true;
    end = at + 1;
  }
  if (!any) return std::nullopt;
  return FoundNumber{total + group, first, end - first, digits, magnitude};
}

}  // namespace tertulia
