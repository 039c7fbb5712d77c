#pragma once

#include <string>
#include <vector>

#include "artifact/canonical_reader.h"
#include "artifact/manifest.h"

namespace artifact {

/// `{"id":…}`: the line of a chunk in `manifest.json` and in `delta.json`.
void append_chunk(std::string& out, const Chunk& chunk);
/// The inverse of append_chunk(). Takes no output path but those that is_output_path() allows.
Chunk read_chunk(CanonicalReader& reader);

/// The items of an array of chunks, between its brackets, each on a line of its own that starts
/// with `indent` spaces; the line of the closing bracket starts with two spaces less.
void append_chunks(std::string& out, const std::vector<const Chunk*>& chunks, std::size_t indent);
/// Fails unless the ids are sorted and each stands there once.
std::vector<Chunk> read_chunks(CanonicalReader& reader, std::size_t indent);

}  // namespace artifact
