// Conversations through the pipeline on several threads, merged in the order of the input.
//
// The calling thread reads and writes; workers only compute. It keeps a queue of batches in the order of reading, hands
// each to the workers and takes results from the front alone, so that the store sees the same sequence whatever the number
// of threads, and bad records are reported where they stood. At most kBatchesPerThread batches a worker are in memory.
// With one thread no worker is started. Test: tests/engine/batch_test.cc.
#include "engine/batch.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <variant>

#include "base/digest.h"
#include "tertulia/reader.h"
#include "tertulia/version.h"

namespace tertulia {
namespace {

constexpr std::size_t kBatchConversations = 64, kBatchMessages = 256, kBatchesPerThread = 3;
constexpr unsigned kMaxThreads = 256;

// What the reader gave, in its order, and what came of it.
struct Batch {
  struct Item {
    std::variant<Conversation, Status> read;
    MinedConversation mined;
  };
  std::vector<Item> items;
  std::size_t messages = 0;
  bool done = false;  // guarded by Workers::mutex_
};

void compute(const Pipeline& pipeline, const Vault& vault, Timestamp undated, Batch& batch) {
  for (Batch::Item& item : batch.items) {
    if (Conversation* conversation = std::get_if<Conversation>(&item.read)) {
      item.mined = pipeline.mine(*conversation, vault, undated);
      conversation->messages = {};  // the personal text is not needed any more
    }
  }
}

class Workers {
 public:
  Workers(const Pipeline& pipeline, const Vault& vault, Timestamp undated, unsigned threads)
      : pipeline_(pipeline), vault_(vault), undated_(undated) {
    if (threads < 2) return;
    for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { run(); });
  }
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;
  ~Workers() {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      stopped_ = true;
    }
    work_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }

  // The batch must live until finish() has returned for it or this object is gone.
  void start(Batch& batch) {
    if (threads_.empty()) {
      compute(pipeline_, vault_, undated_, batch);
      batch.done = true;
      return;
    }
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      waiting_.push_back(&batch);
    }
    work_.notify_one();
  }
  void finish(const Batch& batch) {
    std::unique_lock<std::mutex> lock(mutex_);
    ready_.wait(lock, [&batch] { return batch.done; });
  }
  [[nodiscard]] std::size_t capacity() const { return std::max<std::size_t>(1, threads_.size() * kBatchesPerThread); }

 private:
  void run() {
    for (;;) {
      Batch* batch = nullptr;
      {
        std::unique_lock<std::mutex> lock(mutex_);
        work_.wait(lock, [this] { return stopped_ || !waiting_.empty(); });
        if (stopped_) return;
        batch = waiting_.front();
        waiting_.pop_front();
      }
      compute(pipeline_, vault_, undated_, *batch);
      {
        const std::lock_guard<std::mutex> lock(mutex_);
        batch->done = true;
      }
      ready_.notify_all();
    }
  }

  const Pipeline& pipeline_;
  const Vault& vault_;
  const Timestamp undated_;
  std::mutex mutex_;
  std::condition_variable work_, ready_;
  std::deque<Batch*> waiting_;
  bool stopped_ = false;
  std::vector<std::thread> threads_;
};

void add_up(const CommitReport& from, CommitReport& to) {
  to.messages_new += from.messages_new;
  to.messages_known += from.messages_known;
  to.evidence_new += from.evidence_new;
  to.beliefs_opened += from.beliefs_opened;
  to.beliefs_changed += from.beliefs_changed;
  to.beliefs_closed += from.beliefs_closed;
}

void add_up(const ReadReport& from, ReadReport& to) {
  to.lines += from.lines;
  to.conversations += from.conversations;
  to.messages += from.messages;
  to.repaired_utf8 += from.repaired_utf8;
  for (const auto& [reason, count] : from.skipped) to.skipped[reason] += count;
  for (const std::string& assumption : from.assumptions) {
    if (std::find(to.assumptions.begin(), to.assumptions.end(), assumption) == to.assumptions.end()) {
      to.assumptions.push_back(assumption);
    }
  }
}

// A keyed hash over the files' digests, sorted: the same files in another order are the same source. Empty when one of
// them is a stream, which can be read only once.
std::string source_digest(const std::vector<std::string>& files, const Vault& vault) {
  std::vector<std::string> digests;
  for (const std::string& file : files) {
    if (file == "-") return {};
    const Result<std::string> digest = sha256_file(file);
    if (digest.ok()) digests.push_back(*digest);
  }
  std::sort(digests.begin(), digests.end());
  std::string all;
  for (const std::string& digest : digests) all += digest;
  return vault.pseudonym("source", all);
}

class Merge {
 public:
  Merge(Store& store, Vault& vault, const MineOptions& options) : store_(store), vault_(vault), options_(options) {}

  void bad(const Status& status) {
    ++report_.bad_records;
    if (options_.on_bad_record) options_.on_bad_record(status);
  }

  // Takes the results of one batch in order; a Status here is the store's or the vault's and ends the run.
  Status take(Batch& batch) {
    for (Batch::Item& item : batch.items) {
      if (const Status* status = std::get_if<Status>(&item.read)) {
        bad(*status);
        continue;
      }
      if (!item.mined.status.ok()) {
        if (item.mined.status.code() == StatusCode::kLeak) ++report_.stopped_by_leak;
        bad(item.mined.status);
        continue;
      }
      const Conversation& conversation = std::get<Conversation>(item.read);
      if (Status status = vault_.remember(item.mined.customer_ref, conversation.customer); !status.ok()) {
        if (status.code() != StatusCode::kInvalidArgument) return status;
        bad(Status(StatusCode::kInvalidData, "customer " + item.mined.customer_ref + ": " + status.message()));
        continue;  // an id that the vault cannot hold: without it nobody could find what is kept
      }
      for (const MessageEvidence& evidence : item.mined.evidence) {
        if (Status status = store_.add(evidence); !status.ok()) return status;
      }
      report_.special_withheld += item.mined.special_withheld;
      if (++since_commit_ >= std::max<std::size_t>(1, options_.commit_every)) {
        if (Status status = commit(); !status.ok()) return status;
      }
    }
    messages_ += batch.messages;
    if (options_.on_progress) options_.on_progress(messages_);
    return {};
  }

  // The vault first: whatever stands in the store can be traced to its customer, to be erased on request.
  Status commit() {
    since_commit_ = 0;
    if (Status status = vault_.commit(); !status.ok()) return status;
    const Result<CommitReport> stored = store_.commit();
    if (!stored.ok()) return stored.status();
    add_up(*stored, report_.stored);
    return {};
  }

  BatchReport& report() { return report_; }

 private:
  Store& store_;
  Vault& vault_;
  const MineOptions& options_;
  BatchReport report_;
  std::size_t since_commit_ = 0, messages_ = 0;
};

// Reads up to a batch; false at the end of the file (the batch may then still hold something).
bool fill(Reader& reader, Batch& batch) {
  while (batch.items.size() < kBatchConversations && batch.messages < kBatchMessages) {
    Result<std::optional<Conversation>> next = reader.next();
    if (!next.ok()) {
      batch.items.push_back({next.status(), {}});
    } else if (!next->has_value()) {
      return false;
    } else {
      batch.messages += (*next)->messages.size();
      batch.items.push_back({std::move(**next), {}});
    }
  }
  return true;
}

}  // namespace

Result<BatchReport> mine_files(const Pipeline& pipeline, const std::vector<std::string>& files, Store& store,
                               Vault& vault, const MineOptions& options) {
  RunInfo run = options.run;
  if (run.source.empty()) run.source = source_digest(files, vault);
  if (run.engine_version.empty()) run.engine_version = TERTULIA_VERSION;
  if (Status status = store.begin_run(run); !status.ok()) return status;

  Merge merge(store, vault, options);
  std::deque<std::unique_ptr<Batch>> flight;  // in the order of reading; stands before the workers that point into it
  Workers workers(pipeline, vault, run.started, std::min(options.threads, kMaxThreads));
  const auto take_front = [&] {
    workers.finish(*flight.front());
    Status status = merge.take(*flight.front());
    flight.pop_front();
    return status;
  };
  for (const std::string& file : files) {
    Result<std::unique_ptr<Reader>> reader = open_reader(file, options.reader);
    if (!reader.ok()) {
      if (reader.status().code() == StatusCode::kInvalidArgument) return reader.status();
      auto batch = std::make_unique<Batch>();
      batch->items.push_back({reader.status(), {}});
      flight.push_back(std::move(batch));
      workers.start(*flight.back());
      continue;
    }
    for (bool more = true; more;) {
      auto batch = std::make_unique<Batch>();
      more = fill(**reader, *batch);
      flight.push_back(std::move(batch));
      workers.start(*flight.back());
      while (flight.size() >= workers.capacity()) {
        if (Status status = take_front(); !status.ok()) return status;
      }
    }
    add_up((*reader)->report(), merge.report().read);
  }
  while (!flight.empty()) {
    if (Status status = take_front(); !status.ok()) return status;
  }
  if (Status status = merge.commit(); !status.ok()) return status;
  if (Status status = store.end_run(); !status.ok()) return status;
  return std::move(merge.report());
}

}  // namespace tertulia
