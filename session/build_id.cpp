#include "session/build_id.h"

#include <cstring>

#include <elf.h>
#include <link.h>

namespace session {
namespace {

constexpr std::size_t k_alignment = 4;

std::size_t aligned(std::size_t size) {
  return (size + k_alignment - 1) / k_alignment * k_alignment;
}

// The linker's note NT_GNU_BUILD_ID among those of one segment.
std::string find_note(const char* at, std::size_t size) {
  while (size >= sizeof(ElfW(Nhdr))) {
    ElfW(Nhdr) header;
    std::memcpy(&header, at, sizeof header);
    const std::size_t begin = sizeof header + aligned(header.n_namesz);
    const std::size_t end = begin + aligned(header.n_descsz);
    if (end > size) {
      break;
    }
    if (header.n_type == NT_GNU_BUILD_ID) {
      return {at + begin, header.n_descsz};
    }
    at += end;
    size -= end;
  }
  return {};
}

// Called for the program first, which is all that is wanted.
int visit(dl_phdr_info* info, std::size_t, void* result) {
  for (unsigned i = 0; i < info->dlpi_phnum; ++i) {
    const auto& segment = info->dlpi_phdr[i];
    if (segment.p_type == PT_NOTE) {
      // NOLINTNEXTLINE(performance-no-int-to-ptr,*-reinterpret-cast): the loader's own arithmetic.
      const auto* begin = reinterpret_cast<const char*>(info->dlpi_addr + segment.p_vaddr);
      std::string id = find_note(begin, segment.p_memsz);
      if (!id.empty()) {
        *static_cast<std::string*>(result) = std::move(id);
        break;
      }
    }
  }
  return 1;
}

std::string read_build_id() {
  std::string bytes;
  dl_iterate_phdr(visit, &bytes);
  constexpr const char* k_digits = "0123456789abcdef";
  std::string hex;
  for (const char byte : bytes) {
    const auto value = static_cast<unsigned char>(byte);
    hex += k_digits[value / 16];
    hex += k_digits[value % 16];
  }
  return hex;
}

}  // namespace

const std::string& build_id() {
  static const std::string id = read_build_id();
  return id;
}

}  // namespace session
