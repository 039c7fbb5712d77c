// Answers what specifiers mean, for module_resolution.mjs to compare: reads lines of importer, tab,
// specifier from standard input; prints kind, tab, path or package.
//
// usage: probe_modules ROOT
#include <iostream>
#include <string>

#include "base/real_file_system.h"
#include "discovery/module_resolver.h"

int main(int count, char** arguments) {
  if (count != 2) {
    std::cerr << "usage: probe_modules ROOT\n";
    return 2;
  }
  base::RealFileSystem files;
  const auto root = files.real_path(arguments[1]);
  if (!root) {
    std::cerr << root.error().message << "\n";
    return 3;
  }
  discovery::ModuleResolver resolver(files, {*root, {}});
  static const char* const k_kinds[] = {"source", "other", "package", "nothing"};
  std::string line;
  while (std::getline(std::cin, line)) {
    const std::size_t tab = line.find('\t');
    const discovery::ModuleResolution& answer =
        resolver.resolve(base::SourcePath(line.substr(0, tab)), line.substr(tab + 1));
    std::cout << k_kinds[static_cast<std::size_t>(answer.kind)] << "\t" << answer.path.text()
              << answer.package << "\n";
  }
  return 0;
}
