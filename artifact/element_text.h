#pragma once

#include <string>
#include <vector>

#include "artifact/artifact.h"
#include "artifact/canonical_reader.h"

namespace artifact {

/// To write items without moving them.
template <typename Item>
std::vector<const Item*> pointers_to(const std::vector<Item>& items) {
  std::vector<const Item*> pointers;
  pointers.reserve(items.size());
  for (const Item& item : items) {
    pointers.push_back(&item);
  }
  return pointers;
}

/// `"<id>": {…}`: the line of an element in `artifact.json` and in `delta.json`, without what sets
/// it apart from its neighbours. What an artifact's hash is made of.
void append_element(std::string& out, const Element& element);
Element read_element(CanonicalReader& reader);

/// The members of an object of elements, between its braces, each on a line of its own.
void append_elements(std::string& out, const std::vector<const Element*>& elements);
/// Fails unless the ids are sorted and each stands there once.
std::vector<Element> read_elements(CanonicalReader& reader);

/// `"schemas": {…}` with its members on lines of their own.
void append_schemas(std::string& out, const SchemaHashes& schemas);
SchemaHashes read_schemas(CanonicalReader& reader);

/// `artifact.json` up to its first element.
std::string artifact_head(const SchemaHashes& schemas);

}  // namespace artifact
