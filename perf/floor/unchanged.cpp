// The least that a new process must do to know that nothing changed: read what an earlier one noted
// of each source file, ask for the stamp of each, and list the folders to see that none came.
//
// A duration says little on a machine that one does not know; its ratio to this one's, taken side
// by side, says how much of it could still go. The program shares no code with the builder.
//
// usage: perf_unchanged ROOT RECORDS THREADS
//   RECORDS   is written if it is missing; exits with 1 if anything changed since
#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <sys/stat.h>

#include <dirent.h>

namespace {

/// What any cache must keep of a file, its path behind it.
struct Record {
  std::uint64_t size_bytes;
  std::int64_t modified_ns;
  std::int64_t changed_ns;
  std::uint64_t inode;
  std::uint64_t device;
  std::uint64_t path_bytes;
};

/// Stands for what else a cache holds beside a stamp.
constexpr std::size_t k_payload_bytes = 100;

Record record_of(const std::string& path) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) {
    return {};
  }
  const auto nanoseconds = [](const timespec& time) {
    return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
  };
  return {static_cast<std::uint64_t>(info.st_size),
          nanoseconds(info.st_mtim),
          nanoseconds(info.st_ctim),
          info.st_ino,
          info.st_dev,
          path.size()};
}

std::vector<std::string> source_files(const std::string& root) {
  std::vector<std::string> files;
  std::vector<std::string> folders = {root};
  while (!folders.empty()) {
    const std::string folder = folders.back();
    folders.pop_back();
    DIR* directory = ::opendir(folder.c_str());
    if (directory == nullptr) {
      continue;
    }
    while (const dirent* entry = ::readdir(directory)) {
      const std::string_view name = entry->d_name;
      if (name.front() == '.') {
        continue;
      }
      if (entry->d_type == DT_DIR) {
        folders.push_back(folder + "/" + entry->d_name);
      } else if (name.ends_with(".ts") || name.ends_with(".tsx") || name.ends_with(".graphql")) {
        files.push_back(folder + "/" + entry->d_name);
      }
    }
    ::closedir(directory);
  }
  return files;
}

void write_records(const std::vector<std::string>& files, const std::string& target) {
  std::ofstream out(target, std::ios::binary);
  for (const std::string& path : files) {
    const Record record = record_of(path);
    out.write(reinterpret_cast<const char*>(&record), sizeof(record));
    out << path << std::string(k_payload_bytes, 'x');
  }
}

/// How many files have another stamp than `records` says.
std::size_t count_changed(const std::string& records, unsigned thread_count, std::size_t& total) {
  std::vector<std::size_t> offsets;
  for (std::size_t offset = 0; offset + sizeof(Record) <= records.size();) {
    offsets.push_back(offset);
    Record record{};
    std::memcpy(&record, records.data() + offset, sizeof(record));
    offset += sizeof(record) + record.path_bytes + k_payload_bytes;
  }
  total = offsets.size();
  std::atomic<std::size_t> next{0};
  std::atomic<std::size_t> changed{0};
  const auto work = [&] {
    constexpr std::size_t k_batch = 64;
    while (true) {
      const std::size_t begin = next.fetch_add(k_batch);
      if (begin >= offsets.size()) {
        return;
      }
      for (std::size_t i = begin; i < std::min(begin + k_batch, offsets.size()); ++i) {
        Record record{};
        std::memcpy(&record, records.data() + offsets[i], sizeof(record));
        const std::string path(records, offsets[i] + sizeof(record), record.path_bytes);
        const Record now = record_of(path);
        changed += std::memcmp(&now, &record, sizeof(record)) == 0 ? 0 : 1;
      }
    }
  };
  std::vector<std::thread> threads;
  for (unsigned i = 1; i < thread_count; ++i) {
    threads.emplace_back(work);
  }
  work();
  for (std::thread& thread : threads) {
    thread.join();
  }
  return changed;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fprintf(stderr, "perf_unchanged ROOT RECORDS THREADS\n");
    return 2;
  }
  std::ifstream in(argv[2], std::ios::binary);
  if (!in) {
    write_records(source_files(argv[1]), argv[2]);
    return 0;
  }
  std::ostringstream text;
  text << in.rdbuf();
  std::size_t total = 0;
  const std::size_t changed =
      count_changed(text.str(), static_cast<unsigned>(std::atoi(argv[3])), total);
  const std::size_t found = source_files(argv[1]).size();
  std::printf("%zu files, %zu changed, %zu known\n", found, changed, total);
  return changed == 0 && found == total ? 0 : 1;
}
