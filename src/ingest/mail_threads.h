// Which mails of a file belong together: an index of the first reading, and the conversations that it gives.
#ifndef TERTULIA_SRC_INGEST_MAIL_THREADS_H_
#define TERTULIA_SRC_INGEST_MAIL_THREADS_H_

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ingest/author_roles.h"
#include "ingest/line_source.h"
#include "ingest/mime_parser.h"

namespace tertulia {

struct IndexedMail {
  LineSource::Position begin;        // of its header
  std::string id;                    // its Message-ID, or one made of date, sender and subject
  std::optional<Timestamp> at;
  std::string from;                  // address, or name where there is none
  bool from_agent = false, named_customer = false;
  bool is_reply = false;             // its subject says so
  std::string other;                 // the first address it goes to that is not an agent's
  std::string subject;               // bare and folded
};

struct MailConversation {
  std::vector<std::size_t> mails;    // indices, by time where every one has a time
  std::string customer_from;         // IndexedMail::from of the customer; empty when the customer never writes
  std::string customer;              // the host's id
};

class MailThreads {
 public:
  MailThreads(const ReaderOptions& options, const Marks& marks, const AuthorRoles& roles)
      : options_(options), marks_(marks), roles_(roles) {}

  // False: a mail with this id is there already (a copy in another folder).
  bool add(const ParsedMail& mail, LineSource::Position begin);
  [[nodiscard]] const std::vector<IndexedMail>& mails() const { return mails_; }

  // Mails joined by References and In-Reply-To, then replies without known references by subject and correspondent. Customers
  // are never mixed: where agents take part, each other sender of a thread gets a conversation of his own. A thread of
  // several senders without a known agent is a Status (it cannot be told who speaks for the company).
  [[nodiscard]] std::vector<Result<MailConversation>> conversations(const std::string& file);

 private:
  std::size_t node_of(const std::string& id);
  std::size_t root_of(std::size_t node);
  void join(std::size_t a, std::size_t b);
  void settle(const std::vector<std::size_t>& thread, const std::string& file, std::vector<Result<MailConversation>>& out) const;

  const ReaderOptions& options_;
  const Marks& marks_;
  const AuthorRoles& roles_;
  std::vector<IndexedMail> mails_;
  std::map<std::string, std::size_t> nodes_;     // Message-ID to node; ordered, so that chosen ids cannot make it slow
  std::vector<std::size_t> parents_;             // union-find
  std::vector<std::size_t> node_of_mail_;
  std::vector<bool> node_has_mail_;
  std::vector<std::vector<std::size_t>> references_;
};

}  // namespace tertulia

#endif  // TERTULIA_SRC_INGEST_MAIL_THREADS_H_
