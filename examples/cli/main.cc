// tertulia: one program, one verb a file. Exit codes: 0 done, 1 some input was bad, 2 usage, 3 cannot run.
// Data goes to stdout, words to stderr. docs/cli.md; tests/cli.
#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <exception>
#include <new>
#include <string>

#include "output.h"
#include "tertulia/version.h"
#include "verbs.h"

namespace {

struct Verb {
  const char* name;
  const char* summary;
  int (*run)(const cli::Arguments&);
};

constexpr Verb kVerbs[] = {
    {"analyze", "JSON lines of messages to what is understood of each", cli::analyze},
    {"anonymize", "text or JSON lines to the same without personal data", cli::anonymize},
    {"restore", "sealed tokens of a clean text back to their values", cli::restore},
    {"mine", "conversations into a store of attributes", cli::mine},
    {"ref", "host customer ids to pseudonyms", cli::ref},
    {"customer", "the panoramic view of one customer, with every why", cli::customer},
    {"query", "one SELECT over the views of the store", cli::query},
    {"segment", "define, list, count, members, why", cli::segment},
    {"report", "one self-contained HTML page", cli::report},
    {"train", "rules and corpus to a bundle", cli::train},
    {"evaluate", "a bundle's figures on a labelled file", cli::evaluate},
    {"doctor", "checks install, bundle and database", cli::doctor}};

std::string help() {
  std::string out = "tertulia: free customer talk to anonymous, explained segment attributes\n\nUsage: tertulia VERB [OPTIONS]\n\n";
  for (const Verb& verb : kVerbs) {
    out += "  " + std::string(verb.name) + std::string(11 - std::string(verb.name).size(), ' ') + verb.summary + "\n";
  }
  return out + "\nEvery verb has --help with an example. Exit codes: 0 done, 1 some input was bad, 2 usage, 3 cannot run.\n";
}

// A standard stream that the caller has closed would give its number to the next file opened, and words meant for the
// caller would go into a database. Its place is taken, such that reading gives nothing and writing fails.
void hold_standard_streams() {
  for (int fd = 0; fd <= 2; ++fd) {
    if (::fcntl(fd, F_GETFD) != -1) continue;
    const int opened = ::open("/dev/null", O_RDONLY);
    if (opened >= 0 && opened != fd) {
      ::dup2(opened, fd);
      ::close(opened);
    }
  }
}

int run(const std::string& name, const cli::Arguments& arguments) {
  for (const Verb& verb : kVerbs) {
    if (name == verb.name) return verb.run(arguments);
  }
  if (name == "--help" || name == "-h") return cli::print(help());
  if (name == "--version") return cli::print("tertulia " TERTULIA_VERSION "\n");
  cli::say("tertulia: unknown verb; --help lists them");
  return cli::kUsage;
}

}  // namespace

int main(int argc, char** argv) {
  hold_standard_streams();
  std::signal(SIGPIPE, SIG_IGN);  // a reader that goes away shows as a failed write
  std::signal(SIGXFSZ, SIG_IGN);  // and so does a file size limit
  if (argc < 2) {
    cli::say(help());
    return cli::kUsage;
  }
  try {
    return run(argv[1], cli::Arguments(argv + 2, argv + argc));
  } catch (const std::bad_alloc&) {
    cli::say("tertulia: out of memory");
  } catch (const std::exception&) {  // what() might quote data
    cli::say("tertulia: internal error");
  }
  return cli::kCannotRun;
}
