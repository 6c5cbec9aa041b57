// Names are compared folded (fold_mark). Test: tests/ingest/author_roles_test.cc.
#include "ingest/author_roles.h"

namespace tertulia {
namespace {

bool is_word_byte(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !is_word_byte(text[at - 1])) && (end == text.size() || !is_word_byte(text[end]))) return true;
  }
  return false;
}

}  // namespace

AuthorRoles::AuthorRoles(const ReaderOptions& options, const Marks& marks) : marks_(marks) {
  for (const std::string& agent : options.agents) {
    if (std::string folded = fold_mark(agent); !folded.empty()) agents_.insert(std::move(folded));
  }
  customer_ = fold_mark(options.customer_author.empty() ? options.customer : options.customer_author);
}

bool AuthorRoles::is_agent(std::string_view author) const {
  const std::string folded = fold_mark(author, 512);
  if (folded.empty() || folded == customer_) return false;
  if (agents_.count(folded) > 0) return true;
  const std::size_t at = folded.rfind('@');
  if (at != std::string::npos && agents_.count(folded.substr(at)) > 0) return true;
  for (const std::string& word : marks_.of("agent_name")) {
    if (has_word(folded, word)) return true;
  }
  return false;
}

bool AuthorRoles::is_named_customer(std::string_view author) const {
  return !customer_.empty() && fold_mark(author, 512) == customer_;
}

Result<std::string> AuthorRoles::customer_of(const std::vector<std::string>& authors, bool first_wins) const {
  std::string first;
  std::size_t others = 0, agents = 0;
  for (const std::string& author : authors) {
    if (is_named_customer(author)) return author;
    if (is_agent(author)) {
      ++agents;
    } else if (others++ == 0) {
      first = author;
    }
  }
  if (others > 1 && !(first_wins && agents > 0)) {
    return Status(StatusCode::kInvalidData, std::to_string(others) +
                                                " authors are not known as agents; name the agents, or the author who is the customer");
  }
  return first;
}

Role AuthorRoles::role_of(std::string_view author, std::string_view customer) const {
  if (!customer.empty() && author == customer) return Role::kCustomer;
  return is_agent(author) ? Role::kAgent : Role::kOther;
}

}  // namespace tertulia
