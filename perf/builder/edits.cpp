#include "perf/builder/edits.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace perf {
namespace {

using builder::CompiledDefinition;
using Form = EditTarget::Form;
using Users = std::unordered_map<std::string_view, std::vector<std::string_view>>;

constexpr std::string_view k_composer = "composer";

bool has_prebuild(const CompiledDefinition& definition, std::string_view part) {
  return definition.element && definition.element->prebuild.find(part) != std::string::npos;
}

/// How the definition can be edited, if at all: a subscription takes one field at its root, and
/// what has no name cannot be found in a text.
std::optional<EditTarget> target_of(const std::string& path, const CompiledDefinition& definition) {
  if (!definition.element || has_prebuild(definition, R"("operationType":"subscription")")) {
    return std::nullopt;
  }
  const artifact::ElementType type = definition.element->type;
  const std::string export_name = definition.id.substr(definition.id.find("::") + 2);
  if (definition.element->dialect != k_composer) {
    const Form form = definition.is_fragment ? Form::tag_fragment : Form::tag_operation;
    return definition.name.empty() ? std::nullopt
                                   : std::optional(EditTarget{path, form, definition.name, 0});
  }
  if (type == artifact::ElementType::operation) {
    return EditTarget{path, Form::composer_operation, definition.name, 0};
  }
  if (type == artifact::ElementType::model) {
    return EditTarget{path, Form::composer_model, export_name, 0};
  }
  return std::nullopt;
}

std::size_t count_users(const Users& users, std::string_view definition) {
  std::set<std::string_view> seen;
  std::vector<std::string_view> queue = {definition};
  for (std::size_t next = 0; next < queue.size(); ++next) {
    const auto found = users.find(queue[next]);
    if (found == users.end()) {
      continue;
    }
    for (const std::string_view user : found->second) {
      if (seen.insert(user).second) {
        queue.push_back(user);
      }
    }
  }
  return seen.size();
}

std::size_t distance(std::size_t users) {
  constexpr std::size_t k_wanted = EditTargets::k_wanted_users;
  return users > k_wanted ? users - k_wanted : k_wanted - users;
}

struct Candidate {
  std::string_view id;
  EditTarget target;
  bool uses_others = false;
};

std::vector<EditTarget> choose_leaves(const std::vector<Candidate>& candidates,
                                      const EditProbe& can_edit) {
  const auto is_wanted = [&](const Candidate& candidate, bool must_use_others) {
    return candidate.target.users == 0 && candidate.target.form != Form::composer_model &&
           candidate.target.form != Form::tag_fragment &&
           (candidate.uses_others || !must_use_others);
  };
  const bool must_use_others =
      std::any_of(candidates.begin(), candidates.end(), [&](const Candidate& candidate) {
        return is_wanted(candidate, true);
      });
  std::vector<EditTarget> all;
  for (const Candidate& candidate : candidates) {
    const bool is_new_file = all.empty() || all.back().path != candidate.target.path;
    if (is_wanted(candidate, must_use_others) && is_new_file) {
      all.push_back(candidate.target);
    }
  }
  const std::size_t count = std::min(all.size(), EditTargets::k_max_leaves);
  std::vector<EditTarget> leaves;
  for (std::size_t i = 0; i < count; ++i) {
    const EditTarget& leaf = all[i * all.size() / count];
    if (can_edit(leaf)) {
      leaves.push_back(leaf);
    }
  }
  return leaves;
}

std::optional<EditTarget> choose_shared(const std::vector<Candidate>& candidates,
                                        const EditProbe& can_edit) {
  std::vector<const Candidate*> used;
  for (const Candidate& candidate : candidates) {
    if (candidate.target.users > 0) {
      used.push_back(&candidate);
    }
  }
  std::sort(used.begin(), used.end(), [](const Candidate* left, const Candidate* right) {
    return std::pair(distance(left->target.users), left->id) <
           std::pair(distance(right->target.users), right->id);
  });
  const auto found = std::find_if(
      used.begin(), used.end(), [&](const Candidate* one) { return can_edit(one->target); });
  return found == used.end() ? std::nullopt : std::optional((*found)->target);
}

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Behind the name in `keyword name`, whatever white space is between them.
std::size_t find_after_name(std::string_view text,
                            std::string_view keyword,
                            std::string_view name) {
  for (std::size_t at = text.find(keyword); at != std::string_view::npos;
       at = text.find(keyword, at + 1)) {
    const std::size_t begin = text.find_first_not_of(" \t\r\n", at + keyword.size());
    const bool is_it = begin != std::string_view::npos && begin > at + keyword.size() &&
                       text.substr(begin).starts_with(name);
    const std::size_t end = begin + name.size();
    if (is_it && (end >= text.size() || !is_name_character(text[end]))) {
      return end;
    }
  }
  return std::string_view::npos;
}

std::optional<std::string> insert(const std::string& text,
                                  std::size_t at,
                                  const std::string& more) {
  if (at == std::string::npos || at > text.size()) {
    return std::nullopt;
  }
  return std::string(text).insert(at, more);
}

/// Behind the next `mark` from `from` on; npos where there is none.
std::size_t find_behind(std::string_view text, std::string_view mark, std::size_t from) {
  const std::size_t at = from == std::string_view::npos ? from : text.find(mark, from);
  return at == std::string_view::npos ? at : at + mark.size();
}

std::size_t find_selection(std::string_view text, const EditTarget& target) {
  if (target.form == Form::tag_fragment) {
    return find_behind(text, "{", find_after_name(text, "fragment", target.name));
  }
  for (const std::string_view keyword : {"query", "mutation"}) {
    const std::size_t name = find_after_name(text, keyword, target.name);
    if (name != std::string_view::npos) {
      // A default value in braces would stand in parentheses.
      const std::size_t variables = text.find_first_not_of(" \t\r\n", name);
      const bool has_variables = variables != std::string_view::npos && text[variables] == '(';
      return find_behind(text, "{", has_variables ? text.find(')', variables) : name);
    }
  }
  return std::string_view::npos;
}

}  // namespace

EditTargets choose_targets(const builder::CompiledProject& project, const EditProbe& can_edit) {
  Users users;
  std::vector<Candidate> candidates;
  for (const auto& [path, file] : project.files()) {
    for (const CompiledDefinition& definition : file.definitions) {
      for (const std::string& used : definition.uses) {
        users[used].push_back(definition.id);
      }
      if (std::optional<EditTarget> target = target_of(path.text(), definition)) {
        candidates.push_back({definition.id, *std::move(target), !definition.uses.empty()});
      }
    }
  }
  for (Candidate& candidate : candidates) {
    candidate.target.users = count_users(users, candidate.id);
  }
  return {choose_leaves(candidates, can_edit), choose_shared(candidates, can_edit)};
}

std::optional<std::string> edit_definition(const std::string& source,
                                           const EditTarget& target,
                                           unsigned number) {
  const std::string digits = std::to_string(number);
  switch (target.form) {
    case Form::tag_operation:
    case Form::tag_fragment:
      return insert(source, find_selection(source, target), " alias" + digits + ": __typename");
    case Form::composer_operation:
      return insert(
          source, find_behind(source, "operationName: \"" + target.name, 0), "Edit" + digits);
    case Form::composer_model:
      return insert(source,
                    find_behind(source, "=> [", find_after_name(source, "const", target.name)),
                    "f.__typename(null, { alias: \"alias" + digits + "\" }), ");
  }
  return std::nullopt;
}

std::string add_comment(const std::string& source, const std::string& path, unsigned number) {
  const std::size_t extension = path.rfind('.');
  const bool is_graphql =
      extension != std::string::npos && std::string_view(path).substr(extension).starts_with(".g");
  return (is_graphql ? "# edit " : "// edit ") + std::to_string(number) + "\n" + source;
}

std::optional<std::string> edit_schema(const std::string& source, unsigned number) {
  const std::string text = "Edit " + std::to_string(number) + ".";
  const std::size_t description = find_behind(source, "\"\"\"", 0);
  if (description != std::string::npos) {
    return insert(source, description, text + " ");
  }
  const std::size_t type = source.starts_with("type ") ? 0 : find_behind(source, "\ntype ", 0);
  if (type == std::string::npos) {
    return std::nullopt;
  }
  constexpr std::size_t k_keyword_bytes = 5;
  return insert(source, type == 0 ? 0 : type - k_keyword_bytes, "\"\"\"" + text + "\"\"\"\n");
}

}  // namespace perf
