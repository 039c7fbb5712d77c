#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/source_path.h"
#include "base/span.h"
#include "session/build_report.h"

namespace session::config {

// Codes of what is wrong with a config's text and with its values.
inline constexpr const char* k_syntax_code = "ConfigSyntax";
inline constexpr const char* k_value_code = "ConfigValue";

/// Collects the mistakes of one config file and shows each at its place.
///
/// Keeps a view of the file's text: the caller keeps the text alive.
class Problems {
 public:
  /// `path` is what messages call the file.
  Problems(base::SourcePath path, std::string_view text) : path_(std::move(path)), text_(text) {}

  void add_error(base::Span span, std::string code, std::string message);
  void add_warning(base::Span span, std::string code, std::string message);
  /// An error that belongs to the file as a whole, or to no file if there is none.
  void add_general_error(std::string code, std::string message);
  /// Names another place of the same file in the error that was added last.
  void relate_to_last(base::Span span, std::string message);

  /// Takes over the problems of the same file, but for those at places that already have one.
  void add(Problems other);
  /// Forgets what was said of the place `span` as a whole.
  void drop_at(base::Span span);

  bool has_errors() const;
  const base::SourcePath& path() const { return path_; }
  /// All of them, but at most `k_max_shown` with a place: the general ones, then the others in the
  /// order of the file.
  std::vector<LocatedDiagnostic> take();
  /// As take(), without places: where the text is not what the user wrote.
  std::vector<LocatedDiagnostic> take_without_places();

  /// A file with more mistakes than that is something else than a config.
  static constexpr std::size_t k_max_shown = 100;

 private:
  base::Diagnostic make(base::Severity severity,
                        base::Span span,
                        std::string code,
                        std::string message) const;

  base::SourcePath path_;
  std::string_view text_;
  std::vector<base::Diagnostic> general_;
  std::vector<base::Diagnostic> placed_;
};

/// `text` in double quotes, as messages name keys and values.
std::string in_quotes(std::string_view text);

}  // namespace session::config
