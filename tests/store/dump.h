// Every row of every table but `run`, as text: two stores with the same dump are the same to everybody.
#ifndef TERTULIA_TESTS_STORE_DUMP_H_
#define TERTULIA_TESTS_STORE_DUMP_H_

#include <string>
#include <vector>

#include "store/connection.h"

inline std::string dump_rows(const tertulia::Connection& db, const std::string& sql) {
  auto select = db.prepare(sql);
  if (!select.ok()) return select.status().message();
  std::string text;
  for (;;) {
    const auto row = select->step();
    if (!row.ok()) return row.status().message();
    if (!*row) return text;
    for (int i = 0; i < select->columns(); ++i) {
      if (i > 0) text += '|';
      text += select->is_null(i) ? "null" : std::string(select->text(i));
    }
    text += '\n';
  }
}

inline std::string dump_all(const std::string& path) {
  const auto db = tertulia::Connection::open(path, {});
  auto names = db->prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('run') AND name NOT LIKE 'sqlite_%' ORDER BY name");
  std::string text;
  for (;;) {
    const auto row = names->step();
    if (!row.ok() || !*row) return text;
    const std::string name(names->text(0));
    text += "-- " + name + "\n" + dump_rows(*db, "SELECT * FROM " + name);
  }
}

#endif  // TERTULIA_TESTS_STORE_DUMP_H_
