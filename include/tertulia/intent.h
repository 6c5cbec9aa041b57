// Clean messages to findings: classifier scores joined with cues of negation, time, person and stage.
//
//   auto detector = tertulia::EventDetector::open("build/bundle");
//   tertulia::Reading reading = detector->read(clean.messages(), clean.messages().size() - 1);
//
// Only a CleanMessage is accepted: what has not passed the anonymizer does not compile. Immutable; any number of threads.
#ifndef TERTULIA_INTENT_H_
#define TERTULIA_INTENT_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "tertulia/export.h"
#include "tertulia/finding.h"
#include "tertulia/privacy.h"
#include "tertulia/status.h"

namespace tertulia {

struct LifeEvent {
  std::string id;
  std::string title_es, title_en, title_ca;
};

struct DetectorOptions {
  bool explain = true;          // fill Explanation; off for speed
  std::size_t window = 6;       // earlier messages of the conversation that may give context
};

class TERTULIA_EXPORT EventDetector {
 public:
  // kFailedPrecondition: the trained files, thresholds and normaliser version of the bundle do not belong together.
  static Result<EventDetector> open(const std::string& bundle_dir, const DetectorOptions& options = {});
  EventDetector(EventDetector&&) noexcept;
  EventDetector& operator=(EventDetector&&) noexcept;
  ~EventDetector();

  // Reads messages[index]; earlier ones are context. The same answer whatever was read before.
  [[nodiscard]] Reading read(const std::vector<CleanMessage>& messages, std::size_t index) const;

  // The life events of the bundle, in its order.
  [[nodiscard]] const std::vector<LifeEvent>& events() const;

 private:
  struct Impl;
  explicit EventDetector(std::unique_ptr<const Impl> impl);
  std::unique_ptr<const Impl> impl_;
};

}  // namespace tertulia

#endif  // TERTULIA_INTENT_H_
