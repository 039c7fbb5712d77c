#include "tests/conformance/unchecked_schema.h"

#include <nlohmann/json.hpp>

namespace conformance {

UncheckedSchema::UncheckedSchema(const Json& description) {
  extend(description.at("sdl").get<std::string>());
  for (const Json& extension : description.value("extensions", Json::array())) {
    extend(extension.get<std::string>());
  }
}

void UncheckedSchema::extend(const std::string& sdl) {
  auto text = std::make_shared<const std::string>(sdl);
  documents_.push_back(std::make_unique<graphql::ParsedDocument>(graphql::parse_document(*text)));
  const graphql::SchemaDocument document{&documents_.back()->document, text};
  built_ = graphql::build_schema({&document, 1}, built_.has_value() ? &*built_ : nullptr);
}

}  // namespace conformance
