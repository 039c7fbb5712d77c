#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace base {

/// What kind of thing went wrong. Callers branch on the code; people read the message.
enum class ErrorCode {
  not_found,       ///< A file or entry that was asked for is not there.
  not_regular,     ///< A directory, FIFO, socket or device where a file was expected.
  too_large,       ///< A file above the limit that the caller set.
  io,              ///< The operating system refused a read, a write or a watch.
  corrupt,         ///< Bytes on disk do not have the format that they claim.
  invalid_config,  ///< The options or the config file contradict themselves.
  locked,          ///< Another process has taken what we need for itself.
  cancelled,       ///< A newer change made this work worthless.
};

/// A failure of the machinery. A mistake in the user's code is a Diagnostic, never an Error.
struct Error {
  ErrorCode code;
  /// Lower case, no full stop, names the path: "cannot read src/a.ts: permission denied".
  std::string message;
};

/// Either a T or the Error that stopped us from making one.
template <typename T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
 public:
  using tl::expected<T, Error>::expected;
  // NOLINTNEXTLINE(google-explicit-constructor): monadic calls return the base type.
  Result(tl::expected<T, Error> other) : tl::expected<T, Error>(std::move(other)) {}
};

using Status = Result<void>;

inline tl::unexpected<Error> fail(ErrorCode code, std::string message) {
  return tl::make_unexpected(Error{code, std::move(message)});
}

}  // namespace base

#define BASE_CONCAT_(a, b) a##b
#define BASE_CONCAT(a, b) BASE_CONCAT_(a, b)

/// Evaluates `expr`; on failure returns its Error from the enclosing function.
#define TRY(expr)                                                \
  do {                                                           \
    if (auto try_result = (expr); !try_result.has_value()) {     \
      return tl::make_unexpected(std::move(try_result).error()); \
    }                                                            \
  } while (false)

// NOLINTBEGIN(bugprone-macro-parentheses): `decl` is a declaration; parentheses would break it.
/// Declares `decl` from the value of `expr`, or returns the Error.
#define TRY_ASSIGN(decl, expr)                                                         \
  auto BASE_CONCAT(try_result_, __LINE__) = (expr);                                    \
  if (!BASE_CONCAT(try_result_, __LINE__).has_value()) {                               \
    return tl::make_unexpected(std::move(BASE_CONCAT(try_result_, __LINE__)).error()); \
  }                                                                                    \
  decl = *std::move(BASE_CONCAT(try_result_, __LINE__))
// NOLINTEND(bugprone-macro-parentheses)
