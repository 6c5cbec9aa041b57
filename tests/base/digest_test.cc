#include "base/digest.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

using namespace tertulia;

TEST_CASE("SHA-256 of FIPS 180-4's examples") {
  CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("SHA-256 of a file equals that of its bytes") {
  const std::string path = std::string(TERTULIA_BINARY_DIR) + "/digest_test.bin";
  const std::string bytes(200000, 'x');
  std::ofstream(path, std::ios::binary) << bytes;
  CHECK(*sha256_file(path) == sha256_hex(bytes));
  std::filesystem::remove(path);
  CHECK(sha256_file(path).status().code() == StatusCode::kNotFound);
  CHECK(sha256_file(TERTULIA_BINARY_DIR).status().code() == StatusCode::kUnreadable);
}

TEST_CASE("a keyed hash depends on key, domain, value and where one ends") {
  Key a{}, b{};
  b[0] = 1;
  const std::string hash = keyed_hash(a, "customer", "42");
  CHECK(hash.size() == 32);
  CHECK(hash == keyed_hash(a, "customer", "42"));
  CHECK(hash != keyed_hash(b, "customer", "42"));
  CHECK(hash != keyed_hash(a, "message", "42"));
  CHECK(hash != keyed_hash(a, "customer4", "2"));
}

TEST_CASE("sealed values open under their key alone, and no two look alike") {
  const Key key = random_key();
  const std::string sealed = seal(key, "host-1");
  CHECK(*unseal(key, sealed) == "host-1");
  CHECK(sealed != seal(key, "host-1"));
  CHECK(unseal(random_key(), sealed).status().code() == StatusCode::kFailedPrecondition);
  CHECK(unseal(key, "short").status().code() == StatusCode::kInvalidData);
}

TEST_CASE("keys are read from hexadecimal text") {
  const Key key = random_key();
  CHECK(*key_from_hex(to_hex(key.data(), key.size()) + "\n") == key);
  CHECK_FALSE(key_from_hex("abc").ok());
  CHECK_FALSE(key_from_hex(std::string(64, 'g')).ok());
}

TEST_CASE("sealing repeatably: equal input, equal bytes; another context or key, other bytes") {
  Key key{}, other{};
  other[0] = 1;
  const std::string sealed = seal_repeatably(key, "c1", "12345678Z");
  CHECK(sealed == seal_repeatably(key, "c1", "12345678Z"));
  CHECK(sealed != seal_repeatably(key, "c2", "12345678Z"));
  CHECK(sealed.substr(0, 24) != seal_repeatably(key, "c1", "12345679Z").substr(0, 24));  // no nonce serves two texts
  CHECK(*unseal(key, sealed) == "12345678Z");
  CHECK(unseal(other, sealed).status().code() == StatusCode::kFailedPrecondition);
  CHECK(sealed.find("12345678") == std::string::npos);
  CHECK(derive_key(key, "a") != derive_key(key, "b"));
  CHECK(derive_key(key, "a") != key);
}
