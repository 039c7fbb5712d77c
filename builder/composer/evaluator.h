#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "builder/composer/composer_project.h"
#include "builder/composer/value.h"

namespace builder::composer {

/// Evaluates expressions for one definition, with a fixed amount of work for it.
///
/// It knows what JavaScript's expressions mean; what the dialect offers is in dialect.h. Whatever
/// cannot be known is a diagnostic and a Failed value, and nothing more is said of what follows
/// from it. One thread.
class Evaluator {
 public:
  Evaluator(const ComposerProject& project, std::uint32_t composition);

  const ComposerProject& project() const { return project_; }
  const graphql::Schema& schema() const { return *schema_; }
  Heap& heap() { return heap_; }

  Value evaluate(std::uint32_t source, discovery::ExpressionIndex index, const Scope* scope);
  Value call(const Closure& closure, const std::vector<Value>& arguments, const Place& place);
  Value member_of(const Value& object, std::string_view name, const Place& place);

  /// Sets a member, unless that would make a selection vanish; then it is an error.
  void set_member(Object& object, const Object::Member& member);
  /// Adds the members of a spread value.
  void spread_into(Object& object, const Value& value);

  Place place_of(std::uint32_t source, base::Span span) const { return {source, owner(), span}; }
  Place place_of(std::uint32_t source, discovery::ExpressionIndex index) const;

  /// Notes an error once.
  Value fail(const Place& place, const char* code, std::string message);
  Value fail_unsupported(const Place& place, std::string message);
  Value fail_invalid(const Place& place, std::string message);

  /// Pays for work; false when nothing is left, which is reported once.
  bool spend(std::size_t steps);

  /// What a composition defines; null with a diagnostic if that cannot be known.
  const Element* element_of(std::uint32_t composition, const Place& use);

  /// Marks that `composition` is being expanded; false with a diagnostic where it is already.
  bool enter(std::uint32_t composition, const Place& use);
  void leave() { expanding_.pop_back(); }

  /// The operation whose slices are being expanded.
  std::string_view current_operation() const { return current_operation_; }
  void set_current_operation(std::string_view type) { current_operation_ = type; }

  struct OwnedDiagnostic {
    /// Whose error it is.
    std::uint32_t owner = k_no_composition;
    base::Diagnostic diagnostic;
  };
  bool has_failed() const { return !diagnostics_.empty(); }
  std::vector<OwnedDiagnostic> take_diagnostics() { return std::move(diagnostics_); }
  const std::set<std::uint32_t>& expanded() const { return expanded_; }

 private:
  class Depth;

  const discovery::Expression& at(std::uint32_t source, discovery::ExpressionIndex index) const {
    return project_.facts(source).expressions[index];
  }
  std::uint32_t owner() const { return expanding_.back(); }

  Value evaluate_one(std::uint32_t source, discovery::ExpressionIndex index, const Scope* scope);
  Value evaluate_chain(std::uint32_t source, discovery::ExpressionIndex index, const Scope* scope);
  Value evaluate_free(std::uint32_t source,
                      const discovery::NameChain& chain,
                      discovery::ExpressionIndex index);
  Value evaluate_path(std::uint32_t source,
                      const std::vector<std::string>& path,
                      const discovery::ValueFact* value,
                      const Place& place);
  Value evaluate_value(std::uint32_t source,
                       discovery::ExpressionIndex value,
                       const std::string& name,
                       const Place& use);
  discovery::ExpressionIndex literal_member(std::uint32_t source,
                                            discovery::ExpressionIndex object,
                                            const std::string& name) const;
  bool would_lose(const Object::Member& before, const Object::Member& after);
  Value freeze(std::uint32_t source, discovery::ExpressionIndex call, const Scope* scope);
  bool is_freeze(std::uint32_t source, discovery::ExpressionIndex callee, const Scope* scope) const;
  std::string circle_text(std::uint32_t composition) const;
  std::string why_unknown(std::uint32_t source, const discovery::NameChain& chain) const;
  Value evaluate_site(std::uint32_t source, std::uint32_t site, const Scope* scope, Place place);
  Value evaluate_index(std::uint32_t source, discovery::ExpressionIndex index, const Scope* scope);
  Value evaluate_call(std::uint32_t source, discovery::ExpressionIndex index, const Scope* scope);
  Value evaluate_text(std::uint32_t source, discovery::ExpressionIndex index, const Scope* scope);
  Value evaluate_tagged(std::uint32_t source, discovery::ExpressionIndex index, const Scope* scope);
  Value evaluate_object(std::uint32_t source, discovery::ExpressionIndex index, const Scope* scope);
  Value evaluate_array(std::uint32_t source, discovery::ExpressionIndex index, const Scope* scope);
  Value evaluate_conditional(std::uint32_t source,
                             discovery::ExpressionIndex index,
                             const Scope* scope);
  Value evaluate_unary(std::uint32_t source, discovery::ExpressionIndex index, const Scope* scope);
  Value evaluate_binary(std::uint32_t source, discovery::ExpressionIndex index, const Scope* scope);
  void bind(std::uint32_t source, discovery::ExpressionIndex pattern, Value value, Scope& scope);
  void bind_object(std::uint32_t source,
                   discovery::ExpressionIndex pattern,
                   const Value& value,
                   Scope& scope);
  void bind_array(std::uint32_t source,
                  discovery::ExpressionIndex pattern,
                  const Value& value,
                  Scope& scope);

  const ComposerProject& project_;
  const graphql::Schema* schema_;
  Heap heap_;
  std::size_t steps_left_;
  unsigned depth_ = 0;
  bool is_exhausted_ = false;
  bool is_too_deep_ = false;
  /// The composition that is evaluated, and those that are expanded for it at the moment.
  std::vector<std::uint32_t> expanding_;
  std::set<std::uint32_t> expanded_;
  std::string_view current_operation_;
  std::map<std::pair<std::uint32_t, discovery::ExpressionIndex>, Value> known_values_;
  std::set<std::pair<std::uint32_t, discovery::ExpressionIndex>> open_values_;
  std::map<std::uint32_t, const Element*> known_elements_;
  /// Those that are being made.
  std::set<std::uint32_t> open_elements_;
  std::set<std::pair<base::SourceRange, std::string>> reported_;
  std::vector<OwnedDiagnostic> diagnostics_;
};

}  // namespace builder::composer
