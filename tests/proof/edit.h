#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/proof/project_disk.h"

namespace proof {

/// One thing that happens to the files of a project.
struct Edit {
  enum class Kind : std::uint8_t {
    /// `text` becomes the content of `path`, in place.
    write,
    /// The same through a temporary file and a rename, as many editors do.
    save,
    /// The same as write; then the modification time is set back to what it was.
    write_backdated,
    make_folder,
    /// `path` becomes a symlink to `other`.
    link,
    make_fifo,
    /// A file, or a folder with all in it.
    erase,
    /// `path` becomes `other`.
    move,
    /// The permission bits of `path` become `number`.
    set_mode,
    /// Only the times change.
    touch,
    /// Every file at or below `path` loses its end: `number` thousandths of it stay.
    truncate,
    /// In every file at or below `path` one bit is flipped, `number` thousandths into it.
    flip,
    /// The files of a saved state at or below `path` say that another version wrote them.
    change_version,
  };

  Kind kind = Kind::write;
  /// Relative to the project's root; `../` leads to the place outside of it.
  std::string path;
  std::string other;
  std::string text;
  std::uint32_t number = 0;

  friend bool operator==(const Edit&, const Edit&) = default;
};

void apply(const Edit& edit, ProjectDisk& disk);

}  // namespace proof
