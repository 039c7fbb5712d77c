#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/boxed.h"
#include "base/byte_reader.h"
#include "base/byte_writer.h"
#include "base/mapped_text.h"
#include "base/source_path.h"
#include "base/span.h"

// Values as bytes, for the saved state. One description of a struct, its Fields, serves both
// directions, so that writer and reader cannot disagree:
//
//   template <>
//   struct Fields<base::SourceRange> {
//     static void visit(auto& archive, auto& range) {
//       auto& [path, span] = range;
//       archive(path, span);
//     }
//   };
//
// The structured binding names all members, so a new member that is not saved does not compile.
namespace session {

/// Specialised for each struct that can be saved.
template <typename T>
struct Fields;

template <>
struct Fields<base::MappedText::Segment> {
  static void visit(auto& archive, auto& segment) {
    auto& [begin, is_verbatim, source] = segment;
    archive(begin, is_verbatim, source);
  }
};

/// The highest value of an enum that can be saved; its values begin at 0 and have no gaps.
template <typename T>
inline constexpr T k_last_value = T::no_last_value_is_declared;

/// Puts values into bytes.
class Packer {
 public:
  template <typename... Values>
  void operator()(const Values&... values) {
    (pack(values), ...);
  }

  std::string take() { return writer_.take(); }

 private:
  template <typename T>
  void pack(const T& value) {
    if constexpr (std::is_same_v<T, bool>) {
      writer_.write_bool(value);
    } else if constexpr (std::is_enum_v<T>) {
      writer_.write_varint(static_cast<std::uint64_t>(value));
    } else if constexpr (std::is_integral_v<T> && std::is_signed_v<T>) {
      writer_.write_signed_varint(value);
    } else if constexpr (std::is_integral_v<T>) {
      writer_.write_varint(value);
    } else {
      Fields<T>::visit(*this, value);
    }
  }
  void pack(const std::string& text) { writer_.write_text(text); }
  void pack(const base::Fingerprint& value) { writer_.write_fingerprint(value); }
  void pack(const base::SourcePath& path) { writer_.write_text(path.text()); }
  void pack(const base::Span& span) { (*this)(span.begin, span.end); }
  void pack(const base::MappedText& text) { (*this)(text.text(), text.segments()); }
  template <typename First, typename Second>
  void pack(const std::pair<First, Second>& pair) {
    (*this)(pair.first, pair.second);
  }
  template <typename T>
  void pack(const std::optional<T>& value) {
    pack(value.has_value());
    if (value) {
      pack(*value);
    }
  }
  template <typename T>
  void pack(const base::Boxed<T>& value) {
    pack(value.has_value());
    if (value) {
      pack(*value);
    }
  }
  template <typename T>
  void pack(const std::vector<T>& items) {
    pack_all(items);
  }
  /// Hashes, which as varints would be longer.
  void pack(const std::vector<std::uint64_t>& hashes) {
    writer_.write_varint(hashes.size());
    for (const std::uint64_t hash : hashes) {
      writer_.write_u64(hash);
    }
  }
  template <typename T, typename Order>
  void pack(const std::set<T, Order>& items) {
    pack_all(items);
  }
  template <typename Key, typename T, typename Order>
  void pack(const std::map<Key, T, Order>& items) {
    pack_all(items);
  }
  template <typename Items>
  void pack_all(const Items& items) {
    writer_.write_varint(items.size());
    for (const auto& item : items) {
      pack(item);
    }
  }

  base::ByteWriter writer_;
};

/// The paths that were read so far: those that are equal share their text.
class PathPool {
 public:
  /// Nothing where `text` is no path as SourcePath has it.
  std::optional<base::SourcePath> find(std::string_view text) {
    const auto known = paths_.find(text);
    if (known != paths_.end()) {
      return known->second;
    }
    base::SourcePath path(text);
    if (path.text() != text) {
      return std::nullopt;
    }
    paths_.emplace(path.text(), path);
    return path;
  }

 private:
  /// By their own texts.
  std::unordered_map<std::string_view, base::SourcePath> paths_;
};

/// Takes apart what a Packer put together, and survives anything else: see base::ByteReader.
///
/// All spans are `begin <= end`, and none goes beyond the limit that was set.
class Unpacker {
 public:
  /// `paths` may be null, and else outlives this.
  explicit Unpacker(std::string_view bytes, PathPool* paths = nullptr)
      : reader_(bytes), paths_(paths == nullptr ? &own_paths_ : paths) {}
  Unpacker(const Unpacker&) = delete;
  Unpacker& operator=(const Unpacker&) = delete;

  template <typename... Values>
  void operator()(Values&... values) {
    (unpack(values), ...);
  }

  /// From now on a span that ends behind `limit` is a failure: no text is that long.
  void set_span_limit(std::uint32_t limit) { span_limit_ = limit; }

  void fail() { reader_.fail(); }
  bool has_failed() const { return reader_.has_failed(); }
  /// Whether all was read, and nothing failed.
  bool is_done() const { return reader_.is_done(); }

 private:
  template <typename T>
  void unpack(T& value) {
    if constexpr (std::is_same_v<T, bool>) {
      value = reader_.read_bool();
    } else if constexpr (std::is_enum_v<T>) {
      unpack_enum(value);
    } else if constexpr (std::is_integral_v<T> && std::is_signed_v<T>) {
      static_assert(sizeof(T) == 8);
      value = reader_.read_signed_varint();
    } else if constexpr (std::is_same_v<T, std::uint32_t>) {
      value = reader_.read_varint_u32();
    } else if constexpr (std::is_integral_v<T>) {
      static_assert(sizeof(T) == 8);
      value = reader_.read_varint();
    } else {
      Fields<T>::visit(*this, value);
    }
  }
  template <typename T>
  void unpack_enum(T& value) {
    const std::uint64_t number = reader_.read_varint();
    if (number > static_cast<std::uint64_t>(k_last_value<T>)) {
      fail();
      return;
    }
    value = static_cast<T>(number);
  }
  void unpack(std::string& text) { text = reader_.read_text(); }
  void unpack(base::Fingerprint& value) { value = reader_.read_fingerprint(); }
  void unpack(base::SourcePath& path) {
    if (std::optional<base::SourcePath> found = paths_->find(reader_.read_text())) {
      path = *std::move(found);
    } else {
      fail();
    }
  }
  void unpack(base::Span& span) {
    (*this)(span.begin, span.end);
    if (span.begin > span.end || span.end > span_limit_) {
      fail();
    }
  }
  void unpack(base::MappedText& text);
  template <typename First, typename Second>
  void unpack(std::pair<First, Second>& pair) {
    (*this)(pair.first, pair.second);
  }
  template <typename T>
  void unpack(std::optional<T>& value) {
    if (reader_.read_bool()) {
      unpack(value.emplace());
    } else {
      value.reset();
    }
  }
  template <typename T>
  void unpack(base::Boxed<T>& value) {
    if (reader_.read_bool()) {
      unpack(value.emplace());
    } else {
      value.reset();
    }
  }
  void unpack(std::vector<std::uint64_t>& hashes) {
    hashes.resize(reader_.read_count(sizeof(std::uint64_t)));
    for (std::uint64_t& hash : hashes) {
      hash = reader_.read_u64();
    }
  }
  template <typename T>
  void unpack(std::vector<T>& items) {
    items.clear();
    const std::size_t count = reader_.read_count();
    for (std::size_t i = 0; i < count && !has_failed(); ++i) {
      unpack(items.emplace_back());
    }
  }
  template <typename T, typename Order>
  void unpack(std::set<T, Order>& items) {
    items.clear();
    const std::size_t count = reader_.read_count();
    for (std::size_t i = 0; i < count && !has_failed(); ++i) {
      T item;
      unpack(item);
      items.insert(items.end(), std::move(item));
    }
  }
  template <typename Key, typename T, typename Order>
  void unpack(std::map<Key, T, Order>& items) {
    items.clear();
    const std::size_t count = reader_.read_count();
    for (std::size_t i = 0; i < count && !has_failed(); ++i) {
      Key key;
      unpack(key);
      unpack(items.emplace_hint(items.end(), std::move(key), T())->second);
    }
  }

  base::ByteReader reader_;
  PathPool own_paths_;
  PathPool* paths_;
  std::uint32_t span_limit_ = UINT32_MAX;
};

/// The bytes of one value.
template <typename T>
std::string pack_value(const T& value) {
  Packer packer;
  packer(value);
  return packer.take();
}

/// The value; nothing if these are not the bytes of one. `paths` as an Unpacker has it.
template <typename T>
std::optional<T> unpack_value(std::string_view bytes, PathPool* paths = nullptr) {
  Unpacker unpacker(bytes, paths);
  std::optional<T> value(std::in_place);
  unpacker(*value);
  if (!unpacker.is_done()) {
    value.reset();
  }
  return value;
}

}  // namespace session
