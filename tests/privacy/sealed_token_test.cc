#include "privacy/sealed_token.h"

#include <doctest/doctest.h>

#include "privacy/scan_text.h"
#include "tertulia/privacy.h"

using namespace tertulia;

TEST_CASE("base32 of RFC 4648") {
  struct Row { const char* bytes; const char* expected; };
  for (const Row& row : {Row{"", ""}, {"f", "my"}, {"fo", "mzxq"}, {"foo", "mzxw6"}, {"foob", "mzxw6yq"}, {"fooba", "mzxw6ytb"}, {"foobar", "mzxw6ytboi"}}) {
    CHECK(base32(row.bytes) == row.expected);
    CHECK(base32_bytes(row.expected).value() == row.bytes);
  }
  std::string all;
  for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
  CHECK(base32_bytes(base32(all)).value() == all);
  for (const char* wrong : {"m", "mzx", "MY", "m1", "mzxw6y", "m⟩"}) CHECK_FALSE(base32_bytes(wrong).has_value());
}

TEST_CASE("a token opens under its key alone") {
  const std::string key(32, 'k');
  Key bytes{};
  bytes.fill('k');
  const std::string a = sealed_token(bytes, "c1", "ES_NIF", "12.345.678-Z"), name = sealed_token(bytes, "c1", "PERSON", "Begoña \"la Negra\" Núñez");
  CHECK(a == sealed_token(bytes, "c1", "ES_NIF", "12.345.678-Z"));
  CHECK(a != sealed_token(bytes, "c2", "ES_NIF", "12.345.678-Z"));
  const Result<RestoredText> back = restore_tokens("soy " + name + ", dni " + a + ".", key);
  REQUIRE(back.ok());
  CHECK(back->text == "soy Begoña \"la Negra\" Núñez, dni 12.345.678-Z.");
  CHECK(back->restored == 2);
  CHECK(back->closed == 0);
  const Result<RestoredText> closed = restore_tokens(a, std::string(32, 'x'));
  CHECK(closed->text == a);
  CHECK(closed->closed == 1);
  CHECK(restore_tokens(a, "short").status().code() == StatusCode::kInvalidArgument);
}

TEST_CASE("a token that was changed stays closed, other brackets stay as they are") {
  const std::string key(32, 'k');
  Key bytes{};
  bytes.fill('k');
  const std::string token = sealed_token(bytes, "c1", "ES_NIF", "12345678Z");
  std::string other_type = token, changed = token;
  other_type.replace(other_type.find("ES_NIF"), 6, "PERSON");
  char& letter = changed[changed.size() / 2];
  letter = letter == 'a' ? 'b' : 'a';
  for (const std::string& text : {other_type, changed, token.substr(0, token.size() - 4) + "⟩"}) {
    CHECK(restore_tokens(text, key)->text == text);
    CHECK(restore_tokens(text, key)->closed == 1);
  }
  for (const std::string& text : {std::string("⟨ES_NIF_1⟩ ⟨PERSON:k3f9⟩ ⟨ ⟨#mzxw⟩ ⟨X#⟩ ⟨X#MZ⟩ ⟨"), token.substr(0, token.size() - 3), std::string()}) {
    CHECK(restore_tokens(text, key)->text == text);
    CHECK(restore_tokens(text, key)->closed == 0);
  }
  std::string many;
  for (int i = 0; i < 20000; ++i) many += "⟨A#";
  CHECK(restore_tokens(many, key)->text == many);
}

TEST_CASE("nothing is found inside a token or a pseudonym, and a long value is not sealed") {
  Key key{};
  for (const std::string& text : {sealed_token(key, "", "ES_NIF", "12345678Z"), sealed_token(key, "", "STREET_ADDRESS", std::string(kMaxSealedValue, 'x')), std::string("⟨PERSON:k3f7mzxwabcdefgh⟩")}) {
    CHECK(ScanText(text).text() == std::string(1, ScanText::kHidden));
  }
  CHECK(sealed_token(key, "", "X", std::string(kMaxSealedValue + 1, 'x')).empty());
  // What only looks like one is read like any text.
  for (const char* text : {"⟨PERSON:begonya⟩", "⟨PERSON:begonaruizlopezgil⟩", "⟨X#begonya⟩", "⟨begonya⟩"}) CHECK(ScanText(text).words().size() >= 1);
}
