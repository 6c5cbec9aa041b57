// One piece of personal data, and what finds it.
//
// Types are string ids (TAXONOMY of docs/taxonomy.md: PERSON, ES_NIF, IBAN_CODE, …), so that a pattern
// file can bring a new one. Recognizers are immutable and used from any thread.
#ifndef TERTULIA_ENTITY_H_
#define TERTULIA_ENTITY_H_

#include <string>
#include <string_view>
#include <vector>

#include "tertulia/export.h"
#include "tertulia/message.h"
#include "tertulia/span.h"
#include "tertulia/text.h"

namespace tertulia {

struct Entity {
  std::string type;              // "ES_NIF"
  Span span;                     // bytes of the original text, surrounding punctuation excluded
  double score = 0;              // 0…1
  std::string recognizer;        // id of the finder, "es_nif"
  std::vector<std::string> why;  // "check letter", "cue: dni", "checksum fails"; never the value itself
};

// A near miss: what looked like personal data and was let go, and for what reason. Never the value itself.
struct Rejection {
  std::string type;        // what it would have been
  Span span;               // bytes of the original text
  double score = 0;        // 0 where it was not weighed at all
  std::string recognizer;
  std::string reason;      // "check fails: dni, and no context", "score 0.35 under 0.5", "lost to ES_NIF", "allow list"
};

class ScanText;  // src/privacy

// What the conversation already tells about a message that is being scanned.
struct RecognizerContext {
  Role role = Role::kCustomer;
  std::string_view channel;
  // Folded words of the names of known participants (sender fields, "soy X", the agent's greeting).
  std::vector<std::string> participants;
  // Entity type that the other side has just asked for ("¿me dice su DNI?"), or empty.
  std::string expected_type;
  // The document folded for scanning, made once by the anonymizer; null: whoever needs it makes its own.
  const ScanText* scan = nullptr;
  // Where a recognizer that can tell cheaply reports what it let go; null: nobody asks.
  std::vector<Rejection>* rejected = nullptr;
};

class Recognizer {
 public:
  virtual ~Recognizer() = default;
  // Appends what it finds, in any order; overlaps are settled later by the resolver. Linear in the text.
  virtual void find(const Document& document, const RecognizerContext& context,
                    std::vector<Entity>& found) const = 0;
};

}  // namespace tertulia

#endif  // TERTULIA_ENTITY_H_
