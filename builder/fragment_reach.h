#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "builder/compiled_file.h"

namespace builder {

using DefinitionIds = std::set<std::string, std::less<>>;

/// The fragments that operations reach in a project of the files `kept`, without those at
/// `replaced`, and the files `made`.
DefinitionIds reached_by_operations(const std::map<base::SourcePath, CompiledFile>& kept,
                                    const std::set<base::SourcePath>& replaced,
                                    const std::vector<CompiledFile>& made);

/// What is in one of the two only.
DefinitionIds differences(const DefinitionIds& left, const DefinitionIds& right);

}  // namespace builder
