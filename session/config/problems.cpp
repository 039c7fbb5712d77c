#include "session/config/problems.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "base/check.h"
#include "session/locate_diagnostics.h"

namespace session::config {

std::string in_quotes(std::string_view text) {
  return "\"" + std::string(text) + "\"";
}

void Problems::add_error(base::Span span, std::string code, std::string message) {
  placed_.push_back(make(base::Severity::error, span, std::move(code), std::move(message)));
}

void Problems::add_warning(base::Span span, std::string code, std::string message) {
  placed_.push_back(make(base::Severity::warning, span, std::move(code), std::move(message)));
}

void Problems::add_general_error(std::string code, std::string message) {
  general_.push_back(make(base::Severity::error, {}, std::move(code), std::move(message)));
}

void Problems::relate_to_last(base::Span span, std::string message) {
  base::check(!placed_.empty(), "a related place needs a problem");
  placed_.back().related.push_back({{path_, span}, std::move(message)});
}

void Problems::add(Problems other) {
  for (const base::Diagnostic& problem : placed_) {
    other.drop_at(problem.range.span);
  }
  std::move(other.general_.begin(), other.general_.end(), std::back_inserter(general_));
  std::move(other.placed_.begin(), other.placed_.end(), std::back_inserter(placed_));
}

void Problems::drop_at(base::Span span) {
  placed_.erase(std::remove_if(
                    placed_.begin(),
                    placed_.end(),
                    [span](const base::Diagnostic& problem) { return problem.range.span == span; }),
                placed_.end());
}

bool Problems::has_errors() const {
  return !general_.empty() || base::has_errors(placed_);
}

std::vector<LocatedDiagnostic> Problems::take() {
  // What projects share is read once for each of them; sorting drops the repeats.
  base::sort_diagnostics(placed_);
  if (placed_.size() > k_max_shown) {
    const std::size_t more = placed_.size() - k_max_shown;
    placed_.resize(k_max_shown);
    add_general_error("Config", std::to_string(more) + " more mistakes are not shown.");
  }
  std::vector<LocatedDiagnostic> found = locate_diagnostics(
      general_, [](const base::SourcePath&) { return std::optional<std::string_view>(); });
  std::vector<LocatedDiagnostic> placed =
      locate_diagnostics(placed_, [this](const base::SourcePath&) { return std::optional(text_); });
  std::move(placed.begin(), placed.end(), std::back_inserter(found));
  return found;
}

std::vector<LocatedDiagnostic> Problems::take_without_places() {
  for (base::Diagnostic& problem : placed_) {
    problem.range.span = {};
    problem.related.clear();
    general_.push_back(std::move(problem));
  }
  placed_.clear();
  return take();
}

base::Diagnostic Problems::make(base::Severity severity,
                                base::Span span,
                                std::string code,
                                std::string message) const {
  base::Diagnostic problem;
  problem.range = {path_, span};
  problem.severity = severity;
  problem.code = std::move(code);
  problem.message = std::move(message);
  return problem;
}

}  // namespace session::config
