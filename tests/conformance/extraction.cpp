// usage: extraction FILE…
//
// Compares the TypeScript reader with what graphql-tag-pluck 8 finds, case by case: the text of
// each document and the place of its opening backtick. Prints each difference, each case that
// differs by intent with the reason, and the counts. Exit code: 0 no difference, 1 differences, 2 a
// file cannot be read.
//
// The tool trims and dedents what it finds; that is done here, to our text. Which templates count
// is decided here too, by the tool's own list of modules: the reader itself knows no modules.

#include <algorithm>
#include <cctype>
#include <compare>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <fstream>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/line_index.h"
#include "discovery/source_reader.h"

namespace {

using Json = nlohmann::ordered_json;
using discovery::SourceFacts;
using discovery::TemplateSite;

struct Module {
  std::string specifier;
  /// Empty: the default import is the tag.
  std::string name;
};

/// The tool's default modules.
const std::vector<Module>& default_modules() {
  static const std::vector<Module> modules = {{"graphql-tag", ""},
                                              {"graphql-tag.macro", ""},
                                              {"@apollo/client", "gql"},
                                              {"@apollo/client/core", "gql"},
                                              {"apollo-angular", "gql"},
                                              {"gatsby", "graphql"},
                                              {"apollo-server-express", "gql"},
                                              {"apollo-server", "gql"},
                                              {"react-relay", "graphql"},
                                              {"react-relay/hooks", "graphql"},
                                              {"relay-runtime", "graphql"},
                                              {"babel-plugin-relay/macro", "graphql"},
                                              {"apollo-boost", "gql"},
                                              {"graphql.macro", "gql"},
                                              {"@urql/core", "gql"},
                                              {"urql", "gql"},
                                              {"@urql/preact", "gql"},
                                              {"@urql/svelte", "gql"},
                                              {"@urql/vue", "gql"}};
  return modules;
}

/// One document: its text as the tool shows it, and where its opening backtick stands.
struct Document {
  std::string body;
  std::uint32_t line = 0;
  std::uint32_t column = 0;

  friend auto operator<=>(const Document&, const Document&) = default;
};

/// Which text of a template is compared.
enum class Text : std::uint8_t {
  /// What the template's value is.
  cooked,
  /// The characters as they are written, with what the tool does to them.
  raw,
};

std::string document_text(const Document& document) {
  return std::to_string(document.line) + ":" + std::to_string(document.column) + " " +
         Json(document.body).dump();
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n\f\v") == std::string_view::npos;
}

std::string trimmed(std::string_view text) {
  constexpr std::string_view k_space = " \t\r\n\f\v";
  if (is_blank(text)) {
    return "";
  }
  const std::size_t begin = text.find_first_not_of(k_space);
  return std::string(text.substr(begin, text.find_last_not_of(k_space) - begin + 1));
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines(1);
  for (const char c : text) {
    if (c == '\n') {
      lines.emplace_back();
    } else {
      lines.back() += c;
    }
  }
  return lines;
}

/// Without the indentation that all lines share, without blank ends, and with lines of spaces
/// emptied as the tool empties them.
std::string dedented(std::string_view text) {
  std::vector<std::string> lines = lines_of(text);
  std::size_t indent = std::string::npos;
  for (const std::string& line : lines) {
    if (!is_blank(line)) {
      indent = std::min(indent, std::min(line.find_first_not_of(' '), line.size()));
    }
  }
  std::string joined;
  for (const std::string& line : lines) {
    joined += line.substr(std::min(indent, line.size())) + "\n";
  }
  std::string result;
  const std::string body = trimmed(joined);
  for (std::size_t at = 0; at < body.size(); ++at) {
    const std::size_t next = body.find_first_not_of(' ', at + 1);
    result += body[at];
    if (body[at] == '\n' && next != std::string::npos && next > at + 1 && body[next] == '\n') {
      at = next - 1;
    }
  }
  return result;
}

bool is_tag_of(const std::vector<Module>& modules,
               const std::string& specifier,
               const std::string& imported) {
  return std::any_of(modules.begin(), modules.end(), [&](const Module& module) {
    // `const gql = require("graphql-tag")` is the module itself.
    const bool is_named =
        module.name.empty() ? imported == "default" || imported == "*" : imported == module.name;
    return module.specifier == specifier && is_named;
  });
}

/// The local names that are tags in a file.
std::vector<std::string> tag_names(const SourceFacts& facts, const Json& options) {
  std::vector<std::string> names;
  const Json globals = options.value("globalGqlIdentifierName", Json{"gql", "graphql"});
  for (const Json& name : globals.is_array() ? globals : Json::array({globals})) {
    names.push_back(name.is_string() ? name.get<std::string>() : "");
  }
  std::vector<Module> modules = default_modules();
  if (options.contains("modules")) {
    modules.clear();
    for (const Json& module : options.at("modules")) {
      modules.push_back({module.value("name", ""), module.value("identifier", "")});
    }
  }
  for (const discovery::ImportFact& import : facts.imports) {
    for (const discovery::ImportedName& name : import.names) {
      if (is_tag_of(modules, import.specifier, name.imported)) {
        names.push_back(name.local);
      }
    }
  }
  return names;
}

bool is_document(const TemplateSite& site, const std::vector<std::string>& tags) {
  const bool is_tag = site.tag.names.size() == 1 &&
                      std::find(tags.begin(), tags.end(), site.tag.names[0]) != tags.end();
  return is_tag || site.is_marked;
}

/// The characters between the backticks without `${` up to the next `}`, and with backticks for
/// escaped ones. The tool knows no other escape, and no brace inside of an interpolation.
std::string raw_text(std::string_view code, const TemplateSite& site) {
  std::string_view rest = code.substr(site.content.begin, site.content.size());
  std::string text;
  while (!rest.empty()) {
    std::size_t length = 1;
    if (rest.substr(0, 2) == "${" && rest.find('}') != std::string_view::npos) {
      length = rest.find('}') + 1;
    } else if (rest.substr(0, 2) == "\\`") {
      text += '`';
      length = 2;
    } else {
      text += rest[0];
    }
    rest.remove_prefix(length);
  }
  return text;
}

std::vector<Document> read_documents(const Json& item, Text which) {
  const std::string code = item.at("code");
  const std::string lang = item.at("lang");
  const Json options = item.contains("options") && item.at("options").is_object()
                           ? item.at("options")
                           : Json::object();
  const std::string file = item.value("file", "");
  const bool is_typescript =
      lang == "ts" && (file.size() < 4 || file.substr(file.size() - 4) != ".tsx");
  discovery::ReadRequest request;
  request.text = code;
  request.language = is_typescript ? discovery::Language::typescript : discovery::Language::tsx;
  const SourceFacts facts = discovery::SourceReader().read(request);
  const std::vector<std::string> tags = tag_names(facts, options);
  const base::LineIndex lines(code);
  std::vector<Document> documents;
  for (const TemplateSite& site : facts.templates) {
    const std::string text = which == Text::cooked ? site.text.text() : raw_text(code, site);
    if (!is_document(site, tags) || is_blank(text)) {
      continue;
    }
    const base::Position place = lines.position(site.content.begin - 1);
    documents.push_back(
        {options.value("skipIndent", false) ? text : dedented(text), place.line, place.column - 1});
  }
  std::sort(documents.begin(), documents.end());
  return documents;
}

/// Why a case cannot be compared; empty if it can.
std::string exclusion_of(const Json& item) {
  const std::string lang = item.at("lang");
  if (item.at("tool") != "graphql-tag-pluck") {
    return "composer dialect: evaluated rather than extracted, see tests/cases";
  }
  if (lang == "vue" || lang == "svelte" || lang == "astro" || lang == "glimmer") {
    return "out of scope: " + lang;
  }
  return "";
}

std::vector<Document> expected_documents(const Json& item) {
  std::vector<Document> documents;
  for (const Json& source : item.value("sources", Json::array())) {
    documents.push_back({source.at("body"), source.at("line"), source.at("column")});
  }
  std::sort(documents.begin(), documents.end());
  return documents;
}

/// Why our answer to a case is another one on purpose; empty if it should be the same. Reasons are
/// found by what the case asks for, so that cases which nobody has seen yet are told alike.
std::string intent_of(const Json& item) {
  if (!item.contains("throws") && read_documents(item, Text::raw) == expected_documents(item)) {
    return "the tool takes the characters as they are written; we take the template's value";
  }
  const Json options = item.contains("options") && item.at("options").is_object()
                           ? item.at("options")
                           : Json::object();
  if (options.contains("gqlMagicComment")) {
    return "the magic comment is always `GraphQL`: a marker of one's own is not an option";
  }
  if (item.contains("throws")) {
    return "the tool refuses the file (types in .js); we read what is there";
  }
  std::string lower = item.at("code");
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) {
    return static_cast<char>(std::tolower(c));
  });
  if (lower.find("#graphql") != std::string::npos) {
    return "a template whose first line is #graphql is a document";
  }
  return "";
}

struct Tally {
  std::size_t same = 0;
  std::size_t intended = 0;
  std::size_t different = 0;
  std::map<std::string, std::size_t> excluded;
};

void print_documents(const char* who, const std::vector<Document>& documents) {
  for (const Document& document : documents) {
    std::printf("  %s %s\n", who, document_text(document).c_str());
  }
}

void judge(const Json& item, Tally& tally) {
  const std::string excluded = exclusion_of(item);
  if (!excluded.empty()) {
    ++tally.excluded[excluded];
    return;
  }
  const std::string id = item.value("id", "?");
  const std::vector<Document> expected = expected_documents(item);
  const std::vector<Document> actual = read_documents(item, Text::cooked);
  if (expected == actual && !item.contains("throws")) {
    ++tally.same;
    return;
  }
  const std::string intent = intent_of(item);
  ++(intent.empty() ? tally.different : tally.intended);
  std::printf("%s %s%s%s\n",
              intent.empty() ? "DIFFERENT" : "BY INTENT",
              id.c_str(),
              intent.empty() ? "" : ": ",
              intent.c_str());
  if (intent.empty()) {
    print_documents("expected", expected);
    print_documents("actual  ", actual);
  }
}

bool judge_file(const char* path, Tally& tally) {
  try {
    std::ifstream file(path);
    const Json suite = Json::parse(file);
    for (const Json& item : suite.at("cases")) {
      judge(item, tally);
    }
    return true;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "cannot read %s: %s\n", path, error.what());
    return false;
  }
}

}  // namespace

int main(int argc, char** argv) {
  Tally tally;
  bool is_read = argc > 1;
  for (int i = 1; i < argc; ++i) {
    is_read = judge_file(argv[i], tally) && is_read;
  }
  for (const auto& [reason, count] : tally.excluded) {
    std::printf("excluded %zu: %s\n", count, reason.c_str());
  }
  std::printf("same %zu, different by intent %zu, different %zu\n",
              tally.same,
              tally.intended,
              tally.different);
  if (!is_read) {
    return 2;
  }
  return tally.different == 0 ? 0 : 1;
}
