// The segments that come with a bundle.
#ifndef TERTULIA_EXAMPLES_CLI_SHIPPED_SEGMENTS_H_
#define TERTULIA_EXAMPLES_CLI_SHIPPED_SEGMENTS_H_

#include <string>

#include "tertulia/store.h"

namespace cli {

// Defines those of <bundle>/segments/*.json whose id the store does not know yet; what somebody has redefined stays.
tertulia::Status define_shipped(tertulia::Store& store, const std::string& bundle_dir);

}  // namespace cli

#endif  // TERTULIA_EXAMPLES_CLI_SHIPPED_SEGMENTS_H_
