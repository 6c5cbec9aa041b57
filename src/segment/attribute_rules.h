// models/segment/attributes.json: which findings become attributes, their half-life, least confidence and sensitivity.
#ifndef TERTULIA_SRC_SEGMENT_ATTRIBUTE_RULES_H_
#define TERTULIA_SRC_SEGMENT_ATTRIBUTE_RULES_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tertulia/segment.h"
#include "tertulia/status.h"

namespace tertulia {

struct AttributeRule {
  AttributeInfo info;
  double weak_confidence = 1;   // from here to least_confidence a finding is weak evidence
  bool beside_special = false;  // kept from a message that also speaks of a special category
};

class AttributeRules {
 public:
  // kNotFound; kInvalidData names file, line or key.
  static Result<AttributeRules> load(const std::string& path);

  // nullptr: an attribute that nobody asked for. An open kind answers its own rule for an id that is not listed.
  [[nodiscard]] const AttributeRule* find(std::string_view kind, std::string_view id) const;
  // Those listed, ordered by kind and id.
  [[nodiscard]] const std::vector<AttributeInfo>& listed() const { return listed_; }

 private:
  struct KindRule {
    AttributeRule rule;
    bool open = false;
    std::map<std::string, AttributeRule, std::less<>> attributes;
  };
  std::map<std::string, KindRule, std::less<>> kinds_;
  std::vector<AttributeInfo> listed_;
};

}  // namespace tertulia

#endif  // TERTULIA_SRC_SEGMENT_ATTRIBUTE_RULES_H_
