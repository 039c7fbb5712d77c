#include "session/saved/source_record.h"

#include "session/saved/facts_fields.h"
#include "session/saved/sound_facts.h"

namespace session {
namespace {

using base::SourcePath;
using discovery::FactsTier;
using discovery::SourceFile;

/// Without path, facts, text and what is not kept.
void visit_members(auto& archive, auto& file, auto& real_path, auto& has_facts) {
  auto& [path,
         other_place,
         language,
         is_matched,
         is_included,
         own_tier,
         stamp,
         is_stamp_proof,
         fingerprint,
         bindings,
         facts,
         exports,
         text_bytes,
         read_problem,
         is_torn,
         is_unsaved] = file;
  archive(real_path, language, is_matched, is_included, own_tier, stamp, is_stamp_proof, is_torn);
  archive(fingerprint, bindings, text_bytes, read_problem, has_facts);
}

}  // namespace

std::string pack_source(const SourceFile& file, const std::string& root) {
  SourcePath real_path;
  if (!file.other_place.empty()) {
    real_path = SourcePath::relative_to(root, file.other_place);
  }
  Packer packer;
  const bool has_facts = file.facts.has_value();
  visit_members(packer, file, real_path, has_facts);
  return packer.take();
}

std::string pack_facts(const SourceFile& file) {
  Packer packer;
  packer(file.fingerprint, *file.facts);
  return packer.take();
}

bool unpack_source(std::string_view bytes,
                   std::string_view path,
                   const std::string& root,
                   SourceFile& file,
                   bool& has_facts) {
  file.path = SourcePath(path);
  SourcePath real_path;
  Unpacker unpacker(bytes);
  visit_members(unpacker, file, real_path, has_facts);
  if (!real_path.empty()) {
    file.other_place = base::join_path(root, real_path.text());
  }
  file.is_unsaved = false;
  return unpacker.is_done() && file.path.text() == path && !path.empty();
}

bool unpack_facts(std::string_view bytes, SourceFile& file) {
  Unpacker unpacker(bytes);
  base::Fingerprint fingerprint;
  unpacker(fingerprint);
  unpacker.set_span_limit(file.text_bytes);
  unpacker(file.facts.emplace());
  const bool is_of_file =
      fingerprint == file.fingerprint &&
      (file.facts->tier >= FactsTier::documents || file.facts->templates.empty());
  return unpacker.is_done() && is_of_file && are_sound(*file.facts);
}

}  // namespace session
