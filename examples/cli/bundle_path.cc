// Test: tests/cli/test_usage.py.
#include "bundle_path.h"

#include <cstdlib>
#include <filesystem>

namespace cli {

std::string bundle_path(const CommandLine& line) {
  if (line.has("models")) return line.get("models");
  if (const char* named = std::getenv("TERTULIA_MODELS"); named != nullptr && *named != '\0') return named;
  std::error_code error;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
  const std::filesystem::path beside = program / "bundle";
  if (std::filesystem::exists(beside / "manifest.json", error)) return beside.string();
  const std::filesystem::path installed = program.parent_path() / "share" / "tertulia" / "bundle";
  if (std::filesystem::exists(installed / "manifest.json", error)) return installed.string();
  return beside.string();
}

}  // namespace cli
