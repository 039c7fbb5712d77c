#include "session/config/parse.h"

#include <string>

#include "base/utf8.h"

namespace session::config {

std::optional<Node> parse(std::string_view text, Syntax syntax, Problems& problems) {
  const std::size_t invalid = base::find_invalid_utf8(text);
  if (invalid < text.size()) {
    const auto begin = static_cast<std::uint32_t>(invalid);
    problems.add_error({begin, begin + 1}, k_syntax_code, "This byte is not valid UTF-8.");
    return std::nullopt;
  }
  if (syntax != Syntax::json_or_yaml) {
    return syntax == Syntax::json ? parse_json(text, problems) : parse_yaml(text, problems);
  }
  const std::size_t first = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (first == std::string_view::npos || (text[first] != '{' && text[first] != '/')) {
    return parse_yaml(text, problems);
  }
  // `{schema: a.graphql}` is YAML and no JSON; where it is neither, JSON was probably meant.
  Problems json_problems(problems.path(), text);
  if (std::optional<Node> root = parse_json(text, json_problems)) {
    return root;
  }
  Problems yaml_problems(problems.path(), text);
  if (std::optional<Node> root = parse_yaml(text, yaml_problems)) {
    return root;
  }
  return parse_json(text, problems);
}

}  // namespace session::config
