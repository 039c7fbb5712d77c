// What a test may do to the machine that it runs on.
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";

import { k_binary, on_end } from "./project.mjs";

const k_is_root = process.getuid() === 0;

/**
 * The words to put before a command so that file permissions apply to it: none for an ordinary
 * user, setpriv for root. Null where root cannot become anybody else.
 */
export function unprivileged_wrapper() {
  if (!k_is_root) {
    return [];
  }
  const wrapper = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
  const probe = spawnSync(wrapper[0], [...wrapper.slice(1), k_binary, "--version"]);
  return probe.status === 0 ? wrapper : null;
}

/** Mounts a file system of `size_kib` at `folder` for the time of the test `t`; says whether. */
export function mount_small_disk(t, folder, size_kib) {
  mkdirSync(folder, { recursive: true });
  const options = `size=${size_kib}k`;
  if (!k_is_root || spawnSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", folder]).status !== 0) {
    return false;
  }
  on_end(t, () => spawnSync("umount", [folder]));
  return true;
}
