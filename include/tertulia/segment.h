// Findings to attributes, and questions about attributes.
//
// A segment question is a small typed tree with a one-line text form:
//
//   auto query = tertulia::SegmentQuery::parse(
//       "event home_building stage >= planning confidence >= 0.6 and need financing and host payroll > 1500");
//   query->text();   // canonical text; parse(text()) gives the same tree
//   query->json();   // the same as JSON, the form of models/segments/*.json
//
// A question is three-valued: what is not known is not false; `not` holds only where its inside is known to be false,
// and `absent X` asks for not known. Values, used from any thread.
#ifndef TERTULIA_SEGMENT_H_
#define TERTULIA_SEGMENT_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tertulia/export.h"
#include "tertulia/finding.h"
#include "tertulia/message.h"
#include "tertulia/status.h"

namespace tertulia {

// One piece of evidence for one attribute of one customer, drawn from one message. Append-only.
struct AttributeUpdate {
  std::string kind;        // "event" | "need" | "signal" | "fact" | "opinion" | "care"
  std::string attribute;   // "home_building", "financing", "complaint", "amount_eur", …
  std::string event;       // of needs and facts: the event they belong to; else empty
  std::string value;       // events: the stage; facts: the value; opinions: the sentiment label; else empty
  double confidence = 0;   // 0…1
  bool is_explicit = true;
  bool contradicts = false;  // "al final lo dejamos": closes the belief
  bool weak = false;         // under the asserting threshold: adds to a belief, never opens one alone
  std::vector<std::string> why;  // vocabulary words and cues only
};

// What is known of an attribute beforehand: a row of models/segment/attributes.json.
struct AttributeInfo {
  std::string kind;              // as AttributeUpdate::kind
  std::string id;                // as AttributeUpdate::attribute
  int half_life_days = 365;      // a belief not renewed for so long has half its confidence
  double least_confidence = 0;   // evidence below is weak (events) or dropped
  std::string sensitivity;       // "normal" | "reserved" (kept, told to few) | "care" (never for marketing)
};

// Findings of one message to attribute updates. Rules are models/segment/attributes.json: which findings become
// attributes, their half-life in days, the least confidence. A message that touches a special category
// gives no facts, no mood and no words; the category itself is never stored.
class TERTULIA_EXPORT Mapper {
 public:
  static Result<Mapper> open(const std::string& bundle_dir);
  Mapper(Mapper&&) noexcept;
  Mapper& operator=(Mapper&&) noexcept;
  ~Mapper();

  [[nodiscard]] std::vector<AttributeUpdate> map(const Reading& reading) const;
  // All attributes of the rules, ordered by kind and id: what Store::describe takes.
  [[nodiscard]] const std::vector<AttributeInfo>& attributes() const;

 private:
  struct Impl;
  explicit Mapper(std::unique_ptr<const Impl> impl);
  std::unique_ptr<const Impl> impl_;
};

struct SegmentNode;  // src/segment/query_tree.h

class TERTULIA_EXPORT SegmentQuery {
 public:
  // One-line text form; errors are kInvalidData and name the column.
  static Result<SegmentQuery> parse(std::string_view text);
  // JSON form of `where`; errors name the path ("where.all[1].stage_at_least").
  static Result<SegmentQuery> from_json(std::string_view json);
  SegmentQuery(const SegmentQuery&);
  SegmentQuery& operator=(const SegmentQuery&);
  SegmentQuery(SegmentQuery&&) noexcept;
  SegmentQuery& operator=(SegmentQuery&&) noexcept;
  ~SegmentQuery();

  [[nodiscard]] std::string text() const;
  [[nodiscard]] std::string json() const;
  [[nodiscard]] const SegmentNode& root() const noexcept { return *root_; }

 private:
  explicit SegmentQuery(std::unique_ptr<SegmentNode> root);
  std::unique_ptr<SegmentNode> root_;
};

// {"id","title","purpose","where":…}; "where" holds the JSON form or the text form.
struct Segment {
  std::string id;       // a-z, 0-9 and _, at most 64
  std::string title;    // of the file's first language
  std::string purpose;
  SegmentQuery where;
  std::map<std::string, std::string> titles = {};  // by language (es, en, ca), where the file gives more than one
};

// Reads one segment file. kInvalidData names file and path within it.
[[nodiscard]] TERTULIA_EXPORT Result<Segment> load_segment(const std::string& path);

}  // namespace tertulia

#endif  // TERTULIA_SEGMENT_H_
