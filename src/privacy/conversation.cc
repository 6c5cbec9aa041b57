// Participants, questions, split numbers and variants of names. Every pass is linear in the conversation; a name is
// compared with at most kMaxCandidates persons. Test: tests/privacy/conversation_test.cc.
#include "privacy/conversation.h"

#include <algorithm>
#include <numeric>

#include "data/table_file.h"

namespace tertulia {
namespace {

constexpr std::size_t kMaxNameWords = 5;
constexpr std::size_t kMaxCandidates = 16;   // persons compared for one name
constexpr std::size_t kQuestionWords = 40;   // at the end of a message in which a question is looked for
constexpr std::size_t kSplitDistance = 3;    // messages between the two parts of a number

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) {
    if (!out.empty()) out += ' ';
    out += word;
  }
  return out;
}

// Whom a message belongs to: the same key, the same side.
std::string side(const Message& message) { return std::to_string(static_cast<int>(message.role)) + message.author; }

// `a` names the same person as the fuller `b`: same given name (or its initial) and no surname that contradicts; or one
// surname alone.
bool same_person(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  if (a.empty() || b.empty()) return false;
  const auto alike = [](const std::string& x, const std::string& y) {
    return x == y || (x.size() == 1 && y[0] == x[0]) || (y.size() == 1 && x[0] == y[0]);
  };
  if (a[0] == b[0] || (alike(a[0], b[0]) && a.size() > 1 && b.size() > 1)) {
    std::size_t at = 1;
    for (std::size_t i = 1; i < a.size(); ++i) {
      while (at < b.size() && !alike(a[i], b[at])) ++at;
      if (at == b.size()) return b.size() == 1 || i >= b.size();
      ++at;
    }
    return true;
  }
  return a.size() <= 2 && std::search(b.begin() + 1, b.end(), a.begin(), a.end()) != b.end();  // "Sr. López"
}

}  // namespace

Status ConversationReader::load(const std::string& bundle_dir) {
  const std::string lists = bundle_dir + "/privacy/lists/";
  Result<std::vector<TableRow>> rows = load_table(lists + "questions.tsv", 2, 2);
  if (!rows.ok()) return rows.status();
  for (const TableRow& row : *rows) {
    if (row.fields[1] == "request") {
      requests_.add(row.fields[0]);
    } else {
      questions_.add(row.fields[0]);
      question_types_[fold_for_scan(row.fields[0])] = row.fields[1];
    }
  }
  if (Status s = greetings_.add_file(bundle_dir, "introductions"); !s.ok()) return s;
  if (rows = load_table(lists + "role_words.tsv", 1, 1); !rows.ok()) return rows.status();
  for (const TableRow& row : *rows) role_words_.insert(fold_for_scan(row.fields[0]));
  if (rows = load_table(lists + "name_connectors.tsv", 1, 1); !rows.ok()) return rows.status();
  for (const TableRow& row : *rows) connectors_.insert(row.fields[0]);
  if (rows = load_table(lists + "ambiguous_names.tsv", 1, 1); !rows.ok()) return rows.status();
  for (const TableRow& row : *rows) ambiguous_.insert(fold_for_scan(row.fields[0]));
  if (rows = load_table(lists + "name_variants.tsv", 2, 2); !rows.ok()) return rows.status();
  for (const TableRow& row : *rows) variants_[fold_for_scan(row.fields[0])] = fold_for_scan(row.fields[1]);
  return digits_.load(bundle_dir);
}

std::vector<std::string> ConversationReader::name_words(std::string_view name) const {
  const ScanText scan(name);
  std::vector<std::string> words;
  std::size_t turn = 0;  // words before the comma of "López Ruiz, María"
  for (std::size_t i = 0; i < scan.words().size() && words.size() < 8; ++i) {
    std::string word(scan.word(i));
    const std::size_t end = scan.words()[i].end;
    const char next = end < scan.text().size() ? scan.text()[end] : '\n';
    if (next == ScanText::kOrdinal) word += ScanText::kOrdinal;
    const auto variant = variants_.find(word);
    if (variant != variants_.end()) word = variant->second;
    if (word.size() == 1 || connectors_.count(word) == 0) words.push_back(word);
    if (next == ',' && turn == 0) turn = words.size();
  }
  if (turn > 0 && turn < words.size()) std::rotate(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(turn), words.end());
  return words;
}

std::vector<std::string> ConversationReader::participants(const Conversation& conversation, const ScanList& scans) const {
  std::vector<std::string> names;
  std::set<std::string> seen;
  const auto add = [&](std::string_view name) {
    if (!name.empty() && seen.insert(std::string(name)).second) names.emplace_back(name);
  };
  for (const Message& message : conversation.messages) {
    if (message.role == Role::kSystem || message.author.empty() || message.author.size() > 80 || seen.count(message.author) != 0) continue;
    const ScanText scan(message.author);
    bool fits = !scan.words().empty() && scan.words().size() <= kMaxNameWords;
    for (std::size_t i = 0; i < scan.words().size(); ++i) {
      const std::string_view word = scan.word(i);
      fits = fits && role_words_.count(word) == 0 && std::none_of(word.begin(), word.end(), is_digit);
    }
    if (fits && scan.text().find('@') == std::string_view::npos) add(message.author);
  }
  for (std::size_t m = 0; m < scans.size(); ++m) {
    if (conversation.messages[m].role == Role::kSystem) continue;
    const ScanText& scan = *scans[m];
    for (std::size_t i = 0; i < scan.words().size(); ++i) {
      const std::optional<CueHit> greeting = greetings_.ending(scan, i);
      if (!greeting) continue;
      std::size_t last = i, word = i + 1;
      while (word < scan.words().size() && word - i <= 4) {
        const std::string_view gap = scan.text().substr(scan.words()[word - 1].end, scan.words()[word].begin - scan.words()[word - 1].end);
        const bool connects = connectors_.count(scan.word(word)) != 0 && word > i + 1;
        if (gap != " " || (!connects && (!scan.is_upper(scan.words()[word].begin) || role_words_.count(scan.word(word)) != 0))) break;
        if (!connects) last = word;
        ++word;
      }
      if (last > i) add(scan.to_original(scan.words()[i + 1].begin, scan.words()[last].end).of(scan.original()));
    }
  }
  return names;
}

std::vector<std::string> ConversationReader::expected_types(const Conversation& conversation, const ScanList& scans) const {
  std::vector<std::string> expected(scans.size());
  if (scans.size() < 2) return expected;
  std::string asked, asker;
  for (std::size_t m = 0; m < scans.size(); ++m) {
    const Message& message = conversation.messages[m];
    const ScanText& scan = *scans[m];
    if (!asked.empty() && side(message) != asker) expected[m] = asked;
    std::string type;
    const std::size_t count = scan.words().size();
    const std::size_t from = count > kQuestionWords ? count - kQuestionWords : 0;
    bool request = scan.text().find('?') != std::string_view::npos;
    for (std::size_t i = from; i < count; ++i) {
      if (requests_.ending(scan, i)) request = true;
      if (const std::optional<CueHit> hit = questions_.ending(scan, i)) type = question_types_.at(hit->phrase);
    }
    if (request && !type.empty() && message.role != Role::kSystem) {
      // The customer's own question ("¿os doy el dni?") is not asked of the agent.
      if (message.role == Role::kCustomer && side(message) != asker && !expected[m].empty()) continue;
      asked = type;
      asker = side(message);
    } else if (side(message) == asker && count > 4) {
      asked.clear();  // the asker has gone on to something else
    }
  }
  return expected;
}

void ConversationReader::join_split_phones(const Conversation& conversation, const ScanList& scans, std::vector<std::vector<Entity>>& found) const {
  if (scans.size() < 2) return;
  struct Tail {
    std::size_t message = 0;
    std::string side, digits;
    Span span;
    bool open = false;
  };
  std::map<std::string, Tail> tails;
  for (std::size_t m = 0; m < scans.size(); ++m) {
    const ScanText& scan = *scans[m];
    const std::string who = side(conversation.messages[m]);
    const std::vector<SpokenRun> runs = digits_.find(scan);
    const auto free = [&](Span span) {
      return std::none_of(found[m].begin(), found[m].end(), [&](const Entity& entity) { return entity.span.overlaps(span) && entity.score >= 0.5; });
    };
    const auto original = [&](const SpokenRun& run) {
      return scan.to_original(scan.words()[run.items.front().first_word].begin, scan.words()[run.items.back().last_word].end);
    };
    Tail& tail = tails[who];
    if (!runs.empty() && tail.open && m - tail.message <= kSplitDistance && runs.front().items.front().first_word <= 4) {
      const SpokenRun& head = runs.front();
      const std::string digits = tail.digits + head.digits();
      const Span span = original(head);
      const bool phone = digits.size() == 9 && (digits[0] == '6' || digits[0] == '7' || ((digits[0] == '8' || digits[0] == '9') && digits[1] != '0' && digits[1] != '9'));
      if (phone && free(span)) {
        found[tail.message].push_back({"PHONE_NUMBER", tail.span, 0.8, "conversation", {"first part of a phone, the rest in a later message"}});
        found[m].push_back({"PHONE_NUMBER", span, 0.8, "conversation", {"second part of a phone"}});
        tail.open = false;
        continue;
      }
      if (digits.size() < 9 && runs.size() == 1 && free(span)) {  // a third message will bring the rest
        continue;
      }
    }
    tail.open = false;
    if (runs.empty()) continue;
    const SpokenRun& last = runs.back();
    const std::string digits = last.digits();
    const std::size_t behind = scan.words().size() - 1 - last.items.back().last_word;
    if (digits.size() < 2 || digits.size() > 8 || digits[0] < '6' || behind > 1 || !free(original(last))) continue;
    tail = {m, who, digits, original(last), true};
  }
}

void PersonIndex::build(const std::vector<std::string>& names) {
  std::vector<std::vector<std::string>> words(names.size());
  std::vector<std::size_t> order(names.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t i = 0; i < names.size(); ++i) words[i] = reader_.name_words(names[i]);
  // Fuller names first, so that a bare "maria" meets the whole "maria lopez".
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return words[a].size() > words[b].size(); });

  struct Person {
    std::vector<std::string> words;
    std::size_t first_seen = 0;
  };
  std::vector<Person> persons;
  std::map<std::string, std::vector<std::size_t>> by_word;
  std::map<std::string, std::size_t> found;
  for (const std::size_t i : order) {
    const std::string key = joined(words[i]);
    const auto known = found.find(key);
    if (known != found.end()) {
      persons[known->second].first_seen = std::min(persons[known->second].first_seen, i);
      continue;
    }
    std::vector<std::size_t> candidates;
    for (const std::string& word : words[i]) {
      const auto at = by_word.find(word);
      if (at == by_word.end()) continue;
      for (std::size_t n = 0; n < at->second.size() && n < kMaxCandidates; ++n) candidates.push_back(at->second[n]);
    }
    std::sort(candidates.begin(), candidates.end());
    candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
    std::size_t match = persons.size();
    for (const std::size_t candidate : candidates) {
      if (!same_person(words[i], persons[candidate].words)) continue;
      // Of several that fit, the one that was named first.
      if (match == persons.size() || persons[candidate].first_seen < persons[match].first_seen) match = candidate;
    }
    if (match == persons.size()) {
      persons.push_back({words[i], i});
      for (const std::string& word : words[i]) by_word[word].push_back(match);
    }
    persons[match].first_seen = std::min(persons[match].first_seen, i);
    found[key] = match;
  }
  std::vector<std::size_t> ranks(persons.size());
  std::iota(ranks.begin(), ranks.end(), std::size_t{0});
  std::sort(ranks.begin(), ranks.end(), [&](std::size_t a, std::size_t b) { return persons[a].first_seen < persons[b].first_seen; });
  std::vector<std::size_t> number(persons.size());
  full_names_.assign(persons.size(), {});
  for (std::size_t r = 0; r < ranks.size(); ++r) {
    number[ranks[r]] = r;
    full_names_[r] = joined(persons[ranks[r]].words);
  }
  by_key_.clear();
  for (const auto& [key, person] : found) by_key_[key] = number[person];
}

std::size_t PersonIndex::person(const std::string& name) const {
  const auto found = by_key_.find(joined(reader_.name_words(name)));
  return found == by_key_.end() ? 0 : found->second;
}

}  // namespace tertulia
