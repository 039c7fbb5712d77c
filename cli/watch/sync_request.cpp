#include "cli/watch/sync_request.h"

#include <string>

#include <nlohmann/json.hpp>

namespace cli {

base::Result<std::uint64_t> read_sync_request(std::string_view line) {
  const nlohmann::json json = nlohmann::json::parse(line, nullptr, false);
  if (json.is_discarded()) {
    return base::fail(base::ErrorCode::corrupt, "a line of standard input is not JSON");
  }
  const auto sync = json.is_object() ? json.find("sync") : json.end();
  if (sync == json.end()) {
    return base::fail(base::ErrorCode::corrupt,
                      "a line of standard input asks for nothing; there is {\"sync\": NUMBER}");
  }
  if (!sync->is_number_unsigned() || sync->get<std::uint64_t>() > k_max_sync) {
    return base::fail(base::ErrorCode::corrupt,
                      "\"sync\" is not a whole number from 0 to " + std::to_string(k_max_sync));
  }
  return sync->get<std::uint64_t>();
}

}  // namespace cli
