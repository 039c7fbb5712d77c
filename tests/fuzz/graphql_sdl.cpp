// Any bytes are loaded as a schema, alone and as two texts, by the rules for projects and as the
// reference does, without a crash or a hang. A valid schema is the same after it was printed, and
// after it went through introspection.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "graphql/introspection_writer.h"
#include "graphql/load_schema.h"
#include "graphql/print_schema.h"

namespace {

using graphql::LoadedSchema;
using graphql::SchemaMode;
using graphql::SchemaSource;

void check_places(const LoadedSchema& loaded, const std::vector<SchemaSource>& sources) {
  for (const graphql::Error& error : loaded.errors) {
    base::check(!error.message.empty(), "an error says something");
    for (const graphql::Location& place : error.locations) {
      base::check(place.source_id < sources.size(), "an error is in one of the texts");
      base::check(place.span.begin <= place.span.end &&
                      place.span.end <= sources[place.source_id].text.size(),
                  "an error lies in its text");
    }
  }
}

void check_round_trip(const graphql::Schema& schema) {
  const std::string printed = graphql::print_schema(schema);
  SchemaSource again;
  again.text = printed;
  const LoadedSchema reloaded = graphql::load_schema({&again, 1});
  base::check(reloaded.is_valid(), "a printed schema is valid");
  base::check(graphql::print_schema(*reloaded.schema) == printed, "printing twice changes nothing");
  base::check(graphql::schema_hash(*reloaded.schema) == graphql::schema_hash(schema),
              "equal schemas have equal hashes");
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string text(bytes, bytes + size);
  // Cut at the first `#--`, so that files that extend each other are tried too.
  const std::size_t cut = std::min(text.find("#--"), text.size());
  std::vector<SchemaSource> sources(2);
  sources[0].text = std::string_view(text).substr(0, cut);
  sources[1].text = std::string_view(text).substr(cut);
  sources[1].source_id = 1;
  for (const SchemaMode mode : {SchemaMode::project, SchemaMode::reference}) {
    check_places(graphql::load_schema(sources, mode), sources);
    check_places(graphql::load_schema({sources.data(), 1}, mode), sources);
  }
  const LoadedSchema loaded = graphql::load_schema({sources.data(), cut == text.size() ? 1U : 2U});
  if (loaded.is_valid()) {
    check_round_trip(*loaded.schema);
  }
  return 0;
}
