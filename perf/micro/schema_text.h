#pragma once

#include <cstddef>
#include <string>

namespace micro {

/// A schema of entities that are numbered from 0, 1.2 MB of it.
std::string make_schema_text();

std::size_t entity_count();
/// The object type of an entity.
std::string entity_name(std::size_t number);
/// The entity that the field `parent` of an entity leads to.
std::size_t parent_of(std::size_t entity);

/// A fragment on an entity, and its name.
std::string make_fragment_text(std::size_t entity);
std::string fragment_name(std::size_t entity);

/// A query, another one for each number. Spreads the fragment of one entity: the parent of
/// `number % entity_count()`.
std::string make_operation_text(std::size_t number);

}  // namespace micro
