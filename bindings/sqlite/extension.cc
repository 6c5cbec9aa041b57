// The entry point and the scalar functions: tertulia_models(dir), tertulia_analyze(text), tertulia_anonymize(text).
// Test: tests/bindings/sqlite_test.py.
#include "extension.h"

#include <cstdlib>
#include <cstring>

SQLITE_EXTENSION_INIT1

namespace tertulia_sqlite {

const tertulia::Engine* Session::open(std::string* problem) {
  if (engine) return &*engine;
  if (bundle.empty()) {
    const char* named = std::getenv("TERTULIA_MODELS");
    if (named == nullptr) {
      *problem = "no models: call tertulia_models('DIR') or set TERTULIA_MODELS";
      return nullptr;
    }
    bundle = named;
  }
  tertulia::Result<tertulia::Engine> opened = tertulia::Engine::open(bundle);
  if (!opened.ok()) {
    *problem = opened.status().message();
    return nullptr;
  }
  engine.emplace(*std::move(opened));
  return &*engine;
}

std::optional<tertulia::Analysis> analyze(Session& session, const unsigned char* text, int bytes, std::string* problem) {
  const tertulia::Engine* engine = session.open(problem);
  if (engine == nullptr) return std::nullopt;
  tertulia::TextInput input;
  if (text != nullptr) input.text.assign(reinterpret_cast<const char*>(text), static_cast<std::size_t>(bytes));
  tertulia::Result<tertulia::Analysis> answer = engine->analyze(input);
  if (!answer.ok()) {
    *problem = answer.status().message();
    return std::nullopt;
  }
  return *std::move(answer);
}

namespace {

using Shared = std::shared_ptr<Session>;

Session& session_of(sqlite3_context* context) { return **static_cast<Shared*>(sqlite3_user_data(context)); }

void set_models(sqlite3_context* context, int, sqlite3_value** values) {
  const unsigned char* named = sqlite3_value_text(values[0]);
  Session& session = session_of(context);
  session.engine.reset();
  session.bundle = named == nullptr ? "" : reinterpret_cast<const char*>(named);
  std::string problem;
  if (session.open(&problem) == nullptr) sqlite3_result_error(context, problem.c_str(), -1);
  else sqlite3_result_text(context, session.engine->model_id().c_str(), -1, SQLITE_TRANSIENT);
}

// NULL in, NULL out.
template <typename Answer>
void answer_text(sqlite3_context* context, sqlite3_value* value, const Answer& answer) {
  if (sqlite3_value_type(value) == SQLITE_NULL) return;
  std::string problem;
  const unsigned char* text = sqlite3_value_text(value);
  const auto analysis = analyze(session_of(context), text, sqlite3_value_bytes(value), &problem);
  if (!analysis) {
    sqlite3_result_error(context, problem.c_str(), -1);
    return;
  }
  const std::string out = answer(*analysis);
  sqlite3_result_text64(context, out.data(), out.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

void analyze_function(sqlite3_context* context, int, sqlite3_value** values) {
  answer_text(context, values[0], [](const tertulia::Analysis& a) { return tertulia::to_json(a, tertulia::OffsetUnit::kCodePoints); });
}

void anonymize_function(sqlite3_context* context, int, sqlite3_value** values) {
  answer_text(context, values[0], [](const tertulia::Analysis& a) { return a.anonymized; });
}

struct Function {
  const char* name;
  int flags;
  void (*call)(sqlite3_context*, int, sqlite3_value**);
};

// tertulia_models changes what the connection answers, so a view or a trigger may not call it.
constexpr Function kFunctions[] = {
    {"tertulia_models", SQLITE_UTF8 | SQLITE_DIRECTONLY, set_models},
    {"tertulia_analyze", SQLITE_UTF8 | SQLITE_DETERMINISTIC, analyze_function},
    {"tertulia_anonymize", SQLITE_UTF8 | SQLITE_DETERMINISTIC, anonymize_function},
};

}  // namespace
}  // namespace tertulia_sqlite

extern "C" __attribute__((visibility("default"))) int sqlite3_tertuliasqlite_init(sqlite3* db, char** error, const sqlite3_api_routines* api) {
  SQLITE_EXTENSION_INIT2(api);
  (void)error;
  using namespace tertulia_sqlite;
  const auto session = std::make_shared<Session>();
  for (const Function& function : kFunctions) {
    const int code = sqlite3_create_function_v2(db, function.name, 1, function.flags, new Shared(session), function.call, nullptr, nullptr,
                                                [](void* data) { delete static_cast<Shared*>(data); });
    if (code != SQLITE_OK) return code;
  }
  return register_events_table(db, session);
}
