// The bundle that the build makes, opened once for all cases of this program, and a directory of one's own.
#ifndef TERTULIA_TESTS_ENGINE_SAMPLE_BUNDLE_H_
#define TERTULIA_TESTS_ENGINE_SAMPLE_BUNDLE_H_

#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "tertulia/engine.h"

inline const std::string kBundle = TERTULIA_BINARY_DIR "/bundle";

inline const tertulia::Engine& sample_engine() {
  static const tertulia::Result<tertulia::Engine> engine = tertulia::Engine::open(kBundle);
  REQUIRE_MESSAGE(engine.ok(), engine.status().message());
  return *engine;
}

class SampleDirectory {
 public:
  SampleDirectory() { REQUIRE(::mkdtemp(path_.data()) != nullptr); }
  SampleDirectory(const SampleDirectory&) = delete;
  SampleDirectory& operator=(const SampleDirectory&) = delete;
  ~SampleDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] std::string file(const std::string& name) const { return path_ + "/" + name; }
  std::string write(const std::string& name, const std::string& bytes) const {
    std::ofstream(file(name), std::ios::binary) << bytes;
    return file(name);
  }
  [[nodiscard]] std::string read(const std::string& name) const {
    std::ifstream in(file(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  }

 private:
  std::string path_ = (std::filesystem::temp_directory_path() / "tertulia-engine-XXXXXX").string();
};

#endif  // TERTULIA_TESTS_ENGINE_SAMPLE_BUNDLE_H_
