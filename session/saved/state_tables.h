#pragma once

#include "base/state_format.h"

// The tables of a saved state, as docs/formats.md lists them.
namespace session {

/// What has one value for the project.
inline constexpr base::StateTable k_summary{0};
/// By path, those of the sources.
inline constexpr base::StateTable k_sources{1};
inline constexpr base::StateTable k_facts{2};
inline constexpr base::StateTable k_names{3};
/// By path of the importer: specifier -> answer.
inline constexpr base::StateTable k_modules_asked{4};
inline constexpr base::StateTable k_compiled{5};
/// By path in the output folder.
inline constexpr base::StateTable k_outputs{6};
/// By kind and path, what the disk was asked besides.
inline constexpr base::StateTable k_looks{7};
/// By canonical id, the slot that was the reason to compile it last.
inline constexpr base::StateTable k_reasons{8};

/// For people, by number.
inline constexpr const char* k_state_table_names[] = {
    "summary", "files", "facts", "names", "modules", "compiled", "outputs", "looks", "reasons"};

}  // namespace session
