"""Reads what `valgrind --tool=callgrind` writes.

Callgrind knows which function called which, and what that cost; it does not know whole stacks. So a
flame graph of it is a guess where a function has several callers: its costs are shared out among them
in proportion to what they spent in it.
"""
import collections
import dataclasses
import re

from stacks import BORING, short_name

NAME = re.compile(r"(c?fn)=\((\d+)\)(?: (.*))?")
COST = re.compile(r"[+\-*]?\d* (\d+)$")
# Stacks below that share of the whole are not told apart any more.
LEAST_SHARE = 1 / 5_000
LONGEST_STACK = 200


@dataclasses.dataclass
class Calls:
    """Costs in instructions."""

    total: int = 0
    own: collections.Counter = dataclasses.field(default_factory=collections.Counter)
    # Caller -> callee -> what was spent in it and below.
    called: dict = dataclasses.field(default_factory=lambda: collections.defaultdict(collections.Counter))


def read_calls(lines):
    calls, names = Calls(), {}
    function = callee = None
    is_call = False
    for line in lines:
        line = line.rstrip("\n")
        if match := NAME.match(line):
            kind, number, name = match.groups()
            if name is not None:
                # Callgrind marks depths of recursion by a number behind an apostrophe.
                names[number] = short_name(re.sub(r"'\d+$", "", name))
            if kind == "fn":
                function = names[number]
            else:
                callee = names[number]
        elif line.startswith("calls="):
            is_call = True
        elif line.startswith(("summary:", "totals:")):
            calls.total = int(line.split()[1])
        elif function is not None and (match := COST.match(line)):
            cost = int(match[1])
            if is_call:
                calls.called[function][callee] += cost
            else:
                calls.own[function] += cost
            is_call = False
    return calls


def profile_of(calls):
    """Stacks by the shares of callers; a call of a function that is on the stack already stays there."""
    profile = collections.Counter()
    least = calls.total * LEAST_SHARE
    has_caller = {callee for caller, callees in calls.called.items() for callee in callees if callee != caller}
    functions = {*calls.own, *calls.called}

    def unfold(name, cost, stack):
        if name not in BORING and not name.startswith("0x"):
            stack = (*stack, name)
        # What a recursive call cost is in the costs of its callees already.
        callees = {one: spent for one, spent in calls.called.get(name, {}).items() if one != name and one not in stack}
        whole = calls.own[name] + sum(callees.values())
        if cost < least or whole == 0 or len(stack) > LONGEST_STACK:
            profile[stack or (name,)] += cost
            return
        share = cost / whole
        profile[stack or (name,)] += calls.own[name] * share
        for callee, spent in callees.items():
            unfold(callee, spent * share, stack)

    for name in sorted(functions - has_caller):
        callees = calls.called.get(name, {})
        unfold(name, calls.own[name] + sum(spent for one, spent in callees.items() if one != name), ())
    return profile
