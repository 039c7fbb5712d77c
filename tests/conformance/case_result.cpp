#include "tests/conformance/case_result.h"

#include <utility>

#include <nlohmann/json.hpp>

#include "base/line_index.h"

namespace conformance {
namespace {

// Unordered: equal whatever the order of keys.
nlohmann::json unordered(const Json& value) {
  return nlohmann::json::parse(value.dump());
}

}  // namespace

CaseResult compare(std::string_view what, const Json& expected, const Json& actual) {
  if (unordered(expected) == unordered(actual)) {
    return {};
  }
  CaseResult result;
  result.kind = CaseResult::Kind::different;
  result.text.append(what).append("\n  expected ").append(expected.dump());
  result.text.append("\n  actual   ")
      .append(actual.dump(-1, ' ', false, Json::error_handler_t::replace));
  return result;
}

CaseResult excluded(std::string reason) {
  return {CaseResult::Kind::excluded, std::move(reason)};
}

Json position_of(std::string_view source, std::size_t offset) {
  base::Position position = base::LineIndex(source).position(static_cast<std::uint32_t>(offset));
  if (position.line == 1 && offset >= 3 && source.substr(0, 3) == "\xEF\xBB\xBF") {
    ++position.column;
  }
  return Json{{"line", position.line}, {"column", position.column}};
}

Json error_to_json(std::string_view source, const graphql::Error& error) {
  Json json{{"message", error.message}};
  for (const graphql::Location& location : error.locations) {
    json["locations"].push_back(position_of(source, location.span.begin));
  }
  return json;
}

Json errors_to_json(std::string_view source, const std::vector<graphql::Error>& errors) {
  Json list = Json::array();
  for (const graphql::Error& error : errors) {
    list.push_back(error_to_json(source, error));
  }
  return list;
}

}  // namespace conformance
