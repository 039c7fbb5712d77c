#include "session/saved/config_identity.h"

#include "base/fingerprint.h"
#include "session/saved/packing.h"

namespace session {

template <>
struct Fields<SchemaConfig> {
  static void visit(auto& archive, auto& schema) {
    auto& [label, files, include] = schema;
    archive(label, files, include);
  }
};

template <>
struct Fields<RuleOverride> {
  static void visit(auto& archive, auto& one) {
    auto& [files, rules] = one;
    archive(files, rules);
  }
};

std::string config_identity(const ProjectConfig& project) {
  const auto& [name,
               root,
               schemas,
               include,
               exclude,
               default_excludes,
               out_dir,
               cache_dir,
               tags,
               tag_modules,
               globals,
               composer_modules,
               module_format,
               on_error,
               commit_outputs,
               rules,
               overrides,
               max_file_bytes] = project;
  Packer packer;
  packer(name, schemas, include, exclude, default_excludes);
  packer(base::SourcePath::relative_to(root, out_dir),
         base::SourcePath::relative_to(root, cache_dir));
  packer(tags, tag_modules, globals, composer_modules, module_format, on_error, commit_outputs);
  packer(rules, overrides, max_file_bytes);
  return base::to_hex(base::fingerprint_of(packer.take()));
}

}  // namespace session
