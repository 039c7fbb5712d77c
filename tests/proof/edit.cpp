#include "tests/proof/edit.h"

#include "base/source_path.h"

namespace proof {
namespace {

constexpr std::uint64_t k_thousand = 1000;

std::vector<std::string> files_at(const Tree& tree, const std::string& path) {
  std::vector<std::string> files;
  for (const auto& [name, entry] : tree) {
    if (entry.kind == base::FileKind::regular && (name == path || name.starts_with(path + "/"))) {
      files.push_back(name);
    }
  }
  return files;
}

void damage(const Edit& edit, const std::string& path, ProjectDisk& disk) {
  const Tree tree = disk.tree();
  for (const std::string& file : files_at(tree, path)) {
    std::string content = tree.at(file).content;
    const std::size_t at = content.size() * edit.number / k_thousand;
    if (edit.kind == Edit::Kind::truncate) {
      content.resize(at);
    } else if (at < content.size()) {
      content[at] = static_cast<char>(content[at] ^ (1 << (edit.number % 8)));
    }
    disk.put(file, content);
  }
}

// Behind the 16 bytes that say what the file is; docs/formats.md.
void change_version(const std::string& path, ProjectDisk& disk) {
  constexpr std::size_t k_version_offset = 16;
  const Tree tree = disk.tree();
  for (const std::string& file : files_at(tree, path)) {
    std::string content = tree.at(file).content;
    if (content.size() > k_version_offset && content.starts_with("builder ")) {
      ++content[k_version_offset];
      disk.put(file, content);
    }
  }
}

void write_backdated(const std::string& path, const std::string& text, ProjectDisk& disk) {
  const Tree tree = disk.tree();
  const auto before = tree.find(path);
  disk.put(path, text);
  if (before != tree.end()) {
    disk.set_modified_ns(path, before->second.stamp.modified_ns);
  }
}

void touch(const std::string& path, ProjectDisk& disk) {
  const Tree tree = disk.tree();
  const auto entry = tree.find(path);
  if (entry != tree.end() && entry->second.kind == base::FileKind::regular) {
    disk.put(path, entry->second.content);
  }
}

}  // namespace

void apply(const Edit& edit, ProjectDisk& disk) {
  const std::string path = base::join_path(disk.root(), edit.path);
  switch (edit.kind) {
    case Edit::Kind::write:
      return disk.put(path, edit.text);
    case Edit::Kind::save:
      return disk.put_by_rename(path, edit.text);
    case Edit::Kind::write_backdated:
      return write_backdated(path, edit.text, disk);
    case Edit::Kind::make_folder:
      return disk.put_directory(path);
    case Edit::Kind::link:
      return disk.put_symlink(path, edit.other);
    case Edit::Kind::make_fifo:
      return disk.put_fifo(path);
    case Edit::Kind::erase:
      return disk.erase(path);
    case Edit::Kind::move:
      return disk.move(path, base::join_path(disk.root(), edit.other));
    case Edit::Kind::set_mode:
      return disk.set_mode(path, edit.number);
    case Edit::Kind::touch:
      return touch(path, disk);
    case Edit::Kind::truncate:
    case Edit::Kind::flip:
      return damage(edit, path, disk);
    case Edit::Kind::change_version:
      return change_version(path, disk);
  }
}

}  // namespace proof
