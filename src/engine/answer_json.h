// How the engine writes JSON: strings of any bytes and numbers with four decimals at most.
#ifndef TERTULIA_SRC_ENGINE_ANSWER_JSON_H_
#define TERTULIA_SRC_ENGINE_ANSWER_JSON_H_

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <string>
#include <string_view>

namespace tertulia {

using JsonWriter = rapidjson::Writer<rapidjson::StringBuffer>;

// "0.93", "-0.1", "180000"; rounded half away from zero; what is no number is "0".
[[nodiscard]] std::string decimal_text(double value);
void write_decimal(JsonWriter& json, double value);
void write_string(JsonWriter& json, std::string_view value);

}  // namespace tertulia

#endif  // TERTULIA_SRC_ENGINE_ANSWER_JSON_H_
