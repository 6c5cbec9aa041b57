// The manifest: written last by the training, verified first by every load. Test: tests/data/bundle_test.cc.
#include "data/bundle.h"

#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "base/digest.h"
#include "data/json_file.h"

namespace tertulia {
namespace {

namespace fs = std::filesystem;
constexpr int kFormat = 1;
constexpr const char* kName = "manifest.json";

bool stays_inside(const std::string& path) {
  const fs::path p(path);
  return !path.empty() && p.is_relative() && std::none_of(p.begin(), p.end(), [](const fs::path& part) { return part == ".."; });
}

}  // namespace

Result<BundleManifest> verify_bundle(const std::string& bundle_dir) {
  const std::string path = bundle_dir + "/" + kName;
  Result<std::string> text = read_file(path);
  if (!text.ok()) return text.status().within("no bundle");
  Result<rapidjson::Document> document = parse_json(*text, path);
  if (!document.ok()) return document.status();
  JsonObject root(*document, path);
  if (!root.status().ok()) return root.status();
  if (root.number("format") != kFormat) {
    return Status(StatusCode::kUnsupportedVersion, path + ": format: expected " + std::to_string(kFormat));
  }
  BundleManifest manifest;
  manifest.version = root.string("version");
  manifest.normalizer = static_cast<int>(root.number("normalizer"));
  manifest.features = static_cast<int>(root.number("features"));
  manifest.corpus = root.string("corpus");
  manifest.sha256 = sha256_hex(*text);
  const rapidjson::Value* files = root.array("files");
  if (!root.status().ok()) return root.status();
  if (manifest.normalizer != kNormalizerVersion || manifest.features != kFeaturesVersion) {
    return Status(StatusCode::kFailedPrecondition, path + ": trained with another normaliser or feature version; train again");
  }
  for (const auto& item : files->GetArray()) {
    JsonObject entry(item, path + ": files");
    BundleFile file;
    file.path = entry.string("path");
    file.size = static_cast<std::uint64_t>(entry.number("size"));
    file.sha256 = entry.string("sha256");
    file.licence = entry.string_or("licence", "");
    file.source = entry.string_or("source", "");
    if (!entry.status().ok()) return entry.status();
    if (!stays_inside(file.path)) return Status(StatusCode::kInvalidData, path + ": files: a path leaves the bundle");
    Result<std::string> digest = sha256_file(bundle_dir + "/" + file.path);
    if (!digest.ok()) return digest.status().within("bundle");
    if (*digest != file.sha256) {
      return Status(StatusCode::kFailedPrecondition, bundle_dir + "/" + file.path + ": checksum differs from the manifest");
    }
    manifest.files.push_back(std::move(file));
  }
  return manifest;
}

Status write_manifest(const std::string& bundle_dir, const std::string& version, const std::string& corpus_sha256) {
  std::vector<std::string> paths;
  std::error_code error;
  for (fs::recursive_directory_iterator it(bundle_dir, error), end; !error && it != end; it.increment(error)) {
    if (it->is_regular_file()) {
      std::string path = fs::relative(it->path(), bundle_dir).generic_string();
      if (path != kName) paths.push_back(std::move(path));
    }
  }
  if (error) return Status(StatusCode::kUnreadable, bundle_dir + ": " + error.message());
  std::sort(paths.begin(), paths.end());

  rapidjson::StringBuffer buffer;
  rapidjson::PrettyWriter<rapidjson::StringBuffer> writer(buffer);
  writer.SetIndent(' ', 1);
  const auto put = [&](const char* key, const std::string& value) {
    writer.Key(key);
    writer.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
  };
  writer.StartObject();
  writer.Key("format");
  writer.Int(kFormat);
  put("version", version);
  writer.Key("normalizer");
  writer.Int(kNormalizerVersion);
  writer.Key("features");
  writer.Int(kFeaturesVersion);
  put("corpus", corpus_sha256);
  writer.Key("files");
  writer.StartArray();
  for (const std::string& path : paths) {
    const std::string full = bundle_dir + "/" + path;
    Result<std::string> digest = sha256_file(full);
    if (!digest.ok()) return digest.status();
    writer.StartObject();
    put("path", path);
    writer.Key("size");
    writer.Uint64(fs::file_size(full, error));
    put("sha256", *digest);
    put("licence", "Apache-2.0");
    put("source", "Tertulia");
    writer.EndObject();
  }
  writer.EndArray();
  writer.EndObject();

  const std::string target = bundle_dir + "/" + kName;
  std::ofstream out(target, std::ios::binary | std::ios::trunc);
  out << buffer.GetString() << '\n';
  out.close();
  if (!out) return Status(StatusCode::kUnreadable, target + ": cannot be written");
  return {};
}

}  // namespace tertulia
