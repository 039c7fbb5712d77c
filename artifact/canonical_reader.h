#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/fingerprint.h"
#include "base/result.h"

namespace artifact {

/// Reads a text that is expected to be spelled in one way only, from its start to its end.
///
/// Our outputs have one spelling, so a reader that takes nothing else is short, holds no tree in
/// memory, and gives back exactly what the writer was given. The first thing that is not as
/// expected makes the reader fail for good: from then on everything it returns is empty, and
/// status() says where it was. So callers read on and ask once.
class CanonicalReader {
 public:
  /// `text` must outlive the reader and the views that it gives. `what` names the text in messages.
  CanonicalReader(std::string_view text, std::string_view what) : text_(text), what_(what) {}

  bool has_failed() const { return failed_at_.has_value(); }
  /// The failure, or one that names what stands behind the end.
  base::Status finish();
  base::Error error() const;
  /// `problem`: lower case, no full stop.
  void fail(std::string problem);

  /// Passes `expected` if it stands here.
  bool try_skip(std::string_view expected);
  void skip(std::string_view expected);

  /// A JSON string, escaped as base::append_json_string() does it.
  std::string string();
  /// A JSON string that holds a hash.
  base::Fingerprint fingerprint();
  /// Decimal digits without leading zeros that fit 64 bits.
  std::uint64_t number();
  /// A JSON object without white space that `end` follows on the same line; `end` is passed too.
  /// Of several places with `end` the last one counts.
  std::string_view object_until(std::string_view end);

 private:
  std::string_view rest() const { return text_.substr(at_); }

  std::string_view text_;
  std::string_view what_;
  std::size_t at_ = 0;
  std::optional<std::size_t> failed_at_;
  std::string problem_;
};

}  // namespace artifact
