#include "builder/definition_nodes.h"

#include <algorithm>

#include "base/byte_writer.h"
#include "builder/declared_names.h"
#include "builder/slots.h"
#include "builder/spreads.h"

namespace builder {
namespace {

void sort_unique(std::vector<graph::Slot>& slots) {
  std::sort(slots.begin(), slots.end());
  slots.erase(std::unique(slots.begin(), slots.end()), slots.end());
}

// Whether names in other files can lead to a template.
bool is_reachable(const discovery::TemplateSite& site) {
  return !site.binding.empty() && site.scope == base::Span{} && !site.is_reassigned;
}

void write_names(base::ByteWriter& out, const std::vector<std::string>& names) {
  out.write_varint(names.size());
  for (const std::string& name : names) {
    out.write_text(name);
  }
}

// All that evaluating can learn of a file, without the places.
void write_compositions(base::ByteWriter& out, const discovery::CompositionFacts& facts) {
  out.write_varint(facts.expressions.size());
  for (const discovery::Expression& expression : facts.expressions) {
    out.write_u8(static_cast<std::uint8_t>(expression.kind));
    out.write_bool(expression.is_optional);
    out.write_varint(expression.first);
    out.write_varint(expression.next);
    out.write_varint(expression.mapped);
    out.write_text(expression.text);
  }
  out.write_varint(facts.texts.size());
  for (const base::MappedText& text : facts.texts) {
    out.write_text(text.text());
  }
  for (const discovery::CompositionSite& site : facts.sites) {
    write_names(out, site.callee.names);
    out.write_varint(site.call);
    out.write_text(site.oddity);
    out.write_text(site.path);
    out.write_bool(site.is_ignored);
  }
  for (const discovery::ValueFact& value : facts.values) {
    out.write_text(value.name);
    out.write_bool(value.is_local);
    out.write_varint(value.value);
  }
}

// What the names in a file's definitions of the composer dialect stand for: evaluating goes through
// them on behalf of other files.
void write_composer_names(base::ByteWriter& out, const BuildInput& input, std::uint32_t source) {
  const std::string prefix = composer_name({});
  const FileNames& names = input.names.of(source);
  for (auto it = names.lower_bound(prefix); it != names.end() && it->first.starts_with(prefix);
       ++it) {
    const discovery::ResolvedName& resolved = it->second;
    out.write_text(it->first);
    out.write_u8(static_cast<std::uint8_t>(resolved.kind));
    out.write_text(resolved.file.text());
    out.write_text(resolved.specifier);
    write_names(out, resolved.path);
    out.write_u8(static_cast<std::uint8_t>(resolved.callee));
    out.write_bool(resolved.is_imported);
  }
}

class NodeMaker {
 public:
  NodeMaker(const BuildInput& input,
            const std::vector<TemplateUnit>& units,
            const FragmentTable& fragments,
            const std::vector<BuildDefinition>& definitions,
            DefinitionIndex index)
      : input_(input),
        units_(units),
        fragments_(fragments),
        definitions_(definitions),
        definition_(definitions[index]),
        unit_(units[definition_.unit]) {}

  graph::Node make() const {
    graph::Node node;
    node.id = id_of(definition_);
    node.module = path_of(unit_).text();
    node.value = value();
    node.provides = {definition_slot(node.id)};
    if (!unit_.is_scoped && !definition_.name.empty()) {
      // Whoever shares a name must hear of the others.
      node.provides.push_back(definition_.is_fragment
                                  ? fragment_slot(unit_.label, definition_.name)
                                  : operation_slot(unit_.label, definition_.name));
      add_for_all_schemas(node.provides);
    }
    node.uses = node.provides;
    add_spreads(node.uses);
    sort_unique(node.provides);
    sort_unique(node.uses);
    return node;
  }

 private:
  const base::SourcePath& path_of(const TemplateUnit& unit) const {
    return input_.sources[unit.source].path;
  }

  std::string id_of(const BuildDefinition& definition) const {
    return canonical_id(path_of(units_[definition.unit]), definition.export_name);
  }

  base::Fingerprint value() const {
    base::ByteWriter out;
    out.write_text(unit_.label);
    out.write_bool(unit_.is_scoped);
    out.write_bool(definition_.is_fragment);
    out.write_text(definition_.name);
    out.write_u8(static_cast<std::uint8_t>(unit_.role));
    out.write_bool(definition_.ast == nullptr);
    out.write_text(definition_.printed);
    out.write_text(definition_.failure.message);
    if (unit_.role == TemplateUnit::Role::mixed) {
      out.write_text(unit_.text().text());
    }
    if (unit_.composition) {
      out.write_u8(static_cast<std::uint8_t>(unit_.composition->kind));
      out.write_text(unit_.composition->metadata);
      out.write_varint(unit_.composition->expanded.size());
    }
    if (definition_.name.empty()) {
      // An anonymous operation must be alone.
      out.write_varint(unit_.definitions.size());
    }
    if (unit_.is_scoped) {
      // The text does not tell which fragments its list holds.
      for (const std::uint32_t unit : unit_.fragment_units) {
        out.write_text(path_of(units_[unit]).text());
        out.write_varint(units_[unit].site);
      }
    }
    return base::fingerprint_of(out.bytes());
  }

  // A fragment of a file without a schema is found by whoever spreads its name: see FragmentTable.
  void add_for_all_schemas(std::vector<graph::Slot>& provides) const {
    if (!definition_.is_fragment || !unit_.label.empty()) {
      return;
    }
    for (const SchemaInput& schema : input_.schemas) {
      provides.push_back(fragment_slot(schema.label, definition_.name));
    }
  }

  void add_spreads(std::vector<graph::Slot>& uses) const {
    if (unit_.is_scoped) {
      uses.push_back(names_slot(path_of(unit_)));
      for (const std::uint32_t unit : unit_.fragment_units) {
        uses.push_back(names_slot(path_of(units_[unit])));
      }
    }
    for (const DefinitionIndex expanded : definition_.expanded) {
      uses.push_back(definition_slot(id_of(definitions_[expanded])));
    }
    if (definition_.ast == nullptr) {
      return;
    }
    for (const graphql::FragmentSpread* spread : spreads_of(*definition_.ast)) {
      if (!unit_.is_scoped) {
        uses.push_back(fragment_slot(unit_.label, spread->name.text));
      } else if (const auto found = fragments_.find(definition_.unit, spread->name.text)) {
        uses.push_back(definition_slot(id_of(definitions_[*found])));
      }
    }
  }

  const BuildInput& input_;
  const std::vector<TemplateUnit>& units_;
  const FragmentTable& fragments_;
  const std::vector<BuildDefinition>& definitions_;
  const BuildDefinition& definition_;
  const TemplateUnit& unit_;
};

}  // namespace

graph::Node definition_node(const BuildInput& input,
                            const std::vector<TemplateUnit>& units,
                            const FragmentTable& fragments,
                            const std::vector<BuildDefinition>& definitions,
                            DefinitionIndex index) {
  return NodeMaker(input, units, fragments, definitions, index).make();
}

base::Fingerprint interface_of(const BuildInput& input,
                               std::uint32_t source_index,
                               std::span<const TemplateUnit> units) {
  const SourceInput& source = input.sources[source_index];
  base::ByteWriter out;
  out.write_bool(source.is_included);
  for (const discovery::ConstantFact& constant : source.facts->constants) {
    if (constant.scope != base::Span{}) {
      // Inside of a function; no other file can name it.
      continue;
    }
    out.write_bool(true);
    write_names(out, constant.path);
    out.write_u8(static_cast<std::uint8_t>(constant.kind));
    out.write_text(constant.text);
    out.write_bool(constant.scope == base::Span{});
    write_names(out, constant.target.names);
  }
  out.write_bool(false);
  write_compositions(out, source.facts->compositions);
  write_composer_names(out, input, source_index);
  for (const TemplateUnit& unit : units) {
    if (unit.composition) {
      continue;
    }
    const discovery::TemplateSite& site = source.facts->templates[unit.site];
    out.write_varint(unit.site);
    out.write_text(unit.label);
    out.write_bool(unit.is_scoped);
    out.write_u8(static_cast<std::uint8_t>(site.form));
    write_names(out, site.binding);
    out.write_bool(is_reachable(site));
    for (const DeclaredName& name : declared_names(site.text.text())) {
      out.write_bool(name.is_fragment);
      out.write_text(name.name);
    }
  }
  return base::fingerprint_of(out.bytes());
}

base::Fingerprint names_of(const std::vector<TemplateUnit>& units,
                           const std::vector<BuildDefinition>& definitions,
                           const FileRange& file) {
  base::ByteWriter out;
  for (DefinitionIndex i = file.begin; i < file.end; ++i) {
    out.write_varint(units[definitions[i].unit].site);
    out.write_text(definitions[i].export_name);
    out.write_bool(definitions[i].is_fragment);
  }
  return base::fingerprint_of(out.bytes());
}

}  // namespace builder
