// The least that a one-shot build must do on this machine, and nothing else: walk the folders, read
// and hash every file, look for tags, parse the files that have one with tree-sitter and visit
// every node, cut the schema into tokens, write as many output files of the same sizes as the
// builder wrote, and a record per file. No import is followed, no name resolved, nothing validated.
// With `scan` files that have a tag are not parsed: every byte of them is looked at once, which is
// what a scanner must do at the least.
//
// A duration says little on a machine that one does not know; the ratio of the builder's to this
// one's, taken side by side, says how much of it could still go. The program shares no code with
// the builder, so that the two cannot become slow together.
//
// usage: perf_floor ROOT SCHEMA OUTPUTS OUT_FOLDER THREADS [scan]
//   OUTPUTS   a file with one line per output: its size in bytes, a space, its path below
//   OUT_FOLDER
#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <dirent.h>
#include <tree_sitter/api.h>
#include <xxhash.h>

extern "C" const TSLanguage* tree_sitter_typescript();
extern "C" const TSLanguage* tree_sitter_tsx();

namespace {

/// What any cache must keep of a file.
struct FileRecord {
  XXH128_hash_t hash;
  std::int64_t modified_ns;
  std::uint64_t inode;
  std::uint64_t size_bytes;
};

struct Totals {
  std::atomic<std::size_t> bytes_read{0};
  std::atomic<std::size_t> files_parsed{0};
  std::atomic<std::size_t> bytes_parsed{0};
  std::atomic<std::size_t> nodes{0};
};

bool is_source(std::string_view name) {
  return name.ends_with(".ts") || name.ends_with(".tsx") || name.ends_with(".graphql");
}

std::vector<std::string> source_files(const std::string& root) {
  std::vector<std::string> files;
  std::vector<std::string> folders = {root};
  while (!folders.empty()) {
    const std::string folder = std::move(folders.back());
    folders.pop_back();
    DIR* directory = ::opendir(folder.c_str());
    if (directory == nullptr) {
      continue;
    }
    while (const dirent* entry = ::readdir(directory)) {
      const std::string_view name = entry->d_name;
      if (name.starts_with('.') || name == "node_modules") {
        continue;
      }
      if (entry->d_type == DT_DIR) {
        folders.push_back(folder + "/" + std::string(name));
      } else if (is_source(name)) {
        files.push_back(folder + "/" + std::string(name));
      }
    }
    ::closedir(directory);
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// Whether a tag name stands directly before a template or an opening parenthesis.
bool has_tag(std::string_view text) {
  for (std::size_t at = text.find("ql"); at < text.size(); at = text.find("ql", at + 2)) {
    const bool is_tag_name = text.substr(0, at).ends_with('g') ||  // gql
                             text.substr(0, at).ends_with("graph");
    const char next = at + 2 < text.size() ? text[at + 2] : '\0';
    if (is_tag_name && (next == '`' || next == '(' || next == '<')) {
      return true;
    }
  }
  return false;
}

std::size_t visit_all_nodes(TSTree* tree) {
  std::size_t nodes = 1;
  TSTreeCursor cursor = ts_tree_cursor_new(ts_tree_root_node(tree));
  bool is_done = false;
  while (!is_done) {
    if (ts_tree_cursor_goto_first_child(&cursor) || ts_tree_cursor_goto_next_sibling(&cursor)) {
      ++nodes;
      continue;
    }
    bool is_at_sibling = false;
    while (!is_at_sibling && !is_done) {
      is_done = !ts_tree_cursor_goto_parent(&cursor);
      is_at_sibling = !is_done && ts_tree_cursor_goto_next_sibling(&cursor);
    }
    nodes += is_done ? 0 : 1;
  }
  ts_tree_cursor_delete(&cursor);
  return nodes;
}

/// What is done with a file that has a tag.
enum class TaggedFiles { parse, scan };

/// How many bytes end a word, in a way that no compiler does eight bytes at a time.
std::size_t count_words(std::string_view text) {
  std::size_t words = 0;
  bool is_in_word = false;
  for (const char c : text) {
    const bool is_word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
    words += is_in_word && !is_word ? 1 : 0;
    is_in_word = is_word;
  }
  return words;
}

/// One thread's parsers and buffer, used for one file after the other.
class FileReader {
 public:
  FileReader(Totals& totals, TaggedFiles tagged) : totals_(totals), tagged_(tagged) {
    ts_parser_set_language(typescript_, tree_sitter_typescript());
    ts_parser_set_language(tsx_, tree_sitter_tsx());
  }
  FileReader(const FileReader&) = delete;
  FileReader& operator=(const FileReader&) = delete;
  ~FileReader() {
    ts_parser_delete(typescript_);
    ts_parser_delete(tsx_);
  }

  FileRecord read(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    struct stat info {};
    if (file < 0 || ::fstat(file, &info) != 0) {
      return {};
    }
    const auto size = static_cast<std::size_t>(info.st_size);
    buffer_.resize(std::max(buffer_.size(), size));
    const ssize_t count = ::read(file, buffer_.data(), size);
    ::close(file);
    const std::string_view text(buffer_.data(), count < 0 ? 0 : static_cast<std::size_t>(count));
    totals_.bytes_read += text.size();
    const bool is_tagged = has_tag(text);
    if (is_tagged && tagged_ == TaggedFiles::parse) {
      parse(text, path.ends_with(".tsx"));
    } else if (is_tagged) {
      totals_.nodes += count_words(text);
    }
    return {XXH3_128bits(text.data(), text.size()),
            info.st_mtim.tv_sec * 1'000'000'000 + info.st_mtim.tv_nsec,
            info.st_ino,
            text.size()};
  }

 private:
  void parse(std::string_view text, bool is_tsx) {
    TSTree* tree = ts_parser_parse_string(
        is_tsx ? tsx_ : typescript_, nullptr, text.data(), static_cast<std::uint32_t>(text.size()));
    totals_.nodes += visit_all_nodes(tree);
    ts_tree_delete(tree);
    ++totals_.files_parsed;
    totals_.bytes_parsed += text.size();
  }

  Totals& totals_;
  TaggedFiles tagged_;
  TSParser* typescript_ = ts_parser_new();
  TSParser* tsx_ = ts_parser_new();
  std::string buffer_;
};

std::vector<FileRecord> read_all(const std::vector<std::string>& files,
                                 unsigned threads,
                                 TaggedFiles tagged,
                                 Totals& totals) {
  std::vector<FileRecord> records(files.size());
  std::atomic<std::size_t> next{0};
  constexpr std::size_t k_batch = 8;
  const auto work = [&] {
    FileReader reader(totals, tagged);
    for (std::size_t begin = next.fetch_add(k_batch); begin < files.size();
         begin = next.fetch_add(k_batch)) {
      for (std::size_t i = begin; i < std::min(begin + k_batch, files.size()); ++i) {
        records[i] = reader.read(files[i]);
      }
    }
  };
  std::vector<std::thread> others;
  for (unsigned i = 1; i < threads; ++i) {
    others.emplace_back(work);
  }
  work();
  for (std::thread& thread : others) {
    thread.join();
  }
  return records;
}

bool is_name_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// The number of names, strings and punctuators: what any reader of a schema has to see.
std::size_t token_count(std::string_view text) {
  std::size_t tokens = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    const char c = text[at];
    if (c == ' ' || c == '\n' || c == ',' || c == '\t' || c == '\r') {
      ++at;
      continue;
    }
    if (c == '#') {
      at = std::min(text.find('\n', at), text.size());
      continue;
    }
    ++tokens;
    if (text.substr(at).starts_with("\"\"\"")) {
      at = std::min(text.find("\"\"\"", at + 3), text.size() - 3) + 3;
    } else if (c == '"') {
      at = std::min(text.find('"', at + 1), text.size() - 1) + 1;
    } else {
      const bool is_name = is_name_byte(c);
      do {
        ++at;
      } while (is_name && at < text.size() && is_name_byte(text[at]));
    }
  }
  return tokens;
}

std::string content_of(const char* path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

bool write_file(const std::string& path, std::string_view content) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  const bool is_written = file >= 0 && ::write(file, content.data(), content.size()) ==
                                           static_cast<ssize_t>(content.size());
  ::close(file);
  return is_written;
}

void make_folders(const std::string& path) {
  for (std::size_t slash = path.find('/', 1); slash != std::string::npos;
       slash = path.find('/', slash + 1)) {
    ::mkdir(path.substr(0, slash).c_str(), 0755);
  }
}

/// Writes what the list names, as few folders created as need be. Returns the bytes written.
std::size_t write_outputs(const char* list, const std::string& out_folder) {
  std::ifstream lines(list);
  std::size_t size = 0;
  std::size_t written = 0;
  std::string path;
  std::string last_folder;
  std::string content;
  while (lines >> size && lines.get() == ' ' && std::getline(lines, path)) {
    path.insert(0, out_folder + "/");
    const std::string folder = path.substr(0, path.rfind('/') + 1);
    if (folder != last_folder) {
      make_folders(folder);
      last_folder = folder;
    }
    content.resize(std::max(content.size(), size), 'x');
    written += write_file(path, std::string_view(content).substr(0, size)) ? size : 0;
  }
  return written;
}

std::size_t write_records(const std::vector<std::string>& files,
                          const std::vector<FileRecord>& records,
                          const std::string& path) {
  std::string content;
  for (std::size_t i = 0; i < files.size(); ++i) {
    std::array<char, sizeof(FileRecord)> bytes{};
    std::memcpy(bytes.data(), &records[i], sizeof(FileRecord));
    content.append(bytes.data(), bytes.size()).append(files[i]);
  }
  return write_file(path, content) ? content.size() : 0;
}

}  // namespace

int main(int argc, char** argv) {
  const bool scans = argc == 7 && std::string_view(argv[6]) == "scan";
  if (argc != 6 && !scans) {
    std::fputs("usage: perf_floor ROOT SCHEMA OUTPUTS OUT_FOLDER THREADS [scan]\n", stderr);
    return 2;
  }
  const std::string out_folder = argv[4];
  const auto threads = static_cast<unsigned>(std::strtoul(argv[5], nullptr, 10));

  Totals totals;
  const std::vector<std::string> files = source_files(argv[1]);
  const std::vector<FileRecord> records =
      read_all(files, threads, scans ? TaggedFiles::scan : TaggedFiles::parse, totals);
  const std::size_t tokens = token_count(content_of(argv[2]));
  make_folders(out_folder + "/");
  const std::size_t written = write_outputs(argv[3], out_folder);
  const std::size_t recorded = write_records(files, records, out_folder + "/records");

  std::printf(
      "{\"files\": %zu, \"bytes_read\": %zu, \"files_parsed\": %zu, \"bytes_parsed\": %zu, "
      "\"nodes\": %zu, \"schema_tokens\": %zu, \"bytes_written\": %zu}\n",
      files.size(),
      totals.bytes_read.load(),
      totals.files_parsed.load(),
      totals.bytes_parsed.load(),
      totals.nodes.load(),
      tokens,
      written + recorded);
  return 0;
}
