"""Code around the documents: what applications consist of besides GraphQL.

Each piece is a function of the random source and a name that is free in its file. Pieces are whole
statements of module level, so that any sequence of them is a valid module.
"""
from . import words


def camel(*parts):
    first, *rest = parts
    return first + "".join(part[0].upper() + part[1:] for part in rest)


def pascal(*parts):
    return "".join(part[0].upper() + part[1:] for part in parts)


class CodeMaker:
    def __init__(self, random):
        self._random = random
        self._number = 0

    def start_file(self):
        self._number = 0

    def _local(self):
        return self._random.choice(words.LOCAL_NAMES)

    def _free(self, *parts):
        """A name of module level; the number keeps it free."""
        self._number += 1
        return f"{camel(*parts)}{self._number}"

    def _comment(self):
        pick = self._random
        sentence = pick.choice(words.SENTENCES)
        if pick.random() < 0.5:
            return f"// {sentence}\n"
        return f"/**\n * {sentence}\n * {pick.choice(words.SENTENCES)}\n */\n"

    def piece(self, is_tsx):
        kinds = [self.function, self.interface, self.constants, self.reducer, self.generic,
                 self.text_table, self.hook, self.type_alias, self.class_]
        weights = [20, 10, 10, 6, 8, 6, 8, 8, 6]
        if is_tsx:
            kinds += [self.component, self.styled_list]
            weights += [38, 14]
        kind = self._random.choices(kinds, weights)[0]
        return (self._comment() if self._random.random() < 0.35 else "") + kind()

    def function(self):
        a, b, c = (self._local() + suffix for suffix in ("", "List", "Map"))
        name = self._free(self._random.choice(words.VERBS), self._local())
        limit, step = self._random.randint(2, 900), self._random.randint(1, 9)
        return f"""export function {name}({a}: string, {b}: readonly number[] = []): number {{
  const {c} = new Map<string, number>();
  for (const [index, entry] of {b}.entries()) {{
    if (entry > {limit} && index % {step} === 0) {{
      {c}.set(`${{{a}}}-${{index}}`, entry / {limit});
      continue;
    }}
    {c}.set({a}, ({c}.get({a}) ?? 0) + entry);
  }}
  return [...{c}.values()].reduce((sum, value) => sum + value, {step});
}}
"""

    def interface(self):
        name = pascal(self._free(self._local(), "props"))
        fields = self._random.sample(words.LOCAL_NAMES, self._random.randint(3, 9))
        types = ["string", "number", "boolean", "string | null", "readonly string[]", "Date",
                 "(value: string) => void", "Record<string, unknown>", "Array<{ id: string; label: string }>"]
        lines = "".join(
            f"  {field}{self._random.choice(['', '?'])}: {self._random.choice(types)};\n" for field in fields
        )
        return f"export interface {name} {{\n{lines}}}\n"

    def type_alias(self):
        name = pascal(self._free(self._local(), "kind"))
        members = " | ".join(f'"{word}"' for word in self._random.sample(words.LOCAL_NAMES, 4))
        return f"export type {name} = {members};\ntype {name}Keys<T> = {{ [K in keyof T]-?: T[K] extends string ? K : never }}[keyof T];\n"

    def constants(self):
        name = self._free(self._local(), "defaults")
        rows = "".join(
            f"  {word}: {{ label: '{word.capitalize()}', width: {self._random.randint(1, 400)}, "
            f"pattern: /^{word}[-_]?(\\d+)$/i }},\n"
            for word in self._random.sample(words.LOCAL_NAMES, self._random.randint(3, 12))
        )
        return f"const {name} = {{\n{rows}}} as const;\nexport type {pascal(name)} = keyof typeof {name};\n"

    def reducer(self):
        name = self._free(self._local(), "reducer")
        actions = self._random.sample(words.VERBS, 4)
        cases = "".join(
            f"    case '{action}':\n      return {{ ...state, {self._local()}: action.payload, revision: state.revision + 1 }};\n"
            for action in actions
        )
        union = " | ".join(f"{{ type: '{action}'; payload: string }}" for action in actions)
        return f"""type {pascal(name)}Action = {union};
export function {name}(
  state: {{ revision: number; [key: string]: unknown }},
  action: {pascal(name)}Action,
) {{
  switch (action.type) {{
{cases}    default:
      return state;
  }}
}}
"""

    def generic(self):
        name, item = self._free(self._random.choice(words.VERBS), "by"), self._local()
        return f"""export const {name} = <TItem extends {{ id: string }}, TKey extends keyof TItem>(
  items: ReadonlyArray<TItem>,
  key: TKey,
): Map<TItem[TKey], TItem[]> => {{
  const grouped = new Map<TItem[TKey], TItem[]>();
  items.forEach(({item}) => {{
    const found = grouped.get({item}[key]);
    found ? found.push({item}) : grouped.set({item}[key], [{item}]);
  }});
  return grouped;
}};
"""

    def text_table(self):
        name = self._free(self._local(), "messages")
        rows = "".join(
            f"  '{a}.{b}': {repr(self._random.choice(words.SENTENCES)) if self._random.random() < 0.7 else '`' + b.capitalize() + ' ${Date.now()}`'},\n"
            for a, b in zip(
                self._random.sample(words.LOCAL_NAMES, 8), self._random.sample(words.LOCAL_NAMES, 8)
            )
        )
        return f"export const {name}: Record<string, string> = {{\n{rows}}};\n"

    def hook(self):
        name, value = self._free("use", self._local()), self._local()
        delay = self._random.randint(1, 60) * 50
        return f"""export function {name}(initial: string, onChange?: (next: string) => void) {{
  const [{value}, set{pascal(value)}] = useState(initial);
  const pendingCall = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => {{
    pendingCall.current = setTimeout(() => onChange?.({value}), {delay});
    return () => {{
      if (pendingCall.current !== null) clearTimeout(pendingCall.current);
    }};
  }}, [{value}, onChange]);
  return useMemo(() => [{value}, set{pascal(value)}] as const, [{value}]);
}}
"""

    def class_(self):
        name, field, verb = pascal(self._free(self._local(), "store")), self._local(), self._random.choice(words.VERBS)
        return f"""export class {name}<T extends object = Record<string, never>> {{
  private readonly {field}s = new Set<T>();
  static readonly limit = {self._random.randint(10, 9000)};

  constructor(private readonly label: string, initial: Iterable<T> = []) {{
    for (const entry of initial) this.{verb}(entry);
  }}

  {verb}(entry: T): this {{
    if (this.{field}s.size >= {name}.limit) {{
      throw new Error(`${{this.label}} is full: ${{this.{field}s.size}} entries`);
    }}
    this.{field}s.add(entry);
    return this;
  }}

  get size(): number {{
    return this.{field}s.size;
  }}
}}
"""

    def component(self):
        name = pascal(self._free(self._local(), self._random.choice(["card", "list", "panel", "row", "badge"])))
        a, b, c = self._random.sample(words.LOCAL_NAMES, 3)
        text = self._random.choice(words.SENTENCES).replace('"', "&quot;").replace("'", "&apos;")
        return f"""export const {name} = ({{ {a}, {b}, on{pascal(c)} }}: {{
  {a}: string;
  {b}?: number;
  on{pascal(c)}: (value: string) => void;
}}) => {{
  const [isOpen, setIsOpen] = useState(false);
  const caption = {b} === undefined ? {a} : `${{{a}}} (${{{b}}})`;
  return (
    <section className="{a}-{c}" data-testid="{a}">
      {{/* The header stays while the body scrolls. */}}
      <header onClick={{() => setIsOpen((open) => !open)}}>
        <h2>{{caption}}</h2>
        {{{b} !== undefined && {b} > {self._random.randint(1, 99)} ? <strong>{{{b}}}</strong> : null}}
      </header>
      {{isOpen && (
        <ul aria-label={{caption}}>
          {{["{a}", "{b}", "{c}"].map((entry) => (
            <li key={{entry}}>
              <button type="button" onClick={{() => on{pascal(c)}(entry)}} disabled={{!isOpen}}>
                {{entry.toUpperCase()}}
              </button>
            </li>
          ))}}
        </ul>
      )}}
      <p>
        {text}
      </p>
    </section>
  );
}};
"""

    def styled_list(self):
        name = pascal(self._free(self._local(), "grid"))
        a, b = self._random.sample([word for word in words.LOCAL_NAMES if word != "index"], 2)
        rows = "".join(
            f'      <Cell key="{word}" name="{word}" width={{{self._random.randint(1, 12)}}} isLast={{index === {i}}} />\n'
            for i, word in enumerate(self._random.sample(words.LOCAL_NAMES, 4))
        )
        return f"""const Cell: FC<{{ name: string; width: number; isLast: boolean }}> = (props) => (
  <div style={{{{ flex: props.width, border: props.isLast ? "none" : "1px solid" }}}} {{...props}} />
);
export function {name}({{ index, {a} }}: {{ index: number; {a}: string }}) {{
  return (
    <>
{rows}      <span title={{{a}}}>{b}: {{index.toLocaleString()}}</span>
    </>
  );
}}
""".replace("Cell", f"{name}Cell")

    def data_rows(self, size_bytes):
        """A table of data, as large files usually are."""
        rows, size = [], 0
        while size < size_bytes:
            a, b = self._random.sample(words.LOCAL_NAMES, 2)
            row = (f"  {{ id: {len(rows)}, code: '{a}-{self._random.randint(0, 99999)}', label: \"{b.capitalize()}\", "
                   f"rate: {self._random.random():.4f}, isActive: {self._random.choice(['true', 'false'])} }},\n")
            rows.append(row)
            size += len(row)
        return f"export const {self._free('rows')} = [\n{''.join(rows)}];\n"
