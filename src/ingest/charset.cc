// ICU's converters for all but UTF-8 and the Latin-1 family. Test: tests/ingest/charset_test.cc.
#include "ingest/charset.h"

#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>

#include <algorithm>
#include <cstdint>
#include <memory>

#include "base/utf8.h"

namespace tertulia {
namespace {

// Code points of the bytes 0x80 to 0x9F, 0 where undefined. Source: WHATWG Encoding Standard, index windows-1252, without
// its C1 controls.
constexpr char32_t kWindows1252[32] = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
                                       0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                       0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

std::string lower_ascii(std::string_view text) {
  std::string out(text.substr(0, 64));
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return out;
}

// Empty when ICU has no such converter or fails.
std::string with_icu(std::string_view bytes, const std::string& charset, std::size_t* repaired) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, void (*)(UConverter*)> from(ucnv_open(charset.c_str(), &error), &ucnv_close);
  const std::unique_ptr<UConverter, void (*)(UConverter*)> to(ucnv_open("UTF-8", &error), &ucnv_close);
  if (U_FAILURE(error)) return {};
  std::string out;
  UChar pivot[2048];
  UChar *pivot_source = pivot, *pivot_target = pivot;
  const char* source = bytes.data();
  const char* const source_end = source + bytes.size();
  char block[8192];
  bool reset = true;
  for (;;) {
    char* target = block;
    error = U_ZERO_ERROR;
    ucnv_convertEx(to.get(), from.get(), &target, block + sizeof block, &source, source_end, pivot, &pivot_source, &pivot_target,
                   pivot + 2048, static_cast<UBool>(reset), 1, &error);
    reset = false;
    out.append(block, static_cast<std::size_t>(target - block));
    if (error == U_BUFFER_OVERFLOW_ERROR) continue;
    if (U_FAILURE(error)) return {};
    break;
  }
  for (std::size_t at = out.find("\xEF\xBF\xBD"); at != std::string::npos; at = out.find("\xEF\xBF\xBD", at + 3)) ++*repaired;
  return out;
}

}  // namespace

std::string replace_nul(std::string text, std::size_t* repaired) {
  if (text.find('\0') == std::string::npos) return text;
  std::string out;
  out.reserve(text.size() + 8);
  for (const char c : text) {
    if (c == '\0') {
      out += "\xEF\xBF\xBD";
      ++*repaired;
    } else {
      out += c;
    }
  }
  return out;
}

std::string windows_1252_to_utf8(std::string_view bytes, std::size_t* repaired) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 8);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    char32_t point = byte;
    if (byte >= 0x80 && byte <= 0x9F) {
      point = kWindows1252[byte - 0x80];
      if (point == 0) {
        point = 0xFFFD;
        ++*repaired;
      }
    }
    append_utf8(point, out);
  }
  return out;
}

std::string to_utf8(std::string_view bytes, std::string_view charset, std::size_t* repaired) {
  const std::string name = lower_ascii(charset);
  const bool utf8 = name == "utf-8" || name == "utf8";
  std::string out;
  if (is_valid_utf8(bytes) && name.rfind("utf-16", 0) != 0 && name.rfind("utf-32", 0) != 0 && name.rfind("utf-7", 0) != 0 &&
      name.rfind("iso-2022", 0) != 0 && name.rfind("hz", 0) != 0) {
    out.assign(bytes);
  } else if (utf8) {
    out = repair_utf8(bytes, repaired);
  } else {
    const bool latin = name.empty() || name == "us-ascii" || name == "ascii" || name == "iso-8859-1" || name == "latin1" ||
                       name == "windows-1252" || name == "cp1252";
    std::size_t count = 0;
    if (!latin) out = with_icu(bytes, name, &count);
    if (out.empty()) {
      count = 0;
      out = windows_1252_to_utf8(bytes, &count);
    }
    *repaired += count;
  }
  return replace_nul(std::move(out), repaired);
}

}  // namespace tertulia
