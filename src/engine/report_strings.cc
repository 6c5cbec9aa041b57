// Words of report and panorama as data. Test: tests/engine/report_test.cc.
#include "engine/report_strings.h"

#include <algorithm>
#include <vector>

#include "data/table_file.h"
#include "intent/taxonomy.h"

namespace tertulia {
namespace {

constexpr std::string_view kLanguages[] = {"es", "en", "ca"};

}  // namespace

Result<ReportStrings> ReportStrings::load(const std::string& bundle_dir, const std::string& language) {
  const auto* const found = std::find(std::begin(kLanguages), std::end(kLanguages), language);
  if (found == std::end(kLanguages)) {
    return Status(StatusCode::kInvalidArgument, "language: expected es, en or ca");
  }
  const std::size_t column = 1 + static_cast<std::size_t>(found - std::begin(kLanguages));
  const Result<std::vector<TableRow>> rows = load_table(bundle_dir + "/report/strings.tsv", 4, 4);
  if (!rows.ok()) return rows.status();
  ReportStrings out;
  for (const TableRow& row : *rows) out.texts_[row.fields[0]] = row.fields[column];
  const Result<Taxonomy> taxonomy = Taxonomy::open(bundle_dir);
  if (!taxonomy.ok()) return taxonomy.status();
  for (const LifeEvent& event : taxonomy->events()) {
    const std::string& title = column == 1 ? event.title_es : column == 2 ? event.title_en : event.title_ca;
    if (!title.empty()) out.texts_["event." + event.id] = title;
  }
  return out;
}

std::string ReportStrings::text(std::string_view key) const {
  const auto found = texts_.find(key);
  return found == texts_.end() ? std::string(key) : found->second;
}

std::string ReportStrings::title(std::string_view kind, std::string_view id) const {
  const auto found = texts_.find(std::string(kind) + "." + std::string(id));
  if (found != texts_.end()) return found->second;
  std::string out(id);
  std::replace(out.begin(), out.end(), '_', ' ');
  return out;
}

std::string ReportStrings::cue(std::string_view cue) const {
  const std::size_t colon = cue.find(": ");
  if (colon == std::string_view::npos) return std::string(cue);
  const std::string_view kind = cue.substr(0, colon), words = cue.substr(colon + 2);
  auto found = texts_.find("cue." + std::string(kind));
  if (found == texts_.end()) found = texts_.find("stage." + std::string(kind));  // what tells a stage is named for it
  if (found == texts_.end()) return std::string(cue);
  std::string shown(words);
  if (kind == "rule") {  // "home_building planning": ids, not words of the customer
    const std::size_t blank = words.find(' ');
    shown = title("event", words.substr(0, blank));
    if (blank != std::string_view::npos) shown += ", " + title("stage", words.substr(blank + 1));
  }
  return found->second + ": " + shown;
}

std::string ReportStrings::k_safe(long long count, int k) {
  if (count <= 0 || count >= k) return std::to_string(count);
  return std::string("<").append(std::to_string(k));
}

}  // namespace tertulia
