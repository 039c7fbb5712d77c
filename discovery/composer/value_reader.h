#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "discovery/composer/expression_reader.h"

namespace discovery::composer {

/// Reads what names stand for: those at module level, and those around definitions.
class ValueReader {
 public:
  /// All must outlive the reader, which appends to `facts`.
  ValueReader(const SyntaxTree& tree, CompositionFacts& facts, ExpressionReader& expressions)
      : tree_(tree), facts_(facts), expressions_(expressions) {}

  void read_module();

  /// The names that are declared between a call and the module level.
  void read_scopes_around(NodeId call);

 private:
  /// One step into a value: `.key`, or `[position]` of an array.
  struct Step {
    std::string key;
    bool is_position = false;
    base::Span span;
  };

  void read_scope(NodeId scope);
  void read_parameters(NodeId function);
  void read_statement(NodeId declaration, std::optional<base::Span> scope);
  void read_declarator(NodeId declarator, bool is_constant, std::optional<base::Span> scope);
  void read_pattern(NodeId pattern,
                    NodeId value,
                    std::vector<Step>& steps,
                    std::optional<base::Span> scope);
  void read_object_pattern(NodeId pattern,
                           NodeId value,
                           std::vector<Step>& steps,
                           std::optional<base::Span> scope);
  void read_array_pattern(NodeId pattern,
                          NodeId value,
                          std::vector<Step>& steps,
                          std::optional<base::Span> scope);
  ExpressionIndex read_steps(const std::vector<Step>& steps, NodeId value);
  void read_default_export(NodeId statement);
  void add_declared(NodeId declaration, ExpressionIndex value, std::optional<base::Span> scope);
  void add_unknown(NodeId pattern, const char* what, std::optional<base::Span> scope);
  void add(std::string name, ExpressionIndex value, std::optional<base::Span> scope);

  const SyntaxTree& tree_;
  CompositionFacts& facts_;
  ExpressionReader& expressions_;
  /// Scopes whose names are among the values.
  std::unordered_set<std::uint32_t> read_scopes_;
};

}  // namespace discovery::composer
