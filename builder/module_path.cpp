#include "builder/module_path.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "base/fingerprint.h"
#include "base/utf8.h"

namespace builder {
namespace {

constexpr std::string_view k_folder = "modules";
constexpr std::string_view k_up = "__up__";
// File systems allow 255 bytes; the longest name made of a source's is that of the temporary file
// of its declarations, `.<name>.d.mts.tmp`.
constexpr std::size_t k_name_limit_bytes = 240;
constexpr std::size_t k_kept_bytes = 180;

bool is_upper_hex(char byte) {
  return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'F');
}

bool must_be_escaped(unsigned char byte) {
  return byte < 0x20 || byte == 0x7F || byte == '#' || byte == '?' || byte == '%' || byte == '\\';
}

void append_escape(std::string& out, unsigned char byte) {
  constexpr std::string_view k_digits = "0123456789ABCDEF";
  out += '~';
  out += k_digits[byte >> 4];
  out += k_digits[byte & 0xF];
}

bool is_line_separator(std::string_view sequence) {
  return sequence == "\xE2\x80\xA8" || sequence == "\xE2\x80\xA9";
}

std::string escaped(std::string_view name) {
  std::string out;
  for (std::size_t i = 0; i < name.size();) {
    const base::CodePoint point = base::code_point_at(name, i);
    const std::string_view sequence = name.substr(i, point.length);
    const auto byte = static_cast<unsigned char>(name[i]);
    const bool is_ill_formed = byte >= 0x80 && point.length == 1;
    // A `~` that would read as an escape is escaped itself: so no two names become one.
    const bool looks_escaped = byte == '~' && i + 2 < name.size() && is_upper_hex(name[i + 1]) &&
                               is_upper_hex(name[i + 2]);
    if (is_line_separator(sequence) || is_ill_formed || looks_escaped || must_be_escaped(byte)) {
      for (const char each : sequence) {
        append_escape(out, static_cast<unsigned char>(each));
      }
    } else {
      out += sequence;
    }
    i += point.length;
  }
  return out;
}

// `__up__`, `__up___`, ...: what stands for `..`, and real folders that look like it.
bool looks_like_up(std::string_view name) {
  return name.starts_with(k_up) && name.find_first_not_of('_', k_up.size()) == std::string::npos;
}

// What files in the output folder end in, temporary ones too: no folder may have a file's name.
bool looks_like_output(std::string_view name) {
  constexpr std::string_view k_ends[] = {".mjs", ".cjs", ".mts", ".cts", ".tmp"};
  return std::any_of(std::begin(k_ends), std::end(k_ends), [name](std::string_view end) {
    return name.ends_with(end);
  });
}

std::string folder_name(std::string_view name) {
  if (name == "..") {
    return std::string(k_up);
  }
  std::string out = escaped(name);
  if (looks_like_output(out)) {
    const std::size_t dot = out.rfind('.');
    const std::string end = out.substr(dot + 1);
    out.resize(dot);
    append_escape(out, '.');
    out += end;
  }
  if (looks_like_up(out)) {
    out += '_';
  }
  return out;
}

std::string file_name(std::string_view name) {
  std::string out = escaped(name);
  if (out.size() > k_name_limit_bytes) {
    std::size_t size = k_kept_bytes;
    while (size > 0 && (static_cast<unsigned char>(out[size]) & 0xC0U) == 0x80U) {
      --size;
    }
    out.resize(size);
    out.append("~").append(base::to_hex(base::fingerprint_of(name)));
  }
  return out;
}

std::vector<std::string_view> split(std::string_view path) {
  std::vector<std::string_view> names;
  while (!path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    names.push_back(path.substr(0, slash));
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
  return names;
}

}  // namespace

std::string module_path(const base::SourcePath& source, ModuleFormat format) {
  std::string path(k_folder);
  for (const std::string_view name : split(source.folder())) {
    path.append("/").append(folder_name(name));
  }
  path.append("/").append(file_name(source.file_name()));
  return path.append(format == ModuleFormat::esm ? ".mjs" : ".cjs");
}

std::string module_specifier(std::string_view from, std::string_view to) {
  const std::vector<std::string_view> folders = split(base::parent_path(from));
  const std::vector<std::string_view> names = split(to);
  std::size_t common = 0;
  while (common < folders.size() && common + 1 < names.size() && folders[common] == names[common]) {
    ++common;
  }
  std::string specifier = common == folders.size() ? "." : "..";
  for (std::size_t i = common + 1; i < folders.size(); ++i) {
    specifier += "/..";
  }
  for (std::size_t i = common; i < names.size(); ++i) {
    specifier.append("/").append(names[i]);
  }
  return specifier;
}

}  // namespace builder
