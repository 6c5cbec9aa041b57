// Keyed pseudonyms, and the way back for the host.
//
// The vault is a SQLite file of its own (mode 0600), apart from segments.db: whoever reads the segments has no path
// to an identity. It holds the key (or its check value, when the key comes from outside) and the map from
// pseudonym to the host's customer id, sealed with that key.
// A Vault belongs to one thread at a time; `pseudonym` and `key` are const and may be called from many.
#ifndef TERTULIA_VAULT_H_
#define TERTULIA_VAULT_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tertulia/export.h"
#include "tertulia/status.h"

namespace tertulia {

struct VaultOptions {
  // 64 hexadecimal digits in a file with no rights for group and others; empty: the key is made from the system's
  // random source when the vault is made, and kept inside it.
  std::string key_file;
  bool create = true;     // make the file where there is none
  bool read_only = false;
};

class TERTULIA_EXPORT Vault {
 public:
  // kFailedPrecondition: the key is not the one that made this vault. kInvalidData: no vault.
  static Result<Vault> open(const std::string& path, const VaultOptions& options);
  Vault(Vault&&) noexcept;
  Vault& operator=(Vault&&) noexcept;
  ~Vault();

  // 32 hexadecimal digits: BLAKE2b-128 of `value` under the vault's key and `domain` ("customer", "message", …).
  // The same in every run with the same key; nothing can be read from it without the key.
  [[nodiscard]] std::string pseudonym(std::string_view domain, std::string_view value) const;

  // 32 bytes for AnonymizerOptions::key and restore_tokens(), made of the vault's key: the same in every run.
  [[nodiscard]] std::string anonymizer_key() const;

  // Remembers that a customer's pseudonym stands for this host id. Written at `commit()`.
  Status remember(const std::string& customer_ref, const std::string& host_id);
  Status commit();
  // The host's id behind a customer's pseudonym. kNotFound.
  Result<std::string> host_id(const std::string& customer_ref) const;
  // All pairs (customer_ref, host id), ordered by customer_ref; for joins with the host's database.
  Result<std::vector<std::pair<std::string, std::string>>> all() const;

 private:
  struct Impl;
  explicit Vault(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace tertulia

#endif  // TERTULIA_VAULT_H_
