// The three kinds of labelled files and how each is scored. evaluator.cc chooses; docs/labels.md describes the files.
#ifndef TERTULIA_SRC_LEARN_EVALUATE_H_
#define TERTULIA_SRC_LEARN_EVALUATE_H_

#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include "tertulia/status.h"
#include "tertulia/train.h"

namespace tertulia {

// Right, wrongly given, missed.
struct Counts {
  std::size_t hit = 0, wrong = 0, missed = 0;
  [[nodiscard]] double precision() const { return hit + wrong == 0 ? 0 : static_cast<double>(hit) / static_cast<double>(hit + wrong); }
  [[nodiscard]] double recall() const { return hit + missed == 0 ? 0 : static_cast<double>(hit) / static_cast<double>(hit + missed); }
  [[nodiscard]] double f1() const { return f(1); }
  [[nodiscard]] double f2() const { return f(2); }  // recall weighs twice as much as precision

 private:
  [[nodiscard]] double f(double beta) const {
    const double p = precision(), r = recall();
    return p + r == 0 ? 0 : (1 + beta * beta) * p * r / (beta * beta * p + r);
  }
};

// How often something held.
struct Share {
  std::size_t held = 0, all = 0;
  void add(bool holds) {
    held += holds;
    ++all;
  }
  [[nodiscard]] double value() const { return all == 0 ? 0 : static_cast<double>(held) / static_cast<double>(all); }
};

// Markdown tables and a flat JSON object of figures.
class Figures {
 public:
  void title(const std::string& text) { text_ += "\n" + text + "\n\n"; }
  void row(const std::vector<std::string>& cells);
  void header(const std::vector<std::string>& cells);
  void counts(const std::string& name, const std::map<std::string, Counts>& by, bool with_f2 = false);
  void shares(const std::string& name, const std::string& what, const std::map<std::string, Share>& by);
  void line(const std::string& text) { text_ += text + "\n"; }
  void figure(const std::string& key, double value);
  void figure(const std::string& key, std::size_t value);
  [[nodiscard]] Evaluation finish() const { return {text_, "{" + json_ + "}"}; }

 private:
  std::string text_, json_;
};

[[nodiscard]] std::string percent(double share);     // "12.3 %"
[[nodiscard]] std::string decimal(double value);     // "0.853"

[[nodiscard]] Result<Evaluation> evaluate_intents(const std::string& file, const EvaluateOptions& options);
[[nodiscard]] Result<Evaluation> evaluate_pii(const std::string& file, const EvaluateOptions& options);
[[nodiscard]] Result<Evaluation> evaluate_customers(const std::string& file, const EvaluateOptions& options);

}  // namespace tertulia

#endif  // TERTULIA_SRC_LEARN_EVALUATE_H_
