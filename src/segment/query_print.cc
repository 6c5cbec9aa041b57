// Prints segment questions. Keys and modifiers stand in one fixed order, parentheses only where `and` inside `or`
// and the like need them to keep the tree. Test: tests/segment/query_print_test.cc.
#include "segment/query_print.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <array>

namespace tertulia {
namespace {

constexpr std::array<std::string_view, 27> kReserved = {
    "absent", "and", "at_least", "confidence", "consented", "count", "day", "days", "event", "explicit", "fact", "for",
    "has_been", "host", "in", "is", "need", "not", "null", "of", "opinion", "or", "random_bucket", "seen", "signal",
    "stage", "within"};

bool is_bare_word(std::string_view word) {
  if (word.empty() || (word.front() >= '0' && word.front() <= '9')) return false;
  for (const char c : word) {
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_')) return false;
  }
  return !is_reserved_word(word);
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

std::string name_text(std::string_view name) { return is_bare_word(name) ? std::string(name) : quoted(name); }

std::string value_text(const QueryValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return quoted(*text);
  return number_text(std::get<double>(value));
}

void print_modifiers(const SegmentNode& leaf, std::string& out) {
  if (!leaf.stage.empty()) out += std::string(leaf.stage_or_later ? " stage >= " : " stage ") + leaf.stage;
  if (leaf.count) out += " count >= " + std::to_string(*leaf.count);
  if (leaf.confidence) out += " confidence >= " + number_text(*leaf.confidence);
  if (leaf.seen_within_days) out += " seen within " + std::to_string(*leaf.seen_within_days) + " days";
  if (leaf.is_explicit) out += " explicit";
}

void print_comparison(const SegmentNode& leaf, std::string& out) {
  out += ' ';
  out += compare_symbol(leaf.compare);
  if (leaf.compare == Compare::kIsNull) return;
  if (leaf.compare != Compare::kIn) {
    out += ' ' + value_text(leaf.values.front());
    return;
  }
  out += " (";
  for (std::size_t i = 0; i < leaf.values.size(); ++i) out += (i > 0 ? ", " : "") + value_text(leaf.values[i]);
  out += ')';
}

void print_node(const SegmentNode& node, std::string& out);

// `not` and the parts of and / or take a tighter form; a looser one goes in parentheses.
void print_part(const SegmentNode& node, std::string& out) {
  const bool loose = node.kind == NodeKind::kAll || node.kind == NodeKind::kAny;
  if (loose) out += '(';
  print_node(node, out);
  if (loose) out += ')';
}

void print_joined(const SegmentNode& node, std::string_view joint, std::string& out) {
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    if (i > 0) out += joint;
    const SegmentNode& child = node.children[i];
    // `and` binds tighter than `or`, so `all` needs no parentheses inside `any`.
    if (node.kind == NodeKind::kAny && child.kind == NodeKind::kAll) print_node(child, out);
    else print_part(child, out);
  }
}

void print_node(const SegmentNode& node, std::string& out) {
  if (is_leaf(node.kind)) out += node_word(node.kind);
  switch (node.kind) {
    case NodeKind::kAll: print_joined(node, " and ", out); break;
    case NodeKind::kAny: print_joined(node, " or ", out); break;
    case NodeKind::kNot:
      out += "not ";
      print_part(node.children.front(), out);
      break;
    case NodeKind::kAbsent:
      out += "absent(";
      print_node(node.children.front(), out);
      out += ')';
      break;
    case NodeKind::kAtLeast:
      out += "at_least " + std::to_string(node.number) + " of [";
      for (std::size_t i = 0; i < node.children.size(); ++i) {
        if (i > 0) out += ", ";
        print_node(node.children[i], out);
      }
      out += ']';
      break;
    case NodeKind::kHasBeen:
      out += " event " + name_text(node.name) + " for >= " + std::to_string(node.number) + " days";
      break;
    case NodeKind::kRandomBucket:
      out += '(' + quoted(node.name) + ", " + std::to_string(node.number) + ") in " +
             std::to_string(node.first_bucket) + ".." + std::to_string(node.last_bucket);
      break;
    case NodeKind::kConsented:
      out += ' ' + name_text(node.name);
      if (!node.channel.empty()) out += ' ' + name_text(node.channel);
      break;
    case NodeKind::kHost:
    case NodeKind::kFact:
      out += ' ' + name_text(node.name);
      print_comparison(node, out);
      print_modifiers(node, out);
      break;
    default:
      out += ' ' + name_text(node.name);
      print_modifiers(node, out);
  }
}

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

void write_string(Writer& writer, std::string_view text) {
  writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

void write_number(Writer& writer, double number) {
  const std::string text = number_text(number);
  writer.RawValue(text.data(), text.size(), rapidjson::kNumberType);
}

void write_value(Writer& writer, const QueryValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) write_string(writer, *text);
  else write_number(writer, std::get<double>(value));
}

void write_node(Writer& writer, const SegmentNode& node) {
  writer.StartObject();
  writer.Key(node_word(node.kind).data());
  switch (node.kind) {
    case NodeKind::kNot:
    case NodeKind::kAbsent: write_node(writer, node.children.front()); break;
    case NodeKind::kAtLeast:
      writer.Int(node.number);
      writer.Key("of");
      [[fallthrough]];
    case NodeKind::kAll:
    case NodeKind::kAny:
      writer.StartArray();
      for (const SegmentNode& child : node.children) write_node(writer, child);
      writer.EndArray();
      break;
    default: write_string(writer, node.name);
  }
  if (!node.channel.empty()) {
    writer.Key("channel");
    write_string(writer, node.channel);
  }
  if (node.kind == NodeKind::kHasBeen) {
    writer.Key("days");
    writer.Int(node.number);
  }
  if (node.kind == NodeKind::kRandomBucket) {
    writer.Key("of");
    writer.Int(node.number);
    writer.Key("from");
    writer.Int(node.first_bucket);
    writer.Key("to");
    writer.Int(node.last_bucket);
  }
  if (node.kind == NodeKind::kFact || node.kind == NodeKind::kHost) {
    writer.Key("op");
    write_string(writer, compare_symbol(node.compare));
    if (node.compare == Compare::kIn) {
      writer.Key("value");
      writer.StartArray();
      for (const QueryValue& value : node.values) write_value(writer, value);
      writer.EndArray();
    } else if (node.compare != Compare::kIsNull) {
      writer.Key("value");
      write_value(writer, node.values.front());
    }
  }
  if (!node.stage.empty()) {
    writer.Key(node.stage_or_later ? "stage_at_least" : "stage");
    write_string(writer, node.stage);
  }
  if (node.count) {
    writer.Key("count");
    writer.Int(*node.count);
  }
  if (node.confidence) {
    writer.Key("confidence");
    write_number(writer, *node.confidence);
  }
  if (node.seen_within_days) {
    writer.Key("seen_within_days");
    writer.Int(*node.seen_within_days);
  }
  if (node.is_explicit) {
    writer.Key("explicit");
    writer.Bool(true);
  }
  writer.EndObject();
}

}  // namespace

bool is_reserved_word(std::string_view word) {
  std::string lower(word);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return std::find(kReserved.begin(), kReserved.end(), lower) != kReserved.end();
}

std::string print_query_text(const SegmentNode& root) {
  std::string out;
  print_node(root, out);
  return out;
}

std::string print_query_json(const SegmentNode& root) {
  rapidjson::StringBuffer buffer;
  Writer writer(buffer);
  write_node(writer, root);
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace tertulia
