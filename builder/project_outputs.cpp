#include "builder/project_outputs.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace builder {
namespace {

/// The templates that were skipped for the tags of one package.
void report_unknown_tags(const ProjectFiles& files,
                         const RuleLevels& levels,
                         std::vector<base::Diagnostic>& diagnostics) {
  std::map<std::string_view, UnknownTag> by_package;
  for (const CompiledFile* file : files) {
    for (const UnknownTag& unknown : file->unknown_tags) {
      const auto [entry, is_first] = by_package.try_emplace(unknown.package, unknown);
      entry->second.count += is_first ? 0 : unknown.count;
    }
  }
  for (const auto& [package, unknown] : by_package) {
    const RuleLevel level = levels.level_of("UnknownTag", unknown.first.path);
    if (level == RuleLevel::off) {
      continue;
    }
    base::Diagnostic warning;
    warning.range = unknown.first;
    warning.severity = level == RuleLevel::error ? base::Severity::error : base::Severity::warning;
    warning.code = "UnknownTag";
    warning.message =
        (unknown.count == 1 ? std::string("1 template was")
                            : std::to_string(unknown.count) + " templates were") +
        " skipped: the tag comes from \"" + unknown.package +
        "\", which is not known to be for GraphQL. If it is, add \"tagModules\": [\"" +
        unknown.package + "\"] to the config.";
    diagnostics.push_back(std::move(warning));
  }
}

/// Counts the definitions that each failure keeps from being built.
class BlockedCounter {
 public:
  BlockedCounter(const ProjectFiles& files, const std::function<ProjectFiles()>& all_files) {
    for (const CompiledFile* file : files) {
      for (const CompiledDefinition& definition : file->definitions) {
        if (definition.state == DefinitionState::failed) {
          failed_[definition.failure].push_back(&definition);
        }
      }
    }
    if (failed_.empty()) {
      return;
    }
    for (const CompiledFile* file : all_files()) {
      for (const CompiledDefinition& definition : file->definitions) {
        for (const std::string& used : definition.uses) {
          users_[used].push_back(&definition);
        }
      }
    }
  }

  std::uint32_t count(const base::Diagnostic& error) const {
    const auto cause = failed_.find({error.range, error.message});
    if (cause == failed_.end()) {
      return 0;
    }
    std::uint32_t blocked = 0;
    std::vector<const CompiledDefinition*> queue = cause->second;
    std::unordered_map<const CompiledDefinition*, bool> is_seen;
    for (const CompiledDefinition* one : queue) {
      is_seen.emplace(one, true);
    }
    for (std::size_t next = 0; next < queue.size(); ++next) {
      const auto users = users_.find(queue[next]->id);
      if (users == users_.end()) {
        continue;
      }
      for (const CompiledDefinition* user : users->second) {
        if (is_seen.emplace(user, true).second) {
          blocked += user->state == DefinitionState::blocked ? 1 : 0;
          queue.push_back(user);
        }
      }
    }
    return blocked;
  }

 private:
  std::map<Failure, std::vector<const CompiledDefinition*>> failed_;
  std::unordered_map<std::string_view, std::vector<const CompiledDefinition*>> users_;
};

}  // namespace

namespace {

std::uint64_t BuildCounts::*count_of(artifact::ElementType type) {
  switch (type) {
    case artifact::ElementType::operation:
      return &BuildCounts::operations;
    case artifact::ElementType::fragment:
      return &BuildCounts::fragments;
    case artifact::ElementType::model:
      return &BuildCounts::models;
    case artifact::ElementType::slice:
      break;
  }
  return &BuildCounts::slices;
}

}  // namespace

BuildCounts& BuildCounts::operator+=(const BuildCounts& more) {
  operations += more.operations;
  fragments += more.fragments;
  models += more.models;
  slices += more.slices;
  not_built += more.not_built;
  type_system_templates += more.type_system_templates;
  return *this;
}

BuildCounts& BuildCounts::operator-=(const BuildCounts& less) {
  operations -= less.operations;
  fragments -= less.fragments;
  models -= less.models;
  slices -= less.slices;
  not_built -= less.not_built;
  type_system_templates -= less.type_system_templates;
  return *this;
}

BuildCounts count_definitions(const CompiledFile& file) {
  BuildCounts counts;
  counts.type_system_templates = file.type_system_templates;
  for (const CompiledDefinition& definition : file.definitions) {
    if (definition.state != DefinitionState::good) {
      ++counts.not_built;
    } else {
      ++(counts.*count_of(definition.element->type));
    }
  }
  return counts;
}

bool is_noteworthy(const CompiledFile& file) {
  return !file.diagnostics.empty() || !file.unknown_tags.empty() ||
         std::any_of(file.definitions.begin(), file.definitions.end(), [](const auto& definition) {
           return !definition.diagnostics.empty() || definition.state == DefinitionState::failed;
         });
}

std::vector<base::Diagnostic> project_diagnostics(const ProjectFiles& files,
                                                  const std::function<ProjectFiles()>& all_files,
                                                  const RuleLevels& levels) {
  std::vector<base::Diagnostic> diagnostics;
  const auto add = [&diagnostics](const std::vector<base::Diagnostic>& more) {
    diagnostics.insert(diagnostics.end(), more.begin(), more.end());
  };
  for (const CompiledFile* file : files) {
    add(file->diagnostics);
    for (const CompiledDefinition& definition : file->definitions) {
      add(definition.diagnostics);
    }
  }
  report_unknown_tags(files, levels, diagnostics);
  base::sort_diagnostics(diagnostics);
  const BlockedCounter blocked(files, all_files);
  for (base::Diagnostic& diagnostic : diagnostics) {
    if (diagnostic.severity == base::Severity::error) {
      diagnostic.blocked = blocked.count(diagnostic);
    }
  }
  return diagnostics;
}

}  // namespace builder
