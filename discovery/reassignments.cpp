#include "discovery/reassignments.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "discovery/constant_facts.h"
#include "discovery/scopes.h"
#include "discovery/syntax_names.h"

namespace discovery {

namespace {

using Path = std::vector<std::string>;

/// How many aliases a written name is followed through.
constexpr std::size_t k_most_aliases = 10;

struct Write {
  Path path;
  base::Span scope;
  /// The new value; empty where there is none to see.
  base::Span value;
  /// The statement, if it stands at module level: its value is as good as that of a declaration.
  NodeId statement = k_no_node;
};

bool begins_with(const Path& path, const Path& start) {
  return path.size() >= start.size() && std::equal(start.begin(), start.end(), path.begin());
}

bool holds(base::Span outer, base::Span inner) {
  return outer.begin <= inner.begin && inner.end <= outer.end;
}

bool is_pattern(SyntaxKind kind) {
  return kind == SyntaxKind::array || kind == SyntaxKind::object || kind == SyntaxKind::pair ||
         kind == SyntaxKind::array_pattern || kind == SyntaxKind::object_pattern ||
         kind == SyntaxKind::pair_pattern || kind == SyntaxKind::default_pattern ||
         kind == SyntaxKind::rest_pattern;
}

/// What a value is that stands for "nothing yet".
bool is_nothing(std::string_view value) {
  return value == "null" || value == "undefined" || value == "void 0";
}

/// Methods of arrays that change them.
bool is_mutator(std::string_view name) {
  constexpr std::array<std::string_view, 9> k_mutators = {
      "copyWithin", "fill", "pop", "push", "reverse", "shift", "sort", "splice", "unshift"};
  return std::find(k_mutators.begin(), k_mutators.end(), name) != k_mutators.end();
}

class WriteReader {
 public:
  explicit WriteReader(const SyntaxTree& tree) : tree_(tree), scopes_(tree) {}

  std::optional<Write> read(std::uint32_t place) {
    NodeId at = tree_.node_at(place);
    const SyntaxKind kind = tree_[at].kind;
    if (tree_[at].span.begin != place ||
        (kind != SyntaxKind::identifier && kind != SyntaxKind::shorthand_pattern)) {
      return std::nullopt;
    }
    Write write;
    write.path = {std::string(tree_.text(at))};
    const auto declaration = scopes_.find(write.path.front(), at);
    write.scope = declaration ? declaration->scope : base::Span{};
    at = climb_members(at, write.path);
    return take_write(at, write) ? std::optional(std::move(write)) : std::nullopt;
  }

  /// The same of the name at `name`, where declarations are no writes and calls of mutators are.
  std::optional<WrittenPath> read_written(NodeId name) {
    WrittenPath written;
    Write write;
    write.path = {std::string(tree_.text(name))};
    const NodeId at = climb_members(name, write.path);
    const NodeId parent = tree_[at].parent;
    if (parent == k_no_node || tree_[parent].kind == SyntaxKind::variable_declarator) {
      return std::nullopt;
    }
    const bool is_mutated = tree_[parent].kind == SyntaxKind::call &&
                            tree_[at].field == SyntaxField::function && write.path.size() > 1 &&
                            is_mutator(write.path.back());
    if (is_mutated) {
      write.path.pop_back();
    } else if (!take_write(at, write)) {
      return std::nullopt;
    }
    const auto declaration = scopes_.find(write.path.front(), name);
    written.scope = declaration ? declaration->scope : base::Span{};
    written.path = std::move(write.path);
    written.name = name;
    if (write.statement != k_no_node && tree_[parent].kind == SyntaxKind::assignment) {
      written.value = tree_.child(parent, SyntaxField::right);
    }
    return written;
  }

 private:
  /// The whole expression that begins with a name. `path` follows as far as it can be known.
  NodeId climb_members(NodeId at, Path& path) {
    bool is_known = true;
    at = wrapped(tree_, at);
    for (std::size_t level = 0; level < k_most_levels; ++level) {
      const NodeId parent = tree_[at].parent;
      const SyntaxKind kind = tree_[parent].kind;
      if ((kind != SyntaxKind::member && kind != SyntaxKind::subscript) ||
          tree_[at].field != SyntaxField::object) {
        break;
      }
      const NodeId key = tree_.child(
          parent, kind == SyntaxKind::member ? SyntaxField::property : SyntaxField::index);
      auto name =
          kind == SyntaxKind::member || key == k_no_node || tree_[key].kind == SyntaxKind::string
              ? property_key(tree_, key)
              : std::nullopt;
      is_known = is_known && name;
      if (is_known) {
        path.push_back(*std::move(name));
      }
      at = wrapped(tree_, parent);
    }
    return at;
  }

  bool take_write(NodeId at, Write& write) const {
    const NodeId parent = tree_[at].parent;
    if (parent == k_no_node) {
      return false;
    }
    const SyntaxField field = tree_[at].field;
    switch (tree_[parent].kind) {
      case SyntaxKind::update:
        return field != SyntaxField::right;
      case SyntaxKind::unary:
        return tree_.has_token(parent, "delete");
      case SyntaxKind::assignment:
        return field == SyntaxField::left && take_value(parent, SyntaxField::right, write);
      case SyntaxKind::variable_declarator: {
        const NodeId value = tree_.child(parent, SyntaxField::value);
        return field == SyntaxField::name && value != k_no_node && !is_nothing(tree_.text(value)) &&
               take_value(parent, SyntaxField::value, write);
      }
      case SyntaxKind::arguments:
        return tree_.first_named_child(parent) == at && is_writer(tree_[parent].parent);
      default:
        return is_in_assigned_pattern(at);
    }
  }

  bool take_value(NodeId owner, SyntaxField field, Write& write) const {
    const NodeId value = tree_.child(owner, field);
    if (value != k_no_node) {
      write.value = tree_[value].span;
    }
    const NodeId statement = tree_[owner].parent;
    if (tree_[statement].kind == SyntaxKind::expression_statement &&
        tree_[statement].parent == tree_.root()) {
      write.statement = statement;
    }
    return true;
  }

  bool is_writer(NodeId call) const {
    const NodeId callee = tree_.child(call, SyntaxField::function);
    return tree_[call].kind == SyntaxKind::call && callee != k_no_node &&
           ends_with_writer(tree_.text(callee));
  }

  /// `[A.b] = x`, `({ c: A.b } = x)`, `for ([A.b] of x)`: not a declaration.
  bool is_in_assigned_pattern(NodeId at) const {
    for (std::size_t level = 0; level < k_most_levels && is_pattern(tree_[tree_[at].parent].kind);
         ++level) {
      // The default of a part is no target, nor is a key.
      if (tree_[at].field == SyntaxField::right || tree_[at].field == SyntaxField::key) {
        return false;
      }
      at = wrapped(tree_, tree_[at].parent);
    }
    const NodeId parent = tree_[at].parent;
    const SyntaxKind kind = tree_[parent].kind;
    if (tree_[at].field != SyntaxField::left) {
      return false;
    }
    const bool declares = tree_.has_token(parent, "const") || tree_.has_token(parent, "let") ||
                          tree_.has_token(parent, "var");
    return kind == SyntaxKind::assignment || (kind == SyntaxKind::for_statement && !declares);
  }

  const SyntaxTree& tree_;
  Scopes scopes_;
};

/// The constants that the write itself makes.
std::vector<ConstantFact> made_by(const SyntaxTree& tree, const Write& write) {
  SourceFacts made;
  if (write.statement != k_no_node) {
    read_local_constant(tree, write.statement, made);
  }
  return std::move(made.constants);
}

/// Whether the declaration of the constant is the write.
bool is_declared_by(const ConstantFact& constant, const Write& write) {
  return write.path.size() == 1 && write.value != base::Span{} && write.statement == k_no_node &&
         constant.scope == write.scope;
}

void apply(const SyntaxTree& tree, const Write& write, SourceFacts& facts) {
  std::vector<ConstantFact> made = made_by(tree, write);
  const auto is_overwritten = [&](const ConstantFact& constant) {
    return constant.scope == write.scope && begins_with(constant.path, write.path) &&
           !is_declared_by(constant, write) &&
           std::find(made.begin(), made.end(), constant) == made.end();
  };
  bool has_other = std::any_of(facts.constants.begin(), facts.constants.end(), is_overwritten);
  for (TemplateSite& site : facts.templates) {
    if (site.scope == write.scope && begins_with(site.binding, write.path) &&
        !holds(write.value, site.site)) {
      site.is_reassigned = true;
      has_other = true;
    }
  }
  if (has_other) {
    // Neither the old values nor the new one are what the name stands for everywhere.
    made.clear();
    facts.constants.erase(
        std::remove_if(facts.constants.begin(), facts.constants.end(), is_overwritten),
        facts.constants.end());
  }
}

/// What is written through another name of an object is written to the object.
std::vector<Write> with_aliases(Write write, const SourceFacts& facts) {
  std::vector<Write> writes{std::move(write)};
  for (std::size_t i = 0; i < writes.size() && i < k_most_aliases; ++i) {
    const Write current = writes[i];
    for (const ConstantFact& constant : facts.constants) {
      if (constant.kind != ConstantFact::Kind::alias || constant.scope != current.scope ||
          constant.path.size() >= current.path.size() ||
          !begins_with(current.path, constant.path)) {
        continue;
      }
      Write other = current;
      other.path = constant.target.names;
      other.path.insert(other.path.end(),
                        current.path.begin() + static_cast<std::ptrdiff_t>(constant.path.size()),
                        current.path.end());
      other.scope = constant.target.scope;
      other.statement = k_no_node;
      writes.push_back(std::move(other));
    }
  }
  return writes;
}

/// A member that two declarations give, with different values.
void drop_repeated(std::vector<ConstantFact>& constants) {
  std::vector<const ConstantFact*> sorted;
  for (const ConstantFact& constant : constants) {
    if (constant.path.size() > 1) {
      sorted.push_back(&constant);
    }
  }
  const auto key = [](const ConstantFact* fact) { return std::tie(fact->scope, fact->path); };
  std::sort(sorted.begin(), sorted.end(), [&](const ConstantFact* a, const ConstantFact* b) {
    return key(a) < key(b);
  });
  std::vector<std::pair<base::Span, Path>> repeated;
  for (std::size_t i = 1; i < sorted.size(); ++i) {
    if (key(sorted[i - 1]) == key(sorted[i]) && *sorted[i - 1] != *sorted[i]) {
      repeated.emplace_back(sorted[i]->scope, sorted[i]->path);
    }
  }
  if (repeated.empty()) {
    return;
  }
  constants.erase(std::remove_if(constants.begin(),
                                 constants.end(),
                                 [&](const ConstantFact& fact) {
                                   return std::binary_search(repeated.begin(),
                                                             repeated.end(),
                                                             std::pair(fact.scope, fact.path));
                                 }),
                  constants.end());
}

}  // namespace

bool shows_writes(const SyntaxTree& tree, const std::vector<std::uint32_t>& places) {
  return std::all_of(places.begin(), places.end(), [&](std::uint32_t place) {
    switch (tree[tree.node_at(place)].kind) {
      case SyntaxKind::identifier:
      case SyntaxKind::property_name:
      case SyntaxKind::shorthand_property:
      case SyntaxKind::shorthand_pattern:
      case SyntaxKind::string:
      case SyntaxKind::comment:
      case SyntaxKind::regex:
      case SyntaxKind::jsx_text:
        return true;
      default:
        return false;
    }
  });
}

std::vector<WrittenPath> written_paths(const SyntaxTree& tree) {
  WriteReader reader(tree);
  std::vector<WrittenPath> paths;
  for (std::uint32_t i = 0; i < tree.size(); ++i) {
    const SyntaxKind kind = tree[NodeId{i}].kind;
    if (kind == SyntaxKind::identifier || kind == SyntaxKind::shorthand_pattern) {
      if (auto written = reader.read_written(NodeId{i})) {
        paths.push_back(*std::move(written));
      }
    }
  }
  return paths;
}

void drop_reassigned(const SyntaxTree& tree,
                     const std::vector<std::uint32_t>& places,
                     SourceFacts& facts) {
  WriteReader reader(tree);
  for (const std::uint32_t place : places) {
    if (std::optional<Write> write = reader.read(place)) {
      for (const Write& one : with_aliases(*std::move(write), facts)) {
        apply(tree, one, facts);
      }
    }
  }
  drop_repeated(facts.constants);
}

}  // namespace discovery
