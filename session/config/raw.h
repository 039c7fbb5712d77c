#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/span.h"

namespace session::config {

/// A text of the config file and where it stands.
struct Text {
  std::string value;
  base::Span span;
};

using TextList = std::vector<Text>;

struct TextPair {
  Text key;
  Text value;
};

/// In the order of the file.
using TextMap = std::vector<TextPair>;

struct RawSchema {
  Text label;
  TextList files;
  TextList include;
};

struct RawOverride {
  TextList files;
  TextMap rules;
};

struct RawComposer {
  std::optional<TextList> modules;
};

struct RawNumber {
  std::uint64_t value = 0;
  base::Span span;
};

/// What a config file says of one project, in the words of `builder.config.json`; nothing is
/// checked against the disk or against other values. Every format is translated into this.
struct RawProject {
  Text name;
  /// The place to point at where something is missing.
  base::Span span;

  std::optional<Text> root;
  std::optional<TextList> schema;
  std::optional<std::vector<RawSchema>> schemas;
  std::optional<TextList> include;
  std::optional<TextList> exclude;
  std::optional<bool> default_excludes;
  std::optional<Text> out_dir;
  std::optional<Text> cache_dir;
  std::optional<TextMap> tags;
  std::optional<TextList> tag_modules;
  std::optional<TextList> globals;
  std::optional<RawComposer> composer;
  std::optional<Text> module_format;
  std::optional<Text> on_error;
  std::optional<bool> commit_outputs;
  std::optional<TextMap> rules;
  std::optional<std::vector<RawOverride>> overrides;
  std::optional<RawNumber> max_file_size;
};

struct RawConfig {
  /// What stands outside of `projects`: the only project, or what all projects share.
  RawProject shared;
  bool has_projects = false;
  std::vector<RawProject> projects;
};

}  // namespace session::config
