#include "discovery/package_name.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "discovery/ascii.h"

namespace discovery {

namespace {

/// What Node brings along; `node:` and other schemes need no list.
constexpr std::array<std::string_view, 43> k_builtin_modules = {"assert",
                                                                "async_hooks",
                                                                "buffer",
                                                                "child_process",
                                                                "cluster",
                                                                "console",
                                                                "constants",
                                                                "crypto",
                                                                "dgram",
                                                                "diagnostics_channel",
                                                                "dns",
                                                                "domain",
                                                                "events",
                                                                "fs",
                                                                "http",
                                                                "http2",
                                                                "https",
                                                                "inspector",
                                                                "module",
                                                                "net",
                                                                "os",
                                                                "path",
                                                                "perf_hooks",
                                                                "process",
                                                                "punycode",
                                                                "querystring",
                                                                "readline",
                                                                "repl",
                                                                "stream",
                                                                "string_decoder",
                                                                "sys",
                                                                "timers",
                                                                "tls",
                                                                "trace_events",
                                                                "tty",
                                                                "url",
                                                                "util",
                                                                "v8",
                                                                "vm",
                                                                "wasi",
                                                                "worker_threads",
                                                                "zlib",
                                                                "bun"};

}  // namespace

bool is_builtin_module(std::string_view specifier) {
  const std::string_view name = specifier.substr(0, specifier.find('/'));
  return std::find(k_builtin_modules.begin(), k_builtin_modules.end(), name) !=
         k_builtin_modules.end();
}

bool is_package_name(std::string_view name) {
  const auto is_part = [](std::string_view part) {
    return !part.empty() && part[0] != '.' && part[0] != '_' &&
           std::all_of(part.begin(), part.end(), [](char c) {
             return (is_ascii_name_byte(c) && c != '$') || c == '-' || c == '.';
           });
  };
  if (!name.starts_with('@')) {
    return is_part(name);
  }
  const std::size_t slash = name.find('/');
  return slash != std::string_view::npos && is_part(name.substr(1, slash - 1)) &&
         is_part(name.substr(slash + 1));
}

}  // namespace discovery
