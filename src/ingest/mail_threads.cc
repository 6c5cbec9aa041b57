// Union-find with path halving over message ids (Tarjan and van Leeuwen, 1984). Test: tests/ingest/mail_threads_test.cc.
#include "ingest/mail_threads.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/clock.h"
#include "base/digest.h"
#include "ingest/mail_quotes.h"

namespace tertulia {

std::size_t MailThreads::node_of(const std::string& id) {
  const auto [found, fresh] = nodes_.try_emplace(id, parents_.size());
  if (fresh) {
    parents_.push_back(parents_.size());
    node_has_mail_.push_back(false);
  }
  return found->second;
}

std::size_t MailThreads::root_of(std::size_t node) {
  while (parents_[node] != node) {
    parents_[node] = parents_[parents_[node]];
    node = parents_[node];
  }
  return node;
}

void MailThreads::join(std::size_t a, std::size_t b) {
  a = root_of(a);
  b = root_of(b);
  if (a != b) parents_[std::max(a, b)] = std::min(a, b);
}

bool MailThreads::add(const ParsedMail& mail, LineSource::Position begin) {
  IndexedMail entry;
  entry.begin = begin;
  entry.at = mail.at;
  if (!mail.from.empty()) {
    const MailAddress& from = mail.from.front();
    entry.from = from.address.empty() ? from.name : from.address;
    entry.named_customer = roles_.is_named_customer(from.address) || roles_.is_named_customer(from.name);
    entry.from_agent = !entry.named_customer && (roles_.is_agent(from.address) || roles_.is_agent(from.name));
  }
  for (const MailAddress& to : mail.to) {
    if (!to.address.empty() && !roles_.is_agent(to.address) && !roles_.is_agent(to.name)) {
      entry.other = to.address;
      break;
    }
  }
  entry.subject = bare_subject(mail.subject, marks_, &entry.is_reply);
  entry.id = mail.message_id;
  if (entry.id.empty()) {
    entry.id = "no-id-" + sha256_hex((mail.at ? format_time(*mail.at) : "") + "\n" + entry.from + "\n" + mail.subject).substr(0, 16);
  }
  const std::size_t node = node_of(entry.id);
  if (node_has_mail_[node]) return false;
  node_has_mail_[node] = true;
  std::vector<std::size_t> references;
  for (const std::string& reference : mail.references) {
    const std::size_t other = node_of(reference);
    if (other == node) continue;
    references.push_back(other);
    join(node, other);
  }
  node_of_mail_.push_back(node);
  references_.push_back(std::move(references));
  mails_.push_back(std::move(entry));
  return true;
}

std::vector<Result<MailConversation>> MailThreads::conversations(const std::string& file) {
  // Replies whose references are nowhere in the file: the last mail of that subject with that person.
  std::map<std::pair<std::string, std::string>, std::size_t> last_by_subject;
  for (std::size_t i = 0; i < mails_.size(); ++i) {
    const IndexedMail& mail = mails_[i];
    const std::string& person = mail.from_agent || mail.from.empty() ? mail.other : mail.from;
    if (mail.subject.empty() || person.empty()) continue;
    const auto [found, fresh] = last_by_subject.try_emplace({mail.subject, person}, i);
    if (fresh) continue;
    const bool known = std::any_of(references_[i].begin(), references_[i].end(), [this](std::size_t node) { return node_has_mail_[node]; });
    if (mail.is_reply && !known) join(node_of_mail_[i], node_of_mail_[found->second]);
    found->second = i;
  }
  std::vector<std::vector<std::size_t>> threads;
  std::map<std::size_t, std::size_t> thread_of_root;
  for (std::size_t i = 0; i < mails_.size(); ++i) {
    const auto [found, fresh] = thread_of_root.try_emplace(root_of(node_of_mail_[i]), threads.size());
    if (fresh) threads.emplace_back();
    threads[found->second].push_back(i);
  }
  std::vector<Result<MailConversation>> out;
  for (std::vector<std::size_t>& thread : threads) {
    if (std::all_of(thread.begin(), thread.end(), [this](std::size_t i) { return mails_[i].at.has_value(); })) {
      std::stable_sort(thread.begin(), thread.end(), [this](std::size_t a, std::size_t b) { return *mails_[a].at < *mails_[b].at; });
    }
    settle(thread, file, out);
  }
  return out;
}

void MailThreads::settle(const std::vector<std::size_t>& thread, const std::string& file, std::vector<Result<MailConversation>>& out) const {
  std::vector<std::string> others;  // senders who are not agents, in order
  std::set<std::string, std::less<>> known;
  std::string named, addressee;
  bool agents = false;
  for (const std::size_t i : thread) {
    const IndexedMail& mail = mails_[i];
    if (mail.named_customer && named.empty()) named = mail.from;
    if (mail.from_agent) agents = true;
    else if (known.insert(mail.from).second) others.push_back(mail.from);
    if (addressee.empty()) addressee = mail.other;
  }
  if (named.empty() && others.size() > 1 && (!agents || !options_.customer.empty())) {
    out.emplace_back(Status(StatusCode::kInvalidData,
                            file + ":" + std::to_string(mails_[thread.front()].begin.line + 1) + ": " + std::to_string(others.size()) +
                                " senders of this thread are not known as agents; name the agents, or the author who is the customer"));
    return;
  }
  if (!named.empty() || others.size() < 2) {
    MailConversation conversation;
    conversation.mails = thread;
    conversation.customer_from = !named.empty() ? named : others.empty() ? "" : others.front();
    conversation.customer = !options_.customer.empty()            ? options_.customer
                            : !conversation.customer_from.empty() ? conversation.customer_from
                                                                  : addressee;
    out.emplace_back(std::move(conversation));
    return;
  }
  std::map<std::string, std::size_t> group_of;
  std::vector<MailConversation> groups;
  for (const std::string& sender : others) {
    group_of[sender] = groups.size();
    groups.emplace_back();
    groups.back().customer_from = groups.back().customer = sender;
  }
  for (const std::size_t i : thread) {
    const IndexedMail& mail = mails_[i];
    const auto found = group_of.find(mail.from_agent ? mail.other : mail.from);
    groups[found == group_of.end() ? 0 : found->second].mails.push_back(i);
  }
  for (MailConversation& group : groups) out.emplace_back(std::move(group));
}

}  // namespace tertulia
