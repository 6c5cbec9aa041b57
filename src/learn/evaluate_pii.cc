// Spans of personal data: leaks, exact spans per type, decoys alarmed, innocent letters lost. Offsets of the file are
// code points, half open. Test: tests/learn/evaluator_test.cc.
#include <unicode/uchar.h>

#include <algorithm>
#include <set>

#include "base/utf8.h"
#include "learn/evaluate.h"
#include "learn/labelled_text.h"
#include "tertulia/engine.h"

namespace tertulia {
Result<Evaluation> evaluate_pii(const std::string& file, const EvaluateOptions& options) {
  Result<Engine> engine = Engine::open(options.bundle_dir);
  if (!engine.ok()) return engine.status();
  const Result<std::vector<LabelledText>> rows = load_labelled_texts(file);
  if (!rows.ok()) return rows.status();

  Counts total;
  std::map<std::string, Counts> by_type, by_lang, by_channel;
  std::map<std::string, Share> leaks_by_type;
  Share leaked_spans, leaked_letters, lost_letters, decoys;
  std::string errors;
  std::size_t shown = 0;
  for (const LabelledText& row : *rows) {
    TextInput input;
    input.id = row.id;
    input.text = row.text;
    input.channel = row.channel;
    Result<Analysis> answer = engine->analyze(input);
    if (!answer.ok()) return answer.status();
    std::vector<bool> letter;
    for (std::size_t at = 0; at < row.text.size();) {
      const CodePoint point = decode_utf8(row.text, at);
      letter.push_back(u_isalnum(static_cast<UChar32>(point.value)) != 0);
      at += point.size;
    }
    std::set<TypedSpan> got;
    std::vector<bool> covered(letter.size(), false), gold_letters(letter.size(), false);
    OffsetConverter offsets(row.text, OffsetUnit::kCodePoints);
    for (const Entity& entity : answer->entities) {
      const std::size_t begin = offsets.convert(entity.span.begin), end = offsets.convert(entity.span.end);
      got.insert({begin, end, entity.type});
      for (std::size_t i = begin; i < end && i < covered.size(); ++i) covered[i] = true;
    }
    bool leak = false;
    for (const auto& [begin, end, type] : row.spans) {
      std::size_t out = 0;
      for (std::size_t i = begin; i < end && i < letter.size(); ++i) {
        gold_letters[i] = true;
        if (!letter[i]) continue;
        leaked_letters.add(!covered[i]);
        out += !covered[i];
      }
      leaked_spans.add(out > 0);
      leaks_by_type[type].add(out > 0);
      leak = leak || out > 0;
    }
    for (std::size_t i = 0; i < letter.size(); ++i) {
      if (letter[i] && !gold_letters[i]) lost_letters.add(covered[i]);
    }
    const auto add = [&](const std::string& type, std::size_t Counts::*field) {
      ++(total.*field);
      ++(by_type[type].*field);
      ++(by_lang[row.lang].*field);
      ++(by_channel[row.channel].*field);
    };
    for (const TypedSpan& span : row.spans) add(std::get<2>(span), got.count(span) ? &Counts::hit : &Counts::missed);
    for (const TypedSpan& span : got) {
      if (row.spans.count(span) == 0) add(std::get<2>(span), &Counts::wrong);
    }
    bool alarm = false;
    if (!row.decoy.empty()) {
      for (const auto& [begin, end, type] : got) {
        const bool over_gold = std::any_of(row.spans.begin(), row.spans.end(), [b = begin, e = end](const TypedSpan& s) { return b < std::get<1>(s) && std::get<0>(s) < e; });
        alarm = alarm || !over_gold;
      }
      decoys.add(alarm);
    }
    if ((leak || alarm) && shown < options.show_errors) {
      ++shown;
      errors += row.id + (leak ? ": leak" : "") + (alarm ? ": decoy alarmed" : "") + "\n";
    }
  }

  Figures figures;
  figures.header({"messages", "spans left in clear", "letters left in clear", "innocent letters lost", "decoy lines alarmed", "span precision", "span recall", "span F1", "PERSON F1"});
  figures.row({std::to_string(rows->size()), percent(leaked_spans.value()), percent(leaked_letters.value()), percent(lost_letters.value()), percent(decoys.value()),
               decimal(total.precision()), decimal(total.recall()), decimal(total.f1()), decimal(by_type["PERSON"].f1())});
  figures.title("Exact spans per type");
  figures.counts("type", by_type, true);
  figures.title("Spans left in clear, wholly or in part");
  figures.header({"type", "spans", "in clear", "share"});
  for (const auto& [type, share] : leaks_by_type) figures.row({type, std::to_string(share.all), std::to_string(share.held), percent(share.value())});
  figures.title("Per language");
  figures.counts("language", by_lang, true);
  figures.title("Per channel");
  figures.counts("channel", by_channel, true);
  if (!errors.empty()) {
    figures.title("Errors");
    figures.line(errors);
  }
  figures.figure("span_p", total.precision());
  figures.figure("span_r", total.recall());
  figures.figure("span_f1", total.f1());
  figures.figure("span_f2", total.f2());
  figures.figure("person_f1", by_type["PERSON"].f1());
  figures.figure("leaked_spans", leaked_spans.value());
  figures.figure("leaked_chars", leaked_letters.value());
  figures.figure("over_redacted", lost_letters.value());
  figures.figure("decoy_alarm", decoys.value());
  figures.figure("n", rows->size());
  return figures.finish();
}

}  // namespace tertulia
