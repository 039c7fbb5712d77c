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

Json with_first_place(Json errors) {
  for (Json& error : errors) {
    const Json locations = error.value("locations", Json::array());
    error["line"] = locations.empty() ? Json() : locations[0]["line"];
    error["column"] = locations.empty() ? Json() : locations[0]["column"];
    error["locations"] = locations;
  }
  return errors;
}

std::string with_part(const std::string& source, const graphql::Document& document, Part part) {
  std::string text = source;
  for (char& c : text) {
    c = c == '\n' || c == '\r' ? c : ' ';
  }
  for (const graphql::Definition* definition : document.definitions) {
    if (graphql::is_executable(*definition) == (part == Part::executable)) {
      const base::Span span = definition->span;
      text.replace(span.begin, span.size(), source, span.begin, span.size());
    }
  }
  return text;
}

}  // namespace conformance
