// Test: tests/cli/test_store_verbs.py.
#include "shipped_segments.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <vector>

namespace cli {

tertulia::Status define_shipped(tertulia::Store& store, const std::string& bundle_dir) {
  const tertulia::Result<std::vector<tertulia::Segment>> known = store.segments();
  if (!known.ok()) return known.status();
  std::set<std::string> ids;
  for (const tertulia::Segment& segment : *known) ids.insert(segment.id);
  std::vector<std::string> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(bundle_dir + "/segments", error)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  for (const std::string& file : files) {
    const tertulia::Result<tertulia::Segment> segment = tertulia::load_segment(file);
    if (!segment.ok()) return segment.status();
    if (!ids.insert(segment->id).second) continue;
    if (const tertulia::Status status = store.define(*segment); !status.ok()) return status;
  }
  return {};
}

}  // namespace cli
