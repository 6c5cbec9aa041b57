// What a conversation tells about its messages: who takes part, what was just asked for, who is whom, and numbers that
// were given in two pieces.
//
// Word lists: models/privacy/lists/questions.tsv, role_words.tsv, introductions.tsv, name_variants.tsv,
// ambiguous_names.tsv.
#ifndef TERTULIA_SRC_PRIVACY_CONVERSATION_H_
#define TERTULIA_SRC_PRIVACY_CONVERSATION_H_

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "privacy/cue_list.h"
#include "privacy/scan_text.h"
#include "privacy/spoken_digits.h"
#include "tertulia/entity.h"
#include "tertulia/message.h"
#include "tertulia/status.h"

namespace tertulia {

using ScanList = std::vector<std::unique_ptr<ScanText>>;  // one a message

class ConversationReader {
 public:
  // kNotFound, kInvalidData.
  Status load(const std::string& bundle_dir);

  // Names of those who take part, as written: sender fields and the agent's greeting ("le atiende Laura"). Accounts
  // that are numbers, roles ("Cliente", "Soporte") and systems are none.
  [[nodiscard]] std::vector<std::string> participants(const Conversation& conversation, const ScanList& scans) const;
  // Per message the entity type that the other side has just asked for, or empty.
  [[nodiscard]] std::vector<std::string> expected_types(const Conversation& conversation, const ScanList& scans) const;
  // A phone of which one message ends with a part and a later one of the same side begins with the rest: both parts are
  // added to `found` of their messages.
  void join_split_phones(const Conversation& conversation, const ScanList& scans, std::vector<std::vector<Entity>>& found) const;

  // Folded words of a name, abbreviations and pet names written out ("Mª López" is maria lopez), "López, María" turned.
  [[nodiscard]] std::vector<std::string> name_words(std::string_view name) const;
  // A given name that is also an everyday word ("rosa"): told apart by its capital.
  [[nodiscard]] bool is_ambiguous(std::string_view folded_name) const { return ambiguous_.count(folded_name) != 0; }

 private:
  CueList questions_, requests_, greetings_;
  std::map<std::string, std::string> question_types_;
  std::set<std::string, std::less<>> role_words_, ambiguous_, connectors_;
  std::map<std::string, std::string, std::less<>> variants_;
  SpokenDigits digits_;
};

// Gives every person of a conversation one number, whatever variant of the name is used.
class PersonIndex {
 public:
  explicit PersonIndex(const ConversationReader& reader) : reader_(reader) {}
  // All names of the conversation in order of appearance.
  void build(const std::vector<std::string>& names);
  // The person behind a name given to build(): an index in order of first appearance.
  [[nodiscard]] std::size_t person(const std::string& name) const;
  // The fullest name of a person, folded: what a keyed hash is made of.
  [[nodiscard]] const std::string& full_name(std::size_t person) const { return full_names_[person]; }

 private:
  const ConversationReader& reader_;
  std::map<std::string, std::size_t> by_key_;  // joined words → person
  std::vector<std::string> full_names_;
};

}  // namespace tertulia

#endif  // TERTULIA_SRC_PRIVACY_CONVERSATION_H_
