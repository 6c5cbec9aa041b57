#include "engine/batch.h"

#include <string>
#include <vector>

#include "sample_bundle.h"

using namespace tertulia;

namespace {

constexpr Timestamp kNow = 1772445600000000;

// Conversations of three customers' kinds; every 50th line is broken.
std::string feed(int first, int count) {
  const char* texts[] = {"Ya hemos comprado la parcela y el arquitecto está con el proyecto, buscamos hipoteca", "¡Vaya partidazo anoche!",
                         "Nos casamos en mayo y estamos mirando el banquete, ¿qué presupuesto os dieron?"};
  std::string out;
  for (int i = first; i < first + count; ++i) {
    if (i % 50 == 49) {
      out += "{broken\n";
      continue;
    }
    const std::string n = std::to_string(i);
    out += R"({"id":"c)" + n + R"(","customer":"host-)" + std::to_string(i % 40) + R"(","channel":"chat","messages":[{"id":"1","at":"2026-03-02T10:15:00Z","from":"customer","text":")" +
           texts[i % 3] + R"(. Soy Begoña Ruiz"},{"id":"2","at":"2026-03-02T10:16:00Z","from":"agent","text":"Gracias, Begoña"}]})" + "\n";
  }
  return out;
}

struct Mined {
  BatchReport report;
  std::vector<std::string> bad;
  std::string evidence;
};

std::string dump(const Store& store, const std::string& sql) {
  const Result<Table> table = store.query(sql);
  REQUIRE_MESSAGE(table.ok(), table.status().message());
  std::string out;
  for (const auto& row : table->rows) {
    for (const auto& value : row) out += value.value_or("-") + "|";
    out += "\n";
  }
  return out;
}

Mined mine(const SampleDirectory& directory, const std::string& db, const std::vector<std::string>& files, unsigned threads, std::size_t commit_every = 2000) {
  VaultOptions keyed;
  keyed.key_file = directory.write("key", std::string(64, '7'));
  std::filesystem::permissions(keyed.key_file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  Result<Vault> vault = Vault::open(directory.file(db + ".vault"), keyed);
  REQUIRE_MESSAGE(vault.ok(), vault.status().message());
  StoreOptions options;
  options.now = kNow;
  Store store = std::move(Store::open(directory.file(db), options)).value();
  MineOptions how;
  how.threads = threads;
  how.commit_every = commit_every;
  how.run.started = kNow;
  Mined out;
  how.on_bad_record = [&out](const Status& status) { out.bad.push_back(status.message()); };
  const Result<BatchReport> report = sample_engine().mine(files, store, *vault, how);
  REQUIRE_MESSAGE(report.ok(), report.status().message());
  out.report = *report;
  out.evidence = dump(store, "SELECT * FROM evidence ORDER BY 1, 2, 3, 7, 8, 9, 10") + dump(store, "SELECT * FROM customer_profile ORDER BY 1") +
                 dump(store, "SELECT source FROM run");
  return out;
}

}  // namespace

TEST_CASE("one thread and many give the same bytes and the same words") {
  const SampleDirectory directory;
  const std::string file = directory.write("in.jsonl", feed(0, 700));
  const Mined one = mine(directory, "one.db", {file}, 1);
  const Mined many = mine(directory, "many.db", {file}, 8);
  CHECK(one.report.bad_records == 14);
  CHECK(one.report.stored.messages_new == 686);
  CHECK(one.bad == many.bad);
  REQUIRE(one.bad.size() == 14);
  CHECK(one.bad[0].find("in.jsonl:50:") != std::string::npos);
  CHECK(directory.read("one.db") == directory.read("many.db"));
  CHECK_FALSE(one.evidence.empty());
}

TEST_CASE("the size of a transaction and the order of files do not matter") {
  const SampleDirectory directory;
  const std::string a = directory.write("a.jsonl", feed(0, 150)), b = directory.write("b.jsonl", feed(150, 150));
  const Mined together = mine(directory, "1.db", {a, b}, 2);
  CHECK(mine(directory, "2.db", {a, b}, 2, 7).evidence == together.evidence);
  // The number of the run is the only thing that may differ.
  CHECK(mine(directory, "3.db", {b, a}, 2).evidence == together.evidence);
}

TEST_CASE("mining twice changes nothing; a longer file adds what is new") {
  const SampleDirectory directory;
  const std::string a = directory.write("a.jsonl", feed(0, 40));
  const Mined first = mine(directory, "1.db", {a}, 2);
  const Mined again = mine(directory, "1.db", {a}, 2);
  CHECK(again.report.stored.messages_new == 0);
  CHECK(again.report.stored.messages_known == first.report.stored.messages_new);
  CHECK(again.report.stored.evidence_new == 0);
  const std::string longer = directory.write("b.jsonl", feed(0, 45));
  CHECK(mine(directory, "1.db", {longer}, 2).report.stored.messages_new == 5);
}

TEST_CASE("files that cannot be read are bad records and the rest is done") {
  const SampleDirectory directory;
  const std::string a = directory.write("a.jsonl", feed(0, 10));
  const Mined mined = mine(directory, "1.db", {directory.file("none.jsonl"), a, directory.file("")}, 2);
  CHECK(mined.report.bad_records == 2);
  CHECK(mined.report.stored.messages_new == 10);
}

TEST_CASE("an unknown format ends the run") {
  const SampleDirectory directory;
  Vault vault = std::move(Vault::open(directory.file("v.db"), {})).value();
  Store store = std::move(Store::open(directory.file("s.db"), {})).value();
  MineOptions how;
  how.reader.format = "none";
  const std::string a = directory.write("a.jsonl", feed(0, 3));
  CHECK(sample_engine().mine({a}, store, vault, how).status().code() == StatusCode::kInvalidArgument);
}

TEST_CASE("progress counts messages and ends at all of them") {
  const SampleDirectory directory;
  Vault vault = std::move(Vault::open(directory.file("v.db"), {})).value();
  Store store = std::move(Store::open(directory.file("s.db"), {})).value();
  std::vector<std::size_t> steps;
  MineOptions how;
  how.threads = 3;
  how.on_progress = [&steps](std::size_t messages) { steps.push_back(messages); };
  const std::string a = directory.write("a.jsonl", feed(0, 400));
  REQUIRE(sample_engine().mine({a}, store, vault, how).ok());
  REQUIRE(steps.size() > 1);
  for (std::size_t i = 1; i < steps.size(); ++i) CHECK(steps[i] >= steps[i - 1]);
  CHECK(steps.back() == 784);  // 8 of 400 lines are broken; two messages each
}
