// The matchers one after the other over the same tokens. Test: tests/intent/facts_test.cc.
#include "intent/facts.h"
#include "intent/facts/amount.h"
#include "intent/facts/household.h"
#include "intent/facts/horizon.h"
#include "intent/facts/place.h"

namespace tertulia {

struct FactReader::Impl {
  NumberReader numbers;
  AmountReader amounts;
  HorizonReader horizons;
  PlaceReader places;
  ChildrenReader children;
};

FactReader::FactReader(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
FactReader::FactReader(FactReader&&) noexcept = default;
FactReader& FactReader::operator=(FactReader&&) noexcept = default;
FactReader::~FactReader() = default;

Result<FactReader> FactReader::open(const std::string& bundle_dir) {
  const std::string directory = bundle_dir + "/intent/facts";
  Result<NumberReader> numbers = NumberReader::open(directory + "/number_words.tsv");
  if (!numbers.ok()) return numbers.status();
  Result<AmountReader> amounts = AmountReader::open(directory);
  if (!amounts.ok()) return amounts.status();
  Result<HorizonReader> horizons = HorizonReader::open(directory);
  if (!horizons.ok()) return horizons.status();
  Result<PlaceReader> places = PlaceReader::open(directory);
  if (!places.ok()) return places.status();
  Result<ChildrenReader> children = ChildrenReader::open(directory);
  if (!children.ok()) return children.status();
  return FactReader(std::unique_ptr<const Impl>(
      new Impl{*std::move(numbers), *std::move(amounts), *std::move(horizons), *std::move(places), *std::move(children)}));
}

std::vector<Fact> FactReader::read(const Document& document, std::optional<Timestamp> at) const {
  const FactTokens tokens = fact_tokens(document);
  std::vector<Fact> out;
  const auto keep = [&](std::optional<Fact> fact) {
    if (fact) out.push_back(*std::move(fact));
  };
  keep(impl_->amounts.read(tokens, impl_->numbers));
  keep(impl_->horizons.read(tokens, impl_->numbers, at));
  keep(impl_->places.read(document, tokens));
  keep(impl_->children.read(tokens, impl_->numbers));
  keep(read_age_band(tokens, impl_->numbers));
  return out;
}

}  // namespace tertulia
