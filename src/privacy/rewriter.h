// From found values to the clean text: numbers, operators, and the search for survivors.
//
// What an operator invents (a surrogate, a coarser value, a moved date) is searched for every hidden value of the
// conversation first: a hit, or a surrogate that stands for another value already, is drawn anew or becomes the tag.
#ifndef TERTULIA_SRC_PRIVACY_REWRITER_H_
#define TERTULIA_SRC_PRIVACY_REWRITER_H_

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "privacy/conversation.h"
#include "privacy/operators.h"
#include "privacy/value_search.h"
#include "tertulia/entity.h"
#include "tertulia/message.h"
#include "tertulia/privacy.h"
#include "tertulia/text.h"

namespace tertulia {

// One message on its way through the gate.
struct Draft {
  Document document;
  const ScanText* scan = nullptr;  // of document, owned by the caller
  std::vector<Entity> entities;    // settled: in order, apart from each other
  std::string text;                // rewritten
  std::vector<Span> kept;          // of `text`: values that the policy keeps
  bool changed = false;
};

using AllowTest = std::function<bool(std::string_view)>;

// All values of a conversation that must not stand in the output.
class HiddenValues {
 public:
  HiddenValues(const std::vector<Draft>& drafts, const Policy& policy, const ConversationReader& reader);
  // The type of one that stands in `text` outside of `kept` and is not allowed; null: none does.
  [[nodiscard]] const std::string* find(std::string_view text, const std::vector<Span>& kept, const AllowTest& allowed) const;

 private:
  ValueSearch search_;
  std::vector<std::string> types_;
};

// Serves one conversation.
class Rewriter {
 public:
  Rewriter(const Policy& policy, const OperatorSet& operators, const ConversationReader& reader, const AllowTest& allowed)
      : policy_(policy), operators_(operators), reader_(reader), allowed_(allowed) {}
  // Fills text, kept and changed of every draft. kLeak: a value survived.
  Status rewrite(const Conversation& conversation, std::vector<Draft>& drafts);

 private:
  [[nodiscard]] std::string invented(const OperatorRule& rule, const Mention& mention, const MentionPlace& place, const HiddenValues& hidden);
  [[nodiscard]] std::string person(const OperatorRule& rule, const Mention& mention, const MentionPlace& place, std::size_t attempt, const HiddenValues& hidden);
  [[nodiscard]] const std::string* name(const OperatorRule& rule, const std::string& word, bool given, const MentionPlace& place, const HiddenValues& hidden);

  const Policy& policy_;
  const OperatorSet& operators_;
  const ConversationReader& reader_;
  const AllowTest& allowed_;
  std::map<std::string, std::string> stands_for_;            // invented, compact → type and value that it stands for
  std::map<std::string, const std::string*> names_;          // word of a name, with the message where that is the scope
  std::map<const std::string*, std::string> names_taken_;    // the other way
};

}  // namespace tertulia

#endif  // TERTULIA_SRC_PRIVACY_REWRITER_H_
