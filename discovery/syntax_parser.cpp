#include "discovery/syntax_parser.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

#include <tree_sitter/api.h>

#include "base/check.h"
#include "discovery/site_binding.h"
#include "discovery/syntax_names.h"

extern "C" {
const TSLanguage* tree_sitter_typescript();
const TSLanguage* tree_sitter_tsx();
}

namespace discovery {

namespace {

struct KindName {
  const char* name;
  SyntaxKind kind;
};

/// The grammar's names of named nodes. What is not here is `other`.
constexpr KindName k_kind_names[] = {
    {"comment", SyntaxKind::comment},
    {"html_comment", SyntaxKind::comment},
    {"program", SyntaxKind::program},
    {"import_statement", SyntaxKind::import_statement},
    {"import_clause", SyntaxKind::import_clause},
    {"named_imports", SyntaxKind::named_imports},
    {"import_specifier", SyntaxKind::import_specifier},
    {"namespace_import", SyntaxKind::namespace_import},
    {"import_require_clause", SyntaxKind::import_require_clause},
    {"import_alias", SyntaxKind::import_alias},
    {"export_statement", SyntaxKind::export_statement},
    {"export_clause", SyntaxKind::export_clause},
    {"export_specifier", SyntaxKind::export_specifier},
    {"namespace_export", SyntaxKind::namespace_export},
    {"lexical_declaration", SyntaxKind::lexical_declaration},
    {"variable_declaration", SyntaxKind::variable_declaration},
    {"variable_declarator", SyntaxKind::variable_declarator},
    {"ambient_declaration", SyntaxKind::ambient_declaration},
    {"function_declaration", SyntaxKind::function_declaration},
    {"generator_function_declaration", SyntaxKind::function_declaration},
    {"function_signature", SyntaxKind::function_declaration},
    {"interface_declaration", SyntaxKind::type_declaration},
    {"type_alias_declaration", SyntaxKind::type_declaration},
    {"class_declaration", SyntaxKind::class_declaration},
    {"abstract_class_declaration", SyntaxKind::class_declaration},
    {"enum_declaration", SyntaxKind::enum_declaration},
    {"internal_module", SyntaxKind::namespace_declaration},
    {"module", SyntaxKind::module_declaration},
    {"enum_body", SyntaxKind::enum_body},
    {"enum_assignment", SyntaxKind::enum_assignment},
    {"class", SyntaxKind::class_expression},
    {"class_body", SyntaxKind::class_body},
    {"public_field_definition", SyntaxKind::class_field},
    {"class_static_block", SyntaxKind::class_static_block},
    {"statement_block", SyntaxKind::statement_block},
    {"switch_case", SyntaxKind::switch_case},
    {"switch_default", SyntaxKind::switch_case},
    {"switch_body", SyntaxKind::switch_body},
    {"for_statement", SyntaxKind::for_statement},
    {"for_in_statement", SyntaxKind::for_statement},
    {"arrow_function", SyntaxKind::function_expression},
    {"function_expression", SyntaxKind::function_expression},
    {"generator_function", SyntaxKind::function_expression},
    {"method_definition", SyntaxKind::method},
    {"catch_clause", SyntaxKind::catch_clause},
    {"formal_parameters", SyntaxKind::formal_parameters},
    {"required_parameter", SyntaxKind::parameter},
    {"optional_parameter", SyntaxKind::parameter},
    {"expression_statement", SyntaxKind::expression_statement},
    {"assignment_expression", SyntaxKind::assignment},
    {"augmented_assignment_expression", SyntaxKind::update},
    {"update_expression", SyntaxKind::update},
    {"call_expression", SyntaxKind::call},
    {"arguments", SyntaxKind::arguments},
    {"member_expression", SyntaxKind::member},
    {"subscript_expression", SyntaxKind::subscript},
    {"identifier", SyntaxKind::identifier},
    {"type_identifier", SyntaxKind::identifier},
    {"nested_identifier", SyntaxKind::member},
    {"property_identifier", SyntaxKind::property_name},
    {"private_property_identifier", SyntaxKind::property_name},
    {"shorthand_property_identifier", SyntaxKind::shorthand_property},
    {"string", SyntaxKind::string},
    {"array", SyntaxKind::array},
    {"object", SyntaxKind::object},
    {"pair", SyntaxKind::pair},
    {"object_pattern", SyntaxKind::object_pattern},
    {"array_pattern", SyntaxKind::array_pattern},
    {"pair_pattern", SyntaxKind::pair_pattern},
    {"shorthand_property_identifier_pattern", SyntaxKind::shorthand_pattern},
    {"object_assignment_pattern", SyntaxKind::default_pattern},
    {"assignment_pattern", SyntaxKind::default_pattern},
    {"rest_pattern", SyntaxKind::rest_pattern},
    {"as_expression", SyntaxKind::cast},
    {"satisfies_expression", SyntaxKind::cast},
    {"non_null_expression", SyntaxKind::cast},
    {"type_assertion", SyntaxKind::type_assertion},
    {"parenthesized_expression", SyntaxKind::parenthesized},
    {"template_string", SyntaxKind::template_string},
    {"template_literal_type", SyntaxKind::template_type},
    {"template_substitution", SyntaxKind::substitution},
    {"template_type", SyntaxKind::substitution},
    {"jsx_opening_element", SyntaxKind::jsx_tag},
    {"jsx_closing_element", SyntaxKind::jsx_tag},
    {"jsx_self_closing_element", SyntaxKind::jsx_tag},
    {"jsx_text", SyntaxKind::jsx_text},
    {"regex", SyntaxKind::regex},
    {"number", SyntaxKind::number},
    {"ternary_expression", SyntaxKind::conditional},
    {"unary_expression", SyntaxKind::unary},
    {"binary_expression", SyntaxKind::binary},
    {"spread_element", SyntaxKind::spread},
    {"computed_property_name", SyntaxKind::computed_key},
    {"return_statement", SyntaxKind::return_statement},
};

struct FieldName {
  const char* name;
  SyntaxField field;
};

constexpr FieldName k_field_names[] = {
    {"name", SyntaxField::name},
    {"alias", SyntaxField::alias},
    {"source", SyntaxField::source},
    {"value", SyntaxField::value},
    {"key", SyntaxField::key},
    {"left", SyntaxField::left},
    {"right", SyntaxField::right},
    {"function", SyntaxField::function},
    {"arguments", SyntaxField::arguments},
    {"object", SyntaxField::object},
    {"property", SyntaxField::property},
    {"index", SyntaxField::index},
    {"body", SyntaxField::body},
    {"declaration", SyntaxField::declaration},
    {"parameter", SyntaxField::parameter},
    {"pattern", SyntaxField::pattern},
    {"condition", SyntaxField::condition},
    {"consequence", SyntaxField::consequence},
    {"alternative", SyntaxField::alternative},
    {"argument", SyntaxField::argument},
    {"operator", SyntaxField::op},
};

/// Parts of a type that is_longer_cast() looks at, for each part of a chain of members: no chain
/// may cost the square of its length.
constexpr unsigned k_longest_cast = 8;

/// Our kinds and fields by the numbers of one grammar.
struct Vocabulary {
  const TSLanguage* grammar = nullptr;
  std::vector<SyntaxKind> kinds;
  /// `x as T` and `x satisfies T`.
  std::vector<bool> end_with_type;
  /// `a<T>` without a call.
  TSSymbol instantiation = 0;
  std::vector<SyntaxField> fields;
};

Vocabulary make_vocabulary(const TSLanguage* grammar) {
  Vocabulary vocabulary;
  vocabulary.grammar = grammar;
  vocabulary.kinds.resize(ts_language_symbol_count(grammar), SyntaxKind::other);
  vocabulary.end_with_type.resize(vocabulary.kinds.size());
  for (std::size_t symbol = 0; symbol < vocabulary.kinds.size(); ++symbol) {
    const auto id = static_cast<TSSymbol>(symbol);
    if (ts_language_symbol_type(grammar, id) != TSSymbolTypeRegular) {
      vocabulary.kinds[symbol] = SyntaxKind::token;
      continue;
    }
    const std::string_view name = ts_language_symbol_name(grammar, id);
    for (const KindName& entry : k_kind_names) {
      if (entry.name == name) {
        vocabulary.kinds[symbol] = entry.kind;
      }
    }
    vocabulary.end_with_type[symbol] = name == "as_expression" || name == "satisfies_expression";
  }
  constexpr std::string_view k_instantiation = "instantiation_expression";
  vocabulary.instantiation =
      ts_language_symbol_for_name(grammar, k_instantiation.data(), k_instantiation.size(), true);
  vocabulary.fields.resize(ts_language_field_count(grammar) + 1, SyntaxField::none);
  for (const FieldName& entry : k_field_names) {
    const auto length = static_cast<std::uint32_t>(std::strlen(entry.name));
    const TSFieldId id = ts_language_field_id_for_name(grammar, entry.name, length);
    vocabulary.fields[id] = entry.field;
  }
  vocabulary.fields[0] = SyntaxField::none;
  return vocabulary;
}

const Vocabulary& vocabulary_of(Language language) {
  static const Vocabulary typescript = make_vocabulary(tree_sitter_typescript());
  static const Vocabulary tsx = make_vocabulary(tree_sitter_tsx());
  return language == Language::typescript ? typescript : tsx;
}

/// Whether a node of this kind, standing at module level, can hold part of an import, an export or
/// a constant. Function bodies, arguments and types are not among them.
bool is_module_part(SyntaxKind kind) {
  switch (kind) {
    case SyntaxKind::program:
    case SyntaxKind::error:
    case SyntaxKind::import_statement:
    case SyntaxKind::import_clause:
    case SyntaxKind::named_imports:
    case SyntaxKind::import_specifier:
    case SyntaxKind::namespace_import:
    case SyntaxKind::import_require_clause:
    case SyntaxKind::import_alias:
    case SyntaxKind::export_statement:
    case SyntaxKind::export_clause:
    case SyntaxKind::export_specifier:
    case SyntaxKind::namespace_export:
    case SyntaxKind::ambient_declaration:
    case SyntaxKind::function_declaration:
    case SyntaxKind::type_declaration:
    case SyntaxKind::class_declaration:
    case SyntaxKind::class_expression:
    case SyntaxKind::class_body:
    case SyntaxKind::class_field:
    case SyntaxKind::enum_declaration:
    case SyntaxKind::enum_body:
    case SyntaxKind::enum_assignment:
    case SyntaxKind::namespace_declaration:
    case SyntaxKind::module_declaration:
    case SyntaxKind::expression_statement:
    case SyntaxKind::assignment:
    case SyntaxKind::call:
    case SyntaxKind::member:
    case SyntaxKind::object:
    case SyntaxKind::pair:
    case SyntaxKind::spread:
    case SyntaxKind::template_string:
      return true;
    default:
      return false;
  }
}

/// Whether the children of a node of this kind are wanted wherever it stands: it declares names (a
/// local hides what an interpolation of the same name would mean), or it wraps a value.
bool is_always_expanded(SyntaxKind kind) {
  switch (kind) {
    case SyntaxKind::lexical_declaration:
    case SyntaxKind::variable_declaration:
    case SyntaxKind::variable_declarator:
    case SyntaxKind::formal_parameters:
    case SyntaxKind::parameter:
    case SyntaxKind::object_pattern:
    case SyntaxKind::array_pattern:
    case SyntaxKind::pair_pattern:
    case SyntaxKind::default_pattern:
    case SyntaxKind::rest_pattern:
    case SyntaxKind::cast:
    case SyntaxKind::type_assertion:
    case SyntaxKind::parenthesized:
    case SyntaxKind::substitution:
    case SyntaxKind::ambient_declaration:
    case SyntaxKind::class_declaration:
    case SyntaxKind::enum_declaration:
    case SyntaxKind::export_statement:
    case SyntaxKind::expression_statement:
    case SyntaxKind::function_declaration:
    case SyntaxKind::import_alias:
    case SyntaxKind::namespace_declaration:
    case SyntaxKind::switch_case:
      return true;
    default:
      return false;
  }
}

/// Whether a node of this kind can be part of the value of a constant inside of a function.
bool is_value_part(SyntaxKind kind) {
  switch (kind) {
    case SyntaxKind::object:
    case SyntaxKind::pair:
    case SyntaxKind::call:
    case SyntaxKind::member:
    case SyntaxKind::class_declaration:
    case SyntaxKind::class_body:
    case SyntaxKind::class_field:
    case SyntaxKind::enum_declaration:
    case SyntaxKind::enum_body:
    case SyntaxKind::enum_assignment:
    case SyntaxKind::variable_declarator:
    case SyntaxKind::cast:
    case SyntaxKind::type_assertion:
    case SyntaxKind::parenthesized:
      return true;
    default:
      return false;
  }
}

/// Whether a value of its own begins at such a node.
bool begins_value(SyntaxKind kind) {
  return kind == SyntaxKind::variable_declarator || kind == SyntaxKind::class_declaration ||
         kind == SyntaxKind::enum_declaration;
}

/// Places in a text, and which of them lie in the nodes that are walked. Nodes come in source
/// order, so those before a node are of no further use.
class Offsets {
 public:
  void add(std::uint32_t offset) { offsets_.push_back(offset); }
  void sort() { std::sort(offsets_.begin(), offsets_.end()); }
  bool empty() const { return offsets_.empty(); }

  bool are_in(base::Span span) {
    while (next_ < offsets_.size() && offsets_[next_] < span.begin) {
      ++next_;
    }
    return next_ < offsets_.size() && offsets_[next_] < span.end;
  }

 private:
  std::vector<std::uint32_t> offsets_;
  std::size_t next_ = 0;
};

/// Copies what matters of a tree-sitter tree. Walks with a cursor and a stack of its own: the depth
/// of the tree is the input's choice.
class TreeCopier {
 public:
  TreeCopier(const ParseInput& input, const Vocabulary& vocabulary)
      : input_(input), vocabulary_(vocabulary) {
    for (const std::uint32_t place : input.places) {
      wanted_.add(place);
    }
    if (input.depth == SyntaxDepth::templates) {
      look_for_backticks();
      wanted_.sort();
    }
    if (!wanted_.empty()) {
      look_for_var();
    }
  }

  SyntaxTree copy(TSNode root) {
    SyntaxTree tree(input_.source, ts_node_has_error(root));
    TSTreeCursor cursor = ts_tree_cursor_new(root);
    for (bool is_done = false; !is_done;) {
      const NodeId id = add_current(cursor, tree);
      if (wants_children(tree, id) && ts_tree_cursor_goto_first_child(&cursor)) {
        const SyntaxKind kind = tree[id].kind;
        const bool is_module_level =
            stands_at_module_level() && (is_module_part(kind) || is_always_expanded(kind));
        const bool is_value = begins_value(kind) || (stands_in_value() && is_value_part(kind));
        levels_.push_back({id, k_no_node, is_module_level, is_value});
        continue;
      }
      while (!is_done && !ts_tree_cursor_goto_next_sibling(&cursor)) {
        is_done = levels_.empty();
        if (!is_done) {
          levels_.pop_back();
          ts_tree_cursor_goto_parent(&cursor);
        }
      }
    }
    ts_tree_cursor_delete(&cursor);
    return tree;
  }

 private:
  struct Level {
    NodeId parent;
    NodeId last_child;
    bool is_module_level;
    bool is_value;
  };

  void look_for_backticks() {
    const char* const base = input_.text.data();
    const char* const end = base + input_.range.end;
    for (const char* at = base + input_.range.begin; at != end; ++at) {
      at = static_cast<const char*>(std::memchr(at, '`', static_cast<std::size_t>(end - at)));
      if (at == nullptr) {
        return;
      }
      wanted_.add(static_cast<std::uint32_t>(at - base));
    }
  }

  /// The word, not the start of `variables`. What `var` declares counts in the whole function, so
  /// the way down to it is wanted wherever there is a template.
  void look_for_var() {
    constexpr std::string_view k_word = "var";
    const std::string_view text = input_.text.substr(0, input_.range.end);
    for (std::size_t at = text.find(k_word, input_.range.begin); at != std::string_view::npos;
         at = text.find(k_word, at + k_word.size())) {
      const std::size_t end = at + k_word.size();
      const bool is_word = (at == 0 || !is_name_byte(text[at - 1])) &&
                           (end == text.size() || !is_name_byte(text[end]));
      if (is_word) {
        hoisted_.add(static_cast<std::uint32_t>(at));
      }
    }
  }

  bool stands_in_value() const { return !levels_.empty() && levels_.back().is_value; }

  bool stands_at_module_level() const { return levels_.empty() || levels_.back().is_module_level; }

  NodeId add_current(const TSTreeCursor& cursor, SyntaxTree& tree) {
    const TSNode node = ts_tree_cursor_current_node(&cursor);
    const std::uint32_t base = input_.range.begin;
    SyntaxNode copied;
    copied.span = {ts_node_start_byte(node) + base, ts_node_end_byte(node) + base};
    copied.kind = is_longer_cast(node) ? SyntaxKind::cast : kind_of(node);
    if (!levels_.empty() && copied.span.size() > 0 && opens_block_scope(copied.kind) &&
        input_.text[copied.span.end - 1] != '}') {
      copied.span.end = end_without_comments(node) + base;
    }
    copied.field = vocabulary_.fields[ts_tree_cursor_current_field_id(&cursor)];
    if (levels_.empty()) {
      return tree.add(copied, k_no_node);
    }
    copied.parent = levels_.back().parent;
    levels_.back().last_child = tree.add(copied, levels_.back().last_child);
    return levels_.back().last_child;
  }

  /// A block goes on to the comment behind it where the grammar sees a semicolon after that.
  std::uint32_t end_without_comments(TSNode node) const {
    for (std::uint32_t count = ts_node_child_count(node); count > 0;) {
      const TSNode last = ts_node_child(node, --count);
      if (kind_of(last) != SyntaxKind::comment) {
        node = last;
        count = ts_node_child_count(node);
      }
    }
    return ts_node_end_byte(node);
  }

  SyntaxKind kind_of(TSNode node) const {
    const TSSymbol symbol = ts_node_symbol(node);
    // The symbol of errors is the greatest number, outside of every table.
    return symbol < vocabulary_.kinds.size() ? vocabulary_.kinds[symbol] : SyntaxKind::error;
  }

  /// The grammar reads `x as A | b.c.D` as the member `D` of `x as A | b.c`, which nobody can write
  /// without brackets: it is a cast, to a longer type. So is `x as A | b.c.D<E>["f"]`.
  bool is_longer_cast(TSNode node) const {
    const auto is_longer_type = [&](TSNode part) {
      const SyntaxKind kind = kind_of(part);
      return kind == SyntaxKind::member || kind == SyntaxKind::subscript ||
             ts_node_symbol(part) == vocabulary_.instantiation;
    };
    if (!is_longer_type(node)) {
      return false;
    }
    for (unsigned parts = 0; is_longer_type(node) && parts < k_longest_cast; ++parts) {
      node = ts_node_child(node, 0);
    }
    const TSSymbol value = ts_node_symbol(node);
    return value < vocabulary_.end_with_type.size() && vocabulary_.end_with_type[value];
  }

  /// The list of a call, the value of a constant that may name one, and lists that either spreads:
  /// of all these the elements, not what is in them.
  bool may_be_fragment_list(SyntaxKind kind, SyntaxKind parent) const {
    if (kind == SyntaxKind::spread) {
      return parent == SyntaxKind::array;
    }
    if (kind != SyntaxKind::array || input_.depth != SyntaxDepth::templates) {
      return false;
    }
    return parent == SyntaxKind::arguments || parent == SyntaxKind::variable_declarator ||
           parent == SyntaxKind::cast || parent == SyntaxKind::type_assertion ||
           parent == SyntaxKind::parenthesized || parent == SyntaxKind::spread;
  }

  bool wants_children(const SyntaxTree& tree, NodeId id) {
    const SyntaxNode& node = tree[id];
    if (input_.depth == SyntaxDepth::everything || is_always_expanded(node.kind) ||
        (stands_at_module_level() && is_module_part(node.kind))) {
      return true;
    }
    if (may_be_fragment_list(node.kind, tree[node.parent].kind)) {
      return true;
    }
    // What one part of a namespace exports is visible in the others.
    if (node.kind == SyntaxKind::statement_block &&
        tree[node.parent].kind == SyntaxKind::namespace_declaration) {
      return true;
    }
    const bool is_wanted = wanted_.are_in(node.span);
    const bool has_hoisted = hoisted_.are_in(node.span);
    return is_wanted || (has_hoisted && !opens_function_scope(node.kind)) ||
           (stands_in_value() && is_value_part(node.kind));
  }

  const ParseInput& input_;
  const Vocabulary& vocabulary_;
  std::vector<Level> levels_;
  /// The ancestors of these places are copied: backticks, and what the caller asks for.
  Offsets wanted_;
  Offsets hoisted_;
};

struct Progress {
  std::uint64_t reports = 0;
  std::uint64_t limit = 0;
};

bool is_past_limit(TSParseState* state) {
  auto* progress = static_cast<Progress*>(state->payload);
  return ++progress->reports > progress->limit;
}

const char* read_text(void* payload,
                      std::uint32_t offset,
                      TSPoint /*point*/,
                      std::uint32_t* length) {
  const auto& text = *static_cast<const std::string_view*>(payload);
  *length = offset < text.size() ? static_cast<std::uint32_t>(text.size()) - offset : 0;
  return offset < text.size() ? text.data() + offset : "";
}

}  // namespace

std::uint64_t parse_limit(std::size_t text_bytes) {
  return 4000 + text_bytes / 10;
}

SyntaxParser::SyntaxParser() : parser_(ts_parser_new()) {}

SyntaxParser::~SyntaxParser() {
  ts_parser_delete(parser_);
}

std::optional<SyntaxTree> SyntaxParser::parse(const ParseInput& input) {
  const Vocabulary& vocabulary = vocabulary_of(input.language);
  base::check(ts_parser_set_language(parser_, vocabulary.grammar), "core and grammar fit together");
  std::string_view piece = input.text.substr(input.range.begin, input.range.size());
  Progress progress{0, input.limit};
  const TSInput reader{&piece, read_text, TSInputEncodingUTF8, nullptr};
  const TSParseOptions options{&progress, is_past_limit};
  const std::unique_ptr<TSTree, decltype(&ts_tree_delete)> tree(
      ts_parser_parse_with_options(parser_, nullptr, reader, options), ts_tree_delete);
  report_count_ = progress.reports;
  if (tree == nullptr) {
    // Or the next text would be taken for the rest of this one.
    ts_parser_reset(parser_);
    return std::nullopt;
  }
  return TreeCopier(input, vocabulary).copy(ts_tree_root_node(tree.get()));
}

}  // namespace discovery
