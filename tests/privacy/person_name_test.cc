// Names as the trained tagger reads them: rows, laws and hostile input. Figures on unseen talk: EVALUATION.md.
#include <doctest/doctest.h>

#include <algorithm>
#include <ctime>
#include <memory>
#include <string>
#include <vector>

#include "data/table_file.h"
#include "privacy/person_names.h"
#include "privacy/recognizer_table.h"
#include "tertulia/text.h"

namespace tertulia {
extern const RecognizerEntry person_name_entry;
}

using namespace tertulia;

namespace {

const std::string kModels = std::string(TERTULIA_SOURCE_DIR) + "/models", kBundle = std::string(TERTULIA_BINARY_DIR) + "/bundle";

const Analyzer& analyzer() {
  static const Result<Analyzer> made = Analyzer::open(kModels);
  return made.value();
}

const Recognizer& names() {
  static const Result<std::unique_ptr<Recognizer>> made = person_name_entry.make(kBundle);
  return *made.value();
}

std::vector<Entity> persons(const std::string& text, const RecognizerContext& context = {}, std::string_view language = {}) {
  std::vector<Entity> found;
  names().find(analyzer().analyze(text, language), context, found);
  return found;
}

// The text with «…» around every finding.
std::string marked(const std::string& text, const RecognizerContext& context = {}, std::string_view language = {}) {
  std::string out;
  std::size_t at = 0;
  for (const Entity& entity : persons(text, context, language)) {
    out += text.substr(at, entity.span.begin - at) + "«" + text.substr(entity.span.begin, entity.span.size()) + "»";
    at = entity.span.end;
  }
  return out + text.substr(at);
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) text.replace(at, from.size(), to);
  return text;
}

std::string unmarked(const std::string& text) { return replaced(replaced(text, "«", ""), "»", ""); }

struct Row {
  const char* text;
};

}  // namespace

TEST_CASE("examples of the entry") {
  for (const char* const* example = person_name_entry.examples; *example != nullptr; ++example)
    CHECK(marked(unmarked(*example)) == *example);
  for (const char* const* example = person_name_entry.counter_examples; *example != nullptr; ++example)
    CHECK(marked(*example) == *example);
}

TEST_CASE("spans: what belongs to a name and what does not") {
  const Row rows[] = {
      {"hablé con el Sr. «García», no con la «Juani»"},
      {"D. «José María Aznar López» y Dña. «Ana Botella»"},
      {"parlo amb l'«Anna» i amb en «Pere»"},
      {"l’«Oriol» ja ha firmat"},
      {"it was «John»'s idea"},
      {"me atendió «J. Ortega»"},
      {"hola «mª jose» buenos días"},
      {"«María de los Ángeles Ruiz de la Torre»"},
      {"viven «Ana» y «Luis» con «Marta»"},
      {"en la calle Ana Orantes vive «Ana»"},
      {"«Ana» llamó. Luego «Ana» colgó."},
      {"👨‍👩‍👧 «Lucía» 🎉"},
  };
  for (const Row& row : rows)
    CHECK(marked(unmarked(row.text)) == row.text);
}

TEST_CASE("ugly letters") {
  const Row rows[] = {
      {"soy «Jose\u0301 Mari\u0301a» del segundo"},        // decomposed accents
      {"soy\u00A0«marta»\u00A0la del quinto"},             // no-break blanks
      {"HOLA SOY «MARTA PEREZ» Y NO ME CONTESTA NADIE"},
      {"hola «anaaaa» cuanto tiempo"},
      {"hablé con «Marta Munoz» y «Ana Nuñez»"},
  };
  for (const Row& row : rows) CHECK(marked(unmarked(row.text)) == row.text);
}

TEST_CASE("log words, times and numbers are no persons") {
  for (const char* text : {"2024-03-01 12:00:01 ERROR Timeout en Server 500", "iPhone 15 Pro Max", "12345678", "POST /api/v1/login 200",
                           "IBAN ES91 2100 0418", "ERTE, ERE, IRPF, IVA y TAE", "https://ejemplo.es/ana", "@marta #Lucia ana@ejemplo.es"})
    CHECK(marked(text) == text);
}

TEST_CASE("participants are persons everywhere, in lower case too") {
  RecognizerContext context;
  CHECK(marked("dile a zorba que venga") == "dile a zorba que venga");
  context.participants = {"zorba", "de", "la", "sol"};
  CHECK(marked("dile a zorba que venga", context) == "dile a «zorba» que venga");
  CHECK(marked("vale sol, mañana", context) == "vale «sol», mañana");
  CHECK(marked("la casa de la playa", context) == "la casa de la playa");
}

TEST_CASE("a name said once is known throughout") {
  CHECK(marked("Me llamo Zbigniew. Repito: zbigniew.") == "Me llamo «Zbigniew». Repito: «zbigniew».");
  CHECK(marked("soy luz, sí, luz, la del bajo") == "soy «luz», sí, «luz», la del bajo");
}

TEST_CASE("expected answer") {
  RecognizerContext context;
  context.expected_type = "PERSON";
  CHECK(marked("sol") == "sol");
  CHECK(marked("sol", context) == "«sol»");
  CHECK(marked("no lo sé", context) == "no lo sé");
  CHECK(marked("luz prado", context) == "«luz prado»");
}

TEST_CASE("reasons never hold the name") {
  for (const char* text : {"soy marta lopez", "Un saludo,\nZbigniew Kowalczyk", "mi cuñado paco"}) {
    const std::vector<Entity> found = persons(text);
    REQUIRE(found.size() == 1);
    CHECK(found[0].type == "PERSON");
    CHECK(found[0].recognizer == "person_name");
    CHECK(found[0].score >= 0.5);
    CHECK(found[0].score <= 1.0);
    CHECK_FALSE(found[0].why.empty());
    for (const std::string& reason : found[0].why)
      for (const char* name : {"marta", "lopez", "zbigniew", "kowalczyk", "paco"}) CHECK(reason.find(name) == std::string::npos);
  }
}

TEST_CASE("lists: size, frequency classes, compactness") {
  Result<NameTable> table = NameTable::load(kModels);
  REQUIRE(table.ok());
  CHECK(table->find("maria")->given == 3);
  CHECK(table->find("garcia")->surname == 3);
  CHECK(table->find("munoz")->surname == 3);
  CHECK(table->find("toñi")->nickname >= 2);
  CHECK(table->find("luz")->guard == NameGuard::kWord);
  CHECK(table->find("xyzzy") == nullptr);
  CHECK(table->memory() < 4000000);
  const std::pair<const char*, std::size_t> sizes[] = {{"given.tsv", 15000}, {"surnames.tsv", 5000}, {"nicknames.tsv", 2000}};
  for (const auto& [file, least] : sizes) CHECK(load_table(kModels + "/privacy/names/" + file, 3, 3).value().size() >= least);
}

TEST_CASE("bad lists say where") {
  CHECK(NameTable::load("/nowhere").status().code() == StatusCode::kNotFound);
}

TEST_CASE("hostile input costs linear time") {
  CHECK(persons("").empty());
  for (const std::string& unit : {std::string("ana "), std::string("de la "), std::string("García, "), std::string("J. "), std::string("soy "),
                                  std::string("l'"), std::string("a-"), std::string("\xF0\x9F\x91\xA8\xE2\x80\x8D")}) {
    double seconds[2] = {0, 0};
    for (int k = 0; k < 2; ++k) {
      std::string text;
      const std::size_t size = k == 0 ? 20000u : 160000u;
      while (text.size() < size) text += unit;
      const Document document = analyzer().analyze(text);
      std::vector<Entity> found;
      const std::clock_t start = std::clock();  // processor time: other programs do not count
      names().find(document, {}, found);
      seconds[k] = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
      for (const Entity& entity : found) CHECK(entity.span.end <= text.size());
    }
    CHECK(seconds[1] < 24 * seconds[0] + 0.1);  // eight times the text; a square would take 64 times
  }
}
