// `builder --watch` as a child process: what it says is waited for, nothing is ever slept for.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { Consumer } from "./consumer.mjs";
import { check_event } from "./event_schema.mjs";
import { k_binary, on_end, pure_outputs, read_json, run, temporary_folder } from "./project.mjs";

/** Long enough for a sanitizer build on a busy machine; a hang must still fail. */
const k_patience_ms = 30_000;

/**
 * Starts a session in `root` that tells events, and returns it once it is quiet. It is killed when
 * the test `t` ends, if it has not ended by then.
 */
export async function watch(t, root, args = [], options = {}) {
  const watcher = start_watching(t, root, args, options);
  await watcher.until(({ event }) => event === "ready", "ready");
  // The folders that the first outputs made are looked at once more.
  await watcher.settled();
  return watcher;
}

/** The same without waiting. */
export function start_watching(t, root, args = [], { wrapper = [], env = {}, binary = k_binary } = {}) {
  const watcher = new Watcher(root, [...wrapper, binary, "--watch", "--format", "json", "--stdin", ...args], env);
  on_end(t, () => watcher.kill());
  return watcher;
}

export class Watcher {
  events = [];
  consumer = new Consumer();
  /** What it says to people by its end. */
  complaint = "";
  /** { code, signal } once it has ended. */
  end_state = null;
  #child;
  #stderr = "";
  #failure = null;
  #waiting = null;
  /** Events before this one were looked at. */
  #next = 0;
  #syncs = 0;

  constructor(root, command, env) {
    this.root = root;
    this.#child = spawn(command[0], command.slice(1), {
      cwd: root,
      env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "", ...env },
      stdio: ["pipe", "pipe", "pipe"],
    });
    this.#child.stdin.on("error", () => {});
    this.#child.stderr.on("data", (data) => (this.#stderr += data));
    createInterface({ input: this.#child.stdout }).on("line", (line) => this.#take(line));
    this.#child.on("close", (code, signal) => {
      this.end_state = { code, signal };
      this.#wake();
    });
  }

  get pid() {
    return this.#child.pid;
  }

  #take(line) {
    try {
      const event = JSON.parse(line);
      check_event(event);
      this.consumer.take(line);
      if (event.event === "idle" && this.consumer.hash === null) {
        this.#read_artifact(event);
      }
      this.events.push(event);
    } catch (error) {
      this.#failure ??= error;
    }
    this.#wake();
  }

  /** It begins with what an earlier session left. */
  #read_artifact({ artifact }) {
    const { outDir } = this.events.find(({ event }) => event === "ready").projects[0];
    const text = readFileSync(join(this.root, outDir, "artifact.json"), "utf8");
    this.consumer.read(artifact, text, read_json(this.root, outDir, "manifest.json").chunks);
  }

  #wake() {
    this.#waiting?.();
  }

  /** Waits for the first event, of those not looked at yet, that `is_it`; returns it and those before it. */
  async until(is_it, what) {
    const begin = this.#next;
    const deadline = Date.now() + k_patience_ms;
    for (;;) {
      for (; this.#next < this.events.length; ++this.#next) {
        if (is_it(this.events[this.#next])) {
          ++this.#next;
          return this.events.slice(begin, this.#next);
        }
      }
      if (this.#failure || this.end_state || Date.now() > deadline) {
        const reason = this.#failure?.stack ?? (this.end_state ? `ended with ${JSON.stringify(this.end_state)}` : "nothing comes");
        throw new Error(`waiting for ${what}: ${reason}\n${this.#tail()}`);
      }
      await this.#news(deadline - Date.now());
    }
  }

  #news(patience_ms) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, patience_ms);
      this.#waiting = () => {
        clearTimeout(timer);
        this.#waiting = null;
        resolve();
      };
    });
  }

  #tail() {
    return this.events.slice(-12).map((event) => JSON.stringify(event).slice(0, 300)).join("\n") + this.#stderr;
  }

  write(text) {
    this.#child.stdin.write(text);
  }

  /** Returns the events up to the answer: all that was changed before has been told by then. */
  sync() {
    const number = ++this.#syncs;
    this.write(`{"sync": ${number}}\n`);
    return this.until(({ event, sync }) => event === "sync" && sync === number, `sync ${number}`);
  }

  /** Waits for a generation by itself, as whoever edits does, and then for all that may follow. */
  async generation() {
    const first = await this.until(({ event }) => event === "build", "build");
    return [...first, ...(await this.sync())];
  }

  /** Waits until all is built and on disk. */
  async settled() {
    const events = await this.sync();
    const last = this.events.findLast(({ event }) => event === "delta");
    const is_idle = () => !last || this.events.some(({ event, generation }) => event === "idle" && generation >= last.generation);
    while (!is_idle()) {
      events.push(...(await this.until(({ event }) => event === "idle", "idle")));
    }
    return events;
  }

  signal(name) {
    this.#child.kill(name);
  }

  kill() {
    if (!this.end_state) {
      this.#child.kill("SIGKILL");
    }
  }

  /** Ends the input, and waits for the end: `{ code, signal }`. */
  end() {
    this.#child.stdin.end();
    return this.ended();
  }

  async ended() {
    const deadline = Date.now() + k_patience_ms;
    while (!this.end_state) {
      if (this.#failure || Date.now() > deadline) {
        throw this.#failure ?? new Error(`does not end\n${this.#tail()}`);
      }
      await this.#news(deadline - Date.now());
    }
    if (this.#failure) {
      throw this.#failure;
    }
    assert.equal(this.#stderr, this.complaint);
    return this.end_state;
  }
}

export function builds_in(events) {
  return events.filter(({ event }) => event === "build");
}

/** What a build of the same inputs makes in another folder; null where it makes nothing. */
export function clean_outputs(t, root, { out_dir = ".builder", args = [] } = {}) {
  const copy = join(temporary_folder(t), "clean");
  const left_out = new Set([out_dir, ".cache", ".git"]);
  cpSync(root, copy, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !left_out.has(path.slice(root.length + 1)),
  });
  const result = run(copy, ["--no-incremental", "--quiet", ...args]);
  assert.ok(result.code <= 1, result.text);
  return pure_outputs(join(copy, out_dir));
}

/** Whatever happened: once all is quiet, the disk holds what a clean build makes of it, and whoever
 * followed the events holds what is on disk. */
export async function check_settled(t, watcher, { out_dir = ".builder" } = {}) {
  const events = await watcher.settled();
  const { root, consumer } = watcher;
  assert.deepEqual(pure_outputs(join(root, out_dir)), clean_outputs(t, root, { out_dir }));
  assert.equal(consumer.artifact_text(), readFileSync(join(root, out_dir, "artifact.json"), "utf8"));
  assert.deepEqual(consumer.manifest_chunks(), read_json(root, out_dir, "manifest.json").chunks);
  const idle = watcher.events.findLast(({ event }) => event === "idle");
  assert.equal(idle?.artifact ?? consumer.hash, consumer.hash);
  assert.ok(!existsSync(join(root, out_dir, ".builder-journal")));
  return events;
}
