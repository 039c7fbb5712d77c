#pragma once

#include <string>
#include <string_view>

#include "discovery/source_store.h"

// One input file in the saved state: in one table what tells whether it changed, in another one
// what was read from it.
namespace session {

/// All but facts and text. `root` is absolute; no absolute path gets into the bytes.
std::string pack_source(const discovery::SourceFile& file, const std::string& root);

/// Facts and text.
std::string pack_facts(const discovery::SourceFile& file);

/// Fills all but facts and text of a file with the name `path`; `has_facts` says whether there are
/// any. False if these are not the bytes of a file.
bool unpack_source(std::string_view bytes,
                   std::string_view path,
                   const std::string& root,
                   discovery::SourceFile& file,
                   bool& has_facts);

/// Fills facts and text of a file that unpack_source() filled. False if these are not the bytes of
/// its facts.
bool unpack_facts(std::string_view bytes, discovery::SourceFile& file);

}  // namespace session
