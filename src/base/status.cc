// Names of the status codes. Test: tests/base/status_test.cc.
#include "tertulia/status.h"

namespace tertulia {

const char* to_string(StatusCode code) noexcept {
  switch (code) {
    case StatusCode::kOk: return "ok";
    case StatusCode::kInvalidArgument: return "invalid_argument";
    case StatusCode::kInvalidData: return "invalid_data";
    case StatusCode::kNotFound: return "not_found";
    case StatusCode::kUnreadable: return "unreadable";
    case StatusCode::kUnsupportedVersion: return "unsupported_version";
    case StatusCode::kBusy: return "busy";
    case StatusCode::kResourceExhausted: return "resource_exhausted";
    case StatusCode::kFailedPrecondition: return "failed_precondition";
    case StatusCode::kLeak: return "leak";
    case StatusCode::kInternal: return "internal";
  }
  return "internal";
}

}  // namespace tertulia
