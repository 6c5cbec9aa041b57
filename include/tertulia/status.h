// How an operation ended.
//
// Whatever a file, a model, a message, a query or a database can cause comes back as a `Status` or a
// `Result<T>`; nothing in Tertulia throws for it. A message names file, line and column where there are
// any and what was expected; it never quotes conversation text and never holds a personal value.
//
//   tertulia::Result<tertulia::Engine> engine = tertulia::Engine::open("build/bundle");
//   if (!engine.ok()) std::cerr << engine.status().message() << '\n';
//   else use(engine.value());
//
// Both types are plain values: copy, move and read them from any thread.
#ifndef TERTULIA_STATUS_H_
#define TERTULIA_STATUS_H_

#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include "tertulia/export.h"

namespace tertulia {

// Few codes; each says when to prefer it to its neighbour.
enum class StatusCode {
  kOk,
  kInvalidArgument,    // the caller's own argument or option is wrong, whatever the data
  kInvalidData,        // a file, message, model or query has the wrong form
  kNotFound,           // the named file, segment, customer or label is not there
  kUnreadable,         // it is there, and the system will not let us read or write it
  kUnsupportedVersion, // the right kind of file, of a version that this library does not know
  kBusy,               // somebody else holds it (a second writer); trying again may work
  kResourceExhausted,  // a stated limit or the disk is full
  kFailedPrecondition, // the parts do not fit together (wrong vault key, bundle with a wrong checksum)
  kLeak,               // a personal value was still found after rewriting; the message was stopped
  kInternal            // our own mistake
};

// "invalid_data" and so on; stable, for logs and JSON.
[[nodiscard]] TERTULIA_EXPORT const char* to_string(StatusCode code) noexcept;

class [[nodiscard]] Status {
 public:
  Status() = default;  // ok
  Status(StatusCode code, std::string message) : code_(code), message_(std::move(message)) {}

  [[nodiscard]] bool ok() const noexcept { return code_ == StatusCode::kOk; }
  [[nodiscard]] StatusCode code() const noexcept { return code_; }
  [[nodiscard]] const std::string& message() const noexcept { return message_; }

  // The same failure seen from further out: "context: message". An ok status stays as it is.
  [[nodiscard]] Status within(const std::string& context) const {
    return ok() ? *this : Status(code_, context + ": " + message_);
  }

 private:
  StatusCode code_ = StatusCode::kOk;
  std::string message_;
};

// A value, or the Status that says why there is none.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : value_(std::move(value)) {}           // NOLINT: implicit on purpose
  Result(Status status) : status_(std::move(status)) {    // NOLINT: implicit on purpose
    if (status_.ok()) status_ = Status(StatusCode::kInternal, "a Result was made of an ok Status");
  }

  [[nodiscard]] bool ok() const noexcept { return value_.has_value(); }
  [[nodiscard]] const Status& status() const noexcept { return status_; }

  // The value; throws std::logic_error when there is none. The only function of Tertulia that throws.
  [[nodiscard]] T& value() & { require(); return *value_; }
  [[nodiscard]] const T& value() const& { require(); return *value_; }
  [[nodiscard]] T&& value() && { require(); return std::move(*value_); }

  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }

 private:
  void require() const {
    if (!value_) throw std::logic_error("Result without a value: " + status_.message());
  }
  std::optional<T> value_;
  Status status_;
};

}  // namespace tertulia

#endif  // TERTULIA_STATUS_H_
