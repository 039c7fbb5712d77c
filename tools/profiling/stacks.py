"""Stacks of functions with what each cost: read from perf, added up, asked.

A profile is a dictionary: stack -> cost. A stack is a tuple of names, the outermost first; a cost is
a number of samples, or of instructions.
"""
import collections
import re

# Frames that the start of a program adds, and that say nothing.
BORING = {"_start", "__libc_start_main", "__libc_start_main@@GLIBC_2.34", "__libc_start_call_main", "(below main)",
          "[unknown]", "clone", "clone3", "start_thread", "execute_native_thread_routine"}

# Behind the names of the kernel's functions, as other tools write it.
KERNEL_MARK = "_[k]"

FRAME = re.compile(r"\s+[0-9a-f]+ (.+?)(?:\+0x[0-9a-f]+)? \((.*)\)$")

ANGLES = re.compile(r"<[^<>]*>")
ROUNDS = re.compile(r"\([^()]*\)")

LAYERS = {"base", "graphql", "discovery", "graph", "artifact", "builder", "session", "cli"}


def _without(pattern, text):
    """`text` without what matches, also where that stands inside of itself."""
    shorter = pattern.sub("", text)
    while shorter != text:
        text, shorter = shorter, pattern.sub("", shorter)
    return text


def short_name(name):
    """A function's name without its arguments, what it returns, and arguments of templates."""
    if name in BORING:
        return name
    name = name.replace("(anonymous namespace)::", "").replace("operator()", "call")
    name = re.sub(r"\boperator(?:<=>|<<|>>|<|>|->)=?", "operator", name)
    name = re.sub(r"\[(?:clone|abi)[^\]]*\]|\.(?:constprop|isra|part|cold|lto_priv)(?:\.\d+)?", "", name)
    name = _without(ANGLES, name)
    name = _without(ROUNDS, name).replace("{lambda#", "{lambda ").replace(" const", "").strip()
    # What stands before the last space is the returned type, except in `operator new`.
    name = name.replace("{lambda ", "{lambda#").replace("operator ", "operator_")
    return name.rpartition(" ")[2]


def layer_of(name):
    """Whose a function is: one of our layers', tree-sitter's, the kernel's or some library's."""
    if name.endswith(KERNEL_MARK):
        return "kernel"
    first = name.partition("::")[0]
    if first in LAYERS:
        return first
    return "tree-sitter" if name.startswith("ts_") or "tree_sitter" in name else "library"


def fold_perf(lines):
    """The profile that `perf script` prints: a sample is a head line, its frames, and an empty line."""
    profile = collections.Counter()
    frames = None
    for line in lines:
        if not line.strip():
            if frames:
                profile[tuple(reversed(frames))] += 1
            frames = None
        elif not line[0].isspace():
            frames = []
        elif frames is not None and (match := FRAME.match(line)):
            name, source = match.groups()
            name = f"{short_name(name)}{KERNEL_MARK if source.startswith('[') else ''}"
            if name not in BORING:
                frames.append(name)
    if frames:
        profile[tuple(reversed(frames))] += 1
    return profile


def total_of(profile):
    return sum(profile.values())


def function_costs(profile):
    """Name -> (what it cost by itself, what it cost with all that it called)."""
    own, whole = collections.Counter(), collections.Counter()
    for stack, cost in profile.items():
        own[stack[-1]] += cost
        for name in set(stack):
            whole[name] += cost
    return {name: (own[name], whole[name]) for name in whole}


def blamed_costs(profile):
    """Function of ours -> its own costs with those of the library and the kernel that it called."""
    costs = collections.Counter()
    for stack, cost in profile.items():
        ours = (name for name in reversed(stack) if layer_of(name) in LAYERS)
        costs[next(ours, "nothing of ours")] += cost
    return costs


def layer_costs(profile):
    """Layer -> what its functions cost by themselves."""
    layers = collections.Counter()
    for stack, cost in profile.items():
        layers[layer_of(stack[-1])] += cost
    return layers


def folded_text(profile):
    """One line a stack, as other tools read them."""
    return "".join(f"{';'.join(stack)} {round(cost)}\n" for stack, cost in sorted(profile.items()))
