#pragma once

#include "session/saved/facts_fields.h"
#include "session/saved/session_state.h"

// How outputs are saved.
namespace session {

template <>
struct Fields<artifact::BelievedFile> {
  static void visit(auto& archive, auto& file) {
    auto& [stamp, hash] = file;
    archive(stamp, hash);
  }
};

template <>
struct Fields<SavedOutput> {
  static void visit(auto& archive, auto& output) {
    auto& [file, is_stamp_proof] = output;
    archive(file, is_stamp_proof);
  }
};

}  // namespace session
