#include "data/bundle.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

using namespace tertulia;
namespace fs = std::filesystem;

TEST_CASE("a bundle loads only as it was written") {
  const std::string dir = std::string(TERTULIA_BINARY_DIR) + "/bundle_test";
  fs::remove_all(dir);
  fs::create_directories(dir + "/text");
  std::ofstream(dir + "/text/a.tsv") << "x\ty\n";
  CHECK(verify_bundle(dir).status().code() == StatusCode::kNotFound);
  REQUIRE(write_manifest(dir, "0.1.0", "c0ffee").ok());

  const auto manifest = verify_bundle(dir);
  REQUIRE(manifest.ok());
  CHECK(manifest->corpus == "c0ffee");
  REQUIRE(manifest->files.size() == 1);
  CHECK(manifest->files[0].path == "text/a.tsv");
  CHECK(manifest->sha256.size() == 64);

  SUBCASE("a changed byte is refused") {
    std::ofstream(dir + "/text/a.tsv") << "x\tz\n";
    const Status status = verify_bundle(dir).status();
    CHECK(status.code() == StatusCode::kFailedPrecondition);
    CHECK(status.message().find("text/a.tsv") != std::string::npos);
  }
  SUBCASE("a missing file is refused") {
    fs::remove(dir + "/text/a.tsv");
    CHECK(verify_bundle(dir).status().code() == StatusCode::kNotFound);
  }
  SUBCASE("a path out of the bundle is refused") {
    std::ofstream(dir + "/manifest.json")
        << R"({"format":1,"version":"1","normalizer":1,"features":1,"corpus":"","files":[{"path":"../x","size":1,"sha256":""}]})";
    CHECK(verify_bundle(dir).status().code() == StatusCode::kInvalidData);
  }
  SUBCASE("another format is refused") {
    std::ofstream(dir + "/manifest.json") << R"({"format":9})";
    CHECK(verify_bundle(dir).status().code() == StatusCode::kUnsupportedVersion);
  }
  fs::remove_all(dir);
}
