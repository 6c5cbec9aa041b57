// Events, stages, needs, signals, mood and false alarms per message. Test: tests/learn/evaluator_test.cc.
#include <algorithm>
#include <set>

#include "learn/corpus.h"
#include "learn/evaluate.h"
#include "learn/jobs.h"
#include "tertulia/engine.h"

namespace tertulia {
namespace {

std::size_t count_words(const std::string& text) {
  std::size_t words = 0;
  bool inside = false;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\t';
    words += !blank && !inside;
    inside = !blank;
  }
  return words;
}

std::string length_class(std::size_t words) {
  return words <= 8 ? "1-8 words" : words <= 30 ? "9-30 words" : words <= 70 ? "31-70 words" : "over 70 words";
}

void count_sets(const std::set<std::string>& gold, const std::set<std::string>& got, Counts* total, std::map<std::string, Counts>* by) {
  const auto add = [&](const std::string& item, std::size_t Counts::*field) {
    ++(total->*field);
    if (by != nullptr) ++((*by)[item].*field);
  };
  for (const std::string& item : gold) add(item, got.count(item) ? &Counts::hit : &Counts::missed);
  for (const std::string& item : got) {
    if (gold.count(item) == 0) add(item, &Counts::wrong);
  }
}

// Events that are talked of without being the writer's own plan, by whose they are and how they are told.
struct SetAside {
  Share quiet;   // not given as active
  Share listed;  // given as heard
  Share right;   // of these: subject and assertion right
};

void count_heard(const LabelledMessage& row, const Reading& reading, std::map<std::string, SetAside>* by) {
  for (const HeardEvent& heard : row.heard) {
    SetAside& kind = (*by)[heard.subject == "other" ? "somebody else's" : heard.assertion];
    const auto finding = std::find_if(reading.events.begin(), reading.events.end(), [&](const Finding& f) { return f.event == heard.event; });
    const bool given = finding != reading.events.end();
    kind.quiet.add(!given || !finding->active);
    const bool listed = given && !finding->active && !finding->weak;
    kind.listed.add(listed);
    if (listed) kind.right.add(finding->subject == heard.subject && (heard.subject == "other" || finding->assertion == heard.assertion));
  }
}

}  // namespace

Result<Evaluation> evaluate_intents(const std::string& file, const EvaluateOptions& options) {
  Result<Engine> engine = Engine::open(options.bundle_dir);
  if (!engine.ok()) return engine.status();
  Result<std::vector<LabelledMessage>> rows = load_messages(file);
  if (!rows.ok()) return rows.status();
  std::vector<Analysis> answers(rows->size());
  std::vector<Status> problems(rows->size());
  run_jobs(rows->size(), [&](std::size_t i) {
    TextInput input;
    input.id = (*rows)[i].id;
    input.text = (*rows)[i].text;
    input.channel = (*rows)[i].channel;
    Result<Analysis> answer = engine->analyze(input);
    if (answer.ok()) answers[i] = *std::move(answer);
    else problems[i] = answer.status();
  });
  for (const Status& problem : problems) {
    if (!problem.ok()) return problem;
  }

  Counts total, needs, signals;
  std::map<std::string, Counts> by_event, by_lang, by_channel, by_length, by_need, by_signal;
  std::map<std::string, SetAside> set_aside;
  std::map<std::string, Share> by_trap, stage_by, by_channel_quiet;
  std::map<std::pair<std::string, std::string>, std::size_t> stage_confusion;
  std::vector<std::pair<double, bool>> calibration;
  Share stage, mood, language, exact, traps, quiet;
  std::string errors;
  std::size_t shown = 0;
  for (std::size_t i = 0; i < rows->size(); ++i) {
    const LabelledMessage& row = (*rows)[i];
    const Reading& reading = answers[i].reading;
    std::set<std::string> gold, got;
    std::map<std::string, std::string> stages;
    for (const auto& [event, at] : row.events) gold.insert(event);
    for (const Finding& finding : reading.events) {
      if (!finding.active) continue;
      got.insert(finding.event);
      stages[finding.event] = finding.stage;
      calibration.emplace_back(finding.confidence, gold.count(finding.event) > 0);
    }
    count_sets(gold, got, &total, &by_event);
    count_sets(gold, got, &by_lang[row.lang], nullptr);
    count_sets(gold, got, &by_channel[row.channel], nullptr);
    count_sets(gold, got, &by_length[length_class(count_words(row.text))], nullptr);
    for (const auto& [event, at] : row.events) {
      if (got.count(event) == 0) continue;
      stage.add(stages[event] == at);
      stage_by[at].add(stages[event] == at);
      ++stage_confusion[{at, stages[event]}];
    }
    std::set<std::string> got_needs, got_signals;
    for (const NeedFinding& need : reading.needs) {
      if (need.is_explicit) got_needs.insert(need.need);
    }
    for (const SignalFinding& signal : reading.signals) got_signals.insert(signal.signal);
    count_sets({row.needs.begin(), row.needs.end()}, got_needs, &needs, &by_need);
    count_sets({row.signals.begin(), row.signals.end()}, got_signals, &signals, &by_signal);
    count_heard(row, reading, &set_aside);
    mood.add(reading.sentiment.label == row.sentiment);
    language.add(reading.language == row.lang);
    exact.add(gold == got);
    const bool alarm = std::any_of(got.begin(), got.end(), [&](const std::string& event) { return gold.count(event) == 0; });
    if (!row.trap.empty()) {
      traps.add(alarm);
      by_trap[row.trap].add(alarm);
    } else if (gold.empty()) {
      quiet.add(!got.empty());
      by_channel_quiet[row.channel].add(!got.empty());
    }
    if (gold != got && shown < options.show_errors) {
      ++shown;
      errors += row.id + (row.trap.empty() ? "" : " (" + row.trap + ")") + ": expected";
      for (const std::string& event : gold) errors += " " + event;
      errors += gold.empty() ? " nothing, got" : ", got";
      for (const std::string& event : got) errors += " " + event;
      errors += got.empty() ? " nothing\n" : "\n";
    }
  }

  Figures figures;
  figures.header({"messages", "precision", "recall", "F1", "stage right", "traps that fire", "everyday that fires", "exact"});
  figures.row({std::to_string(rows->size()), decimal(total.precision()), decimal(total.recall()), decimal(total.f1()), decimal(stage.value()),
               percent(traps.value()), percent(quiet.value()), decimal(exact.value())});
  figures.title("Active events");
  figures.counts("event", by_event);
  figures.title("Per language");
  figures.counts("language", by_lang);
  figures.title("Per channel");
  figures.counts("channel", by_channel);
  figures.title("Per length");
  figures.counts("length", by_length);
  figures.title("Traps: what a keyword reader would take for an event");
  figures.shares("kind", "false alarms", by_trap);
  figures.title("Everyday messages");
  figures.shares("channel", "false alarms", by_channel_quiet);
  figures.title("Events heard that are not the writer's own plan");
  figures.header({"told as", "events", "not given as active", "listed as heard", "of these, subject and assertion right"});
  for (const auto& [kind, counts] : set_aside) {
    figures.row({kind, std::to_string(counts.quiet.all), percent(counts.quiet.value()), percent(counts.listed.value()), percent(counts.right.value())});
  }
  figures.title("Stage of rightly found events (rows: truth)");
  figures.header({"stage", "considering", "planning", "underway", "done", "right"});
  for (const char* truth : {"considering", "planning", "underway", "done"}) {
    std::vector<std::string> cells = {truth};
    for (const char* given : {"considering", "planning", "underway", "done"}) cells.push_back(std::to_string(stage_confusion[{truth, given}]));
    cells.push_back(percent(stage_by[truth].value()));
    figures.row(cells);
  }
  figures.title("Explicit needs");
  figures.counts("need", by_need);
  figures.title("Signals");
  figures.counts("signal", by_signal);
  figures.title("Reliability: of the findings given with such a confidence, so many were right");
  figures.header({"confidence", "findings", "mean confidence", "right"});
  for (double low = 0.3; low < 0.999; low += 0.1) {
    double sum = 0;
    Share right;
    for (const auto& [confidence, truth] : calibration) {
      if (confidence < low || (confidence >= low + 0.1 && low < 0.85)) continue;
      sum += confidence;
      right.add(truth);
    }
    if (right.all > 0) {
      figures.row({decimal(low).substr(0, 3) + "-" + decimal(std::min(1.0, low + 0.1)).substr(0, 3), std::to_string(right.all),
                   decimal(sum / static_cast<double>(right.all)), decimal(right.value())});
    }
    if (low > 0.85) break;
  }
  figures.title("Mood and language");
  figures.header({"figure", "share"});
  figures.row({"sentiment right", percent(mood.value())});
  figures.row({"language right", percent(language.value())});
  if (!errors.empty()) {
    figures.title("Errors");
    figures.line(errors);
  }
  double macro = 0;
  for (const auto& [event, c] : by_event) macro += c.f1();
  figures.figure("events_p", total.precision());
  figures.figure("events_r", total.recall());
  figures.figure("events_f1", total.f1());
  figures.figure("events_macro_f1", macro / static_cast<double>(std::max<std::size_t>(1, by_event.size())));
  figures.figure("exact", exact.value());
  figures.figure("stage_acc", stage.value());
  figures.figure("needs_f1", needs.f1());
  figures.figure("signals_f1", signals.f1());
  figures.figure("sentiment_acc", mood.value());
  figures.figure("language_acc", language.value());
  figures.figure("trap_alarm", traps.value());
  figures.figure("quiet_alarm", quiet.value());
  figures.figure("n", rows->size());
  return figures.finish();
}

}  // namespace tertulia
