#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/utf8.h"
#include "graphql/block_string.h"
#include "graphql/lexer.h"
#include "graphql/parser.h"
#include "graphql/printer.h"
#include "graphql/strip_ignored.h"
#include "tests/conformance/cases.h"

namespace conformance {
namespace {

Json failure(std::string_view source, const graphql::Error& error) {
  return Json{{"ok", false}, {"error", error_to_json(source, error)}};
}

// Parses `source` as `kind` says and prints it again, under `key`.
Json parse_and_print(const std::string& kind, const std::string& source, const char* key) {
  if (kind == "parse") {
    const graphql::ParsedDocument parsed = graphql::parse_document(source);
    return parsed.error ? failure(source, *parsed.error)
                        : Json{{"ok", true}, {key, graphql::print(parsed.document)}};
  }
  if (kind == "parseType") {
    const graphql::ParsedType parsed = graphql::parse_type(source);
    return parsed.error ? failure(source, *parsed.error)
                        : Json{{"ok", true}, {key, graphql::print(*parsed.type)}};
  }
  const graphql::ParsedValue parsed =
      kind == "parseValue" ? graphql::parse_value(source) : graphql::parse_const_value(source);
  return parsed.error ? failure(source, *parsed.error)
                      : Json{{"ok", true}, {key, graphql::print(*parsed.value)}};
}

Json token_to_json(std::string_view source,
                   const graphql::Token& token,
                   graphql::StringReader& strings) {
  using graphql::TokenKind;
  Json json{{"kind", graphql::to_text(token.kind)},
            {"start", base::utf16_length(source.substr(0, token.span.begin))},
            {"end", base::utf16_length(source.substr(0, token.span.end))}};
  json.update(position_of(source, token.span.begin));
  const std::string_view text = source.substr(token.span.begin, token.span.size());
  switch (token.kind) {
    case TokenKind::name:
    case TokenKind::int_value:
    case TokenKind::float_value:
      json["value"] = text;
      break;
    case TokenKind::string:
    case TokenKind::block_string:
      json["value"] = strings.read(source, token);
      break;
    case TokenKind::comment:
      json["value"] = text.substr(1);
      break;
    default:
      break;
  }
  return json;
}

Json lex(const std::string& source) {
  graphql::Lexer lexer(source);
  graphql::StringReader strings;
  Json result{{"ok", true}, {"tokens", Json::array()}};
  for (;;) {
    const graphql::Token token = lexer.next_or_comment();
    if (token.kind == graphql::TokenKind::error) {
      result["ok"] = false;
      result["error"] = error_to_json(source,
                                      graphql::Error{"SyntaxError",
                                                     "Syntax Error: " + lexer.error().message,
                                                     {graphql::Location{0, token.span}}});
      return result;
    }
    result["tokens"].push_back(token_to_json(source, token, strings));
    if (token.kind == graphql::TokenKind::end_of_file) {
      return result;
    }
  }
}

Json dedent(const Json& item) {
  const auto lines = item.at("lines").get<std::vector<std::string>>();
  std::vector<std::string_view> views(lines.begin(), lines.end());
  graphql::dedent_block_string_lines(views);
  return Json{{"ok", true}, {"result", views}};
}

Json print_block_string(const Json& item) {
  const bool minimize = item.contains("options") && item["options"].value("minimize", false);
  const std::string text = graphql::print_block_string(
      item.at("value").get<std::string>(),
      minimize ? graphql::BlockStringForm::minimized : graphql::BlockStringForm::readable);
  return Json{{"ok", true}, {"result", text}};
}

Json strip(const std::string& source) {
  const graphql::StrippedText stripped = graphql::strip_ignored_characters(source);
  return stripped.error ? failure(source, *stripped.error)
                        : Json{{"ok", true}, {"result", stripped.text}};
}

Json outcome_of(const Json& item, const std::string& kind) {
  if (kind == "dedentBlockStringLines") {
    return dedent(item);
  }
  if (kind == "printBlockString") {
    return print_block_string(item);
  }
  if (kind == "isPrintableAsBlockString") {
    const bool is_printable =
        graphql::is_printable_as_block_string(item.at("value").get<std::string>());
    return Json{{"ok", true}, {"result", is_printable}};
  }
  const auto source = item.at("source").get<std::string>();
  if (kind == "lex") {
    return lex(source);
  }
  if (kind == "stripIgnoredCharacters") {
    return strip(source);
  }
  if (kind == "print") {
    return parse_and_print(item.value("parseFn", "parse"), source, "result");
  }
  return parse_and_print(kind, source, "printed");
}

}  // namespace

CaseResult judge_syntax_case(const Json& item) {
  if (item.contains("parseOptions")) {
    return excluded("experimental syntax: " + item["parseOptions"].dump());
  }
  const auto kind = item.at("kind").get<std::string>();
  Json expected = item.at("expect");
  // Excerpts are the business of cli/.
  expected.erase("rendered");
  Json actual = outcome_of(item, kind);
  // Not every suite recorded the tokens before an error.
  if (kind == "lex" && !expected.contains("tokens")) {
    actual.erase("tokens");
  }
  return compare(kind, expected, actual);
}

}  // namespace conformance
