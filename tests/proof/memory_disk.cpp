#include <algorithm>

#include "base/source_path.h"
#include "tests/proof/project_disk.h"
#include "tests/support/memory_file_system.h"

namespace proof {
namespace {

using base::FileKind;

constexpr std::int64_t k_second_ns = 1'000'000'000;

class MemoryDisk final : public ProjectDisk {
 public:
  MemoryDisk() : ProjectDisk("/box") { files_.put_directory(root()); }

  base::FileSystem& files() override { return files_; }

  void put(const std::string& path, std::string_view content) override {
    if (has_room_at(path)) {
      files_.put(path, content);
    }
  }

  void put_by_rename(const std::string& path, std::string_view content) override {
    if (has_room_at(path)) {
      files_.put_by_rename(path, content);
    }
  }

  void put_directory(const std::string& path) override {
    if (!entry(path) && has_folders_above(path)) {
      files_.put_directory(path);
    }
  }

  void put_symlink(const std::string& path, const std::string& target) override {
    if (has_room_at(path)) {
      files_.put_symlink(path, target);
    }
  }

  void put_fifo(const std::string& path) override {
    if (has_room_at(path)) {
      files_.put_other(path);
    }
  }

  void erase(const std::string& path) override {
    if (entry(path)) {
      files_.erase(path);
    }
  }

  void move(const std::string& from, const std::string& to) override {
    const bool is_into_itself = to == from || to.starts_with(from + "/");
    const auto target = entry(to);
    if (entry(from) && !is_into_itself && has_folders_above(to) &&
        (!target || target->kind != FileKind::directory)) {
      files_.move(from, to);
    }
  }

  void set_mode(const std::string& path, std::uint32_t mode) override {
    if (files_.follow(path)) {
      files_.set_mode(path, mode);
    }
  }

  void set_modified_ns(const std::string& path, std::int64_t modified_ns) override {
    if (files_.follow(path)) {
      files_.set_modified_ns(path, modified_ns);
    }
  }

  // By more than the slack that the program grants to coarse clocks.
  void let_time_pass() override { files_.tick(10 * k_second_ns); }
  bool obeys_modes() const override { return true; }

  Tree tree() const override {
    Tree tree;
    for (support::TreeNode& node : files_.nodes_below(box())) {
      tree.emplace(
          std::move(node.path),
          TreeEntry{
              node.status.kind, std::move(node.content), node.status.mode, node.status.stamp});
    }
    return tree;
  }

 private:
  std::optional<base::FileStatus> entry(const std::string& path) const {
    return files_.entry(path);
  }

  // Symlinked folders count: what they lead to is a folder like others.
  bool has_folders_above(const std::string& path) const {
    for (std::string_view above = base::parent_path(path); above != "/" && !above.empty();
         above = base::parent_path(above)) {
      const auto followed = files_.follow(std::string(above));
      if (followed ? followed->kind != FileKind::directory
                   : entry(std::string(above)).has_value()) {
        return false;
      }
    }
    return true;
  }

  bool has_room_at(const std::string& path) const {
    const auto followed = files_.follow(path);
    return has_folders_above(path) &&
           (followed ? followed->kind == FileKind::regular : !entry(path).has_value());
  }

  support::MemoryFileSystem files_;
};

}  // namespace

std::unique_ptr<ProjectDisk> make_memory_disk() {
  return std::make_unique<MemoryDisk>();
}

}  // namespace proof
