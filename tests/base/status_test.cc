#include "tertulia/status.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>

using tertulia::Result;
using tertulia::Status;
using tertulia::StatusCode;

TEST_CASE("a default Status is ok") {
  const Status status;
  CHECK(status.ok());
  CHECK(status.within("file").ok());
}

TEST_CASE("context is put in front of a failure") {
  const Status status(StatusCode::kInvalidData, "expected a number");
  CHECK(status.within("a.json:3").message() == "a.json:3: expected a number");
  CHECK(status.within("a.json:3").code() == StatusCode::kInvalidData);
}

TEST_CASE("a Result has a value or a reason, and only value() throws") {
  const Result<int> good = 7;
  CHECK(good.ok());
  CHECK(*good == 7);
  const Result<int> bad = Status(StatusCode::kNotFound, "no such file");
  CHECK_FALSE(bad.ok());
  CHECK_THROWS_AS((void)bad.value(), std::logic_error);
  const Result<int> wrong = Status();
  CHECK(wrong.status().code() == StatusCode::kInternal);
}

TEST_CASE("a Result moves what cannot be copied") {
  Result<std::unique_ptr<std::string>> result = std::make_unique<std::string>("x");
  const std::unique_ptr<std::string> taken = std::move(result).value();
  CHECK(*taken == "x");
}

TEST_CASE("every code has its own name") {
  CHECK(std::string(to_string(StatusCode::kOk)) == "ok");
  CHECK(std::string(to_string(StatusCode::kLeak)) == "leak");
  CHECK(std::string(to_string(StatusCode::kUnsupportedVersion)) == "unsupported_version");
}
