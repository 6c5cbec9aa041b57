#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "engine/panorama.h"
#include "tertulia/engine.h"

using namespace tertulia;

namespace {

const std::string kModels = TERTULIA_SOURCE_DIR "/models";  // has the files of a bundle that the report reads

struct Scratch {
  std::string path = (std::filesystem::temp_directory_path() / "tertulia-report-XXXXXX").string();
  Scratch() { REQUIRE(::mkdtemp(path.data()) != nullptr); }
  ~Scratch() { std::filesystem::remove_all(path); }
};

std::string ref(int i) {
  std::string out = std::to_string(i);
  return std::string(32 - out.size(), 'a') + out;
}

constexpr Timestamp kMarch = 1772445600000000;  // 2026-03-02T10:00:00Z

Store filled(const std::string& path, int customers) {
  StoreOptions options;
  options.now = kMarch;
  Store store = std::move(Store::open(path, options)).value();
  RunInfo run;
  run.started = kMarch;
  REQUIRE(store.begin_run(run).ok());
  for (int i = 0; i < customers; ++i) {
    MessageEvidence evidence;
    evidence.customer_ref = ref(i);
    evidence.conversation_ref = ref(1000 + i);
    evidence.message_ref = ref(2000 + i);
    evidence.channel = "chat";
    evidence.language = "es";
    evidence.at = kMarch;
    AttributeUpdate building;
    building.kind = "event";
    building.attribute = "home_building";
    building.value = i < 3 ? "underway" : "planning";
    building.confidence = 0.9;
    building.why = {"parcela", "planning: <presupuesto>"};
    evidence.updates.push_back(building);
    if (i == 0) {
      AttributeUpdate place;
      place.kind = "fact";
      place.attribute = "place";
      place.event = "home_building";
      place.value = "<b>Asturias</b> & \"co\"";
      place.confidence = 0.9;
      evidence.updates.push_back(place);
    }
    REQUIRE(store.add(evidence).ok());
  }
  REQUIRE(store.commit().ok());
  REQUIRE(store.end_run().ok());
  return store;
}

std::string page_of(const Store& store, const std::string& language = "es", int k = 10) {
  ReportOptions options;
  options.bundle_dir = kModels;
  options.language = language;
  options.k = k;
  const Result<std::string> page = render_report(store, options);
  REQUIRE_MESSAGE(page.ok(), page.status().message());
  return *page;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("the page loads nothing, escapes everything and fills every mark") {
  const Scratch scratch;
  const Store store = filled(scratch.path + "/s.db", 12);
  const std::string page = page_of(store);
  for (const char* part : {"http:", "https:", "<script", "src=", "url(", "@import", "{{", "}}", "<b>Asturias", "<presupuesto>"}) {
    CAPTURE(part);
    CHECK_FALSE(has(page, part));
  }
  CHECK(has(page, "&lt;b&gt;Asturias&lt;/b&gt; &amp; &quot;co&quot;"));
  CHECK(has(page, "lo planea: &lt;presupuesto&gt;"));
  CHECK(has(page, "<html lang=\"es\">"));
  CHECK(has(page, ref(0)));  // the customer with the most attributes
}

TEST_CASE("small counts are hidden, and totals with a small part are not split") {
  const Scratch scratch;
  const Store store = filled(scratch.path + "/s.db", 12);  // 3 underway, 9 planning
  const std::string page = page_of(store);
  CHECK(has(page, "<td class=\"number\">12</td>"));
  CHECK_FALSE(has(page, "class=\"planning\""));
  const std::string all = page_of(store, "es", 1);
  CHECK(has(all, "class=\"planning\""));
  CHECK(has(all, "class=\"underway\""));
  const Store few = filled(scratch.path + "/few.db", 4);
  const std::string small = page_of(few);
  CHECK(has(small, "&lt;10"));
  CHECK_FALSE(has(small, ">4<"));
}

TEST_CASE("languages; unknown ones are refused") {
  const Scratch scratch;
  const Store store = filled(scratch.path + "/s.db", 1);
  CHECK(has(page_of(store, "en"), "Life events"));
  CHECK(has(page_of(store, "ca"), "Esdeveniments vitals"));
  ReportOptions options;
  options.bundle_dir = kModels;
  options.language = "fr";
  CHECK(render_report(store, options).status().code() == StatusCode::kInvalidArgument);
  options.language = "es";
  options.bundle_dir = scratch.path;
  CHECK(render_report(store, options).status().code() == StatusCode::kNotFound);
}

TEST_CASE("an empty store has a page too") {
  const Scratch scratch;
  const Store store = filled(scratch.path + "/s.db", 0);
  CHECK(has(page_of(store), "No consta nada."));
}

TEST_CASE("panorama as text and JSON") {
  const Scratch scratch;
  const Store store = filled(scratch.path + "/s.db", 2);
  PanoramaOptions options;
  options.bundle_dir = kModels;
  options.customer_ref = ref(0);
  options.language = "en";
  const Result<PanoramaText> text = render_panorama(store, options);
  REQUIRE_MESSAGE(text.ok(), text.status().message());
  CHECK(has(text->text, "underway · said · 0.9 · 2026-03-02 · evidence: 1\n      because of: parcela, planning: <presupuesto>\n"));
  CHECK(has(text->json, "{\"event\":\"home_building\",\"stage\":\"underway\",\"confidence\":0.9,\"explicit\":true,"));
  CHECK(has(text->json, "\"why\":[\"parcela\",\"planning: <presupuesto>\"]"));
  CHECK(has(text->json, "\"facts\":[{\"fact\":\"place\",\"of_event\":\"home_building\",\"value\":\"<b>Asturias</b> & \\\"co\\\"\""));
  options.customer_ref = ref(77);
  CHECK(render_panorama(store, options).status().code() == StatusCode::kNotFound);
  for (const std::string& wrong : {std::string(), std::string("x' OR 1=1 --"), ref(0).substr(1), "A" + ref(0).substr(1)}) {
    options.customer_ref = wrong;
    CHECK(render_panorama(store, options).status().code() == StatusCode::kInvalidArgument);
  }
}

TEST_CASE("hidden counts") {
  const struct { long long count; int k; const char* shown; } rows[] = {{0, 10, "0"}, {1, 10, "<10"}, {9, 10, "<10"}, {10, 10, "10"}, {3, 1, "3"}};
  for (const auto& row : rows) CHECK(ReportStrings::k_safe(row.count, row.k) == row.shown);
}

TEST_CASE("cues in the reader's language") {
  const Result<ReportStrings> strings = ReportStrings::load(kModels, "es");
  REQUIRE_MESSAGE(strings.ok(), strings.status().message());
  const struct { const char* cue; const char* shown; } rows[] = {
      {"parcela", "parcela"}, {"negation: no", "negación: no"}, {"underway: ya hay grua", "en marcha: ya hay grua"},
      {"rule: home_building planning", "se deduce de: Construye su casa, lo planea"}, {"unheard: x", "unheard: x"}, {"", ""}, {"negation: ", "negación: "}};
  for (const auto& row : rows) CHECK(strings->cue(row.cue) == row.shown);
  CHECK(strings->title("need", "brand_new") == "brand new");
}
