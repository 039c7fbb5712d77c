#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/line_index.h"
#include "graphql/load_schema.h"
#include "graphql/parser.h"
#include "graphql/printer.h"
#include "graphql/validate.h"
#include "session/validate_documents.h"

namespace session {
namespace {

using nlohmann::ordered_json;

/// The texts that an error's places can lie in.
constexpr std::uint32_t k_schema_text = 0;
constexpr std::uint32_t k_document_text = 1;

struct BatchRequest {
  std::string schema;
  std::string source;
};

/// The request in `line`, or what is wrong with it.
std::optional<BatchRequest> read_request(std::string_view line, std::string& problem) {
  try {
    ordered_json json = ordered_json::parse(line);
    const auto schema = json.find("schema");
    const auto source = json.find("source");
    if (!json.is_object() || schema == json.end() || !schema->is_string() || source == json.end() ||
        !source->is_string()) {
      problem = "A request is an object with the texts \"schema\" and \"source\".";
      return std::nullopt;
    }
    return BatchRequest{std::move(schema->get_ref<std::string&>()),
                        std::move(source->get_ref<std::string&>())};
  } catch (const nlohmann::json::exception& error) {
    problem = std::string("This line is not JSON: ") + error.what();
    return std::nullopt;
  }
}

ordered_json errors_json(const std::vector<graphql::Error>& errors, const BatchRequest& request) {
  ordered_json list = ordered_json::array();
  for (const graphql::Error& error : errors) {
    ordered_json json;
    json["message"] = error.message;
    for (const graphql::Location& location : error.locations) {
      const base::LineIndex lines(location.source_id == k_schema_text ? request.schema
                                                                      : request.source);
      const base::Position position = lines.position(location.span.begin);
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

graphql::LoadedSchema load_text(const std::string& text) {
  graphql::SchemaSource source;
  source.source_id = k_schema_text;
  source.text = text;
  // SDL cannot begin with a brace.
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first != std::string::npos && text[first] == '{') {
    source.kind = graphql::SchemaSourceKind::introspection;
  }
  return graphql::load_schema({&source, 1});
}

}  // namespace

struct BatchValidator::KnownSchema {
  std::string text;
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
  if (known_ == nullptr || known_->text != request->schema) {
    known_ = std::make_unique<KnownSchema>();
    known_->text = request->schema;
    known_->loaded = load_text(known_->text);
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
    errors = graphql::validate(*known_->loaded.schema, parsed.document);
  }
  answer["errors"] = errors_json(errors, *request);
  if (!parsed.error) {
    answer["printed"] = graphql::print(parsed.document);
  }
  return line_of(answer);
}

}  // namespace session
