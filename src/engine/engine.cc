// Engine: a verified bundle and the pipeline over it. Test: tests/engine/engine_test.cc.
#include "tertulia/engine.h"

#include <utility>

#include "base/clock.h"
#include "base/utf8.h"
#include "data/bundle.h"
#include "engine/batch.h"
#include "engine/pipeline.h"

namespace tertulia {

namespace {

// One message of a customer, repaired.
Conversation as_conversation(const TextInput& input, std::size_t* repaired) {
  Message message;
  message.id = input.id.empty() ? "1" : input.id;
  message.at = input.at;
  message.text = repair_utf8(input.text, repaired);
  Conversation conversation;
  conversation.id = message.id;
  conversation.channel = input.channel;
  conversation.customer = input.customer;
  conversation.messages.push_back(std::move(message));
  return conversation;
}

Result<Analysis> single(Result<std::vector<Analysis>> read, const TextInput& input, std::size_t repaired) {
  if (!read.ok()) return read.status();
  if (read->size() != 1) return Status(StatusCode::kInternal, "the anonymizer gave another number of messages");
  Analysis out = std::move(read->front());
  out.id = input.id;
  out.repaired_utf8 = repaired;
  return out;
}

}  // namespace

struct Engine::Impl {
  std::string model_id;
  Pipeline pipeline;
};

Engine::Engine(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;
Engine::~Engine() = default;

Result<Engine> Engine::open(const std::string& bundle_dir, const EngineOptions& options) {
  const Result<BundleManifest> manifest = verify_bundle(bundle_dir);
  if (!manifest.ok()) return manifest.status();
  Result<Pipeline> pipeline = Pipeline::open(bundle_dir, options);
  if (!pipeline.ok()) return pipeline.status();
  return Engine(std::make_unique<const Impl>(Impl{manifest->sha256, std::move(*pipeline)}));
}

Result<Analysis> Engine::analyze(const TextInput& input) const {
  std::size_t repaired = 0;
  const Conversation conversation = as_conversation(input, &repaired);
  return single(impl_->pipeline.analyze(conversation, input.language), input, repaired);
}

Result<Analysis> Engine::anonymize(const TextInput& input) const {
  std::size_t repaired = 0;
  const Conversation conversation = as_conversation(input, &repaired);
  return single(impl_->pipeline.anonymize(conversation, input.language), input, repaired);
}

Result<Analysis> Engine::explain(const TextInput& input) const {
  std::size_t repaired = 0;
  const Conversation conversation = as_conversation(input, &repaired);
  return single(impl_->pipeline.explain(conversation, input.language), input, repaired);
}

Result<std::vector<Analysis>> Engine::analyze(const Conversation& conversation) const {
  Conversation valid = conversation;
  std::vector<std::size_t> repaired(valid.messages.size(), 0);
  for (std::size_t i = 0; i < valid.messages.size(); ++i) {
    if (!is_valid_utf8(valid.messages[i].text)) {
      valid.messages[i].text = repair_utf8(conversation.messages[i].text, &repaired[i]);
    }
  }
  Result<std::vector<Analysis>> out = impl_->pipeline.analyze(valid, {});
  if (!out.ok()) return out.status();
  if (out->size() != repaired.size()) return Status(StatusCode::kInternal, "the anonymizer gave another number of messages");
  for (std::size_t i = 0; i < repaired.size(); ++i) (*out)[i].repaired_utf8 = repaired[i];
  return out;
}

Result<BatchReport> Engine::mine(const std::vector<std::string>& files, Store& store, Vault& vault,
                                 const MineOptions& options) const {
  MineOptions filled = options;
  if (filled.run.model.empty()) filled.run.model = impl_->model_id;
  return mine_files(impl_->pipeline, files, store, vault, filled);
}

const std::string& Engine::model_id() const { return impl_->model_id; }

Result<Timestamp> parse_timestamp(std::string_view text) { return parse_time(text); }

std::string format_timestamp(Timestamp at) { return format_time(at); }

}  // namespace tertulia
