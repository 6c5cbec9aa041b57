// The gate: a Message becomes a CleanMessage here and nowhere else.
//
//   auto anonymizer = tertulia::Anonymizer::open("build/bundle", {});
//   auto clean = anonymizer->clean(conversation);           // the conversation is the unit
//   clean->messages()[0].document().text();                 // "soy ⟨PERSON_1⟩, mi dni es ⟨ES_NIF_1⟩"
//
// One value keeps one placeholder throughout a conversation, and so do the variants of one person's
// name. After rewriting, every found value is searched again in the output; a hit stops the message with kLeak.
// Immutable; any number of threads.
#ifndef TERTULIA_PRIVACY_H_
#define TERTULIA_PRIVACY_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tertulia/entity.h"
#include "tertulia/export.h"
#include "tertulia/message.h"
#include "tertulia/status.h"
#include "tertulia/text.h"

namespace tertulia {

// What happens to a found value. docs/anonymize.md has an example of each.
enum class Operator {
  kRedact,     // "⟨REDACTED⟩"
  kTag,        // "⟨TYPE_n⟩", n counted per type within the conversation
  kMask,       // "*****678Z": `keep_last` characters stay
  kHash,       // "⟨TYPE:9f2c…⟩": keyed BLAKE2b of the normalised value, the same everywhere under one key
  kKeep,       // stays as it is
  kPseudonym,  // "⟨TYPE:k3f7…⟩", 16 letters and digits: keyed BLAKE2b of value and scope, the same within the scope alone
  kToken,      // "⟨TYPE#mzxw…⟩": the value itself under XChaCha20-Poly1305; restore_tokens() brings it back with the key
  kSurrogate,  // an invented value of the same shape, its check digit wrong on purpose; the same within the scope
  kGeneralise, // less exact: the decade of a birth, the province of a postal code; what has no coarser form is tagged
  kShift       // dates moved by one keyed number of days per customer, -180…180 and never 0; what is no date is tagged
};

// Within what the same value gives the same answer (kPseudonym, kToken, kSurrogate). The narrower, the less can be linked.
enum class OperatorScope {
  kMessage,
  kConversation,
  kCustomer,  // Conversation::customer; a conversation without one is its own scope
  kTenant     // everything under one key and `AnonymizerOptions::tenant`
};

// How coarse kGeneralise is. kUsual: decade of a birth, month of another date, ten years of an age, country of an account
// or a phone, province of a postal code.
enum class Coarseness { kUsual, kDecade, kYear, kMonth, kCountry, kBank };

struct OperatorRule {
  Operator op = Operator::kTag;
  int keep_last = 4;  // kMask: letters and digits kept at the end
  OperatorScope scope = OperatorScope::kConversation;
  Coarseness to = Coarseness::kUsual;
};

// Which operator applies to which entity type. A type without a rule has `fallback`; a type whose name is not of the form
// of one (capitals, digits and _, 40 at most) is redacted.
struct TERTULIA_EXPORT Policy {
  OperatorRule fallback;
  std::map<std::string, OperatorRule> rules;

  // JSON with // comments: {"default":"tag","types":{"IBAN_CODE":{"operator":"mask","keep_last":4},"URL":"keep",
  // "PERSON":{"operator":"pseudonym","scope":"customer"},"DATE_OF_BIRTH":{"operator":"generalise","to":"year"}}}.
  // kInvalidData names file, line and key.
  static Result<Policy> load(const std::string& path);
  // Some rule needs AnonymizerOptions::key: hash, pseudonym, token, surrogate, shift.
  [[nodiscard]] bool needs_key() const;
};

struct AnonymizerOptions {
  Policy policy;
  std::string key;                 // 32 bytes where the policy needs one (Vault::anonymizer_key()), else empty
  std::string tenant;              // mixed into every keyed operator but kHash; any text
  double min_score = 0.5;          // findings below are dropped
  std::size_t max_text_bytes = 1u << 20;  // longer texts are scanned in overlapping windows of this size; at least 4096
  // Values that stay whatever finds them, compared without case, accents and separators ("ayuda@mibanco.es"); an entry
  // between slashes is an RE2 expression for the whole folded value ("/.*@mibanco\\.es/").
  std::vector<std::string> allow;
  // Values that are replaced wherever they stand, with their entity type ("Proyecto Alondra" → "PROJECT"), same comparison.
  std::map<std::string, std::string> deny;
  // A further directory of pattern files (docs/anonymize.md), read after those of the bundle; empty: none.
  std::string extra_patterns;
};

// A message after the gate. The text holds placeholders; names and accounts of authors are gone.
class TERTULIA_EXPORT CleanMessage {
 public:
  [[nodiscard]] const std::string& id() const noexcept { return id_; }
  [[nodiscard]] std::optional<Timestamp> at() const noexcept { return at_; }
  [[nodiscard]] Role role() const noexcept { return role_; }
  // Of the rewritten text.
  [[nodiscard]] const Document& document() const noexcept { return document_; }
  // Found in the original; spans are bytes of the ORIGINAL text, in order, without overlaps.
  [[nodiscard]] const std::vector<Entity>& entities() const noexcept { return entities_; }

 private:
  friend class Anonymizer;
  CleanMessage() = default;
  std::string id_;
  std::optional<Timestamp> at_;
  Role role_ = Role::kCustomer;
  Document document_;
  std::vector<Entity> entities_;
};

class TERTULIA_EXPORT CleanConversation {
 public:
  [[nodiscard]] const std::string& channel() const noexcept { return channel_; }
  [[nodiscard]] const std::vector<CleanMessage>& messages() const noexcept { return messages_; }

 private:
  friend class Anonymizer;
  CleanConversation() = default;
  std::string channel_;
  std::vector<CleanMessage> messages_;
};

class TERTULIA_EXPORT Anonymizer {
 public:
  // Loads models/privacy and the analyzer of a bundle. kNotFound, kInvalidData; kInvalidArgument: a keyed operator without
  // a key of 32 bytes, an `allow` expression that RE2 refuses, or limits out of range.
  static Result<Anonymizer> open(const std::string& bundle_dir, const AnonymizerOptions& options);
  Anonymizer(Anonymizer&&) noexcept;
  Anonymizer& operator=(Anonymizer&&) noexcept;
  ~Anonymizer();

  // kLeak: a value survived the rewriting (the conversation is stopped, its id is in the message).
  Result<CleanConversation> clean(const Conversation& conversation,
                                  std::string_view language_hint = {}) const;
  // The same, and why not: rejected[m] has the near misses of message m in order (256 a message at most), those left out
  // that lie within something found. The why of what was found stands in its Entity. Slower than clean() by little.
  Result<CleanConversation> explain(const Conversation& conversation, std::vector<std::vector<Rejection>>& rejected,
                                    std::string_view language_hint = {}) const;

 private:
  struct Impl;
  Result<CleanConversation> run(const Conversation& conversation, std::string_view language_hint, std::vector<std::vector<Rejection>>* rejected) const;
  explicit Anonymizer(std::unique_ptr<const Impl> impl);
  std::unique_ptr<const Impl> impl_;
};

// The way back of Operator::kToken.
struct RestoredText {
  std::string text;
  std::size_t restored = 0;
  std::size_t closed = 0;  // tokens that this key does not open; they stay as they are
};
// Puts the sealed values of every ⟨TYPE#…⟩ back, as they were written. `key` as in AnonymizerOptions; kInvalidArgument: not
// of 32 bytes.
[[nodiscard]] TERTULIA_EXPORT Result<RestoredText> restore_tokens(std::string_view text, const std::string& key);

}  // namespace tertulia

#endif  // TERTULIA_PRIVACY_H_
