#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>
#include <vector>

#include "discovery/scanner/draft_tree.h"
#include "discovery/scanner/token.h"
#include "discovery/source_facts.h"
#include "discovery/syntax_tree.h"

namespace discovery::scanner {

/// Builds the part of a file's syntax that facts can come from out of its tokens: the statements
/// at module level, and the way down to each template that may be a site. Everything between other
/// brackets is stepped over, so a file costs what its statements cost.
///
/// The tree has nodes where those of SyntaxParser's tree matter, with the same kinds, fields and
/// spans; it may have more. What it does not understand is a doubt.
class SkeletonParser {
 public:
  /// `tokens` is kept by reference, `text` as a view. `drafts` is the memory that it works with.
  SkeletonParser(std::string_view text,
                 Language language,
                 const TokenList& tokens,
                 DraftTree& drafts);

  /// The tree in which every candidate, and every word at one of the sorted token indexes
  /// `places`, has a node. Nothing after a doubt.
  std::optional<SyntaxTree> parse(const std::vector<std::uint32_t>& places);

  /// Whether the tokens are type arguments and nothing else, or it is in doubt.
  bool holds_type_arguments();

  const Doubt& doubt() const { return doubt_; }

  /// Whether a type holds the byte at `offset`, where no name is written to. Of the last parse()
  /// with places.
  bool is_in_type(std::uint32_t offset) const;

 private:
  /// How the surroundings are read; saved and restored around brackets and bodies.
  struct Context {
    /// Statements of the file itself, not of a function or block.
    bool is_module_level = true;
    /// The parts of a value that constants are read from, down to object literals.
    bool is_value = false;
    /// Behind the `?` of a conditional or a `case`: what follows `(x):` is no return type.
    bool is_before_colon = false;
    /// In the head of `for`: `in` is no operator.
    bool is_loop_head = false;
    /// Behind `extends` of a class: a brace begins its body.
    bool is_heritage = false;
    /// Surely in an async function, in a generator: `await`, `yield` are no names.
    bool is_async = false;
    bool is_generator = false;
  };
  /// Changes the context and puts the old one back at the end of the block.
  class Within;

  /// What stands before a function or method.
  struct FunctionWords {
    bool is_async = false;
    bool is_generator = false;
  };

  // Tokens. skeleton_parser.cpp
  /// A parser of the same file that stands at `token`, to look ahead with.
  SkeletonParser look_from(std::uint32_t token) const;
  // The four that every statement asks dozens of times are here to be inlined.
  const Token& peek(std::uint32_t ahead = 0) const {
    const std::size_t at = std::size_t{at_} + ahead;
    return at < list_.tokens.size() ? list_.tokens[at] : list_.tokens.back();
  }
  const Token& previous() const { return list_.tokens[at_ == 0 ? 0 : at_ - 1]; }
  bool is(TokenKind kind) const { return peek().kind == kind; }
  bool is_word(std::string_view word, std::uint32_t ahead = 0) const {
    const Token& token = peek(ahead);
    return token.kind == TokenKind::word && text_of(token) == word;
  }
  /// The same; a length that the compiler knows makes the comparison cheap.
  template <std::size_t Size>
  bool is_word(const char (&word)[Size], std::uint32_t ahead = 0) const {
    const Token& token = peek(ahead);
    return token.kind == TokenKind::word && token.end - token.begin == Size - 1 &&
           std::memcmp(text_.data() + token.begin, word, Size - 1) == 0;
  }
  bool is_name(std::uint32_t ahead = 0) const;
  bool is_operator(char c) const {
    const Token& token = peek();
    return token.end == token.begin + 1 && text_[token.begin] == c;
  }
  std::string_view text_of(const Token& token) const {
    return text_.substr(token.begin, token.end - token.begin);
  }
  void take() { at_ += at_ + 1 < list_.tokens.size() ? 1U : 0U; }
  bool accept(TokenKind kind);
  void expect(TokenKind kind);
  bool accept_word(std::string_view word);
  void skip_group();
  DraftId fail(const char* reason);
  bool has_failed() const { return doubt_.reason != nullptr; }
  bool holds_candidates(const SyntaxTree& tree) const;
  bool enters(std::uint32_t open);
  bool holds_wanted(std::uint32_t first, std::uint32_t last) const;
  bool holds_word(std::uint32_t open, std::string_view word) const;

  DraftId leaf(SyntaxKind kind);
  DraftId begin_node(SyntaxKind kind, std::uint32_t begin) {
    return drafts_.add(kind, {begin, begin});
  }
  DraftId end_node(DraftId id);
  /// A node around what is already there.
  DraftId wrap(SyntaxKind kind, DraftId inner, SyntaxField field);

  // Statements. statements.cpp
  void parse_statements(DraftId parent, std::uint32_t close);
  DraftId parse_statement();
  DraftId parse_statement_inner();
  DraftId parse_keyword_statement(std::string_view word);
  DraftId parse_contextual_statement(std::string_view word);
  DraftId parse_block();
  bool begins_using(std::uint32_t ahead) const;
  DraftId skip_block();
  DraftId parse_inner_block();
  DraftId parse_nested();
  DraftId parse_condition();
  DraftId parse_expression_statement();
  DraftId parse_variables();
  DraftId parse_declarator();
  DraftId parse_variable_statement();
  DraftId parse_if();
  DraftId parse_for();
  void parse_for_head(DraftId loop, std::uint32_t close);
  void parse_for_rest(DraftId loop, std::uint32_t close);
  DraftId parse_while();
  DraftId parse_do();
  DraftId parse_switch();
  DraftId parse_case(std::uint32_t close);
  DraftId parse_try();
  DraftId parse_return();
  DraftId parse_jump();
  DraftId parse_labeled();
  void end_statement();

  // Declarations of modules and types. declarations.cpp
  DraftId parse_import();
  DraftId parse_import_alias(std::uint32_t begin);
  DraftId parse_import_clause();
  DraftId parse_names(SyntaxKind kind);
  void end_module_statement(DraftId statement);
  bool holds_comment(std::uint32_t begin, std::uint32_t end) const;
  DraftId parse_export(const std::vector<DraftId>& decorators);
  bool parse_export_list(DraftId statement);
  void parse_export_default(DraftId statement);
  void parse_from(DraftId statement);
  DraftId parse_type_alias();
  DraftId parse_interface();
  DraftId parse_statement_of_export();
  DraftId parse_enum();
  DraftId parse_namespace();
  DraftId parse_namespace_body();
  DraftId parse_declare();
  bool begins_declaration(std::uint32_t ahead) const;

  // Functions and classes. functions.cpp
  DraftId parse_function(bool is_expression);
  DraftId parse_arrow();
  std::uint32_t skip_signature();
  void parse_signature(DraftId function);
  void parse_parameters(DraftId function, std::uint32_t open);
  void parse_function_body(DraftId function, FunctionWords words);
  void parse_arrow_parameters(DraftId function);
  DraftId parse_parameter();
  bool skip_return_type();
  DraftId parse_class(bool is_expression, const std::vector<DraftId>& decorators);
  void parse_heritage(DraftId owner);
  DraftId parse_class_body();
  DraftId parse_member(DraftId body);
  void end_member();
  DraftId skip_modifiers();
  DraftId parse_key();
  DraftId parse_method(std::uint32_t begin, DraftId key, FunctionWords words);
  bool holds_token_word(std::uint32_t first, std::string_view word) const;
  std::vector<DraftId> parse_decorators();
  void append_all(DraftId parent, const std::vector<DraftId>& children);
  std::uint32_t arrow_at() const;
  bool may_return_type(std::uint32_t colon) const;
  bool is_word_a_name() const;
  bool may_word_be_a_name() const;

  // Expressions. expressions.cpp and primaries.cpp
  DraftId parse_expression();
  DraftId parse_assignment();
  DraftId parse_assignment_inner();
  DraftId parse_yield();
  DraftId parse_conditional();
  DraftId parse_binary(Binding least);
  Binding binding_here(std::uint32_t& count) const;
  DraftId parse_unary();
  DraftId parse_postfix();
  DraftId parse_left_side();
  DraftId parse_left_side(DraftId value);
  DraftId parse_member_of(DraftId object);
  DraftId parse_index_of(DraftId object);
  DraftId parse_call_of(DraftId callee, const Token* optional);
  bool accept_type_arguments();
  DraftId parse_arguments();
  DraftId parse_new();
  DraftId parse_primary();
  DraftId parse_word();
  DraftId parse_parenthesized();
  void parse_elements(DraftId list, std::uint32_t close);
  DraftId parse_array();
  DraftId parse_element();
  DraftId parse_object();
  DraftId parse_object_member();
  DraftId parse_template();
  DraftId parse_substitution();
  DraftId parse_angle();
  DraftId parse_jsx();
  DraftId parse_jsx_expression();

  // Patterns and types. patterns.cpp, types.cpp
  enum class Target : std::uint8_t { declared, assigned };
  DraftId parse_pattern(Target target);
  DraftId parse_pattern_inner(Target target);
  bool is_assigned_group() const;
  DraftId parse_pattern_with_default(Target target);
  DraftId parse_object_pattern(Target target);
  DraftId parse_array_pattern(Target target);
  DraftId parse_property_pattern(Target target);
  bool skip_type();
  bool begins_function_type() const;
  bool skip_type_prefixes();
  bool skip_type_operand();
  bool skip_brackets_of_type();
  bool skip_list_of_types(std::uint32_t close);
  bool skip_type_members(std::uint32_t close);
  bool skip_type_member();
  bool skip_template_type();
  bool skip_type_name();
  bool skip_function_type();
  bool skip_type_arguments();
  bool skip_type_parameters();
  void require_type();

  std::string_view text_;
  Language language_;
  const TokenList& list_;
  const std::vector<std::uint32_t>* places_ = nullptr;
  DraftTree& drafts_;
  /// Where types were stepped over; kept only where there are places.
  std::vector<base::Span> types_;
  std::uint32_t at_ = 0;
  Context context_;
  unsigned depth_ = 0;
  /// Whether this looks if there are types at all; otherwise brackets among them are stepped over.
  bool is_guess_ = false;
  Doubt doubt_;
};

}  // namespace discovery::scanner
