// Evidence for tests in a few words.
#ifndef TERTULIA_TESTS_STORE_EVIDENCE_ROWS_H_
#define TERTULIA_TESTS_STORE_EVIDENCE_ROWS_H_

#include <string>
#include <utility>
#include <vector>

#include "tertulia/store.h"

inline constexpr tertulia::Timestamp kDay = 86'400'000'000;
inline constexpr tertulia::Timestamp kNow = 20'000 * kDay;  // 2024-10-04

inline tertulia::AttributeUpdate update(std::string kind, std::string attribute, std::string value = "", double confidence = 0.8, std::string event = "") {
  tertulia::AttributeUpdate u;
  u.kind = std::move(kind);
  u.attribute = std::move(attribute);
  u.value = std::move(value);
  u.confidence = confidence;
  u.event = std::move(event);
  u.why = {"parcela", "arquitecto"};
  return u;
}

inline tertulia::AttributeUpdate against(std::string event, double confidence = 0.9) {
  tertulia::AttributeUpdate u = update("event", std::move(event), "planning", confidence);
  u.contradicts = true;
  return u;
}

// Customer "ana", conversation "ana/1", message "ana/1/a" and so on; `day` counts from kNow.
inline tertulia::MessageEvidence message(const std::string& customer, const std::string& conversation, const std::string& id, int day,
                                         std::vector<tertulia::AttributeUpdate> updates) {
  tertulia::MessageEvidence m;
  m.customer_ref = customer;
  m.conversation_ref = customer + "/" + conversation;
  m.message_ref = m.conversation_ref + "/" + id;
  m.channel = "chat";
  m.language = "es";
  m.at = kNow + day * kDay;
  m.updates = std::move(updates);
  return m;
}

inline tertulia::RunInfo run_info(std::string source = "feed") {
  tertulia::RunInfo info;
  info.source = std::move(source);
  info.model = "model";
  info.engine_version = "1";
  info.started = kNow;
  return info;
}

#endif  // TERTULIA_TESTS_STORE_EVIDENCE_ROWS_H_
