// Greedy by rank over an ordered map of taken ranges: n log n. Test: tests/privacy/resolver_test.cc.
#include "privacy/resolver.h"

#include <algorithm>
#include <map>

namespace tertulia {
namespace {

constexpr double kPerCharacter = 0.01;
constexpr std::size_t kMaxBonus = 25;    // characters
constexpr std::size_t kLeastRest = 2;    // letters or digits

bool counts(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (static_cast<unsigned char>(c) & 0xC0) == 0xC0;
}

bool is_edge(char c) { return static_cast<unsigned char>(c) < 0x80 && !counts(c); }

double rank(const Entity& entity, std::string_view text) {
  std::size_t letters = 0;
  for (std::size_t i = entity.span.begin; i < entity.span.end && letters < kMaxBonus; ++i) letters += counts(text[i]) ? 1 : 0;
  return entity.score + kPerCharacter * static_cast<double>(letters);
}

// 0.35
std::string hundredths(double score) {
  const int value = static_cast<int>(score * 100 + 0.5);
  return std::to_string(value / 100) + (value % 100 < 10 ? ".0" : ".") + std::to_string(value % 100);
}

}  // namespace

std::vector<Entity> resolve(std::vector<Entity> found, std::string_view text, double min_score, std::vector<Rejection>* rejected) {
  std::vector<std::pair<double, Entity>> ranked;
  for (Entity& entity : found) {
    if (rejected != nullptr && entity.score < min_score) {
      rejected->push_back({entity.type, entity.span, entity.score, entity.recognizer, "score " + hundredths(entity.score) + " under " + hundredths(min_score)});
    }
    if (entity.score < min_score || entity.span.begin >= entity.span.end || entity.span.end > text.size()) continue;
    const double value = rank(entity, text);
    ranked.emplace_back(value, std::move(entity));
  }
  std::sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) {
    if (a.first != b.first) return a.first > b.first;
    if (a.second.span.begin != b.second.span.begin) return a.second.span.begin < b.second.span.begin;
    if (a.second.span.end != b.second.span.end) return a.second.span.end > b.second.span.end;
    if (a.second.type != b.second.type) return a.second.type < b.second.type;
    return a.second.recognizer < b.second.recognizer;
  });
  std::map<std::size_t, std::size_t> taken;  // begin → end, apart from each other
  std::vector<Entity> kept;
  for (auto& [value, entity] : ranked) {
    std::size_t at = entity.span.begin;
    const std::size_t before = kept.size();
    auto next = taken.upper_bound(at);
    if (next != taken.begin() && std::prev(next)->second > at) at = std::prev(next)->second;
    while (at < entity.span.end) {
      std::size_t end = entity.span.end;
      next = taken.lower_bound(at);
      std::size_t resume = end;
      if (next != taken.end() && next->first < end) {
        end = next->first;
        resume = next->second;
      }
      Span piece{at, end};
      if (piece != entity.span) {
        while (piece.begin < piece.end && is_edge(text[piece.begin])) ++piece.begin;
        while (piece.end > piece.begin && is_edge(text[piece.end - 1])) --piece.end;
      }
      const auto letters = static_cast<std::size_t>(std::count_if(text.begin() + static_cast<std::ptrdiff_t>(piece.begin),
                                                                  text.begin() + static_cast<std::ptrdiff_t>(piece.end), counts));
      if (!piece.empty() && (piece == entity.span || letters >= kLeastRest)) {
        taken.emplace(piece.begin, piece.end);
        Entity part = entity;
        if (piece != entity.span) part.why.emplace_back("rest of an overlap");
        part.span = piece;
        kept.push_back(std::move(part));
      }
      at = resume;
    }
    if (rejected == nullptr || kept.size() > before) continue;
    const auto winner = std::find_if(kept.begin(), kept.end(), [&](const Entity& other) { return other.span.overlaps(entity.span); });
    if (winner == kept.end() || winner->type == entity.type) continue;
    rejected->push_back({entity.type, entity.span, entity.score, entity.recognizer, "lost to " + winner->type});
  }
  std::sort(kept.begin(), kept.end(), [](const Entity& a, const Entity& b) { return a.span.begin < b.span.begin; });
  return kept;
}

}  // namespace tertulia
