// Who among the authors of an export speaks for the company, and who is the customer.
#ifndef TERTULIA_SRC_INGEST_AUTHOR_ROLES_H_
#define TERTULIA_SRC_INGEST_AUTHOR_ROLES_H_

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/marks.h"
#include "tertulia/message.h"
#include "tertulia/reader.h"

namespace tertulia {

class AuthorRoles {
 public:
  AuthorRoles(const ReaderOptions& options, const Marks& marks);

  // Named in ReaderOptions::agents (whole, folded), or one of its words is an agent name of the lists.
  [[nodiscard]] bool is_agent(std::string_view author) const;
  // Called as ReaderOptions::customer_author or, where that is empty, ReaderOptions::customer.
  [[nodiscard]] bool is_named_customer(std::string_view author) const;

  // The author who is the customer. `authors` are the distinct ones, in order of appearance. Empty when nobody but agents
  // speaks. kInvalidData when several could be it (the message tells how many and which option settles it).
  // `first_wins`: where an agent takes part, the first of several others is the customer.
  [[nodiscard]] Result<std::string> customer_of(const std::vector<std::string>& authors, bool first_wins) const;

  [[nodiscard]] Role role_of(std::string_view author, std::string_view customer) const;

 private:
  const Marks& marks_;
  std::set<std::string, std::less<>> agents_;
  std::string customer_;
};

}  // namespace tertulia

#endif  // TERTULIA_SRC_INGEST_AUTHOR_ROLES_H_
