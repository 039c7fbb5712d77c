#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "graphql/load_schema.h"

/// Schemas in tests: loaded from texts whose numbers are their positions.

/// `sources` as SDL; one that begins with `{"` is an introspection result.
inline graphql::LoadedSchema load(const std::vector<std::string>& sources,
                                  graphql::SchemaMode mode = graphql::SchemaMode::project) {
  std::vector<graphql::SchemaSource> texts;
  for (const std::string& source : sources) {
    const bool is_json = source.substr(0, 2) == "{\"";
    texts.push_back(
        {static_cast<std::uint32_t>(texts.size()),
         source,
         is_json ? graphql::SchemaSourceKind::introspection : graphql::SchemaSourceKind::sdl});
  }
  return graphql::load_schema(texts, mode);
}

/// One line an error: its message and, for each place, `@number:"what stands there"`.
inline std::string errors_text(const std::vector<std::string>& sources,
                               const std::vector<graphql::Error>& errors) {
  std::string text;
  for (const graphql::Error& error : errors) {
    text += text.empty() ? "" : "\n";
    text += error.message;
    for (const graphql::Location& place : error.locations) {
      const std::string& source = sources[place.source_id];
      text += " @" + std::to_string(place.source_id) + ":" + std::to_string(place.span.begin) +
              "\"" + source.substr(place.span.begin, place.span.size()) + "\"";
    }
  }
  return text;
}

/// The errors of loading `sources`, or an empty text.
inline std::string load_errors(const std::vector<std::string>& sources,
                               graphql::SchemaMode mode = graphql::SchemaMode::project) {
  return errors_text(sources, load(sources, mode).errors);
}
