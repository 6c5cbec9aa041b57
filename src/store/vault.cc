// vault.db: one row with the key (or only its check value) and the sealed host ids. The key is never used bare: hashing,
// sealing and checking each derive their own from it by keyed BLAKE2b. Test: tests/store/vault_test.cc.
#include "tertulia/vault.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <map>
#include <utility>

#include "base/digest.h"
#include "store/connection.h"

namespace tertulia {
namespace {

constexpr std::int64_t kVaultApplicationId = 0x54657256;  // "TerV"
constexpr int kVaultVersion = 1;
constexpr std::size_t kMaxHostId = 4096;  // bytes

constexpr const char* kTables = R"sql(
CREATE TABLE vault_key(
  id INTEGER PRIMARY KEY CHECK(id = 1),
  key BLOB,                        -- null: the key comes from a file
  check_value TEXT NOT NULL        -- tells the right key from a wrong one, and nothing else
) STRICT;
CREATE TABLE identity(
  customer_ref TEXT PRIMARY KEY,
  sealed BLOB NOT NULL             -- XChaCha20-Poly1305 of customer_ref, NUL, host id
) STRICT, WITHOUT ROWID;
)sql";

std::string_view bytes_of(const Key& key) { return {reinterpret_cast<const char*>(key.data()), key.size()}; }

void wipe(Key& key) {
  volatile unsigned char* byte = key.data();
  for (std::size_t i = 0; i < key.size(); ++i) byte[i] = 0;
}

// Two 128-bit hashes make the 256-bit key of one use.
Key derive(const Key& key, std::string_view use) {
  return key_from_hex(keyed_hash(key, use, "first half") + keyed_hash(key, use, "second half")).value();
}

Status system_status(StatusCode code, const std::string& path) { return {code, path + ": " + std::strerror(errno)}; }

class File {
 public:
  explicit File(int descriptor) : descriptor_(descriptor) {}
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  [[nodiscard]] int get() const { return descriptor_; }

 private:
  int descriptor_;
};

Status check_private(const struct stat& facts, const std::string& path) {
  if (!S_ISREG(facts.st_mode)) return {StatusCode::kUnreadable, path + ": expected a regular file"};
  if ((facts.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return {StatusCode::kFailedPrecondition, path + ": open to group or others; expected mode 600"};
  }
  return {};
}

Result<Key> read_key_file(const std::string& path) {
  const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.get() < 0) return system_status(errno == ENOENT ? StatusCode::kNotFound : StatusCode::kUnreadable, path);
  struct stat facts {};
  if (::fstat(file.get(), &facts) != 0) return system_status(StatusCode::kUnreadable, path);
  if (const Status status = check_private(facts, path); !status.ok()) return status;
  char text[256];
  const ssize_t count = ::read(file.get(), text, sizeof text);
  if (count < 0) return system_status(StatusCode::kUnreadable, path);
  Result<Key> key = key_from_hex({text, static_cast<std::size_t>(count)});
  return key.ok() ? key : Result<Key>(key.status().within(path));
}

// Makes the empty file with mode 600 before SQLite sees it; an existing one must be private already. By mknod, which opens
// nothing: to close a descriptor would end the locks that other threads' connections hold on the same file.
Status make_private(const std::string& path, const VaultOptions& options) {
  if (options.create && !options.read_only) {
    if (::mknod(path.c_str(), S_IFREG | S_IRUSR | S_IWUSR, 0) == 0) return {};
    if (errno != EEXIST) return system_status(StatusCode::kUnreadable, path);
  }
  struct stat facts {};
  if (::stat(path.c_str(), &facts) != 0) return system_status(errno == ENOENT ? StatusCode::kNotFound : StatusCode::kUnreadable, path);
  return check_private(facts, path);
}

Status not_a_vault(const std::string& path) { return {StatusCode::kInvalidData, path + ": not a Tertulia vault"}; }

// Under a write lock when the file is new, so that two programs agree on one key.
Result<Key> make_vault(Connection& db, const std::optional<Key>& given) {
  const Key key = given ? *given : random_key();
  if (const Status status = db.execute(kTables); !status.ok()) return status;
  Result<Statement> insert = db.prepare("INSERT INTO vault_key(id, key, check_value) VALUES(1, ?1, ?2)");
  if (!insert.ok()) return insert.status();
  if (given) insert->bind(1, nullptr);
  else insert->bind_blob(1, bytes_of(key));
  insert->bind(2, keyed_hash(key, "vault", "check"));
  if (const Status status = insert->run(); !status.ok()) return status;
  const Status stamped = db.execute("PRAGMA application_id = " + std::to_string(kVaultApplicationId) +
                                    "; PRAGMA user_version = " + std::to_string(kVaultVersion));
  if (!stamped.ok()) return stamped;
  return key;
}

Result<Key> read_key(Connection& db, const std::optional<Key>& given) {
  Result<Statement> select = db.prepare("SELECT key, check_value FROM vault_key WHERE id = 1");
  if (!select.ok()) return select.status();
  const Result<bool> row = select->step();
  if (!row.ok()) return row.status();
  if (!*row) return not_a_vault(db.path());
  Key key{};
  if (given) {
    key = *given;
  } else {
    const std::string_view stored = select->blob(0);
    if (select->is_null(0)) return Status(StatusCode::kFailedPrecondition, db.path() + ": this vault needs its key file");
    if (stored.size() != key.size()) return not_a_vault(db.path());
    std::memcpy(key.data(), stored.data(), key.size());
  }
  if (keyed_hash(key, "vault", "check") != select->text(1)) {
    return Status(StatusCode::kFailedPrecondition, db.path() + ": the key is not the one that made this vault");
  }
  return key;
}

enum class Found { kEmpty, kVault };

Result<Found> look_at(Connection& db) {
  const Result<FileMarks> marks = db.marks();
  if (!marks.ok()) return marks.status();
  if (marks->empty()) return Found::kEmpty;
  if (marks->application_id != kVaultApplicationId || marks->user_version < 1) return not_a_vault(db.path());
  if (marks->user_version > kVaultVersion) {
    return Status(StatusCode::kUnsupportedVersion,
                  db.path() + ": vault version " + std::to_string(marks->user_version) + ", this library knows up to " + std::to_string(kVaultVersion));
  }
  return Found::kVault;
}

Result<Key> open_key(Connection& db, const VaultOptions& options, const std::optional<Key>& given) {
  Result<Found> found = look_at(db);
  if (!found.ok()) return found.status();
  if (*found == Found::kVault) return read_key(db, given);
  if (options.read_only || !options.create) return not_a_vault(db.path());
  Result<Transaction> transaction = Transaction::begin(db);
  if (!transaction.ok()) return transaction.status();
  found = look_at(db);  // another program may have been faster
  if (!found.ok()) return found.status();
  if (*found == Found::kVault) return read_key(db, given);
  Result<Key> key = make_vault(db, given);
  if (!key.ok()) return key;
  if (const Status status = transaction->commit(); !status.ok()) return status;
  return key;
}

}  // namespace

struct Vault::Impl {
  Impl(Connection connection, const Key& master, bool reading)
      : db(std::move(connection)), hashing(derive(master, "pseudonym")), sealing(derive(master, "seal")), anonymizing(derive(master, "anonymize")), read_only(reading) {}
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() {
    wipe(hashing);
    wipe(sealing);
    wipe(anonymizing);
  }

  // The host id inside; the pseudonym that was sealed with it must be the row's own.
  [[nodiscard]] Result<std::string> open_sealed(std::string_view ref, std::string_view sealed) const {
    Result<std::string> plain = unseal(sealing, sealed);
    if (!plain.ok()) return plain.status().within(db.path());
    if (plain->size() <= ref.size() || std::string_view(*plain).substr(0, ref.size()) != ref || (*plain)[ref.size()] != '\0') {
      return Status(StatusCode::kInvalidData, db.path() + ": a sealed value stands under another pseudonym");
    }
    return plain->substr(ref.size() + 1);
  }

  Connection db;
  Key hashing, sealing, anonymizing;
  bool read_only;
  std::map<std::string, std::string> pending;  // customer_ref to host id
};

Result<Vault> Vault::open(const std::string& path, const VaultOptions& options) {
  if (path.empty()) return Status(StatusCode::kInvalidArgument, "vault: expected a path");
  std::optional<Key> given;
  if (!options.key_file.empty()) {
    Result<Key> key = read_key_file(options.key_file);
    if (!key.ok()) return key.status();
    given = *key;
  }
  if (const Status status = make_private(path, options); !status.ok()) return status;
  ConnectionOptions how;
  how.create = false;
  how.read_only = options.read_only;
  Result<Connection> db = Connection::open(path, how);
  if (!db.ok()) return db.status();
  Result<Key> key = open_key(*db, options, given);
  if (given) wipe(*given);
  if (!key.ok()) return key.status();
  if (!options.read_only) {
    if (const Status status = db->execute("PRAGMA secure_delete = ON"); !status.ok()) return status;
  }
  Vault vault(std::make_unique<Impl>(std::move(*db), *key, options.read_only));
  wipe(*key);
  return vault;
}

Vault::Vault(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Vault::Vault(Vault&&) noexcept = default;
Vault& Vault::operator=(Vault&&) noexcept = default;
Vault::~Vault() = default;

std::string Vault::pseudonym(std::string_view domain, std::string_view value) const {
  return keyed_hash(impl_->hashing, domain, value);
}

std::string Vault::anonymizer_key() const { return std::string(bytes_of(impl_->anonymizing)); }

Status Vault::remember(const std::string& customer_ref, const std::string& host_id) {
  if (impl_->read_only) return {StatusCode::kInvalidArgument, impl_->db.path() + ": opened read-only"};
  if (customer_ref.empty() || customer_ref.find('\0') != std::string::npos) return {StatusCode::kInvalidArgument, "remember: expected a pseudonym"};
  if (host_id.size() > kMaxHostId) return {StatusCode::kInvalidArgument, "remember: a host id longer than 4096 bytes"};
  impl_->pending[customer_ref] = host_id;
  return {};
}

Status Vault::commit() {
  Impl& self = *impl_;
  if (self.pending.empty()) return {};
  Result<Transaction> transaction = Transaction::begin(self.db);
  if (!transaction.ok()) return transaction.status();
  Result<Statement> find = self.db.prepare("SELECT 1 FROM identity WHERE customer_ref = ?1");
  if (!find.ok()) return find.status();
  Result<Statement> insert = self.db.prepare("INSERT INTO identity(customer_ref, sealed) VALUES(?1, ?2)");
  if (!insert.ok()) return insert.status();
  for (const auto& [ref, host] : self.pending) {
    // Known already: sealing anew would give other bytes for the same content.
    const Result<bool> known = find->bind(1, ref).step();
    if (!known.ok()) return known.status();
    if (*known) {
      find->reset();
      continue;
    }
    std::string plain = ref;
    plain += '\0';
    plain += host;
    if (const Status status = insert->bind(1, ref).bind_blob(2, seal(self.sealing, plain)).run(); !status.ok()) return status;
  }
  if (const Status status = transaction->commit(); !status.ok()) return status;
  self.pending.clear();
  return {};
}

Result<std::string> Vault::host_id(const std::string& customer_ref) const {
  if (const auto waiting = impl_->pending.find(customer_ref); waiting != impl_->pending.end()) return waiting->second;
  Result<Statement> select = impl_->db.prepare("SELECT sealed FROM identity WHERE customer_ref = ?1");
  if (!select.ok()) return select.status();
  const Result<bool> row = select->bind(1, customer_ref).step();
  if (!row.ok()) return row.status();
  if (!*row) return Status(StatusCode::kNotFound, impl_->db.path() + ": no such customer");
  return impl_->open_sealed(customer_ref, select->blob(0));
}

Result<std::vector<std::pair<std::string, std::string>>> Vault::all() const {
  std::vector<std::pair<std::string, std::string>> pairs;
  Result<Statement> select = impl_->db.prepare("SELECT customer_ref, sealed FROM identity ORDER BY customer_ref");
  if (!select.ok()) return select.status();
  for (;;) {
    const Result<bool> row = select->step();
    if (!row.ok()) return row.status();
    if (!*row) return pairs;
    std::string ref(select->text(0));
    Result<std::string> host = impl_->open_sealed(ref, select->blob(1));
    if (!host.ok()) return host.status();
    pairs.emplace_back(std::move(ref), std::move(*host));
  }
}

}  // namespace tertulia
