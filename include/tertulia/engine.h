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
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tertulia/export.h"
#include "tertulia/entity.h"
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
};

struct Analysis {
  std::string id;
  std::string text;                 // as given (repaired UTF-8): the text that the spans count in
  std::string anonymized;
  std::vector<Entity> entities;
  Reading reading;
};

// The JSON answer of docs/cli.md, one line without a line end; never holds a personal value.
[[nodiscard]] TERTULIA_EXPORT std::string to_json(const Analysis& analysis, OffsetUnit unit);

struct MineOptions {
  ReaderOptions reader;
  unsigned threads = 1;             // results are byte-identical whatever the number
  std::size_t commit_every = 2000;  // conversations per transaction
  RunInfo run;
  std::function<void(const Status&)> on_bad_record;      // called in order, from the calling thread
  std::function<void(std::size_t messages)> on_progress;
};

struct BatchReport {
  ReadReport read;
  std::size_t bad_records = 0;
  std::size_t stopped_by_leak = 0;
  std::size_t special_withheld = 0;  // messages whose findings were withheld by the special-category guard
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

// One self-contained HTML page: figures of the store (k-safe), segments, and the panorama of one customer.
struct ReportOptions {
  std::string language = "es";      // es | en | ca
  std::string customer_ref;         // whose panorama; empty: the customer with the most beliefs
  int k = 10;                       // counts under k are shown as "<k"
};
[[nodiscard]] TERTULIA_EXPORT Result<std::string> render_report(Store& store, const ReportOptions& options);

}  // namespace tertulia

#endif  // TERTULIA_ENGINE_H_
