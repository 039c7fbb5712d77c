// Any bytes are read as an introspection result without a crash or a hang, and a schema that comes
// of it can be written as introspection and read again.
#include <cstdint>
#include <string>

#include "base/check.h"
#include "graphql/introspection_writer.h"
#include "graphql/load_schema.h"
#include "graphql/print_schema.h"

namespace {

graphql::LoadedSchema load(const std::string& json, graphql::SchemaMode mode) {
  graphql::SchemaSource source;
  source.text = json;
  source.kind = graphql::SchemaSourceKind::introspection;
  return graphql::load_schema({&source, 1}, mode);
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string json(bytes, bytes + size);
  const graphql::LoadedSchema loaded = load(json, graphql::SchemaMode::project);
  const graphql::LoadedSchema as_reference = load(json, graphql::SchemaMode::reference);
  base::check((loaded.schema == nullptr) == (as_reference.schema == nullptr),
              "both modes read the same results");
  if (!loaded.is_valid()) {
    return 0;
  }
  const std::string written = graphql::write_introspection_json(*loaded.schema);
  const graphql::LoadedSchema again = load(written, graphql::SchemaMode::project);
  // The introspection query asks for nine wrappers; a result with more cannot be asked for again.
  if (again.schema != nullptr) {
    base::check(graphql::print_schema(*again.schema) == graphql::print_schema(*loaded.schema),
                "a schema comes back from introspection");
  }
  return 0;
}
