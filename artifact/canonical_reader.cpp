#include "artifact/canonical_reader.h"

#include <algorithm>
#include <charconv>

#include <nlohmann/json.hpp>

#include "base/json_text.h"

namespace artifact {
namespace {

// Where the JSON string at the start of `text` ends, its quotes included; 0 if there is none.
std::size_t string_size(std::string_view text) {
  if (!text.starts_with('"')) {
    return 0;
  }
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '"') {
      return i + 1;
    }
    i += text[i] == '\\' ? 1U : 0U;
  }
  return 0;
}

bool has_white_space(std::string_view json) {
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (json[i] == ' ' || json[i] == '\t' || json[i] == '\r' || json[i] == '\n') {
      return true;
    }
    if (json[i] == '"') {
      i += std::max<std::size_t>(string_size(json.substr(i)), 1) - 1;
    }
  }
  return false;
}

}  // namespace

base::Error CanonicalReader::error() const {
  const std::string_view before = text_.substr(0, failed_at_.value_or(at_));
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  return {base::ErrorCode::corrupt,
          std::string(what_) + ", line " + std::to_string(line) + ": " + problem_};
}

base::Status CanonicalReader::finish() {
  if (!has_failed() && at_ != text_.size()) {
    fail("expected the end");
  }
  if (has_failed()) {
    return tl::make_unexpected(error());
  }
  return {};
}

void CanonicalReader::fail(std::string problem) {
  if (!has_failed()) {
    failed_at_ = at_;
    problem_ = std::move(problem);
  }
}

bool CanonicalReader::try_skip(std::string_view expected) {
  if (has_failed() || !rest().starts_with(expected)) {
    return false;
  }
  at_ += expected.size();
  return true;
}

void CanonicalReader::skip(std::string_view expected) {
  if (!try_skip(expected)) {
    fail("expected " + base::json_string(expected));
  }
}

std::string CanonicalReader::string() {
  const std::string_view token = rest().substr(0, has_failed() ? 0 : string_size(rest()));
  const nlohmann::json value = nlohmann::json::parse(token, nullptr, false);
  if (!value.is_string() || base::json_string(value.get_ref<const std::string&>()) != token) {
    fail("expected a string as we spell it");
    return {};
  }
  at_ += token.size();
  return value.get<std::string>();
}

base::Fingerprint CanonicalReader::fingerprint() {
  const std::optional<base::Fingerprint> value = base::fingerprint_from_hex(string());
  if (!value) {
    fail("expected a hash");
  }
  return value.value_or(base::Fingerprint{});
}

std::uint64_t CanonicalReader::number() {
  std::uint64_t value = 0;
  const std::string_view text = rest();
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const auto size = static_cast<std::size_t>(end - text.data());
  if (error != std::errc() || std::to_string(value).size() != size) {
    fail("expected a number");
    return 0;
  }
  at_ += has_failed() ? 0 : size;
  return value;
}

std::string_view CanonicalReader::object_until(std::string_view end) {
  const std::string_view line = rest().substr(0, rest().find('\n'));
  const std::size_t size = has_failed() ? std::string_view::npos : line.rfind(end);
  if (size == std::string_view::npos) {
    fail("expected " + base::json_string(end));
    return {};
  }
  const std::string_view object = line.substr(0, size);
  if (!object.starts_with('{') || has_white_space(object) || !nlohmann::json::accept(object)) {
    fail("expected an object without white space");
    return {};
  }
  at_ += size + end.size();
  return object;
}

}  // namespace artifact
