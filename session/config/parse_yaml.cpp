#include <algorithm>
#include <exception>
#include <string>

#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/yaml.h>

#include "base/utf8.h"
#include "session/config/parse.h"

namespace session::config {
namespace {

/// Turns yaml-cpp's tree into ours.
class YamlConverter {
 public:
  YamlConverter(std::string_view text, Problems& problems) : text_(text), problems_(problems) {
    if (text.starts_with(base::k_byte_order_mark)) {
      // yaml-cpp counts from behind the mark.
      shift_ = base::k_byte_order_mark.size();
    }
  }

  std::size_t offset_of(const YAML::Mark& mark) const {
    const std::size_t offset = mark.pos < 0 ? 0 : static_cast<std::size_t>(mark.pos) + shift_;
    return std::min(offset, text_.size());
  }

  /// Bounded by k_max_depth, for an alias may stand inside what it names.
  // NOLINTNEXTLINE(misc-no-recursion)
  bool convert(const YAML::Node& from, Node& node, int depth) {
    node.span = span_of(from);
    if (depth > k_max_depth || ++count_ > k_max_nodes) {
      problems_.add_error(
          node.span, k_syntax_code, "Values are nested too deeply or repeated too often.");
      return false;
    }
    switch (from.Type()) {
      case YAML::NodeType::Undefined:
      case YAML::NodeType::Null:
        return true;
      case YAML::NodeType::Scalar:
        convert_scalar(from, node);
        return true;
      case YAML::NodeType::Sequence:
        node.kind = NodeKind::array;
        for (const YAML::Node& item : from) {
          if (!convert(item, node.items.emplace_back(), depth + 1)) {
            return false;
          }
        }
        return true;
      case YAML::NodeType::Map:
        return convert_map(from, node, depth);
    }
    return true;
  }

 private:
  // NOLINTNEXTLINE(misc-no-recursion): bounded by convert().
  bool convert_map(const YAML::Node& from, Node& node, int depth) {
    node.kind = NodeKind::object;
    for (const auto& entry : from) {
      if (!entry.first.IsScalar()) {
        problems_.add_error(span_of(entry.first), k_syntax_code, "A key must be a string.");
        return false;
      }
      Member member;
      member.key = entry.first.Scalar();
      member.key_span = span_of(entry.first);
      if (const Member* other = node.find_member(member.key)) {
        problems_.add_error(
            member.key_span, k_syntax_code, "The key \"" + member.key + "\" is given twice.");
        problems_.relate_to_last(other->key_span, "first given here");
        return false;
      }
      if (!convert(entry.second, member.value, depth + 1)) {
        return false;
      }
      node.members.push_back(std::move(member));
    }
    return true;
  }

  static void convert_scalar(const YAML::Node& from, Node& node) {
    node.text = from.Scalar();
    node.kind = NodeKind::string;
    // The tag of a plain scalar is "?", that of a quoted one "!".
    if (from.Tag() == "!") {
      return;
    }
    if (node.text == "true" || node.text == "false") {
      node.kind = NodeKind::boolean;
      node.boolean = node.text == "true";
    } else if (!node.text.empty() && std::all_of(node.text.begin(), node.text.end(), [](char c) {
                 return c >= '0' && c <= '9';
               })) {
      node.kind = NodeKind::number;
    }
  }

  /// yaml-cpp knows only where a value begins. Of a scalar the end is found where the text stands
  /// as it is; everything else is marked by its first character.
  base::Span span_of(const YAML::Node& node) const {
    const std::size_t begin = offset_of(node.Mark());
    std::size_t end = std::min(begin + 1, text_.size());
    if (node.IsScalar()) {
      const std::string& value = node.Scalar();
      const bool is_quoted = begin < text_.size() && (text_[begin] == '"' || text_[begin] == '\'');
      const std::size_t inner = begin + (is_quoted ? 1 : 0);
      if (text_.substr(std::min(inner, text_.size())).starts_with(value)) {
        end = std::min(inner + value.size() + (is_quoted ? 1 : 0), text_.size());
      }
    }
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }

  std::string_view text_;
  Problems& problems_;
  std::size_t shift_ = 0;
  int count_ = 0;
};

}  // namespace

std::optional<Node> parse_yaml(std::string_view text, Problems& problems) {
  YamlConverter converter(text, problems);
  Node root;
  try {
    const YAML::Node loaded = YAML::Load(std::string(text));
    if (!converter.convert(loaded, root, 0)) {
      return std::nullopt;
    }
  } catch (const YAML::DeepRecursion&) {
    problems.add_general_error(k_syntax_code, "Values are nested too deeply.");
    return std::nullopt;
  } catch (const YAML::Exception& error) {
    const auto begin = static_cast<std::uint32_t>(converter.offset_of(error.mark));
    const auto end = std::min<std::uint32_t>(begin + 1, static_cast<std::uint32_t>(text.size()));
    problems.add_error({begin, end}, k_syntax_code, "This is not valid YAML: " + error.msg + ".");
    return std::nullopt;
  } catch (const std::exception& error) {
    problems.add_general_error(k_syntax_code,
                               std::string("This is not valid YAML: ") + error.what() + ".");
    return std::nullopt;
  }
  return root;
}

}  // namespace session::config
