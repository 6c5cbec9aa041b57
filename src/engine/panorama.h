// What the store holds of one customer, read from its views.
#ifndef TERTULIA_SRC_ENGINE_PANORAMA_H_
#define TERTULIA_SRC_ENGINE_PANORAMA_H_

#include <string>
#include <vector>

#include "engine/report_strings.h"
#include "tertulia/store.h"

namespace tertulia {

struct PanoramaItem {
  std::string kind;       // event | need | signal | fact | opinion | care
  std::string id;
  std::string event;      // of needs and facts, or empty
  std::string value;      // stage, value of a fact, label of an opinion, or empty
  double confidence = 0;
  bool is_explicit = true;
  std::string first_seen, last_seen;  // ISO 8601, or empty
  long long count = 0;    // pieces of evidence
  std::vector<std::string> why;
};

struct PanoramaSegment {
  std::string id, title, since;
  std::vector<std::string> why;
};

struct Panorama {
  std::string customer_ref;
  std::string first_seen, last_seen;
  long long conversations = 0;
  std::vector<std::string> channels;
  std::vector<PanoramaItem> items;  // by kind in the order above, then by confidence
  std::vector<PanoramaSegment> segments;
};

// kNotFound, kInvalidArgument (not 32 hexadecimal digits).
[[nodiscard]] Result<Panorama> load_panorama(const Store& store, const std::string& customer_ref);

// "Financing (Building a home) · said · 0.88", without its why.
[[nodiscard]] std::string describe(const PanoramaItem& item, const ReportStrings& strings);
// "2026-03-02" of a time, or empty.
[[nodiscard]] std::string day_of(const std::string& time);

}  // namespace tertulia

#endif  // TERTULIA_SRC_ENGINE_PANORAMA_H_
