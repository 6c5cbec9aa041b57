// The word lists of ingest: phrases that platforms write by themselves, names that speak for a company, channel ids.
//
// The files of models/ingest and models/channels.json are compiled in, so that a reader needs no directory; a directory may
// replace any of them. Phrases are kept in folded form: lower case, no accents, single blanks, no direction marks.
#ifndef TERTULIA_SRC_INGEST_MARKS_H_
#define TERTULIA_SRC_INGEST_MARKS_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tertulia/status.h"

namespace tertulia {

// Lower case, NFKD without marks, runs of any white space as one blank, none at the ends, no invisible format characters.
// Linear; looks at the first `max_bytes` only.
[[nodiscard]] std::string fold_mark(std::string_view text, std::size_t max_bytes = 4096);

class Marks {
 public:
  // kInvalidData names file and line of a list that has a wrong form.
  static Result<Marks> load(const std::string& dir);

  // Folded phrases of one kind ("media", "separator", "agent_name"), in file order; empty for an unknown kind.
  [[nodiscard]] const std::vector<std::string>& of(std::string_view kind) const;
  // Whether `folded` begins with a phrase of the kind; its length in *length.
  [[nodiscard]] bool starts(std::string_view kind, std::string_view folded, std::size_t* length = nullptr) const;
  [[nodiscard]] bool contains(std::string_view kind, std::string_view folded) const;
  [[nodiscard]] bool equals(std::string_view kind, std::string_view folded) const;
  // Code point of an HTML entity name, or 0.
  [[nodiscard]] char32_t entity(std::string_view name) const;
  // The id of a channel by id or alias; "other" for a name that no list knows, empty for an empty one.
  [[nodiscard]] std::string channel(std::string_view name) const;

 private:
  Status add(const std::string& file, std::string_view text, const std::string& path);
  Status add_channels(std::string_view text, const std::string& path);
  std::map<std::string, std::vector<std::string>, std::less<>> phrases_;
  std::map<std::string, char32_t, std::less<>> entities_;
  std::map<std::string, std::string, std::less<>> channels_;
};

}  // namespace tertulia

#endif  // TERTULIA_SRC_INGEST_MARKS_H_
