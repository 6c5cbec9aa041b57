// The assembled pipeline: the one type that most programs need.
//
//   auto engine = tertulia::Engine::open("build/bundle", {});
//   if (!engine.ok()) { std::cerr << engine.status().message() << '\n'; return 3; }
//   tertulia::Analysis a = engine->analyze({"1", "soy Ana, ya tenemos la parcela y buscamos hipoteca"}).value();
//   std::cout << tertulia::to_json(a, tertulia::OffsetUnit::kCodePoints) << '\n';
//
// An Engine is immutable: share one between all threads.
#ifndef TERTULIA_ENGINE_H_
#define TERTULIA_ENGINE_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tertulia/entity.h"
#include "tertulia/export.h"
#include "tertulia/finding.h"
#include "tertulia/message.h"
#include "tertulia/privacy.h"
#include "tertulia/reader.h"
#include "tertulia/span.h"
#include "tertulia/status.h"
#include "tertulia/store.h"
#include "tertulia/vault.h"

namespace tertulia {

struct EngineOptions {
  AnonymizerOptions anonymizer;
  bool explain = true;   // fill the why of findings
};

// One message on its own.
struct TextInput {
  std::string id;
  std::string text;
  std::string channel;              // or empty
  std::string language;             // hint for very short texts, or empty
  std::optional<Timestamp> at;      // horizons count from here
  std::string customer;             // whose words, for operators of that scope; or empty
};

struct Analysis {
  std::string id;
  std::string text;                 // as given (repaired UTF-8): the text that the spans count in
  std::string anonymized;
  std::vector<Entity> entities;
  Reading reading;
  std::size_t repaired_utf8 = 0;    // bytes replaced by U+FFFD in `text`
  std::vector<Rejection> rejected;  // near misses; of Engine::explain alone
};

// The JSON answer of docs/cli.md, one line without a line end; never holds a personal value. Numbers have four
// decimals at most and are the same on every machine.
[[nodiscard]] TERTULIA_EXPORT std::string to_json(const Analysis& analysis, OffsetUnit unit);

// What Engine::explain found, both ways: {"id","found":[{"type","start","end","score","recognizer","why"}],"rejected":[{"type",
// "start","end","score","recognizer","reason"}]}, one line without a line end. No text, no value.
[[nodiscard]] TERTULIA_EXPORT std::string explanation_to_json(const Analysis& analysis, OffsetUnit unit);

// One line {"id","text",["channel","lang","at","customer"]}, read.
struct InputLine {
  Status status;                    // kInvalidData: "chat.jsonl:2:7: …", "chat.jsonl:2: text: expected a string"
  std::optional<std::string> id;    // whenever there is one, also on a line that is bad otherwise
  TextInput input;                  // when status is ok
  std::size_t repaired_utf8 = 0;    // bytes of the line replaced by U+FFFD
};
// `where` names the line in errors ("chat.jsonl:2"). Other keys are ignored; a key that stands twice is an error.
[[nodiscard]] TERTULIA_EXPORT InputLine parse_input_line(std::string_view line, const std::string& where);
// {"id":"…","error":"…"}, with null where there is no id.
[[nodiscard]] TERTULIA_EXPORT std::string error_to_json(const std::optional<std::string>& id, const std::string& error);

// ISO 8601 ("2026-03-02T10:15:00Z", "2026-03-02"; UTC without a zone) to a Timestamp and back. kInvalidData.
[[nodiscard]] TERTULIA_EXPORT Result<Timestamp> parse_timestamp(std::string_view text);
[[nodiscard]] TERTULIA_EXPORT std::string format_timestamp(Timestamp at);

struct MineOptions {
  ReaderOptions reader;
  unsigned threads = 1;             // results are byte-identical whatever the number
  std::size_t commit_every = 2000;  // conversations per transaction
  RunInfo run;                      // source, model and engine_version are filled in where they are empty
  std::function<void(const Status&)> on_bad_record;      // called in order, from the calling thread
  std::function<void(std::size_t messages)> on_progress;
};

struct BatchReport {
  ReadReport read;
  std::size_t bad_records = 0;       // records and whole files that could not be read
  std::size_t stopped_by_leak = 0;
  std::size_t special_withheld = 0;  // messages that touched a special category: stored without facts, mood and words
  CommitReport stored;
};

class TERTULIA_EXPORT Engine {
 public:
  // Opens a bundle directory and verifies it against its manifest. kNotFound, kFailedPrecondition.
  static Result<Engine> open(const std::string& bundle_dir, const EngineOptions& options = {});
  Engine(Engine&&) noexcept;
  Engine& operator=(Engine&&) noexcept;
  ~Engine();

  Result<Analysis> analyze(const TextInput& input) const;
  // One Analysis a message, in order; the conversation is the unit.
  Result<std::vector<Analysis>> analyze(const Conversation& conversation) const;

  // The gate alone: text, anonymized, entities and the language; nothing else is read.
  Result<Analysis> anonymize(const TextInput& input) const;
  // The same with Analysis::rejected: why, and why not.
  Result<Analysis> explain(const TextInput& input) const;

  // Reads the files in order into the store. Bad records are reported and skipped. Mining the same file twice
  // changes nothing; a run that was killed goes on where it was.
  Result<BatchReport> mine(const std::vector<std::string>& files, Store& store, Vault& vault,
                           const MineOptions& options) const;

  // sha256 of the bundle's manifest, in hexadecimal.
  [[nodiscard]] const std::string& model_id() const;

 private:
  struct Impl;
  explicit Engine(std::unique_ptr<const Impl> impl);
  std::unique_ptr<const Impl> impl_;
};

// The panoramic view of one customer: every attribute with its why.
struct PanoramaOptions {
  std::string bundle_dir;           // its report/strings.tsv holds the words of the page
  std::string language = "es";      // es | en | ca
  std::string customer_ref;         // 32 hexadecimal digits
};
struct PanoramaText {
  std::string text;                 // for a terminal, in the asked language
  std::string json;                 // one object
};
// kNotFound: nothing is known of this customer. kInvalidArgument: not a reference, unknown language.
[[nodiscard]] TERTULIA_EXPORT Result<PanoramaText> render_panorama(const Store& store, const PanoramaOptions& options);

// One self-contained HTML page: figures of the store (k-safe), segments, and the panorama of one customer.
struct ReportOptions {
  std::string bundle_dir;           // its report/ holds the page and its words
  std::string language = "es";      // es | en | ca
  std::string customer_ref;         // whose panorama; empty: the customer with the most beliefs
  int k = 10;                       // counts under k are shown as "<k"
};
[[nodiscard]] TERTULIA_EXPORT Result<std::string> render_report(const Store& store, const ReportOptions& options);

}  // namespace tertulia

#endif  // TERTULIA_ENGINE_H_
