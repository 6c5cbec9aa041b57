// train(): rules copied, corpus anonymized, both scorers trained, the second stage and the thresholds fitted on
// held-out scores, everything listed in the manifest; the bundle replaces the old one only when all has succeeded.
// Test: tests/learn/trainer_test.cc.
#include "tertulia/train.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <numeric>
#include <set>

#include "base/digest.h"
#include "data/bundle.h"
#include "data/json_file.h"
#include "intent/taxonomy.h"
#include "learn/decision_trainer.h"
#include "learn/event_trainer.h"
#include "learn/jobs.h"
#include "learn/labelled_text.h"
#include "learn/name_trainer.h"
#include "tertulia/privacy.h"
#include "tertulia/version.h"

namespace tertulia {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kFolds = 3;              // for held-out scores
constexpr std::size_t kVocabularyAuthors = 3;  // a word may explain when so many hands have used it

// The parts of models/ that the runtime reads; the corpus stays behind.
constexpr const char* kRuleFolders[] = {"text", "language", "privacy", "ingest", "intent", "segment", "segments", "report"};

Status copy_rules(const std::string& models, const std::string& bundle) {
  std::error_code error;
  for (const char* folder : kRuleFolders) {
    const fs::path from = fs::path(models) / folder;
    if (!fs::exists(from)) continue;
    fs::copy(from, fs::path(bundle) / folder, fs::copy_options::recursive, error);
    if (error) return Status(StatusCode::kUnreadable, from.string() + ": " + error.message());
  }
  return {};
}

Result<std::vector<PreparedMessage>> prepare(const std::vector<LabelledMessage>& corpus, const Anonymizer& anonymizer,
                                             const FeatureExtractor& extractor, std::vector<CleanConversation>* clean) {
  std::vector<PreparedMessage> out(corpus.size());
  std::vector<Status> problems(corpus.size());
  std::vector<std::optional<CleanConversation>> conversations(corpus.size());
  run_jobs(corpus.size(), [&](std::size_t i) {
    Conversation conversation;
    conversation.id = corpus[i].id;
    conversation.channel = corpus[i].channel;
    Message message;
    message.id = "1";
    message.text = corpus[i].text;
    conversation.messages.push_back(std::move(message));
    Result<CleanConversation> result = anonymizer.clean(conversation, corpus[i].lang);
    if (!result.ok()) {
      problems[i] = result.status();
      return;
    }
    out[i] = {&corpus[i], extract(extractor, result->messages()[0].document())};
    conversations[i] = *std::move(result);
  });
  for (const Status& problem : problems) {
    if (!problem.ok()) return problem;
  }
  if (clean != nullptr) {
    for (auto& conversation : conversations) clean->push_back(*std::move(conversation));
  }
  return out;
}

// Words that may explain: used by several authors, and never inside anything that the anonymizer took out.
Status write_vocabulary(const std::vector<PreparedMessage>& messages, const std::vector<CleanConversation>& clean,
                        const Analyzer& analyzer, const std::string& path) {
  std::map<std::string, std::set<std::string>> authors;
  std::map<std::string, std::map<std::string, std::size_t>> forms;
  std::set<std::string> personal;
  for (std::size_t i = 0; i < messages.size(); ++i) {
    const Document& document = clean[i].messages()[0].document();
    for (const ModelWord& word : messages[i].features.words) {
      if (!word.is_word) continue;
      authors[word.text].insert(messages[i].gold->author);
      const Token& token = document.tokens()[word.token];
      if (token.kind == TokenKind::kWord) ++forms[word.text][std::string(document.lower(token))];
    }
    for (const Entity& entity : clean[i].messages()[0].entities()) {
      const Document inside = analyzer.analyze(entity.span.of(messages[i].gold->text), "es");
      for (const Token& token : inside.tokens()) personal.insert(std::string(inside.folded(token)));
    }
  }
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << "# Words that an explanation may show: folded form, form to show. Made by the training.\n";
  for (const auto& [word, by] : authors) {
    if (by.size() < kVocabularyAuthors || word.size() < 3 || personal.count(word) > 0) continue;
    const auto& shown = forms[word];
    const auto best = std::max_element(shown.begin(), shown.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    out << word << '\t' << (best == shown.end() ? word : best->first) << '\n';
  }
  out.close();
  return out ? Status() : Status(StatusCode::kUnreadable, path + ": cannot be written");
}

// The tagger of names: everything that passes the anonymizer later needs it.
Status train_names_into(const std::string& models, const std::string& bundle, const Analyzer& analyzer, std::size_t* count) {
  Result<std::vector<LabelledText>> texts = load_labelled_texts(models + "/corpus/pii/train");
  if (!texts.ok()) return texts.status();
  Result<std::vector<LabelledText>> talk = load_labelled_texts(models + "/corpus/train", UnmarkedLines::kSkip);
  if (!talk.ok() && talk.status().code() != StatusCode::kNotFound) return talk.status();
  if (talk.ok()) texts->insert(texts->end(), std::make_move_iterator(talk->begin()), std::make_move_iterator(talk->end()));
  Result<NameTable> table = NameTable::load(bundle);
  if (!table.ok()) return table.status();
  *count = texts->size();
  return train_names(*texts, analyzer, *table).save(bundle + "/privacy/person_names.bin");
}

Result<std::string> corpus_digest(const std::string& models) {
  std::string all;
  for (const char* part : {"train", "dev", "pii/train"}) {
    std::vector<std::string> files;
    std::error_code error;
    for (fs::directory_iterator it(fs::path(models) / "corpus" / part, error), end; !error && it != end; it.increment(error)) {
      files.push_back(it->path().string());
    }
    std::sort(files.begin(), files.end());
    for (const std::string& file : files) {
      Result<std::string> digest = sha256_file(file);
      if (!digest.ok()) return digest.status();
      all += fs::path(file).filename().string() + " " + *digest + "\n";
    }
  }
  return sha256_hex(all);
}

// The part of the corpus that is held out together with a message: all of its author, where the author tells of many
// events, so that no habit of one hand is learnt and then rewarded; the message alone, where an author tells mostly of
// one event, which would otherwise be scored by models that hardly know it.
std::vector<std::size_t> make_folds(const std::vector<PreparedMessage>& messages) {
  std::map<std::string, std::map<std::string, std::size_t>> most;
  std::map<std::string, std::size_t> total;
  for (const PreparedMessage& message : messages) {
    for (const auto& [event, stage] : message.gold->events) {
      ++most[message.gold->author][event];
      ++total[message.gold->author];
    }
  }
  std::map<std::string, std::size_t> fold_of;  // of authors of many events
  std::vector<std::size_t> folds;
  for (std::size_t i = 0; i < messages.size(); ++i) {
    const std::string& author = messages[i].gold->author;
    std::size_t largest = 0;
    for (const auto& [event, count] : most[author]) largest = std::max(largest, count);
    if (2 * largest > total[author]) {
      folds.push_back(i % kFolds);
    } else {
      const auto place = fold_of.emplace(author, fold_of.size() % kFolds).first;
      folds.push_back(place->second);
    }
  }
  return folds;
}

// Scores of every message by models that never saw it.
Result<std::vector<HeldOutMessage>> cross_score(const std::vector<PreparedMessage>& messages, const FeatureExtractor& extractor,
                                                const std::vector<std::string>& labels, const std::string& scratch,
                                                std::uint64_t seed) {
  std::vector<std::vector<std::uint32_t>> inside(kFolds), outside(kFolds);
  const std::vector<std::size_t> folds = make_folds(messages);
  for (std::uint32_t i = 0; i < messages.size(); ++i) {
    const std::size_t fold = folds[i];
    for (std::size_t f = 0; f < kFolds; ++f) (f == fold ? inside : outside)[f].push_back(i);
  }
  std::vector<Status> problems(kFolds);
  run_jobs(kFolds, [&](std::size_t f) {
    if (!inside[f].empty() && !outside[f].empty()) problems[f] = train_fast(messages, outside[f], seed + f, scratch + std::to_string(f));
  });
  std::vector<HeldOutMessage> out(messages.size());
  for (std::size_t f = 0; f < kFolds; ++f) {
    if (!problems[f].ok()) return problems[f];
    if (inside[f].empty() || outside[f].empty()) continue;
    Result<FastModel> fast = FastModel::load(scratch + std::to_string(f));
    if (!fast.ok()) return fast.status();
    fs::remove(scratch + std::to_string(f));
    const LinearModel linear = train_linear(messages, outside[f], labels);
    run_jobs(inside[f].size(), [&](std::size_t i) {
      const std::uint32_t m = inside[f][i];
      out[m] = {&messages[m], score(extractor, linear, *fast, messages[m].features)};
    });
  }
  out.erase(std::remove_if(out.begin(), out.end(), [](const HeldOutMessage& m) { return m.message == nullptr; }), out.end());
  return out;
}

Status train_into(const TrainOptions& options, const std::string& bundle) {
  const auto say = [&](const std::string& line) {
    if (options.progress) options.progress(line);
  };
  if (Status status = copy_rules(options.models_dir, bundle); !status.ok()) return status;

  Result<Taxonomy> taxonomy = Taxonomy::open(bundle);
  if (!taxonomy.ok()) return taxonomy.status();
  std::vector<std::string> events;
  for (const LifeEvent& event : taxonomy->events()) events.push_back(event.id);
  Result<Analyzer> analyzer = Analyzer::open(bundle);
  if (!analyzer.ok()) return analyzer.status();
  std::size_t named = 0;
  if (Status status = train_names_into(options.models_dir, bundle, *analyzer, &named); !status.ok()) return status;
  say("trained the tagger of names on " + std::to_string(named) + " texts");
  Result<Anonymizer> anonymizer = Anonymizer::open(bundle, {});
  if (!anonymizer.ok()) return anonymizer.status();
  Result<FeatureExtractor> extractor = FeatureExtractor::open(bundle);
  if (!extractor.ok()) return extractor.status();
  Result<std::vector<LabelledMessage>> train_corpus = load_messages(options.models_dir + "/corpus/train");
  if (!train_corpus.ok()) return train_corpus.status();
  Result<std::vector<LabelledMessage>> dev_corpus = load_messages(options.models_dir + "/corpus/dev");
  if (!dev_corpus.ok()) return dev_corpus.status();
  for (const LabelledMessage& message : *train_corpus) {
    for (const auto& [event, stage] : message.events) {
      if (taxonomy->index(event) == events.size()) return Status(StatusCode::kInvalidData, "corpus: " + message.id + ": unknown event");
      if (stage_index(stage) == kStages.size()) return Status(StatusCode::kInvalidData, "corpus: " + message.id + ": unknown stage");
    }
  }

  std::vector<CleanConversation> clean;
  Result<std::vector<PreparedMessage>> messages = prepare(*train_corpus, *anonymizer, *extractor, &clean);
  if (!messages.ok()) return messages.status();
  Result<std::vector<PreparedMessage>> dev = prepare(*dev_corpus, *anonymizer, *extractor, nullptr);
  if (!dev.ok()) return dev.status();
  say("anonymized " + std::to_string(messages->size()) + " messages to train on and " + std::to_string(dev->size()) + " to tune on");
  if (Status status = write_vocabulary(*messages, clean, *analyzer, bundle + "/intent/vocabulary.tsv"); !status.ok()) return status;
  clean.clear();

  const std::vector<std::string> labels = linear_labels(events);
  std::vector<std::uint32_t> all(messages->size());
  std::iota(all.begin(), all.end(), 0u);
  Result<std::vector<HeldOutMessage>> held_out = cross_score(*messages, *extractor, second_stage_labels(labels), bundle + "/fold", options.seed);
  if (!held_out.ok()) return held_out.status();
  say("scored every message by models that never saw it");

  const std::string fast_path = bundle + "/intent/life_events.bin";
  if (Status status = train_fast(*messages, all, options.seed, fast_path); !status.ok()) return status;
  Result<FastModel> fast = FastModel::load(fast_path);
  if (!fast.ok()) return fast.status();
  const LinearModel linear = train_linear(*messages, all, labels);
  if (Status status = linear.save(bundle + "/intent/linear.bin"); !status.ok()) return status;
  say("trained fastText and the linear model: " + std::to_string(linear.table().size()) + " features, " + std::to_string(labels.size()) + " labels");

  std::vector<HeldOutMessage> choose(dev->size());
  run_jobs(dev->size(), [&](std::size_t i) { choose[i] = {&(*dev)[i], score(*extractor, linear, *fast, (*dev)[i].features)}; });
  const std::vector<std::string> held_out_labels = second_stage_labels(labels);
  const Decision decision = fit_decision(
      events, {labels, LabelPlaces(events, labels, fast->labels()), &choose}, {held_out_labels, LabelPlaces(events, held_out_labels, fast->labels()), &*held_out}, {});
  if (Status status = decision.save(bundle + "/intent/decision.json"); !status.ok()) return status;
  say("fitted the second stage and the thresholds");

  Result<std::string> digest = corpus_digest(options.models_dir);
  if (!digest.ok()) return digest.status();
  return write_manifest(bundle, TERTULIA_VERSION, *digest);
}

}  // namespace

Status train(const TrainOptions& options) {
  std::error_code error;
  if (!fs::is_directory(options.models_dir, error)) return Status(StatusCode::kNotFound, options.models_dir + ": no such directory");
  if (options.bundle_dir.empty()) return Status(StatusCode::kInvalidArgument, "bundle_dir is empty");
  const std::string scratch = options.bundle_dir + ".new";
  fs::remove_all(scratch, error);
  fs::create_directories(scratch, error);
  if (error) return Status(StatusCode::kUnreadable, scratch + ": " + error.message());
  Status status = train_into(options, scratch);
  if (status.ok()) {
    fs::remove_all(options.bundle_dir, error);
    fs::rename(scratch, options.bundle_dir, error);
    if (error) status = Status(StatusCode::kUnreadable, options.bundle_dir + ": " + error.message());
  }
  if (!status.ok()) fs::remove_all(scratch, error);
  return status;
}

}  // namespace tertulia
