"""A schema of a given size: entities with leaves, relations and connections, as shops and
back offices have them."""
import dataclasses
import random

from . import words


def lower_first(name):
    return name[0].lower() + name[1:]


def constant_case(name):
    return "".join("_" + c if c.isupper() and i else c for i, c in enumerate(name)).upper()


@dataclasses.dataclass
class Entity:
    """An object type, and what documents may select of it. `name` + s is its plural, everywhere."""

    name: str
    leaves: list
    # Field name -> name of the entity that it leads to.
    relations: dict = dataclasses.field(default_factory=dict)
    # Names of the entities that it has a connection to.
    connections: list = dataclasses.field(default_factory=list)


PRELUDE = '''"""A point in time, ISO 8601 with a time zone."""
scalar DateTime

"""Any JSON value."""
scalar JSON

"""An amount in the smallest unit of its currency, with the currency's code."""
scalar Money

"""An absolute address."""
scalar URL

"""An object that can be fetched again by its id."""
interface Node {
  """Unique among all objects."""
  id: ID!
}

interface Timestamped {
  createdAt: DateTime!
  updatedAt: DateTime!
}

"""Where a page of a list begins and ends."""
type PageInfo {
  hasNextPage: Boolean!
  hasPreviousPage: Boolean!
  startCursor: String
  endCursor: String
}

"""A mistake in the input of a mutation, for people."""
type UserError {
  field: [String!]
  message: String!
}

enum SortDirection {
  ASC
  DESC
}
'''


class Schema:
    """Makes entities until the text has `size_bytes`. The same seed gives the same schema."""

    def __init__(self, seed, size_bytes):
        self._random = random.Random(f"{seed}/schema")
        names = [a + n for a in words.ADJECTIVES for n in words.NOUNS]
        self._random.shuffle(names)
        self.entities = []
        self.by_name = {}
        parts, roots = [PRELUDE], {"Query": [], "Mutation": [], "Subscription": []}
        size = len(PRELUDE)
        for name in names:
            if size >= size_bytes and len(self.entities) >= 4:
                break
            entity = self._entity(name)
            part = self._text_of(entity, roots)
            parts.append(part)
            # The fields of the root types come at the end, and take a seventh of the whole.
            size += len(part) * 7 // 6
        parts.append(self._search_result())
        parts.extend(self._root_types(roots))
        self.text = "\n".join(parts)

    def _entity(self, name):
        pick = self._random
        entity = Entity(name, sorted(pick.sample(sorted(words.LEAVES), pick.randint(5, 16))))
        earlier = self.entities[-40:]
        for other in pick.sample(earlier, min(len(earlier), pick.randint(1, 5))):
            role = pick.choice(["", *words.ROLES])
            field = role + other.name if role else lower_first(other.name)
            entity.relations[field] = other.name
        for other in pick.sample(earlier, min(len(earlier), pick.randint(0, 2))):
            entity.connections.append(other.name)
        self.entities.append(entity)
        self.by_name[name] = entity
        return entity

    def _described(self, text):
        return f'  """{text}"""\n' if self._random.random() < 0.45 else ""

    def _text_of(self, entity, roots):
        pick, name, field = self._random, entity.name, lower_first(entity.name)
        sentence = lambda: pick.choice(words.SENTENCES).replace('"', "'")
        states = sorted(pick.sample(words.STATES, pick.randint(3, 9)))
        lines = [f'"""\n{sentence()}\n\n{sentence()}\n"""', f"type {name} implements Node & Timestamped {{"]
        lines += ["  id: ID!", "  createdAt: DateTime!", "  updatedAt: DateTime!"]
        lines.append(f"  {field}Status: {name}Status!")
        for leaf in entity.leaves:
            lines.append(f"{self._described(sentence())}  {leaf}: {words.LEAVES[leaf]}")
        for relation, target in entity.relations.items():
            lines.append(f"{self._described(sentence())}  {relation}: {target}")
        for target in entity.connections:
            connection = f"{lower_first(target)}sConnection"
            lines.append(f"  {connection}(first: Int = 20, after: String): {target}Connection!")
        lines.append(f'  legacyNumber: Int @deprecated(reason: "Use `id`.")\n}}\n')
        lines.append(f"enum {name}Status {{\n  " + "\n  ".join(states) + "\n}\n")
        lines.append(f"type {name}Edge {{\n  cursor: String!\n  node: {name}!\n}}\n")
        lines.append(
            f"type {name}Connection {{\n  edges: [{name}Edge!]!\n  pageInfo: PageInfo!\n"
            "  totalCount: Int!\n}\n"
        )
        lines.append(self._inputs(entity))
        for verb in ("Create", "Update"):
            lines.append(
                f"type {verb}{name}Payload {{\n  {field}: {name}\n  errors: [UserError!]!\n}}\n"
            )
        self._add_roots(entity, roots)
        return "\n".join(lines)

    def _inputs(self, entity):
        name = entity.name
        fields = "".join(
            f"  {leaf}: {words.LEAVES[leaf].removesuffix('!')}\n" for leaf in entity.leaves
        )
        return (
            f"input {name}Filter {{\n  ids: [ID!]\n  status: [{name}Status!]\n  search: String\n}}\n\n"
            f"input Create{name}Input {{\n  clientMutationId: String\n{fields}}}\n\n"
            f"input Update{name}Input {{\n  id: ID!\n{fields}}}\n"
        )

    def _add_roots(self, entity, roots):
        name, field = entity.name, lower_first(entity.name)
        roots["Query"].append(f"  {field}(id: ID!): {name}")
        roots["Query"].append(
            f"  {field}s(first: Int = 20, after: String, filter: {name}Filter, "
            f"direction: SortDirection = ASC): {name}Connection!"
        )
        for verb in ("create", "update"):
            kind = verb.capitalize()
            roots["Mutation"].append(
                f"  {verb}{name}(input: {kind}{name}Input!): {kind}{name}Payload!"
            )
        roots["Subscription"].append(f"  {field}Changed(id: ID!): {name}")

    def _search_result(self):
        members = " | ".join(entity.name for entity in self.searchable())
        return f"union SearchResult = {members}\n"

    def searchable(self):
        return self.entities[:: max(1, len(self.entities) // 12)][:12]

    def _root_types(self, roots):
        roots["Query"].append("  node(id: ID!): Node")
        roots["Query"].append("  search(text: String!, first: Int = 10): [SearchResult!]!")
        return [f"type {name} {{\n" + "\n".join(sorted(fields)) + "\n}\n" for name, fields in roots.items()]
