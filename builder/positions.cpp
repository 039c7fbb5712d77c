#include "builder/positions.h"

#include "base/json_text.h"
#include "base/utf8.h"

namespace builder {
namespace {

constexpr int k_positions_version = 1;

/// Byte offsets of one text as UTF-16 offsets. Asked in any order; cheap when they ascend.
class Utf16Offsets {
 public:
  explicit Utf16Offsets(std::string_view text) : text_(text) {}

  std::size_t at(std::uint32_t offset) {
    if (offset < bytes_) {
      bytes_ = 0;
      units_ = 0;
    }
    units_ += base::utf16_length(text_.substr(bytes_, offset - bytes_));
    bytes_ = offset;
    return units_;
  }

 private:
  std::string_view text_;
  std::size_t bytes_ = 0;
  std::size_t units_ = 0;
};

class PositionsWriter {
 public:
  PositionsWriter(const BuildInput& input,
                  const std::vector<TemplateUnit>& units,
                  const std::vector<BuildDefinition>& definitions)
      : input_(input), units_(units), definitions_(definitions) {}

  std::string write() {
    out_ = "{\n  \"version\": " + std::to_string(k_positions_version) + ",\n  \"files\": {";
    bool is_first = true;
    for (std::size_t unit = 0, definition = 0; unit < units_.size();) {
      out_ += is_first ? "\n" : ",\n";
      is_first = false;
      write_file(unit, definition);
    }
    out_ += is_first ? "}\n}\n" : "\n  }\n}\n";
    return std::move(out_);
  }

 private:
  // Writes the file of units_[unit] and moves both indices behind it.
  void write_file(std::size_t& unit, std::size_t& definition) {
    const std::uint32_t source = units_[unit].source;
    const SourceInput& file = input_.sources[source];
    Utf16Offsets offsets(file.text);
    out_ += "    ";
    base::append_json_string(out_, file.path.text());
    out_ += ": {\"fingerprint\": \"" + base::to_hex(file.fingerprint) + "\", \"templates\": [";
    for (bool is_first = true; unit < units_.size() && units_[unit].source == source; ++unit) {
      out_ += is_first ? "\n      " : ",\n      ";
      is_first = false;
      write_template(unit, definition, offsets);
    }
    out_ += "\n    ]}";
  }

  void write_template(std::size_t unit, std::size_t& definition, Utf16Offsets& offsets) {
    const SourceInput& file = input_.sources[units_[unit].source];
    const discovery::TemplateSite& site = file.facts->templates[units_[unit].site];
    out_ += "{\"start\": " + std::to_string(offsets.at(site.site.begin)) +
            ", \"end\": " + std::to_string(offsets.at(site.site.end)) + ", \"name\": ";
    if (site.binding.empty()) {
      out_ += "null";
    } else {
      base::append_json_string(out_, joined_by_dots(site.binding));
    }
    out_ += ", \"ids\": [";
    for (bool is_first = true;
         definition < definitions_.size() && definitions_[definition].unit == unit;
         ++definition) {
      out_ += is_first ? "" : ", ";
      is_first = false;
      base::append_json_string(out_, canonical_id(file.path, definitions_[definition].export_name));
    }
    out_ += "]}";
  }

  const BuildInput& input_;
  const std::vector<TemplateUnit>& units_;
  const std::vector<BuildDefinition>& definitions_;
  std::string out_;
};

}  // namespace

std::string write_positions(const BuildInput& input,
                            const std::vector<TemplateUnit>& units,
                            const std::vector<BuildDefinition>& definitions) {
  return PositionsWriter(input, units, definitions).write();
}

}  // namespace builder
