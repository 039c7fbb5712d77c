#include <filesystem>
#include <fstream>
#include <sstream>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/real_file_system.h"
#include "tests/proof/project_disk.h"
#include "tests/support/temporary_folder.h"

namespace proof {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t k_second_ns = 1'000'000'000;

std::string read_file(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

base::FileKind kind_of(const struct stat& status) {
  if (S_ISREG(status.st_mode)) {
    return base::FileKind::regular;
  }
  if (S_ISDIR(status.st_mode)) {
    return base::FileKind::directory;
  }
  return S_ISLNK(status.st_mode) ? base::FileKind::symlink : base::FileKind::other;
}

std::int64_t to_ns(const struct timespec& time) {
  return time.tv_sec * k_second_ns + time.tv_nsec;
}

class RealDisk final : public ProjectDisk {
 public:
  explicit RealDisk(std::unique_ptr<test_kit::TemporaryFolder> folder)
      : ProjectDisk(folder->path()), folder_(std::move(folder)) {
    fs::create_directories(root());
  }

  explicit RealDisk(const std::string& box) : ProjectDisk(box) { fs::create_directories(root()); }

  base::FileSystem& files() override { return files_; }

  void put(const std::string& path, std::string_view content) override {
    if (has_room_at(path)) {
      make_folders_above(path);
      std::ofstream(path, std::ios::binary) << content;
    }
  }

  void put_by_rename(const std::string& path, std::string_view content) override {
    if (has_room_at(path)) {
      make_folders_above(path);
      const std::string temporary = box() + "/.saved";
      std::ofstream(temporary, std::ios::binary) << content;
      fs::rename(temporary, path, ignored_);
    }
  }

  void put_directory(const std::string& path) override { fs::create_directories(path, ignored_); }

  void put_symlink(const std::string& path, const std::string& target) override {
    if (has_room_at(path)) {
      make_folders_above(path);
      fs::remove(path, ignored_);
      fs::create_symlink(target, path, ignored_);
    }
  }

  void put_fifo(const std::string& path) override {
    if (has_room_at(path)) {
      make_folders_above(path);
      fs::remove(path, ignored_);
      static_cast<void>(::mkfifo(path.c_str(), 0644));
    }
  }

  void erase(const std::string& path) override { fs::remove_all(path, ignored_); }

  void move(const std::string& from, const std::string& to) override {
    const bool is_into_itself = to == from || to.starts_with(from + "/");
    const bool is_there = fs::symlink_status(from, ignored_).type() != fs::file_type::not_found;
    const bool is_folder_there =
        fs::symlink_status(to, ignored_).type() == fs::file_type::directory;
    if (is_there && !is_into_itself && !is_folder_there) {
      make_folders_above(to);
      if (fs::is_directory(fs::symlink_status(from, ignored_))) {
        fs::remove(to, ignored_);
      }
      fs::rename(from, to, ignored_);
    }
  }

  void set_mode(const std::string& path, std::uint32_t mode) override {
    static_cast<void>(::chmod(path.c_str(), mode));
  }

  void set_modified_ns(const std::string& path, std::int64_t modified_ns) override {
    struct timespec times[2] = {};
    times[0].tv_nsec = UTIME_OMIT;
    times[1].tv_sec = modified_ns / k_second_ns;
    times[1].tv_nsec = modified_ns % k_second_ns;
    static_cast<void>(::utimensat(AT_FDCWD, path.c_str(), times, 0));
  }

  // Real time passes by itself; nothing waits for it, because the program must not need it.
  void let_time_pass() override {}
  bool obeys_modes() const override { return ::geteuid() != 0; }

  Tree tree() const override {
    Tree tree;
    // Where others work at the same time, what is listed may be gone when it is looked at.
    std::error_code is_gone;
    const auto options = fs::directory_options::skip_permission_denied;
    for (auto entry = fs::recursive_directory_iterator(box(), options, is_gone);
         entry != fs::recursive_directory_iterator();
         entry.increment(is_gone)) {
      struct stat status = {};
      if (::lstat(entry->path().c_str(), &status) != 0) {
        continue;
      }
      TreeEntry node;
      node.kind = kind_of(status);
      node.mode = status.st_mode & 07777U;
      node.stamp = {static_cast<std::uint64_t>(status.st_size),
                    to_ns(status.st_mtim),
                    to_ns(status.st_ctim),
                    status.st_ino,
                    status.st_dev};
      if (node.kind == base::FileKind::regular) {
        node.content = read_file(entry->path());
      } else if (node.kind == base::FileKind::symlink) {
        node.content = fs::read_symlink(entry->path(), is_gone);
      }
      tree.emplace(entry->path(), std::move(node));
    }
    return tree;
  }

 private:
  void make_folders_above(const std::string& path) {
    fs::create_directories(fs::path(path).parent_path(), ignored_);
  }

  bool has_room_at(const std::string& path) const {
    std::error_code error;
    const fs::file_type there = fs::symlink_status(path, error).type();
    const fs::file_type followed = fs::status(path, error).type();
    return there == fs::file_type::not_found || followed == fs::file_type::regular;
  }

  /// Null where the folder is somebody else's.
  std::unique_ptr<test_kit::TemporaryFolder> folder_;
  base::RealFileSystem files_;
  std::error_code ignored_;
};

}  // namespace

std::unique_ptr<ProjectDisk> make_real_disk() {
  return std::make_unique<RealDisk>(std::make_unique<test_kit::TemporaryFolder>());
}

std::unique_ptr<ProjectDisk> make_real_disk_in(const std::string& box) {
  return std::make_unique<RealDisk>(box);
}

}  // namespace proof
