#include "graphql/load_schema.h"

#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "graphql/introspection_reader.h"
#include "graphql/parser.h"
#include "graphql/schema_builder.h"
#include "graphql/schema_validation.h"
#include "graphql/sdl_rules.h"

namespace graphql {
namespace {

struct ParsedSource {
  std::shared_ptr<const void> text_owner;
  ParsedDocument parsed;
};

std::optional<Error> size_error(const SchemaSource& source) {
  if (source.text.size() <= k_max_schema_bytes) {
    return std::nullopt;
  }
  return Error{"SchemaSize",
               "Schema is larger than " + std::to_string(k_max_schema_bytes >> 20) + " MiB.",
               {{source.source_id, {0, 0}}}};
}

// Loads one schema, text by text. Stops at the first stage that finds something.
class Loader {
 public:
  explicit Loader(SchemaChecks checks) : checks_(checks) {}

  // Each returns whether loading may go on.
  bool read_introspection(const SchemaSource& source);
  bool extend(std::span<const SchemaSource* const> sources);

  LoadedSchema finish() {
    for (Error& error : validate_schema(*built_, checks_)) {
      const bool is_warning = error.code == k_deprecated_implementation;
      (is_warning ? result_.warnings : result_.errors).push_back(std::move(error));
    }
    result_.schema = built_->schema;
    return std::move(result_);
  }
  LoadedSchema stop(std::size_t step) {
    result_.step = step;
    return std::move(result_);
  }
  void fail(SchemaStage stage, std::vector<Error> errors) {
    result_.stage = stage;
    result_.errors = std::move(errors);
  }

 private:
  bool parse(std::span<const SchemaSource* const> sources, std::vector<ParsedSource>& parsed);
  void warn_of_documents(const SchemaSource& source, const Document& document);

  SchemaChecks checks_;
  std::optional<BuiltSchema> built_;
  // The trees that `built_` points into.
  std::vector<std::vector<ParsedSource>> documents_;
  LoadedSchema result_;
};

bool Loader::read_introspection(const SchemaSource& source) {
  if (const std::optional<Error> error = size_error(source)) {
    fail(SchemaStage::syntax, {*error});
    return false;
  }
  IntrospectionResult read = read_introspection_json(source.text, source.source_id);
  if (!read.errors.empty()) {
    fail(read.is_json ? SchemaStage::definitions : SchemaStage::syntax, std::move(read.errors));
    return false;
  }
  built_ = std::move(read.built);
  return true;
}

bool Loader::parse(std::span<const SchemaSource* const> sources,
                   std::vector<ParsedSource>& parsed) {
  std::vector<Error> errors;
  parsed.reserve(sources.size());
  for (const SchemaSource* source : sources) {
    if (std::optional<Error> error = size_error(*source)) {
      errors.push_back(std::move(*error));
      continue;
    }
    ParsedSource& entry = parsed.emplace_back();
    std::string_view text = source->text;
    entry.text_owner = source->owner;
    if (entry.text_owner == nullptr) {
      const auto copy = std::make_shared<const std::string>(text);
      text = *copy;
      entry.text_owner = copy;
    }
    ParseOptions options;
    options.source_id = source->source_id;
    entry.parsed = parse_document(text, options);
    if (entry.parsed.error.has_value()) {
      errors.push_back(*entry.parsed.error);
    } else if (checks_ == SchemaChecks::specification) {
      warn_of_documents(*source, entry.parsed.document);
    }
  }
  if (errors.empty()) {
    return true;
  }
  fail(SchemaStage::syntax, std::move(errors));
  return false;
}

// The reference passes over operations and fragments in a schema. Where a schema is found by globs,
// they are documents that somebody misses.
void Loader::warn_of_documents(const SchemaSource& source, const Document& document) {
  const Definition* first = nullptr;
  std::size_t count = 0;
  for (const auto& definition : document.definitions) {
    if (is_executable(*definition)) {
      first = first == nullptr ? &*definition : first;
      ++count;
    }
  }
  if (first != nullptr) {
    result_.warnings.push_back(
        {"DocumentInSchema",
         "This file is a part of the schema, so " +
             (count == 1 ? std::string("an operation or fragment in it is")
                         : std::to_string(count) + " operations and fragments in it are") +
             " not built.",
         {{source.source_id, first->span}}});
  }
}

bool Loader::extend(std::span<const SchemaSource* const> sources) {
  std::vector<ParsedSource> parsed;
  if (!parse(sources, parsed)) {
    return false;
  }
  std::vector<const Document*> documents;
  std::vector<SchemaDocument> schema_documents;
  for (const ParsedSource& source : parsed) {
    documents.push_back(&source.parsed.document);
    schema_documents.push_back({&source.parsed.document, source.text_owner});
  }
  const Schema* const base = built_.has_value() ? built_->schema.get() : nullptr;
  if (std::vector<Error> errors = check_sdl(documents, base); !errors.empty()) {
    fail(SchemaStage::definitions, std::move(errors));
    return false;
  }
  built_ = build_schema(schema_documents, built_.has_value() ? &*built_ : nullptr);
  // Moving a vector leaves its elements where they are.
  documents_.push_back(std::move(parsed));
  if (!built_->errors.empty()) {
    fail(SchemaStage::build, std::move(built_->errors));
    return false;
  }
  return true;
}

LoadedSchema load_project(std::span<const SchemaSource> sources) {
  Loader loader(SchemaChecks::specification);
  std::vector<const SchemaSource*> texts;
  const SchemaSource* introspection = nullptr;
  for (const SchemaSource& source : sources) {
    if (source.kind == SchemaSourceKind::sdl) {
      texts.push_back(&source);
      continue;
    }
    if (introspection != nullptr) {
      loader.fail(SchemaStage::definitions,
                  {{"SchemaSources",
                    "There can be only one introspection result in a schema.",
                    {{introspection->source_id, {0, 0}}, {source.source_id, {0, 0}}}}});
      return loader.stop(0);
    }
    introspection = &source;
  }
  if (introspection != nullptr && !loader.read_introspection(*introspection)) {
    return loader.stop(0);
  }
  return loader.extend(texts) ? loader.finish() : loader.stop(0);
}

LoadedSchema load_as_reference(std::span<const SchemaSource> sources) {
  Loader loader(SchemaChecks::reference);
  for (std::size_t step = 0; step < sources.size(); ++step) {
    const SchemaSource* const source = &sources[step];
    const bool may_go_on = source->kind == SchemaSourceKind::introspection
                               ? loader.read_introspection(*source)
                               : loader.extend({&source, 1});
    if (!may_go_on) {
      return loader.stop(step);
    }
  }
  return loader.finish();
}

}  // namespace

LoadedSchema load_schema(std::span<const SchemaSource> sources, SchemaMode mode) {
  return mode == SchemaMode::project || sources.empty() ? load_project(sources)
                                                        : load_as_reference(sources);
}

}  // namespace graphql
