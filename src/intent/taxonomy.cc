// Reads one JSON file a life event. Test: tests/intent/taxonomy_test.cc.
#include "intent/taxonomy.h"

#include <algorithm>
#include <filesystem>

#include "data/json_file.h"

namespace tertulia {

std::size_t stage_index(std::string_view stage) noexcept {
  return static_cast<std::size_t>(std::find(kStages.begin(), kStages.end(), stage) - kStages.begin());
}

Result<Taxonomy> Taxonomy::open(const std::string& bundle_dir) {
  namespace fs = std::filesystem;
  const fs::path directory = fs::path(bundle_dir) / "intent" / "events";
  std::error_code error;
  std::vector<std::string> files;
  for (fs::directory_iterator it(directory, error), end; !error && it != end; it.increment(error)) {
    if (it->path().extension() == ".json") files.push_back(it->path().string());
  }
  if (error || files.empty()) return Status(StatusCode::kNotFound, directory.string() + ": no life events");
  std::sort(files.begin(), files.end());
  Taxonomy taxonomy;
  for (const std::string& file : files) {
    Result<rapidjson::Document> document = load_json(file);
    if (!document.ok()) return document.status();
    JsonObject root(*document, file);
    root.only({"id", "title", "description", "source", "implied_needs", "examples", "counter_examples"});
    EventDefinition definition;
    definition.event.id = root.string("id");
    if (const rapidjson::Value* title = root.object("title")) {
      JsonObject titles(*title, file + ": title");
      definition.event.title_es = titles.string("es");
      definition.event.title_en = titles.string("en");
      definition.event.title_ca = titles.string("ca");
      if (!titles.status().ok()) return titles.status();
    }
    if (root.has("implied_needs")) {
      if (const rapidjson::Value* implied = root.object("implied_needs")) {
        JsonObject stages(*implied, file + ": implied_needs");
        stages.only({kStages[0], kStages[1], kStages[2], kStages[3]});
        for (const char* stage : kStages) definition.implied_needs[stage] = stages.strings_or_empty(stage);
        if (!stages.status().ok()) return stages.status();
      }
    }
    definition.examples = root.strings_or_empty("examples");
    definition.counter_examples = root.strings_or_empty("counter_examples");
    if (!root.status().ok()) return root.status();
    if (definition.event.id != fs::path(file).stem().string()) {
      return Status(StatusCode::kInvalidData, file + ": id: expected the name of the file");
    }
    taxonomy.events_.push_back(definition.event);
    taxonomy.definitions_.push_back(std::move(definition));
  }
  return taxonomy;
}

std::size_t Taxonomy::index(std::string_view event) const noexcept {
  for (std::size_t i = 0; i < events_.size(); ++i) {
    if (events_[i].id == event) return i;
  }
  return events_.size();
}

}  // namespace tertulia
