// The table-valued function tertulia_events(text): one row an event heard. Columns: event, stage, subject, assertion, active,
// confidence, why. An eponymous virtual table (SQLite documentation, "The Virtual Table Mechanism", 2.1.2).
// Test: tests/bindings/sqlite_test.py.
#include "extension.h"

SQLITE_EXTENSION_INIT3

namespace tertulia_sqlite {
namespace {

enum Column { kEvent, kStage, kSubject, kAssertion, kActive, kConfidence, kWhy, kText };

struct Table : sqlite3_vtab {
  std::shared_ptr<Session> session;
};

struct Cursor : sqlite3_vtab_cursor {
  std::vector<tertulia::Finding> findings;
  std::size_t at = 0;
};

int connect(sqlite3* db, void* data, int, const char* const*, sqlite3_vtab** out, char**) {
  const int code = sqlite3_declare_vtab(db, "CREATE TABLE x(event TEXT, stage TEXT, subject TEXT, assertion TEXT, active INTEGER, confidence REAL, why TEXT, text HIDDEN)");
  if (code != SQLITE_OK) return code;
  auto* table = new Table{};
  table->session = *static_cast<std::shared_ptr<Session>*>(data);
  *out = table;
  return SQLITE_OK;
}

int disconnect(sqlite3_vtab* table) {
  delete static_cast<Table*>(table);
  return SQLITE_OK;
}

// The text must be given: as an argument, or by `text = …`.
int best_index(sqlite3_vtab*, sqlite3_index_info* info) {
  for (int i = 0; i < info->nConstraint; ++i) {
    const auto& constraint = info->aConstraint[i];
    if (constraint.iColumn != kText || constraint.op != SQLITE_INDEX_CONSTRAINT_EQ || constraint.usable == 0) continue;
    info->aConstraintUsage[i].argvIndex = 1;
    info->aConstraintUsage[i].omit = 1;
    info->estimatedCost = 1000;
    info->estimatedRows = 1;
    return SQLITE_OK;
  }
  return SQLITE_CONSTRAINT;
}

int open(sqlite3_vtab*, sqlite3_vtab_cursor** out) {
  *out = new Cursor{};
  return SQLITE_OK;
}

int close(sqlite3_vtab_cursor* cursor) {
  delete static_cast<Cursor*>(cursor);
  return SQLITE_OK;
}

int filter(sqlite3_vtab_cursor* base, int, const char*, int count, sqlite3_value** values) {
  auto* cursor = static_cast<Cursor*>(base);
  cursor->findings.clear();
  cursor->at = 0;
  if (count < 1 || sqlite3_value_type(values[0]) == SQLITE_NULL) return SQLITE_OK;
  std::string problem;
  const unsigned char* text = sqlite3_value_text(values[0]);
  auto analysis = analyze(*static_cast<Table*>(base->pVtab)->session, text, sqlite3_value_bytes(values[0]), &problem);
  if (!analysis) {
    sqlite3_free(base->pVtab->zErrMsg);
    base->pVtab->zErrMsg = sqlite3_mprintf("%s", problem.c_str());
    return SQLITE_ERROR;
  }
  cursor->findings = std::move(analysis->reading.events);
  return SQLITE_OK;
}

int next(sqlite3_vtab_cursor* base) {
  ++static_cast<Cursor*>(base)->at;
  return SQLITE_OK;
}

int eof(sqlite3_vtab_cursor* base) {
  const auto* cursor = static_cast<Cursor*>(base);
  return cursor->at >= cursor->findings.size();
}

int column(sqlite3_vtab_cursor* base, sqlite3_context* context, int index) {
  const auto* cursor = static_cast<Cursor*>(base);
  const tertulia::Finding& finding = cursor->findings[cursor->at];
  const auto text = [&](const std::string& value) { sqlite3_result_text(context, value.c_str(), -1, SQLITE_TRANSIENT); };
  switch (index) {
    case kEvent: text(finding.event); break;
    case kStage: text(finding.stage); break;
    case kSubject: text(finding.subject); break;
    case kAssertion: text(finding.assertion); break;
    case kActive: sqlite3_result_int(context, finding.active ? 1 : 0); break;
    case kConfidence: sqlite3_result_double(context, finding.confidence); break;
    case kWhy: {
      std::string why;
      for (const std::string& word : finding.why.words) why += (why.empty() ? "" : "; ") + word;
      text(why);
      break;
    }
    default: break;
  }
  return SQLITE_OK;
}

int row_id(sqlite3_vtab_cursor* base, sqlite3_int64* out) {
  *out = static_cast<sqlite3_int64>(static_cast<Cursor*>(base)->at);
  return SQLITE_OK;
}

sqlite3_module make_module() {
  sqlite3_module module{};
  module.xConnect = connect;  // no xCreate: eponymous only
  module.xBestIndex = best_index;
  module.xDisconnect = disconnect;
  module.xOpen = open;
  module.xClose = close;
  module.xFilter = filter;
  module.xNext = next;
  module.xEof = eof;
  module.xColumn = column;
  module.xRowid = row_id;
  return module;
}

}  // namespace

int register_events_table(sqlite3* db, const std::shared_ptr<Session>& session) {
  static const sqlite3_module module = make_module();
  return sqlite3_create_module_v2(db, "tertulia_events", &module, new std::shared_ptr<Session>(session),
                                  [](void* data) { delete static_cast<std::shared_ptr<Session>*>(data); });
}

}  // namespace tertulia_sqlite
