// The HTML report: figures of the store's views put into <bundle>/report/page.html, whose marks {{name}} are words of
// strings.tsv or one of the parts made here. Everything that is put in is escaped; the page loads nothing.
//
// Counts of customers from 1 to k - 1 are shown as "<k". A total is never split when one of its parts is that small: the
// hidden part would be the difference of the shown ones. Test: tests/engine/report_test.cc.
#include <algorithm>
#include <charconv>
#include <map>

#include "data/json_file.h"
#include "engine/panorama.h"
#include "engine/report_strings.h"
#include "tertulia/engine.h"

namespace tertulia {
namespace {

constexpr std::string_view kStages[] = {"considering", "planning", "underway", "done"};

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

long long count_of(const std::optional<std::string>& text) {
  long long out = 0;
  if (text) std::from_chars(text->data(), text->data() + text->size(), out);
  return out;
}

// One bar of a chart: parts of a whole, drawn by CSS; the figures stand beside it for those who do not see it.
struct Bar {
  std::string title;
  long long total = 0;
  std::map<std::string, long long> stages;  // empty: not split
};

class Page {
 public:
  Page(const Store& store, const ReportOptions& options, const ReportStrings& strings)
      : store_(store), k_(std::max(1, options.k)), strings_(strings) {}

  // Figures at the top.
  Result<std::string> figures() const {
    const Result<Table> table = store_.query(
        "SELECT (SELECT count(*) FROM customer_profile), (SELECT coalesce(sum(conversations), 0) FROM customer_profile),"
        " (SELECT count(DISTINCT customer_ref) FROM customer_event), (SELECT count(DISTINCT customer_ref) FROM customer_need),"
        " (SELECT count(DISTINCT customer_ref) FROM customer_signal)");
    if (!table.ok()) return table.status();
    constexpr const char* kNames[] = {"customers", "conversations", "customers_with_events", "customers_with_needs",
                                      "customers_with_signals"};
    std::string out = "<dl class=\"figures\">";
    for (std::size_t i = 0; i < std::size(kNames); ++i) {
      out += "<div><dt>" + escaped(strings_.text(kNames[i])) + "</dt><dd>" +
             escaped(ReportStrings::k_safe(count_of(table->rows[0][i]), k_)) + "</dd></div>";
    }
    return out + "</dl>";
  }

  // Customers by event, split by stage where that is safe.
  Result<std::string> events() const {
    const Result<Table> table = store_.query(
        "SELECT event, stage, count(DISTINCT customer_ref) FROM customer_event GROUP BY event, stage");
    if (!table.ok()) return table.status();
    std::map<std::string, Bar> bars;
    for (const auto& row : table->rows) {
      Bar& bar = bars[*row[0]];
      bar.title = strings_.title("event", *row[0]);
      bar.total += count_of(row[2]);
      bar.stages[*row[1]] += count_of(row[2]);
    }
    for (auto& [event, bar] : bars) {
      const bool small = std::any_of(bar.stages.begin(), bar.stages.end(), [this](const auto& s) { return s.second < k_; });
      if (small) bar.stages.clear();
    }
    return legend() + chart(bars, strings_.text("kind.event"));
  }

  // Customers by an id of a view.
  Result<std::string> counts(const std::string& kind) const {
    const Result<Table> table = store_.query("SELECT " + kind + ", count(DISTINCT customer_ref) FROM customer_" + kind +
                                             " GROUP BY " + kind);
    if (!table.ok()) return table.status();
    std::map<std::string, Bar> bars;
    for (const auto& row : table->rows) bars[*row[0]] = {strings_.title(kind, *row[0]), count_of(row[1]), {}};
    return chart(bars, strings_.text("kind." + kind));
  }

  Result<std::string> months() const {
    const Result<Table> table = store_.query(
        "SELECT substr(at, 1, 7), count(DISTINCT customer_ref) FROM evidence WHERE at IS NOT NULL GROUP BY 1 ORDER BY 1");
    if (!table.ok()) return table.status();
    std::map<std::string, Bar> bars;
    for (const auto& row : table->rows) bars[*row[0]] = {*row[0], count_of(row[1]), {}};
    return chart(bars, strings_.text("by_month"), true);
  }

  Result<std::string> segments() const {
    const Result<Table> table = store_.query(
        "SELECT segment, title, purpose, question, members FROM segment_summary ORDER BY members DESC, segment");
    if (!table.ok()) return table.status();
    if (table->rows.empty()) return nothing();
    std::string out = "<table><caption>" + escaped(strings_.text("segments")) + "</caption><thead><tr>";
    for (const char* name : {"segment", "members", "purpose", "question"}) {
      out += "<th scope=\"col\">" + escaped(strings_.text(name)) + "</th>";
    }
    out += "</tr></thead><tbody>";
    for (const auto& row : table->rows) {
      // The view gives no number for a small or empty segment.
      const std::string members = row[4] && count_of(row[4]) >= k_ ? *row[4] : ReportStrings::k_safe(1, k_);
      out += "<tr><th scope=\"row\">" + escaped(row[1].value_or(*row[0])) + "<br><small>" + escaped(*row[0]) +
             "</small></th><td class=\"number\">" + escaped(members) + "</td><td>" + escaped(row[2].value_or("")) +
             "</td><td><code>" + escaped(row[3].value_or("")) + "</code></td></tr>";
    }
    return out + "</tbody></table>";
  }

  // Empty where no customer has a belief.
  Result<std::string> widest_customer() const {
    const Result<Table> table = store_.query(
        "SELECT customer_ref FROM belief_current GROUP BY customer_ref ORDER BY count(*) DESC, customer_ref LIMIT 1");
    if (!table.ok()) return table.status();
    return table->rows.empty() ? std::string() : table->rows[0][0].value_or("");
  }

  Result<std::string> panorama(const std::string& customer_ref) const {
    if (customer_ref.empty()) return nothing();
    const Result<Panorama> view = load_panorama(store_, customer_ref);
    if (!view.ok()) return view.status();
    std::string out = "<p>" + escaped(strings_.text("customer")) + " <code>" + escaped(view->customer_ref) + "</code> · " +
                      escaped(strings_.text("conversations")) + ": " + std::to_string(view->conversations) + "</p>";
    std::string kind;
    for (const PanoramaItem& item : view->items) {
      if (item.kind != kind) {
        if (!kind.empty()) out += "</ul>";
        kind = item.kind;
        out += "<h3>" + escaped(strings_.text("kind." + kind)) + "</h3><ul>";
      }
      out += "<li>" + escaped(describe(item, strings_)) + why(item.why, true) + "</li>";
    }
    if (!kind.empty()) out += "</ul>";
    if (!view->segments.empty()) out += "<h3>" + escaped(strings_.text("segments")) + "</h3><ul>";
    for (const PanoramaSegment& segment : view->segments) {
      out += "<li>" + escaped(segment.title) + " · " + escaped(strings_.text("since")) + " " +
             escaped(day_of(segment.since)) + why(segment.why, false) + "</li>";
    }
    if (!view->segments.empty()) out += "</ul>";
    return out;
  }

 private:
  std::string nothing() const { return "<p>" + escaped(strings_.text("nothing_known")) + "</p>"; }

  std::string why(const std::vector<std::string>& words, bool cues) const {
    if (words.empty()) return {};
    std::string out = "<br><small>" + escaped(strings_.text("because")) + ": ";
    for (std::size_t i = 0; i < words.size(); ++i) {
      out += (i == 0 ? "" : cues ? ", " : "; ") + escaped(cues ? strings_.cue(words[i]) : words[i]);
    }
    return out + "</small>";
  }

  std::string legend() const {
    std::string out = "<p class=\"legend\">";
    for (const std::string_view stage : kStages) {
      out += "<span class=\"key " + std::string(stage) + "\"></span>" + escaped(strings_.title("stage", stage)) + " ";
    }
    return out + "</p>";
  }

  // Bars of hidden counts have no length: it would tell the number.
  std::string chart(const std::map<std::string, Bar>& bars, const std::string& caption, bool keep_order = false) const {
    if (bars.empty()) return nothing();
    std::vector<const Bar*> sorted;
    long long most = 1;
    for (const auto& [id, bar] : bars) {
      sorted.push_back(&bar);
      most = std::max(most, bar.total);
    }
    const auto shown = [this](const Bar* bar) { return bar->total < k_ ? 0 : bar->total; };
    if (!keep_order) {
      std::stable_sort(sorted.begin(), sorted.end(), [&](const Bar* a, const Bar* b) { return shown(a) > shown(b); });
    }
    std::string out = "<table class=\"chart\"><caption>" + escaped(caption) + "</caption><tbody>";
    for (const Bar* bar : sorted) {
      out += "<tr><th scope=\"row\">" + escaped(bar->title) + "</th><td class=\"bar\" aria-hidden=\"true\">";
      std::string parts;
      if (bar->stages.empty()) {
        out += stroke("all", shown(bar), most);
      } else {
        for (const std::string_view stage : kStages) {
          const auto found = bar->stages.find(std::string(stage));
          if (found == bar->stages.end()) continue;
          out += stroke(stage, found->second, most);
          parts += (parts.empty() ? "" : ", ") + strings_.title("stage", stage) + " " + std::to_string(found->second);
        }
      }
      out += "</td><td class=\"number\">" + escaped(ReportStrings::k_safe(bar->total, k_)) +
             (parts.empty() ? "" : "<br><small>" + escaped(parts) + "</small>") + "</td></tr>";
    }
    return out + "</tbody></table>";
  }

  static std::string stroke(std::string_view name, long long count, long long most) {
    if (count == 0) return {};
    return "<span class=\"" + std::string(name) + "\" style=\"width:" + std::to_string(count * 100 / most) + "%\"></span>";
  }

  const Store& store_;
  const int k_;
  const ReportStrings& strings_;
};

}  // namespace

Result<std::string> render_report(const Store& store, const ReportOptions& options) {
  const Result<ReportStrings> strings = ReportStrings::load(options.bundle_dir, options.language);
  if (!strings.ok()) return strings.status();
  const Result<std::string> form = read_file(options.bundle_dir + "/report/page.html", 1u << 20);
  if (!form.ok()) return form.status();

  const Page page(store, options, *strings);
  Result<std::string> customer = options.customer_ref.empty() ? page.widest_customer() : Result<std::string>(options.customer_ref);
  if (!customer.ok()) return customer.status();
  std::map<std::string, std::string, std::less<>> parts = {{"language", options.language}, {"k", std::to_string(std::max(1, options.k))}};
  const std::pair<const char*, Result<std::string>> made[] = {
      {"part.figures", page.figures()},       {"part.events", page.events()},     {"part.needs", page.counts("need")},
      {"part.signals", page.counts("signal")}, {"part.months", page.months()},     {"part.segments", page.segments()},
      {"part.panorama", page.panorama(*customer)}};
  for (const auto& [name, part] : made) {
    if (!part.ok()) return part.status();
    parts[name] = *part;
  }

  std::string out;
  for (std::size_t at = 0;;) {
    const std::size_t mark = form->find("{{", at);
    const std::size_t end = mark == std::string::npos ? mark : form->find("}}", mark);
    if (end == std::string::npos) return out.append(*form, at);
    out.append(*form, at, mark - at);
    const std::string name = form->substr(mark + 2, end - mark - 2);
    const auto part = parts.find(name);
    out += part != parts.end() ? part->second : escaped(strings->text(name));
    at = end + 2;
  }
}

}  // namespace tertulia
