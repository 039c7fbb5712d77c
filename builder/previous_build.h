#pragma once

#include <string>

#include "builder/compiled_file.h"

namespace builder {

/// What an earlier build found out and nothing since can have changed. It may spare work; it must
/// never change a result. Asked from many threads at once.
class PreviousBuild {
 public:
  virtual ~PreviousBuild() = default;

  /// Null for a definition that is to be compiled. Of one that is not, validation and element are
  /// taken from here.
  virtual const CompiledDefinition* definition(const std::string& id) const = 0;

  /// What the source file became last, if nothing of the file itself can have changed but results
  /// of its definitions, and its module is not asked for anew; else null.
  virtual const CompiledFile* file(const base::SourcePath& source) const = 0;

  /// The module that the source file became last; null where its bytes are asked for anew.
  virtual const CompiledChunk* chunk(const base::SourcePath& source) const = 0;

  /// Whether an operation of the project reaches the fragment, which a part of the project cannot
  /// tell.
  virtual bool is_reached(const std::string& id) const = 0;
};

}  // namespace builder
