// A directory of its own for one test case, emptied before and removed after.
#ifndef TERTULIA_TESTS_STORE_SCRATCH_H_
#define TERTULIA_TESTS_STORE_SCRATCH_H_

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

class Scratch {
 public:
  explicit Scratch(const std::string& name)
      : dir_(std::filesystem::path(TERTULIA_BINARY_DIR) / "scratch" / (name + "." + std::to_string(::getpid()))) {
    std::filesystem::remove_all(dir_);
    std::filesystem::create_directories(dir_);
  }
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(dir_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  [[nodiscard]] std::string path(const std::string& file) const { return (dir_ / file).string(); }
  void write(const std::string& file, const std::string& bytes) const { std::ofstream(dir_ / file, std::ios::binary) << bytes; }
  [[nodiscard]] std::string read(const std::string& file) const {
    std::ifstream in(dir_ / file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  }
  // All bytes of all files: what a search for a leak has to look through.
  [[nodiscard]] std::string all_bytes() const {
    std::string bytes;
    for (const auto& entry : std::filesystem::directory_iterator(dir_)) bytes += read(entry.path().filename().string());
    return bytes;
  }

 private:
  std::filesystem::path dir_;
};

#endif  // TERTULIA_TESTS_STORE_SCRATCH_H_
