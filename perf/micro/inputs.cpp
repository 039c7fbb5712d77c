#include "perf/micro/inputs.h"

#include <array>
#include <cstdio>
#include <cstdlib>

#include "graphql/load_schema.h"
#include "perf/micro/schema_text.h"

namespace micro {
namespace {

constexpr std::size_t k_document_count = 1'500;
constexpr std::size_t k_module_count = 200;
constexpr std::size_t k_module_bytes = 5'000;

// What modules consist of besides GraphQL; each `@` becomes a number.
constexpr std::array<const char*, 5> k_pieces = {
    R"ts(
export interface RowProps@ {
  label: string;
  width?: number;
  onSelect: (value: string) => void;
  entries: Array<{ id: string; label: string }>;
}
)ts",
    R"ts(
// Keeps the last value while a request is under way, so that the page does not flicker.
export function resolveEntries@(input: string, values: readonly number[] = []): number {
  const found = new Map<string, number>();
  for (const [index, entry] of values.entries()) {
    if (entry > 42 && index % 3 === 0) {
      found.set(`${input}-${index}`, entry / 42);
      continue;
    }
    found.set(input, (found.get(input) ?? 0) + entry);
  }
  return [...found.values()].reduce((sum, value) => sum + value, 3);
}
)ts",
    R"ts(
const defaults@ = {
  token: { label: 'Token', width: 115, pattern: /^token[-_]?(\d+)$/i },
  batch: { label: "Batch", width: 55, pattern: /^batch[-_]?(\d+)$/i },
} as const;
export type Defaults@ = keyof typeof defaults@;
)ts",
    R"ts(
export class Store@<T extends object = Record<string, never>> {
  private readonly entries = new Set<T>();
  static readonly limit = 770;

  constructor(private readonly label: string, initial: Iterable<T> = []) {
    for (const entry of initial) this.pick(entry);
  }

  pick(entry: T): this {
    if (this.entries.size >= Store@.limit) {
      throw new Error(`${this.label} is full: ${this.entries.size} entries`);
    }
    this.entries.add(entry);
    return this;
  }
}
)ts",
    R"ts(
export const trackBy@ = <TItem extends { id: string }, TKey extends keyof TItem>(
  items: ReadonlyArray<TItem>,
  key: TKey,
): Map<TItem[TKey], TItem[]> => {
  const grouped = new Map<TItem[TKey], TItem[]>();
  items.forEach((item) => {
    const found = grouped.get(item[key]);
    found ? found.push(item) : grouped.set(item[key], [item]);
  });
  return grouped;
};
)ts"};

constexpr const char* k_component = R"ts(
export const Panel@ = ({ label, index, onPick }: {
  label: string;
  index?: number;
  onPick: (value: string) => void;
}) => {
  const [isOpen, setIsOpen] = useState(false);
  const caption = index === undefined ? label : `${label} (${index})`;
  return (
    <section className="label-panel" data-testid="label">
      {/* The header stays while the body scrolls. */}
      <header onClick={() => setIsOpen((open) => !open)}>
        <h2>{caption}</h2>
        {index !== undefined && index > 32 ? <strong>{index}</strong> : null}
      </header>
      {isOpen && (
        <ul aria-label={caption}>
          {["label", "index"].map((entry) => (
            <li key={entry}>
              <button type="button" onClick={() => onPick(entry)} disabled={!isOpen}>
                {entry.toUpperCase()}
              </button>
            </li>
          ))}
        </ul>
      )}
      <p>
        We cannot use the browser&apos;s own here: it sorts by locale.
      </p>
    </section>
  );
};
)ts";

void append_numbered(std::string& out, const char* piece, std::size_t number) {
  for (const char* at = piece; *at != '\0'; ++at) {
    if (*at == '@') {
      out.append(std::to_string(number));
    } else {
      out.push_back(*at);
    }
  }
}

Module make_module(std::size_t number) {
  const bool is_tsx = number % 2 == 0;
  const bool has_document = number % 4 < 2;
  Module result;
  result.path = "src/part" + std::to_string(number % 20) + "/module" + std::to_string(number) +
                (is_tsx ? ".tsx" : ".ts");
  result.language = is_tsx ? discovery::Language::tsx : discovery::Language::typescript;
  std::string& text = result.text;
  text = "import { type FC, useEffect, useMemo, useState } from \"react\";\n";
  append_numbered(text, "import { loadLabel@ } from \"../part1/module@\";\n", number / 2);
  if (has_document) {
    text.append("import { gql, useQuery } from \"@apollo/client\";\n\n");
    text.append("export const document = gql`\n").append(make_operation_text(number));
    text.append("\n`;\n");
  }
  for (std::size_t piece = 0; text.size() < k_module_bytes; ++piece) {
    const bool is_component = is_tsx && piece % 2 == 0;
    const char* source = is_component ? k_component : k_pieces[(number + piece) % k_pieces.size()];
    append_numbered(text, source, piece);
  }
  return result;
}

Inputs make_inputs() {
  Inputs result;
  result.schema_text = make_schema_text();
  graphql::SchemaSource source;
  // Of its own: `result` is moved, and the schema keeps views.
  const auto owner = std::make_shared<const std::string>(result.schema_text);
  source.text = *owner;
  source.owner = owner;
  result.schema = graphql::load_schema({&source, 1}).schema;
  if (result.schema == nullptr) {
    std::fprintf(stderr, "perf_micro: its own schema is not valid\n");
    std::exit(70);
  }
  for (std::size_t i = 0; i < k_document_count; ++i) {
    result.documents.push_back(make_operation_text(i) + "\n\n" +
                               make_fragment_text(parent_of(i % entity_count())) + "\n");
  }
  for (std::size_t i = 0; i < k_module_count; ++i) {
    result.modules.push_back(make_module(i));
  }
  return result;
}

}  // namespace

std::size_t Inputs::document_bytes() const {
  std::size_t bytes = 0;
  for (const std::string& document : documents) {
    bytes += document.size();
  }
  return bytes;
}

std::size_t Inputs::module_bytes() const {
  std::size_t bytes = 0;
  for (const Module& module : modules) {
    bytes += module.text.size();
  }
  return bytes;
}

const Inputs& inputs() {
  static const Inputs result = make_inputs();
  return result;
}

void count_bytes(benchmark::State& state, std::size_t bytes) {
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes) * state.iterations());
}

void count_items(benchmark::State& state, std::size_t count) {
  state.SetItemsProcessed(static_cast<std::int64_t>(count) * state.iterations());
}

}  // namespace micro
