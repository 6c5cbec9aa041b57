// One verb's options: Boost.Program_options with the house's rules (no guessing of shortened names, --help with an
// example, exit code 2 for what is wrong).
#ifndef TERTULIA_EXAMPLES_CLI_COMMAND_LINE_H_
#define TERTULIA_EXAMPLES_CLI_COMMAND_LINE_H_

#include <boost/program_options/options_description.hpp>
#include <boost/program_options/value_semantic.hpp>
#include <boost/program_options/variables_map.hpp>

#include <optional>
#include <string>
#include <vector>

#include "verbs.h"

namespace cli {

class CommandLine {
 public:
  // `usage` is what stands behind the verb's name ("--db DB SQL"); `words` one or two sentences.
  CommandLine(std::string verb, std::string usage, std::string words, std::string example);

  // add()("db", text(), "the store")…
  boost::program_options::options_description_easy_init add() { return options_.add_options(); }
  static boost::program_options::typed_value<std::string>* text() { return boost::program_options::value<std::string>(); }

  // Reads the arguments; what carries no name are the words(). A value: the verb ends with it.
  std::optional<int> parse(const Arguments& arguments);

  [[nodiscard]] bool has(const char* name) const { return values_.count(name) != 0; }
  // Empty where it was not given.
  [[nodiscard]] std::string get(const char* name) const;
  [[nodiscard]] std::vector<std::string> all(const char* name) const;
  [[nodiscard]] const std::vector<std::string>& words() const { return positional_; }
  // 1…256; `fallback` where it was not given.
  [[nodiscard]] unsigned threads() const { return threads_; }

  // Says what is wrong and answers kUsage.
  int wrong(const std::string& words) const;
  // Adds --threads, --models.
  void add_threads();
  void add_models();
  // Names of options without which the verb cannot start.
  void require(std::vector<std::string> names) { required_ = std::move(names); }

 private:
  std::string verb_, usage_, words_, example_;
  boost::program_options::options_description options_;
  boost::program_options::variables_map values_;
  std::vector<std::string> positional_, required_;
  unsigned threads_ = 1;
};

}  // namespace cli

#endif  // TERTULIA_EXAMPLES_CLI_COMMAND_LINE_H_
