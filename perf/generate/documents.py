"""Operations and fragments that are valid against a generated schema.

Rules that keep every document valid whatever is spread where: a field's name decides its type and
its arguments; every field of a root type has an alias of its own; every fragment is spread somewhere;
every variable is used.
"""
import dataclasses

from .schema import lower_first


@dataclasses.dataclass
class Fragment:
    name: str
    entity: str
    text: str
    # Names of the fragments that it spreads itself.
    spreads: list


@dataclasses.dataclass
class Operation:
    name: str
    kind: str
    text: str
    spreads: list


class DocumentMaker:
    """Makes the documents of one part of an application after the other.

    `pending` holds the fragments that nobody spreads yet; whoever makes the last document of a part
    must use them up.
    """

    def __init__(self, schema, random, keeps_endings=False):
        """`keeps_endings`: names of operations end in their kind, also where a number tells them apart."""
        self._schema = schema
        self._random = random
        self._keeps_endings = keeps_endings
        self._names = set()
        self.pending = []
        # A fragment that a third of all queries spread, as every application has one.
        self.popular = None

    def unique(self, name, ending=""):
        candidate, number = name + ending, 2
        while candidate in self._names:
            candidate = f"{name}V{number}{ending}" if ending and self._keeps_endings else f"{name}{ending}{number}"
            number += 1
        self._names.add(candidate)
        return candidate

    def fragment(self, component, entity_name):
        entity = self._schema.by_name[entity_name]
        name = self.unique(f"{component}_{lower_first(entity_name)}")
        used = self._take(lambda f: f.entity == entity_name or f.entity in entity.relations.values())
        body = self._selections(entity, used, "  ", depth=2)
        text = f"fragment {name} on {entity_name} {{\n{body}}}"
        made = Fragment(name, entity_name, text, [f.name for f in used])
        self.pending.append(made)
        return made

    def operation(self, component, entity_name, use_all=False):
        kind = self._random.choices(["query", "mutation", "subscription"], [75, 22, 3])[0]
        used = list(self.pending) if use_all else self._take(lambda f: f.entity == entity_name, 3)
        if use_all:
            self.pending.clear()
        if len({f.entity for f in used} | {entity_name}) > 1:
            kind = "query"
        if kind == "mutation":
            return self._mutation(component, entity_name, used)
        if kind == "subscription":
            return self._subscription(component, entity_name, used)
        return self._query(component, entity_name, used)

    def search(self, component):
        """A query over the union, with an inline fragment per member."""
        name = self.unique(component, "SearchQuery")
        lines = [f"query {name}($text: String!) {{", "  search(text: $text, first: 5) {", "    __typename"]
        for entity in self._schema.searchable()[: self._random.randint(2, 5)]:
            lines += [f"    ... on {entity.name} {{", "      id"]
            lines += [f"      {leaf}" for leaf in entity.leaves[:3]]
            lines.append("    }")
        return Operation(name, "query", "\n".join([*lines, "  }", "}"]), [])

    def _take(self, is_wanted, limit=2):
        found = [f for f in self.pending if is_wanted(f)][: self._random.randint(0, limit)]
        self.pending = [f for f in self.pending if f not in found]
        return found

    def _selections(self, entity, spread, indent, depth):
        pick = self._random
        lines = ["id"]
        leaves = pick.sample(entity.leaves, min(len(entity.leaves), pick.randint(2, 7)))
        lines += sorted(leaves)
        if pick.random() < 0.3:
            lines.append(f"{lower_first(entity.name)}Status")
        if pick.random() < 0.1:
            lines.append("# Shown in the header.\ncreatedAt")
        lines += [f"...{f.name}" for f in spread if f.entity == entity.name]
        text = "".join(f"{indent}{part}\n" for line in lines for part in line.split("\n"))
        text += self._relations(entity, [f for f in spread if f.entity != entity.name], indent, depth)
        if depth > 0 and entity.connections and pick.random() < 0.3:
            target = self._schema.by_name[pick.choice(entity.connections)]
            inner = self._selections(target, [], indent + "      ", depth - 1)
            text += (
                f"{indent}{lower_first(target.name)}sConnection(first: 10) {{\n"
                f"{indent}  edges {{\n{indent}    node {{\n{inner}{indent}    }}\n{indent}  }}\n"
                f"{indent}  totalCount\n{indent}}}\n"
            )
        return text

    def _relations(self, entity, spread, indent, depth):
        """Relations that lead to what `spread` is on, and sometimes one more."""
        pick, text = self._random, ""
        for field, target in entity.relations.items():
            here = [f for f in spread if f.entity == target]
            spread = [f for f in spread if f.entity != target]
            if here:
                lines = "".join(f"{indent}  ...{f.name}\n" for f in here)
                text += f"{indent}{field} {{\n{lines}{indent}}}\n"
            elif depth > 0 and pick.random() < 0.25:
                inner = self._selections(self._schema.by_name[target], [], indent + "  ", depth - 1)
                text += f"{indent}{field} {{\n{inner}{indent}}}\n"
        return text

    def _query(self, component, entity_name, used):
        name = self.unique(component, "Query")
        mine = [f for f in used if f.entity == entity_name]
        others = [f for f in used if f.entity != entity_name]
        field = lower_first(entity_name)
        variables, body = [], ""
        entity = self._schema.by_name[entity_name]
        if self._random.random() < 0.45:
            variables += ["$first: Int!", "$after: String", f"$filter: {entity_name}Filter"]
            inner = self._selections(entity, mine, "        ", depth=1)
            body += (
                f"  {field}s(first: $first, after: $after, filter: $filter, direction: DESC) {{\n"
                f"    edges {{\n      cursor\n      node {{\n{inner}      }}\n    }}\n"
                "    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    totalCount\n  }\n"
            )
        else:
            variables.append("$id: ID!")
            body += f"  {field}(id: $id) {{\n{self._selections(entity, mine, '    ', depth=2)}  }}\n"
        for number, fragment in enumerate(others):
            variable = f"$other{number}: ID!"
            variables.append(variable)
            body += (
                f"  other{number}: {lower_first(fragment.entity)}(id: $other{number}) {{\n"
                f"    id\n    ...{fragment.name}\n  }}\n"
            )
        spreads = [f.name for f in used]
        if self.popular and self._random.random() < 0.3:
            variables.append("$viewerId: ID!")
            body += (
                f"  viewer: {lower_first(self.popular.entity)}(id: $viewerId) {{\n"
                f"    ...{self.popular.name}\n  }}\n"
            )
            spreads.append(self.popular.name)
        if mine and self._random.random() < 0.15:
            variables.append("$withDetails: Boolean = true")
            body = body.replace(f"...{mine[0].name}\n", f"...{mine[0].name} @include(if: $withDetails)\n", 1)
        text = f"query {name}({', '.join(variables)}) {{\n{body}}}"
        return Operation(name, "query", text, spreads)

    def _mutation(self, component, entity_name, used):
        name = self.unique(component, "Mutation")
        verb = self._random.choice(["create", "update"])
        field = lower_first(entity_name)
        inner = self._selections(self._schema.by_name[entity_name], used, "      ", depth=1)
        text = (
            f"mutation {name}($input: {verb.capitalize()}{entity_name}Input!) {{\n"
            f"  {verb}{entity_name}(input: $input) {{\n    {field} {{\n{inner}    }}\n"
            "    errors {\n      field\n      message\n    }\n  }\n}"
        )
        return Operation(name, "mutation", text, [f.name for f in used])

    def _subscription(self, component, entity_name, used):
        name = self.unique(component, "Subscription")
        field = lower_first(entity_name)
        inner = self._selections(self._schema.by_name[entity_name], used, "    ", depth=1)
        text = f"subscription {name}($id: ID!) {{\n  {field}Changed(id: $id) {{\n{inner}  }}\n}}"
        return Operation(name, "subscription", text, [f.name for f in used])
