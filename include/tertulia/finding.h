// What was understood of one message. Plain values; ids are those of docs/taxonomy.md.
#ifndef TERTULIA_FINDING_H_
#define TERTULIA_FINDING_H_

#include <optional>
#include <string>
#include <vector>

namespace tertulia {

// Why: only words that stand in the model's vocabulary or lexicons, never a name or a number of the text.
struct Explanation {
  std::vector<std::string> words;  // those that weighed most, heaviest first
  std::vector<std::string> cues;   // "third person: mi cuñado", "negation: no", "stage: presupuesto"
};

// One life event asserted of one subject at one stage.
struct Finding {
  std::string event;       // "home_building"
  std::string stage;       // considering | planning | underway | done
  std::string subject;     // self | other
  std::string assertion;   // affirmed | negated | hypothetical | past
  bool active = false;     // subject self and assertion affirmed, and confident enough to reach the profile
  bool weak = false;       // heard, but under the threshold that asserts; kept as weak evidence only
  double confidence = 0;   // calibrated probability that the event is active (active findings) or talked of (others)
  Explanation why;
};

struct NeedFinding {
  std::string need;        // financing …
  std::string event;       // the event that it belongs to, or empty
  bool is_explicit = true; // false: follows from event and stage by rule
  double confidence = 0;
  Explanation why;
};

struct SignalFinding {
  std::string signal;      // complaint | churn_risk | praise | stop_contact | rights_request
  double confidence = 0;
  Explanation why;
};

struct Sentiment {
  std::string label = "neutral";  // negative | neutral | positive
  double score = 0;               // -1…1
};

struct Fact {
  std::string fact;        // amount_eur | horizon_months | place | household_children | age_band
  std::string value;       // decimal number, place name or band
  std::string event;       // the event that it belongs to, or empty
  double confidence = 0;
  bool numeric = false;    // the value is a number
};

// Everything understood of one message.
struct Reading {
  std::string language;                 // of the message
  std::vector<Finding> events;          // active ones first, then by confidence
  std::vector<NeedFinding> needs;
  std::vector<SignalFinding> signals;
  Sentiment sentiment;
  std::vector<Fact> facts;
  std::vector<std::string> special;        // special categories heard: never stored
  std::vector<std::string> vulnerability;  // care flags: out of every marketing audience
};

}  // namespace tertulia

#endif  // TERTULIA_FINDING_H_
