#include "builder/positions.h"

#include "base/json_text.h"

namespace builder {
namespace {

constexpr int k_positions_version = 1;

class PositionsWriter {
 public:
  PositionsWriter(const BuildInput& input,
                  const std::vector<TemplateUnit>& units,
                  const std::vector<BuildDefinition>& definitions,
                  const FileRange& file)
      : input_(input),
        units_(units),
        definitions_(definitions),
        file_(file),
        source_(input.sources[file.source]) {}

  std::string write() {
    out_ = "    ";
    base::append_json_string(out_, source_.path.text());
    out_ += ": {\"fingerprint\": \"" + base::to_hex(source_.fingerprint) + "\", \"templates\": [";
    DefinitionIndex definition = file_.begin;
    for (std::uint32_t unit = file_.unit_begin; unit < file_.unit_end; ++unit) {
      out_ += unit == file_.unit_begin ? "\n      " : ",\n      ";
      write_template(unit, definition);
    }
    out_ += "\n    ]}";
    out_.shrink_to_fit();
    return std::move(out_);
  }

 private:
  void write_template(std::uint32_t unit, DefinitionIndex& definition) {
    const base::Span site = utf16_site_of(input_, units_[unit]);
    const std::vector<std::string>& binding = binding_of(input_, units_[unit]);
    out_ += "{\"start\": " + std::to_string(site.begin);
    out_ += ", \"end\": " + std::to_string(site.end);
    out_ += ", \"name\": ";
    if (binding.empty()) {
      out_ += "null";
    } else {
      base::append_json_string(out_, joined_by_dots(binding));
    }
    out_ += ", \"ids\": [";
    for (bool is_first = true; definition < file_.end && definitions_[definition].unit == unit;
         ++definition) {
      out_ += is_first ? "" : ", ";
      is_first = false;
      base::append_json_string(out_,
                               canonical_id(source_.path, definitions_[definition].export_name));
    }
    out_ += "]}";
  }

  const BuildInput& input_;
  const std::vector<TemplateUnit>& units_;
  const std::vector<BuildDefinition>& definitions_;
  const FileRange& file_;
  const SourceInput& source_;
  std::string out_;
};

}  // namespace

std::string positions_member(const BuildInput& input,
                             const std::vector<TemplateUnit>& units,
                             const std::vector<BuildDefinition>& definitions,
                             const FileRange& file) {
  return PositionsWriter(input, units, definitions, file).write();
}

artifact::ListingFrame positions_frame() {
  return {"{\n  \"version\": " + std::to_string(k_positions_version) + ",\n  \"files\": {",
          "\n",
          "}\n}\n"};
}

}  // namespace builder
