#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/line_index.h"
#include "base/utf8.h"
#include "graphql/load_schema.h"
#include "graphql/parser.h"
#include "graphql/printer.h"
#include "graphql/validate.h"
#include "session/lone_surrogates.h"
#include "session/validate_documents.h"

namespace session {
namespace {

using nlohmann::ordered_json;

/// The texts that an error's places can lie in.
constexpr std::uint32_t k_schema_text = 0;
constexpr std::uint32_t k_document_text = 1;

constexpr const char* k_bad_request =
    "A request is an object with the texts \"schema\" and \"source\", and perhaps \"rules\", which "
    "is \"reference\" or \"standard\".";

enum class Rules : std::uint8_t { reference, standard };

struct BatchRequest {
  std::string schema;
  std::string source;
  Rules rules = Rules::reference;
};

std::optional<std::string> text_member(const ordered_json& json, const char* name) {
  const auto member = json.find(name);
  if (member == json.end() || !member->is_string()) {
    return std::nullopt;
  }
  return decode_lone_surrogates(member->get_ref<const std::string&>());
}

/// The request in `line`, or what is wrong with it.
std::optional<BatchRequest> read_request(std::string_view line, std::string& problem) {
  ordered_json json;
  try {
    json = ordered_json::parse(encode_lone_surrogates(line));
  } catch (const nlohmann::json::parse_error& error) {
    problem =
        "This line is not JSON: it goes wrong at byte " + std::to_string(error.byte) + " of it.";
    return std::nullopt;
  } catch (const nlohmann::json::exception&) {
    problem = "This line is not JSON: a number in it is too large.";
    return std::nullopt;
  }
  problem = k_bad_request;
  if (!json.is_object()) {
    return std::nullopt;
  }
  std::optional<std::string> schema = text_member(json, "schema");
  std::optional<std::string> source = text_member(json, "source");
  const std::string rules = json.contains("rules") ? text_member(json, "rules").value_or("")  //
                                                   : "reference";
  if (!schema || !source || (rules != "reference" && rules != "standard")) {
    return std::nullopt;
  }
  return BatchRequest{*std::move(schema),
                      *std::move(source),
                      rules == "standard" ? Rules::standard : Rules::reference};
}

/// As the reference counts: a byte order mark is a column of its own.
base::Position position_in(const std::string& text, const base::LineIndex& lines, base::Span span) {
  base::Position position = lines.position(span.begin);
  if (position.line == 1 && span.begin > 0 && text.starts_with(base::k_byte_order_mark)) {
    ++position.column;
  }
  return position;
}

ordered_json errors_json(const std::vector<graphql::Error>& errors, const BatchRequest& request) {
  ordered_json list = ordered_json::array();
  if (errors.empty()) {
    return list;
  }
  const base::LineIndex schema_lines(request.schema);
  const base::LineIndex source_lines(request.source);
  for (const graphql::Error& error : errors) {
    ordered_json json;
    json["message"] = error.message;
    for (const graphql::Location& location : error.locations) {
      const base::Position position =
          location.source_id == k_schema_text
              ? position_in(request.schema, schema_lines, location.span)
              : position_in(request.source, source_lines, location.span);
      ordered_json place;
      place["line"] = position.line;
      place["column"] = position.column;
      json["locations"].push_back(std::move(place));
    }
    list.push_back(std::move(json));
  }
  return list;
}

std::string line_of(const ordered_json& json) {
  return json.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

graphql::LoadedSchema load_text(const std::string& text, Rules rules) {
  graphql::SchemaSource source;
  source.source_id = k_schema_text;
  source.text = text;
  // SDL cannot begin with a brace.
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first != std::string::npos && text[first] == '{') {
    source.kind = graphql::SchemaSourceKind::introspection;
  }
  return graphql::load_schema(
      {&source, 1},
      rules == Rules::reference ? graphql::SchemaMode::reference : graphql::SchemaMode::project);
}

}  // namespace

struct BatchValidator::KnownSchema {
  std::string text;
  Rules rules;
  graphql::LoadedSchema loaded;
};

BatchValidator::BatchValidator() = default;
BatchValidator::~BatchValidator() = default;

std::string BatchValidator::answer(std::string_view line) {
  std::string problem;
  const std::optional<BatchRequest> request = read_request(line, problem);
  ordered_json answer;
  if (!request) {
    answer["errors"] = ordered_json::array({{{"message", problem}}});
    return line_of(answer);
  }
  if (known_ == nullptr || known_->rules != request->rules || known_->text != request->schema) {
    known_ = std::make_unique<KnownSchema>();
    known_->text = request->schema;
    known_->rules = request->rules;
    known_->loaded = load_text(known_->text, known_->rules);
  }
  graphql::ParseOptions options;
  options.source_id = k_document_text;
  const graphql::ParsedDocument parsed = graphql::parse_document(request->source, options);
  std::vector<graphql::Error> errors;
  if (!known_->loaded.is_valid()) {
    errors = known_->loaded.errors;
  } else if (parsed.error) {
    errors = {*parsed.error};
  } else {
    graphql::ValidateOptions validate_options;
    validate_options.rules = request->rules == Rules::reference ? graphql::RuleSet::reference()
                                                                : graphql::RuleSet::standard();
    errors = graphql::validate(*known_->loaded.schema, parsed.document, validate_options);
  }
  answer["errors"] = errors_json(errors, *request);
  if (!parsed.error) {
    answer["printed"] = graphql::print(parsed.document);
  }
  return line_of(answer);
}

}  // namespace session
