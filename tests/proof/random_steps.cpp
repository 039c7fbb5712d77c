#include "tests/proof/random_steps.h"

#include <algorithm>

#include "base/source_path.h"

namespace proof {
namespace {

using Kind = Edit::Kind;

constexpr std::uint32_t k_thousand = 1000;
// Where a cache folder waits to be brought back.
constexpr std::string_view k_kept_cache = "../outside/cache";

std::string relative(const Surroundings& surroundings, const std::string& path) {
  return base::SourcePath::relative_to(surroundings.root, path).text();
}

bool is_below(const std::string& path, std::string_view folder) {
  return path.starts_with(std::string(folder) + "/");
}

struct Places {
  /// Sources and what decides about them, of what is there.
  std::vector<std::string> inputs;
  std::vector<std::string> folders;
  std::vector<std::string> outputs;
};

// Paths relative to the root.
Places places_in(const Surroundings& surroundings) {
  Places places;
  for (const auto& [path, entry] : surroundings.tree) {
    std::string name = relative(surroundings, path);
    if (is_below(name, ".builder")) {
      if (entry.kind == base::FileKind::regular) {
        places.outputs.push_back(std::move(name));
      }
    } else if (is_below(name, ".cache") || name == ".cache" || name == ".builder" ||
               name.starts_with(k_kept_cache)) {
      continue;
    } else if (entry.kind != base::FileKind::directory) {
      places.inputs.push_back(std::move(name));
    } else if (name.find('/') != std::string::npos && !name.starts_with("..")) {
      places.folders.push_back(std::move(name));
    }
  }
  return places;
}

bool is_setting(const std::string& path) {
  return path.ends_with(".json") || path == "schema.graphql";
}

Kind way_to_save(Random& random) {
  const std::size_t kind = random.below(10);
  return kind < 5 ? Kind::write : kind < 8 ? Kind::save : Kind::write_backdated;
}

std::string random_path(Random& random) {
  return std::string(random.one_of(k_source_paths));
}

// Rather one that is not there: others need it.
Edit write_source(Random& random, const Surroundings& surroundings) {
  std::string path = random_path(random);
  for (int i = 0; i < 2 && surroundings.tree.contains(base::join_path(surroundings.root, path));
       ++i) {
    path = random.chance(60) ? random_path(random) : path;
  }
  return {way_to_save(random), path, "", random_source(random, path, surroundings.dialects), 0};
}

Edit edit_setting(Random& random) {
  switch (random.below(8)) {
    case 0:
      return {way_to_save(random), "builder.config.json", "", random_config(random), 0};
    case 1:
      return {way_to_save(random), "tsconfig.json", "", random_tsconfig(random), 0};
    case 2:
      return {way_to_save(random), "packages/ui/package.json", "", random_package(random), 0};
    case 3:
      return {way_to_save(random), "admin.graphql", "", random_schema(random), 0};
    default:
      return {way_to_save(random), "schema.graphql", "", random_schema(random), 0};
  }
}

Edit mutate_input(Random& random, const Surroundings& surroundings, const Places& places) {
  if (places.inputs.empty()) {
    return write_source(random, surroundings);
  }
  const std::string path = random.one_of(places.inputs);
  // A project without a schema or a config builds nothing, and little is learnt of it.
  if (is_setting(path) && random.chance(85)) {
    return edit_setting(random);
  }
  const auto entry = surroundings.tree.find(base::join_path(surroundings.root, path));
  if (entry == surroundings.tree.end() || entry->second.kind != base::FileKind::regular) {
    return {Kind::erase, path, "", "", 0};
  }
  return {way_to_save(random), path, "", mutate(random, entry->second.content), 0};
}

// The link's text leads from the folder of `path` to another source.
Edit link_source(Random& random) {
  const std::string path = random_path(random);
  std::string target;
  for (auto slash = std::count(path.begin(), path.end(), '/'); slash > 0; --slash) {
    target += "../";
  }
  return {Kind::link, path, target + random_path(random), "", 0};
}

Edit move_something(Random& random, const Surroundings& surroundings, const Places& places) {
  if (random.chance(30) && !places.folders.empty()) {
    constexpr std::string_view targets[] = {
        "src/moved", "src/lib", "alt", "../outside/kept", "src/barrel"};
    return {Kind::move, random.one_of(places.folders), std::string(random.one_of(targets)), "", 0};
  }
  if (places.inputs.empty()) {
    return write_source(random, surroundings);
  }
  const std::string from = random.one_of(places.inputs);
  return is_setting(from) ? edit_setting(random)
                          : Edit{Kind::move, from, random_path(random), "", 0};
}

Edit tamper(Random& random, const Places& places) {
  if (places.outputs.empty() || random.chance(10)) {
    return {Kind::erase, ".builder", "", "", 0};
  }
  const std::string path = random.one_of(places.outputs);
  switch (random.below(4)) {
    case 0:
      return {Kind::erase, path, "", "", 0};
    case 1:
      return {Kind::truncate, path, "", "", static_cast<std::uint32_t>(random.below(k_thousand))};
    case 2:
      return {Kind::touch, path, "", "", 0};
    default:
      return {Kind::save, path, "", "// by hand\n", 0};
  }
}

// Damaged, of another version, or an old one that somebody brings back.
void harm_saved_state(Random& random, const Surroundings& surroundings, Step& step) {
  const auto place = static_cast<std::uint32_t>(random.below(k_thousand));
  switch (random.below(6)) {
    case 0:
    case 1:
      step.edits.push_back({Kind::truncate, ".cache", "", "", place});
      break;
    case 2:
    case 3:
      step.edits.push_back({Kind::flip, ".cache", "", "", place});
      break;
    case 4:
      step.edits.push_back({Kind::change_version, ".cache", "", "", 0});
      break;
    default:
      if (surroundings.tree.contains(base::join_path(surroundings.root, k_kept_cache))) {
        step.edits.push_back({Kind::erase, ".cache", "", "", 0});
        step.edits.push_back({Kind::move, std::string(k_kept_cache), ".cache", "", 0});
      } else {
        step.edits.push_back({Kind::move, ".cache", std::string(k_kept_cache), "", 0});
      }
  }
}

Edit random_edit(Random& random, const Surroundings& surroundings, const Places& places) {
  const std::size_t kind = random.below(100);
  if (kind < 30) {
    return write_source(random, surroundings);
  }
  if (kind < 62) {
    return mutate_input(random, surroundings, places);
  }
  if (kind < 74) {
    return edit_setting(random);
  }
  if (kind < 82) {
    return move_something(random, surroundings, places);
  }
  if (kind < 85) {
    return link_source(random);
  }
  if (kind < 91) {
    return tamper(random, places);
  }
  const std::string path = places.inputs.empty() ? "src/a.ts" : random.one_of(places.inputs);
  if (kind < 96) {
    return is_setting(path) && random.chance(85) ? edit_setting(random)
                                                 : Edit{Kind::erase, path, "", "", 0};
  }
  if (kind < 97) {
    return {Kind::make_fifo, random_path(random), "", "", 0};
  }
  if (kind < 98 && surroundings.obeys_modes) {
    return {Kind::set_mode, path, "", "", random.chance(50) ? 0U : 0644U};
  }
  return {Kind::touch, path, "", "", 0};
}

}  // namespace

Step random_project(Random& random, Dialects dialects) {
  Step step;
  step.edits.push_back({Kind::write, "schema.graphql", "", random_schema(random), 0});
  step.edits.push_back({Kind::write, "admin.graphql", "", random_schema(random), 0});
  step.edits.push_back({Kind::write, "builder.config.json", "", random_config(random), 0});
  step.edits.push_back({Kind::write, "tsconfig.json", "", random_tsconfig(random), 0});
  step.edits.push_back(
      {Kind::write, "package.json", "", "{ \"workspaces\": [\"packages/*\"] }\n", 0});
  step.edits.push_back({Kind::write, "packages/ui/package.json", "", random_package(random), 0});
  for (const std::string_view path : k_source_paths) {
    if (random.chance(dialects == Dialects::tag ? 60 : 85)) {
      step.edits.push_back(
          {Kind::write, std::string(path), "", random_source(random, path, dialects), 0});
    }
  }
  return step;
}

Step random_step(Random& random, const Surroundings& surroundings) {
  Step step;
  const Places places = places_in(surroundings);
  do {
    step.edits.push_back(random_edit(random, surroundings, places));
  } while (random.chance(35));
  step.is_overflow = random.chance(15);
  step.is_same_tick = random.chance(10);
  step.is_restart = random.chance(8);
  if (step.is_restart && random.chance(40)) {
    harm_saved_state(random, surroundings, step);
  }
  if (random.chance(20)) {
    // An edit that it is told of leads to few questions.
    const std::size_t last_question = random.chance(50) ? 20 : 150;
    step.edits.push_back(random_edit(random, surroundings, places));
    step.meanwhile = 1 + static_cast<std::uint32_t>(random.below(last_question));
  } else if (random.chance(4)) {
    const Fault::Kind kind = random.chance(60) ? Fault::Kind::kill : Fault::Kind::disk_full;
    const std::size_t last_change = random.chance(70) ? 12 : 60;
    step.fault = Fault{kind, 1 + static_cast<std::uint32_t>(random.below(last_change))};
  }
  return step;
}

}  // namespace proof
