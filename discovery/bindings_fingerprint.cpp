#include "discovery/bindings_fingerprint.h"

#include "base/byte_writer.h"

namespace discovery {
namespace {

void write_names(base::ByteWriter& out, const std::vector<std::string>& names) {
  out.write_varint(names.size());
  for (const std::string& name : names) {
    out.write_text(name);
  }
}

}  // namespace

base::Fingerprint bindings_fingerprint(const SourceFacts& facts) {
  base::ByteWriter out;
  out.write_u8(static_cast<std::uint8_t>(facts.tier));
  for (const ImportFact& import : facts.imports) {
    out.write_text(import.specifier);
    out.write_bool(import.is_type_only);
    out.write_varint(import.names.size());
    for (const ImportedName& name : import.names) {
      out.write_text(name.imported);
      out.write_text(name.local);
      out.write_bool(name.is_type_only);
      out.write_bool(name.scope == base::Span{});
    }
  }
  out.write_varint(facts.exports.size());
  for (const ExportFact& fact : facts.exports) {
    out.write_text(fact.exported);
    out.write_text(fact.local);
    out.write_text(fact.specifier);
    out.write_bool(fact.is_type_only);
  }
  for (const ConstantFact& constant : facts.constants) {
    write_names(out, constant.path);
    out.write_u8(static_cast<std::uint8_t>(constant.kind));
    out.write_text(constant.text);
    write_names(out, constant.target.names);
    out.write_bool(constant.scope == base::Span{});
  }
  return base::fingerprint_of(out.bytes());
}

}  // namespace discovery
