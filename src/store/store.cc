// Opening a store, and the hand-over to Writer. Test: tests/store/store_test.cc.
#include "tertulia/store.h"

#include <utility>

#include "store/store_impl.h"

namespace tertulia {

Status Store::Impl::writable() const {
  return options.read_only ? Status(StatusCode::kInvalidArgument, db.path() + ": opened read-only") : Status();
}

Result<Store> Store::open(const std::string& path, const StoreOptions& options) {
  if (path.empty()) return Status(StatusCode::kInvalidArgument, "store: expected a path");
  Result<Connection> connection = Connection::open(path, {options.create, options.read_only, options.busy_timeout_ms});
  if (!connection.ok()) return connection.status();
  if (const Status status = prepare_store(*connection, options.read_only); !status.ok()) return status;
  if (options.now) {
    if (const Status status = pin_now(*connection, *options.now); !status.ok()) return status;
  }
  return Store(std::make_unique<Impl>(std::move(*connection), options));
}

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

Status Store::describe(const std::vector<AttributeInfo>& attributes) {
  if (const Status status = impl_->writable(); !status.ok()) return status;
  return impl_->writer.describe(attributes);
}

Status Store::begin_run(const RunInfo& run) {
  if (const Status status = impl_->writable(); !status.ok()) return status;
  return impl_->writer.begin_run(run, impl_->now());
}

Status Store::add(const MessageEvidence& evidence) { return impl_->writer.add(evidence); }
Result<CommitReport> Store::commit() { return impl_->writer.commit(); }
Status Store::end_run() { return impl_->writer.end_run(impl_->now()); }

}  // namespace tertulia
