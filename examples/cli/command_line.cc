// Test: tests/cli/test_usage.py.
#include "command_line.h"

#include <boost/program_options/parsers.hpp>

#include <charconv>
#include <sstream>
#include <thread>

#include "output.h"

namespace cli {

namespace po = boost::program_options;

CommandLine::CommandLine(std::string verb, std::string usage, std::string words, std::string example)
    : verb_(std::move(verb)), usage_(std::move(usage)), words_(std::move(words)), example_(std::move(example)), options_("Options") {}

std::optional<int> CommandLine::parse(const Arguments& arguments) {
  options_.add_options()("help", "this page");
  po::options_description all_options;
  all_options.add(options_);
  all_options.add_options()("(word)", po::value<std::vector<std::string>>(&positional_));
  po::positional_options_description positions;
  positions.add("(word)", -1);
  try {
    using namespace po::command_line_style;
    constexpr int kStyle = allow_long | long_allow_adjacent | long_allow_next | allow_short | allow_dash_for_short | short_allow_next;
    po::store(po::command_line_parser(arguments).options(all_options).positional(positions).style(kStyle).run(), values_);
    po::notify(values_);
  } catch (const po::error& error) {
    return wrong(error.what());
  }
  if (has("help")) {
    std::ostringstream page;
    page << "Usage: tertulia " << verb_ << " " << usage_ << "\n\n" << words_ << "\n\n" << options_ << "\nExample:\n  " << example_ << "\n";
    return print(page.str());
  }
  for (const std::string& name : required_) {
    if (!has(name.c_str())) return wrong("--" + name + " is missing");
  }
  threads_ = std::max(1u, std::min(256u, std::thread::hardware_concurrency()));
  if (has("threads")) {
    const std::string text = get("threads");
    const auto read = std::from_chars(text.data(), text.data() + text.size(), threads_);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size() || threads_ < 1 || threads_ > 256) {
      return wrong("--threads: expected a number from 1 to 256");
    }
  }
  return std::nullopt;
}

std::string CommandLine::get(const char* name) const { return has(name) ? values_[name].as<std::string>() : std::string(); }

std::vector<std::string> CommandLine::all(const char* name) const {
  return has(name) ? values_[name].as<std::vector<std::string>>() : std::vector<std::string>();
}

int CommandLine::wrong(const std::string& words) const {
  say("tertulia " + verb_ + ": " + words + "\nUsage: tertulia " + verb_ + " " + usage_);
  return kUsage;
}

void CommandLine::add_threads() { options_.add_options()("threads", text()->value_name("N"), "worker threads (default: one a core)"); }

void CommandLine::add_models() {
  options_.add_options()("models", text()->value_name("DIR"),
                         "the bundle (default: $TERTULIA_MODELS, else bundle beside the program, else the installed one)");
}

}  // namespace cli
