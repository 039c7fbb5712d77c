// What a bundler's plugin does with the events of `builder --watch --format json`: it holds the
// artifact in memory and keeps it up to date by deltas alone.
//
// Elements are kept as the text that they came in, because reading JSON and writing it again would
// lose how numbers were spelt; so the artifact is the file, byte for byte.

/** The members of the JSON object that `text` is, as text: key as written (with quotes) -> value. */
export function raw_members(text) {
  const members = new Map();
  let at = skip_space(text, 1);
  while (text[at] !== "}") {
    const key_end = end_of_string(text, at);
    const key = text.slice(at, key_end);
    const begin = skip_space(text, skip_space(text, key_end) + 1);
    const end = end_of_value(text, begin);
    members.set(key, text.slice(begin, end).trimEnd());
    at = skip_space(text, end);
    at = text[at] === "," ? skip_space(text, at + 1) : at;
  }
  return members;
}

function skip_space(text, at) {
  while (text[at] === " " || text[at] === "\n") {
    ++at;
  }
  return at;
}

function end_of_string(text, at) {
  for (++at; text[at] !== '"'; ++at) {
    at += text[at] === "\\" ? 1 : 0;
  }
  return at + 1;
}

function end_of_value(text, at) {
  let depth = 0;
  for (; at < text.length; ++at) {
    const c = text[at];
    if (c === '"') {
      at = end_of_string(text, at) - 1;
    } else if (c === "{" || c === "[") {
      ++depth;
    } else if (c === "}" || c === "]") {
      if (depth-- === 0) {
        return at;
      }
    } else if (c === "," && depth === 0) {
      return at;
    }
  }
  return at;
}

/** Holds the artifact and the list of modules of one project. Throws where a delta does not fit. */
export class Consumer {
  /** The hash of what is held; null: nothing is. */
  hash = null;
  schemas = new Map();
  elements = new Map();
  chunks = new Map();
  deltas_applied = 0;

  /** Takes one line of output; all but deltas are of no interest. */
  take(line) {
    if (!line.startsWith('{"event":"delta"')) {
      return;
    }
    const event = raw_members(line);
    const delta = raw_members(event.get('"delta"'));
    for (const key of ['"base"', '"target"', '"generation"']) {
      expect_equal(`${key} of the event and of its delta`, event.get(key), delta.get(key));
    }
    const base = JSON.parse(event.get('"base"'));
    if (base !== null && this.hash === null) {
      // It leads on from what lies on disk; the next `idle` says when that can be read.
      return;
    }
    if (base === null) {
      this.elements.clear();
      this.chunks.clear();
    } else {
      expect_equal("the base of the delta and what is held", base, this.hash);
    }
    this.schemas = raw_members(delta.get('"schemas"'));
    apply(this.elements, {
      added: raw_members(delta.get('"added"')),
      updated: raw_members(delta.get('"updated"')),
      removed: JSON.parse(delta.get('"removed"')).map((id) => JSON.stringify(id)),
    });
    const { added, updated, removed } = JSON.parse(delta.get('"chunks"'));
    apply(this.chunks, { added: by_id(added), updated: by_id(updated), removed });
    this.hash = JSON.parse(event.get('"target"'));
    ++this.deltas_applied;
  }

  /** Begins with what is on disk, whose hash an `idle` event told. */
  read(hash, artifact_text, chunks) {
    const artifact = raw_members(artifact_text);
    this.hash = hash;
    this.schemas = raw_members(artifact.get('"schemas"'));
    this.elements = raw_members(artifact.get('"elements"'));
    this.chunks = by_id(chunks);
  }

  /** The bytes that artifact.json must have. */
  artifact_text() {
    return `{\n  "version": 1,\n  "schemas": ${object_text(this.schemas)},\n  "elements": ${object_text(this.elements)}\n}\n`;
  }

  /** What `chunks` in manifest.json must be. */
  manifest_chunks() {
    return sorted(this.chunks).map(([, chunk]) => chunk);
  }
}

function by_id(chunks) {
  return new Map(chunks.map((chunk) => [chunk.id, chunk]));
}

function apply(items, { added, updated, removed }) {
  for (const [id, item] of added) {
    expect_equal(`whether ${id}, which is added, is there`, items.has(id), false);
    items.set(id, item);
  }
  for (const [id, item] of updated) {
    expect_equal(`whether ${id}, which is updated, is there`, items.has(id), true);
    items.set(id, item);
  }
  for (const id of removed) {
    expect_equal(`whether ${id}, which is removed, is there`, items.delete(id), true);
  }
}

function expect_equal(what, actual, expected) {
  if (actual !== expected) {
    throw new Error(`consumer: ${what}: ${actual} is not ${expected}`);
  }
}

/** By the bytes of the keys, as all that builder writes. */
function sorted(items) {
  const bare = (key) => Buffer.from(key.startsWith('"') ? JSON.parse(key) : key);
  return [...items].map(([key, item]) => [bare(key), key, item]).sort(([left], [right]) => Buffer.compare(left, right)).map(([, key, item]) => [key, item]);
}

function object_text(members) {
  if (members.size === 0) {
    return "{}";
  }
  return `{\n${sorted(members).map(([key, value]) => `    ${key}: ${value}`).join(",\n")}\n  }`;
}
