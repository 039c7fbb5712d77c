#pragma once

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "base/diagnostic.h"
#include "base/fingerprint.h"
#include "base/line_index.h"
#include "base/mapped_text.h"
#include "base/result.h"
#include "base/source_path.h"
#include "base/span.h"

/// How a failed CHECK shows our values; doctest shows `{?}` for what it does not know. Include it
/// in every test that compares such a value.
namespace doctest {

template <typename T>
struct StringMaker<std::vector<T>> {
  static String convert(const std::vector<T>& items) {
    String text = "[";
    for (std::size_t i = 0; i < items.size(); ++i) {
      text += (i == 0 ? "" : ", ") + toString(items[i]);
    }
    return text + "]";
  }
};

template <>
struct StringMaker<base::Span> {
  static String convert(const base::Span& span) {
    return "[" + toString(span.begin) + ", " + toString(span.end) + ")";
  }
};

template <>
struct StringMaker<base::Position> {
  static String convert(const base::Position& position) {
    return toString(position.line) + ":" + toString(position.column);
  }
};

template <>
struct StringMaker<base::SourcePath> {
  static String convert(const base::SourcePath& path) { return path.text().c_str(); }
};

template <>
struct StringMaker<base::Fingerprint> {
  static String convert(const base::Fingerprint& value) { return base::to_hex(value).c_str(); }
};

template <>
struct StringMaker<base::MappedText::Segment> {
  static String convert(const base::MappedText::Segment& segment) {
    return "{" + toString(segment.begin) + (segment.is_verbatim ? " is " : " for ") +
           toString(segment.source) + "}";
  }
};

template <>
struct StringMaker<base::MappedText> {
  static String convert(const base::MappedText& text) {
    return toString(text.text()) + " " + toString(text.segments());
  }
};

template <>
struct StringMaker<base::ErrorCode> {
  static String convert(base::ErrorCode code) {
    return "ErrorCode " + toString(static_cast<int>(code));
  }
};

template <>
struct StringMaker<base::Diagnostic> {
  static String convert(const base::Diagnostic& diagnostic) {
    std::string text = diagnostic.range.path.text();
    text.append(":").append(std::to_string(diagnostic.range.span.begin)).append(" ");
    text.append(base::to_text(diagnostic.severity)).append(" ").append(diagnostic.code);
    text.append(": ").append(diagnostic.message);
    return text.c_str();
  }
};

}  // namespace doctest
