// Lives a random life on a real folder at full speed, for somebody else to watch: the operations of
// the state machine, outside of the process that has to follow them.
//
//   random_writer BOX SEED STEPS    STEPS steps in BOX/project; makes the project if there is none
//   random_writer BOX SEED repair   makes schema, config and some sources good again
//
// Prints the paths in the out folder, relative to the project, to which it did something by hand.

#include <cstdlib>
#include <exception>
#include <iostream>
#include <iterator>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "tests/proof/random_steps.h"

namespace {

constexpr proof::Dialects k_dialects[] = {
    proof::Dialects::tag, proof::Dialects::composer, proof::Dialects::both};

void apply(const proof::Step& step, proof::ProjectDisk& disk, std::set<std::string>& by_hand) {
  for (const proof::Edit& edit : step.edits) {
    proof::apply(edit, disk);
    if (edit.path == ".builder" || edit.path.starts_with(".builder/")) {
      by_hand.insert(edit.path);
    }
  }
}

void live(const std::string& box, std::uint64_t seed, const std::string& what) {
  const std::unique_ptr<proof::ProjectDisk> disk = proof::make_real_disk_in(box);
  const proof::Dialects dialects = k_dialects[seed % std::size(k_dialects)];
  proof::Random random(seed);
  std::set<std::string> by_hand;
  const bool is_new = !disk->tree().contains(disk->root() + "/package.json");
  if (is_new || what == "repair") {
    apply(proof::random_project(random, dialects), *disk, by_hand);
  }
  const std::uint64_t steps = std::strtoull(what.c_str(), nullptr, 10);
  for (std::uint64_t step = 0; step < steps; ++step) {
    const proof::Tree tree = disk->tree();
    apply(proof::random_step(random, {tree, disk->root(), dialects, disk->obeys_modes()}),
          *disk,
          by_hand);
  }
  for (const std::string& path : by_hand) {
    std::cout << path << "\n";
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "usage: random_writer BOX SEED STEPS|repair\n";
    return 2;
  }
  try {
    live(argv[1], std::strtoull(argv[2], nullptr, 10), argv[3]);
  } catch (const std::exception& error) {
    std::cerr << "random_writer: " << error.what() << "\n";
    return 1;
  }
  return 0;
}
