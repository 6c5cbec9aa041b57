// Hostile input costs linear time (23: no pattern may run away): a megabyte of each sign, and four times a text in at most
// ten times its time.
#include <doctest/doctest.h>

#include <ctime>

#include "finding.h"

using namespace tertulia;
using namespace tertulia::test;

namespace {

std::string repeat(const std::string& unit, std::size_t bytes) {
  std::string out;
  out.reserve(bytes + unit.size());
  while (out.size() < bytes) out += unit;
  return out;
}

double seconds(const Anonymizer& anonymizer, const std::string& text) {
  const std::clock_t start = std::clock();  // of this process: other work on the machine does not count
  const Result<CleanConversation> done = anonymizer.clean({"c", "k", "chat", {{"1", std::nullopt, Role::kCustomer, "", text, ""}}});
  CHECK_MESSAGE((done.ok() || done.status().code() == StatusCode::kLeak), done.status().message());
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

}  // namespace

TEST_CASE("linear time") {
  const Anonymizer anonymizer = Anonymizer::open(models(), {}).value();
  for (const char* unit : {"@", "9", "(", "[", ".", "-", "1 ", "6 ", "a.", "a@", "@a", "6.1 ", "calle ", "calle a 1 ", "seis ", "arroba ", "http://", "es91 ", "a-", ":", "::1", "clave es ", "dni ", "12345678Z ", "\xC2\xA0", "⟨", "⟨A_1⟩",
                           "612345678 ", "a@b.co ", "mi insta es ", "é", "👨‍👩‍👧", "Ana ", "1.", "1,", "+", "00", "+34 ", "www.", "/", "código sms ", "urb a, "}) {
    const double small = seconds(anonymizer, repeat(unit, 1u << 18)), large = seconds(anonymizer, repeat(unit, 1u << 20));
    CHECK_MESSAGE(large < 10 * small + 1.0, std::string(unit), " ", small, " ", large);
    CHECK_MESSAGE(large < 60, std::string(unit));
  }
}

TEST_CASE("many different values") {
  const Anonymizer anonymizer = Anonymizer::open(models(), {}).value();
  std::string text;
  for (int i = 0; i < 20000; ++i) text += "a" + std::to_string(i) + "@b.es ";
  CHECK(seconds(anonymizer, text) < 30);
}
