// What the parts of the SQLite extension share: one engine a connection, opened at first use.
#ifndef TERTULIA_BINDINGS_SQLITE_EXTENSION_H_
#define TERTULIA_BINDINGS_SQLITE_EXTENSION_H_

#include <sqlite3ext.h>
#include <tertulia/engine.h>

#include <memory>
#include <optional>
#include <string>

namespace tertulia_sqlite {

// Belongs to one connection, freed with it.
struct Session {
  std::string bundle;                         // set by tertulia_models(), else by TERTULIA_MODELS
  std::optional<tertulia::Engine> engine;
  // nullptr on failure, with the reason in *problem.
  const tertulia::Engine* open(std::string* problem);
};

// One message read; *problem says why not.
std::optional<tertulia::Analysis> analyze(Session& session, const unsigned char* text, int bytes, std::string* problem);

int register_events_table(sqlite3* db, const std::shared_ptr<Session>& session);

}  // namespace tertulia_sqlite

#endif  // TERTULIA_BINDINGS_SQLITE_EXTENSION_H_
