#include "tests/session/watch/watch_stage.h"

#include <algorithm>
#include <utility>

#include <doctest/doctest.h>

#include "base/check.h"
#include "base/source_path.h"
#include "discovery/watch/folder_walk.h"

namespace stage {
namespace {

using discovery::FileEvent;

constexpr std::int64_t k_ms = 1'000'000;
constexpr std::int64_t k_minute_ms = 60'000;

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) {
    all += " " + text;
  }
  return all;
}

}  // namespace

base::Status HandWatcher::add(const std::string& folder) {
  const auto status = disk_.follow(folder);
  if (!status || status->kind != base::FileKind::directory) {
    return base::fail(base::ErrorCode::not_found, "no folder to watch: " + folder);
  }
  folders_.insert(folder);
  return {};
}

discovery::WatchNews HandWatcher::take(Look /*look*/) {
  return std::exchange(news_, {});
}

void HandWatcher::tell(const std::string& path, FileEvent::Kind kind) {
  if (!folders_.contains(std::string(base::parent_path(path)))) {
    return;
  }
  news_.events.push_back({path, kind});
  if (kind != FileEvent::Kind::folder) {
    return;
  }
  std::erase_if(folders_, [&](const std::string& folder) {
    return folder == path || folder.starts_with(path + "/");
  });
  if (disk_.entry(path)) {
    walk_new_folder(path, trees_, disk_, *this, news_);
  }
}

Stage::Stage() : watcher(disk) {
  disk.put("/app/builder.config.json",
           R"({"schema": "schema.graphql", "include": ["src/**/*.ts"]})");
  disk.put("/app/schema.graphql", "type Query { a: Int b: Int }\n");
  disk.put("/app/src/a.ts", "gql`query A { a }`;\n");
  disk.put("/app/src/b.ts", "gql`query B { b }`;\n");
  disk.tick();
  request.config.working_dir = "/app";
}

void Stage::at(std::int64_t ms, std::function<void()> action) {
  actions_.emplace(ms * k_ms, std::move(action));
}

void Stage::save(const std::string& path, const std::string& text) {
  const bool is_new = !disk.entry(path);
  disk.tick();
  disk.put(path, text);
  disk.tick();
  if (is_new) {
    watcher.tell(path, FileEvent::Kind::created);
  }
  watcher.tell(path, FileEvent::Kind::content);
}

void Stage::make(const std::string& path) {
  disk.put(path, "");
  watcher.tell(path, FileEvent::Kind::created);
}

void Stage::link(const std::string& path, const std::string& target) {
  disk.put_symlink(path, target);
  watcher.tell(path, FileEvent::Kind::created);
}

void Stage::relink(const std::string& path, const std::string& target) {
  disk.tick();
  disk.erase(path);
  disk.put_symlink(path, target);
  watcher.tell(path, FileEvent::Kind::entry);
}

void Stage::move(const std::string& from, const std::string& to) {
  disk.move(from, to);
  watcher.tell(from, FileEvent::Kind::gone);
  watcher.tell(to, FileEvent::Kind::entry);
}

void Stage::erase(const std::string& path) {
  disk.erase(path);
  watcher.tell(path, FileEvent::Kind::gone);
}

void Stage::erase_folder(const std::string& path) {
  disk.erase(path);
  watcher.tell(path, FileEvent::Kind::folder);
}

void Stage::put_folder(const std::string& path) {
  watcher.tell(path, FileEvent::Kind::folder);
}

void Stage::put_program(const std::string& folder,
                        const std::string& path,
                        const std::string& text) {
  disk.put(path, text);
  disk.set_mode(path, 0755);
  put_folder(folder);
}

void Stage::ask(Asked more) {
  asked_ = std::move(more);
}

std::vector<std::string> Stage::run() {
  at(actions_.empty() ? k_minute_ms : actions_.rbegin()->first / k_ms + k_minute_ms, [this] {
    ask({{}, true});
  });
  session::WatchLoop loop(request, {disk, *this, watcher, *this, *this, *this, this});
  end = loop.run();
  return log_;
}

std::string Stage::output(const std::string& name) const {
  return disk.content("/app/.builder/" + name).value_or("none");
}

void Stage::wait(const std::vector<int>& /*descriptors*/, std::optional<std::int64_t> timeout_ns) {
  if (!begin_ns_) {
    begin_ns_ = now_ns_;
  }
  base::check(!actions_.empty(), "the last action ends the loop");
  const std::int64_t next_ns = *begin_ns_ + actions_.begin()->first;
  if (timeout_ns && now_ns_ + *timeout_ns < next_ns) {
    now_ns_ += *timeout_ns;
    return;
  }
  now_ns_ = std::max(now_ns_, next_ns);
  const auto action = std::move(actions_.extract(actions_.begin()).mapped());
  action();
}

void Stage::log(const std::string& text) {
  log_.push_back(begin_ns_ ? std::to_string((now_ns_ - *begin_ns_) / k_ms) + " " + text : text);
}

void Stage::on_config(const session::ConfigResult& config) {
  log(config.config ? "config" : "config: " + config.problems.front().message);
}

void Stage::on_ready() {
  log("ready");
}

void Stage::on_build(const session::WatchBuild& told) {
  constexpr const char* k_reasons[] = {"initial", "changes", "reconcile"};
  std::string text = told.project.name.empty() ? "" : told.project.name + " ";
  text += k_reasons[static_cast<int>(told.reason)];
  text += joined(told.paths);
  if (told.build.is_committed) {
    std::vector<std::string> ids;
    const auto& elements = told.build.delta.elements;
    for (const auto& element : elements.added) {
      ids.push_back("+" + element.id);
    }
    for (const auto& element : elements.updated) {
      ids.push_back("~" + element.id);
    }
    for (const auto& id : elements.removed) {
      ids.push_back("-" + id);
    }
    text += " =" + joined(ids);
  }
  for (const session::LocatedDiagnostic& diagnostic : told.build.report.diagnostics) {
    text += " | " + diagnostic.message;
  }
  if (told.build.error) {
    text += " | " + told.build.error->message;
  }
  log(text);
  if (on_next_build) {
    std::exchange(on_next_build, nullptr)();
  }
}

void Stage::on_idle(const session::WatchIdle& idle) {
  log(idle.project.name.empty() ? "idle" : "idle " + idle.project.name);
}

void Stage::on_remark(const session::WatchRemark& remark) {
  log("remark: " + remark.text.substr(0, remark.text.find_first_of(":;.")));
}

void Stage::begin_phase(std::string_view name, std::uint64_t /*total*/) {
  if (name == "Following imports" && on_next_resolve) {
    std::exchange(on_next_resolve, nullptr)();
  }
  if (name == "Writing" && on_next_write) {
    std::exchange(on_next_write, nullptr)();
  }
}

void Stage::on_sync(std::uint64_t number) {
  log("sync " + std::to_string(number));
}

void Stage::on_rejected(const std::string& complaint) {
  log("rejected: " + complaint);
}

std::string text(const std::vector<std::string>& log) {
  std::string all;
  for (const std::string& line : log) {
    all += "\n" + line;
  }
  return all;
}

std::vector<std::string> told_after_start(const std::vector<std::string>& log) {
  // The first build; the look for what came while nothing was watched says nothing.
  const std::vector<std::string> start = {"config", "initial = +src/a.ts::A +src/b.ts::B", "ready"};
  REQUIRE(log.size() >= start.size());
  CHECK(std::equal(start.begin(), start.end(), log.begin()));
  std::vector<std::string> rest(log.begin() + 3, log.end());
  rest.erase(std::remove(rest.begin(), rest.end(), "60 idle"), rest.end());
  return rest;
}

}  // namespace stage
