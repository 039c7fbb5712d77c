#include "cli/render_cache.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "cli/render_human.h"
#include "cli/render_json.h"
#include "cli/text_cells.h"

namespace cli {
namespace {

std::string folder_of(const CacheReport& report, const PathDisplay& paths) {
  return base::SourcePath::relative_to(paths.from, report.info.folder).text();
}

std::string state_text(const session::CacheInfo& info) {
  switch (info.use) {
    case session::CacheUse::none:
      return "nothing is kept";
    case session::CacheUse::usable:
      return "the next build begins with it";
    case session::CacheUse::useless:
      return "the next build starts without it: " + printable(info.reason);
  }
  return {};
}

}  // namespace

std::string cache_text(const CacheReport& report, const PathDisplay& paths) {
  const session::CacheInfo& info = report.info;
  std::string text = report.project.empty() ? "" : "[" + printable(report.project) + "] ";
  text += "Cache " + printable_name(folder_of(report, paths)) + ": ";
  if (report.cleared) {
    return text + counted(report.cleared->files, "file") + " deleted, " +
           with_separators(report.cleared->bytes) + " bytes freed\n";
  }
  text += state_text(info) + "\n";
  if (info.use == session::CacheUse::none) {
    return text;
  }
  text += "  snapshot: " + with_separators(info.snapshot_bytes) +
          " bytes; log: " + with_separators(info.log_bytes) + " bytes\n";
  std::size_t width = 0;
  for (const session::CacheTable& table : info.tables) {
    width = std::max(width, table.name.size());
  }
  for (const session::CacheTable& table : info.tables) {
    text +=
        "  " + table.name + ":" + std::string(width - table.name.size() + 1, ' ') +
        (table.size.entries == 1 ? "1 entry" : with_separators(table.size.entries) + " entries") +
        ", " + with_separators(table.size.bytes) + " bytes\n";
  }
  return text;
}

std::string cache_event(const CacheReport& report, const PathDisplay& paths) {
  nlohmann::ordered_json json;
  json["event"] = "cache";
  json["protocol"] = k_protocol;
  json["generation"] = 0;
  json["project"] = report.project;
  json["folder"] = folder_of(report, paths);
  if (report.cleared) {
    json["filesDeleted"] = report.cleared->files;
    json["bytesFreed"] = report.cleared->bytes;
  } else {
    json["state"] = session::to_text(report.info.use);
    json["reason"] = report.info.reason;
    json["snapshotBytes"] = report.info.snapshot_bytes;
    json["logBytes"] = report.info.log_bytes;
    json["tables"] = nlohmann::ordered_json::array();
    for (const session::CacheTable& table : report.info.tables) {
      json["tables"].push_back(
          {{"name", table.name}, {"entries", table.size.entries}, {"bytes", table.size.bytes}});
    }
  }
  // File names need not be UTF-8; what is not becomes U+FFFD.
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace cli
