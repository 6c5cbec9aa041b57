// The life events as models/intent/events/*.json define them. Test: tests/intent/taxonomy_test.cc.
#ifndef TERTULIA_SRC_INTENT_TAXONOMY_H_
#define TERTULIA_SRC_INTENT_TAXONOMY_H_

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tertulia/intent.h"
#include "tertulia/status.h"

namespace tertulia {

inline constexpr std::array<const char*, 4> kStages = {"considering", "planning", "underway", "done"};
// Index of a stage in kStages, or kStages.size().
[[nodiscard]] std::size_t stage_index(std::string_view stage) noexcept;

struct EventDefinition {
  LifeEvent event;
  std::map<std::string, std::vector<std::string>> implied_needs;  // stage → needs that follow from it
  std::vector<std::string> examples, counter_examples;
};

class Taxonomy {
 public:
  // Sorted by id. kInvalidData names file and key; an unknown stage or key is an error.
  static Result<Taxonomy> open(const std::string& bundle_dir);
  [[nodiscard]] const std::vector<EventDefinition>& definitions() const noexcept { return definitions_; }
  [[nodiscard]] const std::vector<LifeEvent>& events() const noexcept { return events_; }
  // Index of an event, or events().size().
  [[nodiscard]] std::size_t index(std::string_view event) const noexcept;

 private:
  std::vector<EventDefinition> definitions_;
  std::vector<LifeEvent> events_;
};

}  // namespace tertulia

#endif  // TERTULIA_SRC_INTENT_TAXONOMY_H_
