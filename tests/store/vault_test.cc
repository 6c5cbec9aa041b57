#include "tertulia/vault.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <thread>

#include "scratch.h"
#include "store/connection.h"

using namespace tertulia;

namespace {

int mode_of(const std::string& path) {
  struct stat facts {};
  return ::stat(path.c_str(), &facts) == 0 ? static_cast<int>(facts.st_mode & 0777) : -1;
}

const std::string kHexKey(64, 'a');

}  // namespace

TEST_CASE("pseudonyms stay the same with the same vault and tell nothing of the value") {
  const Scratch scratch("vault");
  const mode_t before = ::umask(0);
  std::string ref;
  {
    Result<Vault> vault = Vault::open(scratch.path("v.db"), {});
    REQUIRE(vault.ok());
    ref = vault->pseudonym("customer", "host-0");
    CHECK(ref.size() == 32);
    CHECK(ref != vault->pseudonym("message", "host-0"));
    CHECK(ref != vault->pseudonym("customer", "host-1"));
    REQUIRE(vault->remember(ref, "host-0 Begoña").ok());
    CHECK(vault->host_id(ref).value() == "host-0 Begoña");  // also before the commit
    REQUIRE(vault->commit().ok());
  }
  ::umask(before);
  CHECK(mode_of(scratch.path("v.db")) == 0600);
  CHECK(scratch.all_bytes().find("host-0") == std::string::npos);
  CHECK(scratch.all_bytes().find("Begoña") == std::string::npos);

  Result<Vault> again = Vault::open(scratch.path("v.db"), {});
  REQUIRE(again.ok());
  CHECK(again->pseudonym("customer", "host-0") == ref);
  CHECK(again->host_id(ref).value() == "host-0 Begoña");
  CHECK(again->host_id("nobody").status().code() == StatusCode::kNotFound);
}

TEST_CASE("what is known is not written again") {
  const Scratch scratch("vault_idempotent");
  Result<Vault> vault = Vault::open(scratch.path("v.db"), {});
  for (const char* id : {"2", "1", "3"}) REQUIRE(vault->remember(id, std::string("host ") + id).ok());
  REQUIRE(vault->commit().ok());
  const std::string before = scratch.read("v.db");
  for (const char* id : {"3", "1"}) REQUIRE(vault->remember(id, std::string("host ") + id).ok());
  REQUIRE(vault->commit().ok());
  REQUIRE(vault->commit().ok());  // nothing waits
  // The header's change counter may move; the content does not.
  CHECK(scratch.read("v.db").substr(100) == before.substr(100));
  const auto all = vault->all();
  REQUIRE(all.ok());
  CHECK(*all == std::vector<std::pair<std::string, std::string>>{{"1", "host 1"}, {"2", "host 2"}, {"3", "host 3"}});
}

TEST_CASE("a key from outside stays outside") {
  const Scratch scratch("vault_key_file");
  scratch.write("key", kHexKey + "\n");
  VaultOptions options;
  options.key_file = scratch.path("key");
  ::chmod(options.key_file.c_str(), 0644);
  CHECK(Vault::open(scratch.path("v.db"), options).status().code() == StatusCode::kFailedPrecondition);
  ::chmod(options.key_file.c_str(), 0600);
  {
    Result<Vault> vault = Vault::open(scratch.path("v.db"), options);
    REQUIRE(vault.ok());
    REQUIRE(vault->remember("r", "host").ok());
    REQUIRE(vault->commit().ok());
    CHECK(vault->host_id("r").value() == "host");
  }
  CHECK(scratch.read("v.db").find(std::string(32, '\xaa')) == std::string::npos);
  CHECK(scratch.read("v.db").find(kHexKey) == std::string::npos);
  CHECK(Vault::open(scratch.path("v.db"), {}).status().code() == StatusCode::kFailedPrecondition);

  scratch.write("key", std::string(64, 'b'));
  CHECK(Vault::open(scratch.path("v.db"), options).status().code() == StatusCode::kFailedPrecondition);
  for (const std::string& wrong : {std::string(), std::string("abc"), std::string(63, 'a') + "g", std::string(65, 'a'), std::string(5000, 'a')}) {
    scratch.write("key", wrong);
    CHECK(Vault::open(scratch.path("v.db"), options).status().code() == StatusCode::kInvalidData);
  }
  options.key_file = scratch.path("none");
  CHECK(Vault::open(scratch.path("v.db"), options).status().code() == StatusCode::kNotFound);
  options.key_file = scratch.path("");
  CHECK_FALSE(Vault::open(scratch.path("v.db"), options).ok());
}

TEST_CASE("what is no vault is refused and left alone") {
  const Scratch scratch("vault_foreign");
  const auto open = [&](const std::string& name) {
    ::chmod(scratch.path(name).c_str(), 0600);
    return Vault::open(scratch.path(name), {}).status().code();
  };
  scratch.write("text", std::string(5000, 'x'));
  CHECK(open("text") == StatusCode::kInvalidData);
  CHECK(scratch.read("text") == std::string(5000, 'x'));

  const auto made_by = [&](const std::string& name, const std::string& sql) {
    Result<Connection> db = Connection::open(scratch.path(name), {});
    REQUIRE(db->execute(sql).ok());
  };
  made_by("foreign", "CREATE TABLE t(a)");
  CHECK(open("foreign") == StatusCode::kInvalidData);
  made_by("newer", "PRAGMA application_id = 0x54657256; PRAGMA user_version = 99; CREATE TABLE t(a)");
  CHECK(open("newer") == StatusCode::kUnsupportedVersion);

  CHECK_FALSE(Vault::open(scratch.path(""), {}).ok());
  CHECK(Vault::open("", {}).status().code() == StatusCode::kInvalidArgument);
  VaultOptions existing;
  existing.create = false;
  CHECK(Vault::open(scratch.path("none"), existing).status().code() == StatusCode::kNotFound);
  existing.create = true;
  existing.read_only = true;
  CHECK(Vault::open(scratch.path("none"), existing).status().code() == StatusCode::kNotFound);

  REQUIRE(Vault::open(scratch.path("mine"), {}).ok());
  ::chmod(scratch.path("mine").c_str(), 0640);
  CHECK(Vault::open(scratch.path("mine"), {}).status().code() == StatusCode::kFailedPrecondition);
}

TEST_CASE("a read-only vault resolves and remembers nothing") {
  const Scratch scratch("vault_read_only");
  {
    Result<Vault> vault = Vault::open(scratch.path("v.db"), {});
    REQUIRE(vault->remember("r", "host").ok());
    REQUIRE(vault->commit().ok());
  }
  VaultOptions options;
  options.read_only = true;
  Result<Vault> vault = Vault::open(scratch.path("v.db"), options);
  REQUIRE(vault.ok());
  CHECK(vault->host_id("r").value() == "host");
  CHECK(vault->remember("s", "host").code() == StatusCode::kInvalidArgument);
}

TEST_CASE("a sealed value does not open under another pseudonym, nor when it is cut or changed") {
  const Scratch scratch("vault_swap");
  {
    Result<Vault> vault = Vault::open(scratch.path("v.db"), {});
    for (const char* id : {"a", "b", "c"}) REQUIRE(vault->remember(id, std::string("host ") + id).ok());
    REQUIRE(vault->commit().ok());
  }
  {
    Result<Connection> db = Connection::open(scratch.path("v.db"), {});
    REQUIRE(db->execute("UPDATE identity SET sealed = (SELECT sealed FROM identity WHERE customer_ref = 'b') WHERE customer_ref = 'a';"
                        "UPDATE identity SET sealed = x'00' WHERE customer_ref = 'c'").ok());
  }
  Result<Vault> vault = Vault::open(scratch.path("v.db"), {});
  CHECK(vault->host_id("a").status().code() == StatusCode::kInvalidData);
  CHECK(vault->host_id("b").value() == "host b");
  CHECK(vault->host_id("c").status().code() == StatusCode::kInvalidData);
  CHECK_FALSE(vault->all().ok());
}

TEST_CASE("programs that make one vault at the same moment agree on its key") {
  const Scratch scratch("vault_race");
  std::vector<std::string> refs(4);
  std::vector<std::thread> threads;
  for (std::string& ref : refs) {
    threads.emplace_back([&] {
      Result<Vault> vault = Vault::open(scratch.path("v.db"), {});
      ref = vault.ok() ? vault->pseudonym("customer", "x") : vault.status().message();
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& ref : refs) CHECK(ref == refs[0]);
  CHECK(refs[0].size() == 32);
}

TEST_CASE("remember refuses what it could not give back") {
  const Scratch scratch("vault_refuse");
  Result<Vault> vault = Vault::open(scratch.path("v.db"), {});
  CHECK(vault->remember("", "host").code() == StatusCode::kInvalidArgument);
  CHECK(vault->remember(std::string("a\0b", 3), "host").code() == StatusCode::kInvalidArgument);
  CHECK(vault->remember("r", std::string(5000, 'x')).code() == StatusCode::kInvalidArgument);
  const std::string odd("a\0b 👩‍👩‍👧 ñ", 22);
  REQUIRE(vault->remember("r", odd).ok());
  REQUIRE(vault->remember("empty", "").ok());
  REQUIRE(vault->commit().ok());
  CHECK(vault->host_id("r").value() == odd);
  CHECK(vault->host_id("empty").value().empty());
}
