// Training end to end on a few dozen lines with the shipped rules: it succeeds, repeats byte for byte, and what it makes
// loads and reads.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "data/json_file.h"
#include "tertulia/engine.h"
#include "tertulia/train.h"

using namespace tertulia;
namespace fs = std::filesystem;

namespace {

const std::string kDir = std::string(TERTULIA_BINARY_DIR) + "/trainer_test";

// The shipped rules, with a corpus of our own.
void make_models() {
  fs::remove_all(kDir);
  fs::create_directories(kDir + "/models/corpus/train");
  fs::create_directories(kDir + "/models/corpus/dev");
  for (const auto& entry : fs::directory_iterator(std::string(TERTULIA_SOURCE_DIR) + "/models")) {
    if (entry.is_directory() && entry.path().filename() != "corpus") fs::create_directory_symlink(entry.path(), kDir + "/models/" + entry.path().filename().string());
  }
  fs::create_directories(kDir + "/models/corpus/pii/train");
  {
    std::ofstream names(kDir + "/models/corpus/pii/train/n.jsonl");
    for (int i = 0; i < 8; ++i) {
      names << R"({"id":"n)" << i << R"(","lang":"es","channel":"chat","text":"hola soy Ana Kowalczyk","spans":[{"start":9,"end":22,"type":"PERSON"}]})" << "\n"
            << R"({"id":"m)" << i << R"(","lang":"es","channel":"chat","text":"hola, el arquitecto ya tiene el proyecto","spans":[]})" << "\n";
    }
  }
  const char* building[] = {"ya tenemos la parcela y el arquitecto nos hace los planos", "buscamos hipoteca de autopromotor para la parcela",
                            "el arquitecto ya tiene el proyecto de la parcela", "empieza la cimentación en la parcela con el arquitecto"};
  const char* wedding[] = {"nos casamos en mayo y buscamos finca para el banquete", "ya tenemos fecha de boda y el vestido encargado",
                           "la boda se nos va de precio, el banquete sale por un ojo", "reservada la finca de la boda para mayo"};
  const char* everyday[] = {"no me funciona la tarjeta en el cajero", "vaya partido anoche", "gracias por todo, un saludo", "cuándo me devuelven la comisión"};
  for (const char* part : {"train", "dev"}) {
    for (int author = 0; author < (part == std::string("train") ? 6 : 2); ++author) {
      std::ofstream out(kDir + "/models/corpus/" + part + "/a" + std::to_string(author) + ".jsonl");
      int number = 0;
      const auto put = [&](const std::string& text, const std::string& events) {
        const std::string id = std::string(part) + std::to_string(author) + "-" + std::to_string(number++);
        out << R"({"id":")" << id << R"(","author":")" << part << author << R"(","lang":"es","channel":"chat","text":")" << text << R"(","events":)" << events
            << R"(,"sentiment":"neutral","trap":null})" << "\n";
      };
      for (const char* text : building) put(std::string(text) + (author % 2 ? "" : " ya"), R"([{"event":"home_building","stage":"planning"}])");
      for (const char* text : wedding) put(std::string(text) + (author % 2 ? "" : " por fin"), R"([{"event":"marriage","stage":"planning"}])");
      for (const char* text : everyday) put(std::string(text) + (author % 2 ? "" : " hoy"), "[]");
    }
  }
}

}  // namespace

TEST_CASE("training repeats byte for byte, and its bundle reads talk") {
  make_models();
  TrainOptions options;
  options.models_dir = kDir + "/models";
  options.bundle_dir = kDir + "/bundle";
  std::size_t steps = 0;
  options.progress = [&](const std::string&) { ++steps; };
  const Status first = train(options);
  CAPTURE(first.message());
  REQUIRE(first.ok());
  CHECK(steps >= 3);
  const std::string manifest = *read_file(options.bundle_dir + "/manifest.json");
  REQUIRE(train(options).ok());
  CHECK(*read_file(options.bundle_dir + "/manifest.json") == manifest);
  CHECK_FALSE(fs::exists(options.bundle_dir + "/corpus"));
  CHECK_FALSE(fs::exists(options.bundle_dir + ".new"));

  const auto engine = Engine::open(options.bundle_dir);
  CAPTURE(engine.status().message());
  REQUIRE(engine.ok());
  TextInput input;
  input.id = "1";
  input.text = "el arquitecto ya nos hace los planos de la parcela";
  const auto answer = engine->analyze(input);
  REQUIRE(answer.ok());
  REQUIRE_FALSE(answer->reading.events.empty());
  CHECK(answer->reading.events[0].event == "home_building");
  CHECK(answer->reading.events[0].active);

  SUBCASE("a changed file of the bundle is refused") {
    std::ofstream(options.bundle_dir + "/intent/cues.tsv", std::ios::app) << "x\ty\tes\n";
    CHECK(Engine::open(options.bundle_dir).status().code() == StatusCode::kFailedPrecondition);
  }
  SUBCASE("an unknown event in the corpus stops the training and leaves the old bundle") {
    std::ofstream(options.models_dir + "/corpus/train/bad.jsonl") << R"({"id":"bad","author":"b","text":"x","events":[{"event":"none","stage":"done"}]})" << "\n";
    CHECK(train(options).code() == StatusCode::kInvalidData);
    CHECK(*read_file(options.bundle_dir + "/manifest.json") == manifest);
  }
  fs::remove_all(kDir);
}

TEST_CASE("missing models are an error") {
  TrainOptions options;
  options.models_dir = kDir + "/none";
  options.bundle_dir = kDir + "/bundle";
  CHECK(train(options).code() == StatusCode::kNotFound);
}
