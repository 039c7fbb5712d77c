"""A project as a plan, then as files: features with components, hooks, models and barrels, some of
them with GraphQL."""
import dataclasses
import json
import os
import random

from . import words
from .documents import DocumentMaker, Fragment
from .schema import Schema, lower_first
from .sizes import sizes
from .typescript import CodeMaker, camel, pascal

# How a feature writes its GraphQL.
STYLES = ["apollo", "relay", "preset"]

# How a project does: each feature in a style of its own; or every document as a tag, or as a call,
# by names that relay-compiler accepts. The last two hold the same documents.
FORMS = {"mixed": None, "relay": "relay", "calls": "preset"}

CONFIG = {
    "schema": "schema.graphql",
    "include": ["src/**/*.{ts,tsx,graphql}"],
}
TSCONFIG = {
    "compilerOptions": {
        "target": "ES2022",
        "module": "ESNext",
        "moduleResolution": "Bundler",
        "jsx": "react-jsx",
        "strict": True,
        "noEmit": True,
        "baseUrl": ".",
        "paths": {"@/*": ["src/*"]},
    },
    "include": ["src"],
}


@dataclasses.dataclass
class PlannedFile:
    path: str
    # "component", "hook", "plain", "documents" or "barrel".
    role: str
    has_graphql: bool = False
    # Of a barrel: the modules that it re-exports.
    exports: list = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class Feature:
    folder: str
    style: str
    entities: list
    files: list


@dataclasses.dataclass
class Options:
    files: int
    share: float
    schema_bytes: int
    total_bytes: int
    seed: int
    form: str = "mixed"


class Project:
    def __init__(self, options):
        self.options = options
        self.schema = Schema(options.seed, options.schema_bytes)
        self._random = random.Random(f"{options.seed}/project")
        # None where each feature has its own.
        self._style = FORMS[options.form]
        self._documents = DocumentMaker(self.schema, self._random, keeps_endings=self._style is not None)
        # Fragment name -> module without extension, and the exported name where there is one.
        self._homes = {}
        self._overshoot = 0
        self.counts = {"operations": 0, "fragments": 0, "graphql_files": 0}

    def contents(self):
        """Yields (path, text) of every file; the same options give the same."""
        yield "schema.graphql", self.schema.text
        yield "builder.config.json", json.dumps(CONFIG, indent=2) + "\n"
        yield "tsconfig.json", json.dumps(TSCONFIG, indent=2) + "\n"
        yield "package.json", json.dumps({"name": "generated-app", "private": True}, indent=2) + "\n"
        features = self._plan()
        every = [file for feature in features for file in feature.files]
        ascending = sizes(len(every), self.options.total_bytes)
        barrels = sum(file.role == "barrel" for file in every)
        targets = ascending[barrels:]
        self._random.shuffle(targets)
        for feature in features:
            marked = [file for file in feature.files if file.has_graphql]
            for file in feature.files:
                if file.role == "barrel":
                    yield file.path, self._barrel(file)
                else:
                    is_last = bool(marked) and file is marked[-1]
                    yield file.path, self._module(feature, file, targets.pop(), is_last)

    def _plan(self):
        features, planned = [], 0
        while planned < self.options.files:
            feature = self._feature(len(features), self.options.files - planned)
            planned += len(feature.files)
            features.append(feature)
        # Components and hooks have the documents; a few have them in a file of their own.
        able = [f for feature in features for f in feature.files if f.role in ("component", "hook")]
        wanted = min(len(able), round(self.options.share * self.options.files))
        for file in self._random.sample(able, wanted):
            file.has_graphql = True
            if self._random.random() < 0.04 and self._style is None:
                file.role = "documents"
                file.path = os.path.splitext(file.path)[0] + ".graphql"
        for feature in features:
            for file in feature.files:
                file.exports = [f for f in file.exports if not f.path.endswith(".graphql")]
        return features

    def _feature(self, number, limit):
        pick = self._random
        name = f"{pick.choice(words.ADJECTIVES)}{pick.choice(words.NOUNS)}{number}"
        folder = f"src/features/{lower_first(name)}"
        files, count = [], min(limit, pick.randint(20, 70))
        while len(files) < count - 1:
            part = f"{pick.choice(words.NOUNS)}{pick.choice(['Card', 'Form', 'List', 'Page', 'Row', 'Panel'])}{len(files)}"
            files += self._part(f"{folder}/components/{part}", part)
            if pick.random() < 0.5:
                util = camel(pick.choice(words.VERBS), pick.choice(words.LOCAL_NAMES))
                files.append(PlannedFile(f"{folder}/{pick.choice(['model', 'utils'])}/{util}{len(files)}.ts", "plain"))
        files = files[: count - 1]
        exported = [f for f in files if f.role == "component"]
        files.append(PlannedFile(f"{folder}/index.ts", "barrel", exports=exported))
        entities = [e.name for e in pick.sample(self.schema.entities, min(4, len(self.schema.entities)))]
        style = pick.choices(STYLES, [50, 30, 20])[0]
        return Feature(folder, self._style or style, entities, files)

    def _part(self, folder, part):
        """A component in a folder of its own, with what belongs to it."""
        pick = self._random
        component = PlannedFile(f"{folder}/{part}.tsx", "component")
        files = [component]
        if pick.random() < 0.7:
            files.append(PlannedFile(f"{folder}/use{part}.ts", "hook"))
        if pick.random() < 0.45:
            files.append(PlannedFile(f"{folder}/{part}.test.tsx", "plain"))
        if pick.random() < 0.5:
            files.append(PlannedFile(f"{folder}/types.ts", "plain"))
        if pick.random() < 0.6:
            files.append(PlannedFile(f"{folder}/index.ts", "barrel", exports=[component]))
        return files

    def _barrel(self, barrel):
        folder = os.path.dirname(barrel.path)
        lines = []
        for file in barrel.exports:
            module = "./" + os.path.splitext(os.path.relpath(file.path, folder))[0]
            lines.append(f'export * from "{module}";\n')
        return "".join(lines) or "export {};\n"

    def _module(self, feature, file, target, is_last):
        code = CodeMaker(random.Random(f"{self.options.seed}/{file.path}"))
        definitions = self._definitions(feature, file, is_last) if file.has_graphql else []
        if file.role == "documents":
            text = "\n\n".join(d.text for d in definitions) + "\n"
            self._overshoot += len(text) - target
            return text
        is_tsx = file.path.endswith(".tsx")
        parts = [self._imports(feature, file, code), *self._written(feature, file, definitions)]
        # What small files take too much, larger ones give back, so that the sum is as asked.
        given_back = min(max(self._overshoot, 0), target // 4) if target > 4_000 else 0
        size, wanted = sum(map(len, parts)), target - given_back
        if wanted > 60_000:
            parts.append(code.data_rows(wanted - size - 20_000))
            size += len(parts[-1])
        while size < wanted - 300:
            parts.append(code.piece(is_tsx))
            size += len(parts[-1]) + 1
        self._overshoot += size - target
        return "\n".join(parts)

    def _definitions(self, feature, file, is_last):
        """What the file defines; the last file of a feature spreads what nobody has spread yet."""
        pick, made = self._random, []
        component = os.path.splitext(os.path.basename(file.path))[0]
        # relay-compiler wants names that begin with the file's own.
        component = component if self._style else pascal(component)
        module = os.path.splitext(file.path)[0]
        self.counts["graphql_files"] += 1
        if not is_last and pick.random() < 0.62:
            for _ in range(pick.choices([1, 2], [80, 20])[0]):
                made.append(self._documents.fragment(component, pick.choice(feature.entities)))
        if is_last or not made or pick.random() < 0.2:
            if not is_last and pick.random() < 0.05:
                made.append(self._documents.search(component))
            else:
                made.append(self._documents.operation(component, pick.choice(feature.entities), is_last))
        for definition in made:
            is_fragment = isinstance(definition, Fragment)
            self.counts["fragments" if is_fragment else "operations"] += 1
            is_exported = feature.style == "apollo" and file.role != "documents"
            if is_fragment:
                self._homes[definition.name] = (module, self._constant(definition) if is_exported else None)
        if self._documents.popular is None and feature.style in ("apollo", self._style):
            self._choose_popular(made)
        return made

    def _choose_popular(self, made):
        for definition in made:
            if isinstance(definition, Fragment) and (self._style or self._homes[definition.name][1]):
                self._documents.popular = definition
                return

    def _constant(self, definition):
        return lower_first(definition.name.replace("_", "")) + ("Fragment" if isinstance(definition, Fragment) else "Document")

    def _imports(self, feature, file, code):
        pick, folder = code._random, os.path.dirname(file.path)
        lines = ['import { type FC, useEffect, useMemo, useRef, useState } from "react";\n']
        for _ in range(pick.randint(0, 4)):
            other = pick.choice(feature.files)
            if other is file or other.path.endswith((".graphql", ".test.tsx")):
                continue
            path = os.path.relpath(os.path.splitext(other.path)[0].removesuffix("/index"), folder)
            path = path if path.startswith(".") else "./" + path
            name = camel(pick.choice(words.VERBS), pick.choice(words.LOCAL_NAMES))
            lines.append(f'import {{ {name} as {name}{len(lines)} }} from "{path}";\n')
        if not file.has_graphql and pick.random() < 0.2:
            entity = pick.choice(feature.entities)
            lines.append(f'import type {{ {entity} }} from "@/graphql/types";\n')
        return "".join(lines)

    def _written(self, feature, file, definitions):
        """The documents in the feature's style, with the imports that they need."""
        if not definitions:
            return []
        style = feature.style
        tag_import = {
            "apollo": 'import { gql, useQuery } from "@apollo/client";\n',
            "relay": 'import { graphql, useFragment, useLazyLoadQuery } from "react-relay";\n',
            "preset": 'import { graphql } from "@/gql";\n',
        }[style]
        imports, statements, seen = [tag_import], [], set()
        for definition in definitions:
            foreign = []
            for name in definition.spreads:
                module, constant = self._homes[name]
                if style != "apollo" or constant is None:
                    continue
                foreign.append(constant)
                if module != os.path.splitext(file.path)[0] and constant not in seen:
                    seen.add(constant)
                    imports.append(self._fragment_import(file, module, constant))
            statements.append(getattr(self, f"_{style}")(definition, foreign))
        return ["".join(imports), *statements]

    def _fragment_import(self, file, module, constant):
        """By the module itself, by its folder's barrel, or by the feature's barrel."""
        folder = os.path.dirname(file.path)
        relative = os.path.relpath(module, folder)
        relative = relative if relative.startswith(".") else "./" + relative
        feature = "/".join(module.split("/")[:3])
        is_component = not os.path.basename(module).startswith("use")
        if is_component and self._random.random() < 0.4:
            return f'import {{ {constant} }} from "{feature.replace("src/", "@/", 1)}";\n'
        return f'import {{ {constant} }} from "{relative}";\n'

    @staticmethod
    def _indented(text):
        return "".join(f"  {line}\n" for line in text.split("\n"))

    def _apollo(self, definition, foreign):
        tail = "".join(f"  ${{{constant}}}\n" for constant in foreign)
        return f"export const {self._constant(definition)} = gql`\n{self._indented(definition.text)}{tail}`;\n"

    def _relay(self, definition, foreign):
        hook = pascal(self._constant(definition))
        if isinstance(definition, Fragment):
            return (
                f"export function use{hook}(key: {definition.name}$key) {{\n"
                f"  return useFragment(\n    graphql`\n{self._indented(self._indented(definition.text).rstrip())}    `,\n"
                "    key,\n  );\n}\n"
            )
        return (
            f"export function use{hook}(variables: Record<string, unknown>) {{\n"
            f"  return useLazyLoadQuery<{definition.name}>(\n"
            f"    graphql`\n{self._indented(self._indented(definition.text).rstrip())}    `,\n    variables,\n  );\n}}\n"
        )

    def _preset(self, definition, foreign):
        # No draw where the style is the project's: the documents of all forms must stay the same.
        is_marked = self._style is None and self._random.random() < 0.6
        comment = "/* GraphQL */ " if is_marked else ""
        return (
            f"export const {self._constant(definition)} = graphql({comment}`\n"
            f"{self._indented(definition.text)}`);\n"
        )
