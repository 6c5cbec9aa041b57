// A bundle directory and its manifest: every file with size and SHA-256, verified before anything is loaded.
//
// manifest.json: {"format":1,"version":"…","normalizer":1,"features":1,"corpus":"<sha256>","files":[{"path","size","sha256","licence","source"}]}
#ifndef TERTULIA_SRC_DATA_BUNDLE_H_
#define TERTULIA_SRC_DATA_BUNDLE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "tertulia/status.h"

namespace tertulia {

// Raised whenever the normaliser or tokenizer gives other tokens for the same text: trained files depend on it.
inline constexpr int kNormalizerVersion = 1;
// Raised whenever the features of intent/features change.
inline constexpr int kFeaturesVersion = 1;

struct BundleFile {
  std::string path;  // relative to the bundle
  std::uint64_t size = 0;
  std::string sha256, licence, source;
};

struct BundleManifest {
  std::string version;   // of the library that made it
  int normalizer = 0, features = 0;
  std::string corpus;    // sha256 of the corpus the trained files were made from
  std::vector<BundleFile> files;
  std::string sha256;    // of manifest.json itself
};

// Reads manifest.json and verifies every file. kNotFound, kInvalidData, kFailedPrecondition (checksum, versions).
[[nodiscard]] Result<BundleManifest> verify_bundle(const std::string& bundle_dir);
// Lists all files below the directory (sorted) and writes manifest.json last.
[[nodiscard]] Status write_manifest(const std::string& bundle_dir, const std::string& version,
                                    const std::string& corpus_sha256);

}  // namespace tertulia

#endif  // TERTULIA_SRC_DATA_BUNDLE_H_
