"""Draws a profile as an SVG file: a rectangle a function, as wide as what it cost, above its caller.

A click on a rectangle spreads it over the whole width; one on the lowest goes back. Nothing is loaded
from anywhere.
"""
import dataclasses
import html

from stacks import layer_of, total_of

WIDTH = 1200
ROW = 17
HEAD = 60
# Narrower ones cannot be seen, and make the file large.
LEAST_PIXELS = 0.3
# The width of a letter.
LETTER = 6.6

COLOURS = {
    "base": "#b8c4cc",
    "graphql": "#e58fb1",
    "discovery": "#8fc7a5",
    "graph": "#b9a5d8",
    "artifact": "#f0c27a",
    "builder": "#f2a07b",
    "session": "#8fb8de",
    "cli": "#d6d08f",
    "tree-sitter": "#79b8b0",
    "library": "#dedbd2",
    "kernel": "#c9b3a2",
}

SCRIPT = """
const svg = document.documentElement, all = [...document.querySelectorAll("g.f")];
function show(from, wide) {
  for (const g of all) {
    const x = (g.dataset.x - from) * 1200 / wide, w = g.dataset.w * 1200 / wide;
    const is_seen = x + w > 0.1 && x < 1199.9;
    g.style.display = is_seen ? "" : "none";
    if (!is_seen) continue;
    const left = Math.max(x, 0), width = Math.min(x + w, 1200) - left;
    g.firstElementChild.setAttribute("x", left);
    g.firstElementChild.setAttribute("width", Math.max(width - 0.4, 0.2));
    const text = g.lastElementChild, name = g.dataset.n, room = Math.floor((width - 6) / 6.6);
    text.setAttribute("x", left + 3);
    text.textContent = room < 3 ? "" : name.length <= room ? name : name.slice(0, room - 1) + "\\u2026";
  }
}
for (const g of all) g.addEventListener("click", () => show(+g.dataset.x, +g.dataset.w));
"""


@dataclasses.dataclass
class Frame:
    name: str
    depth: int
    begin: float
    cost: float


def frames_of(profile):
    """The rectangles, outer ones first; neighbours under one caller that have one name are one."""
    frames = []
    open_frames = []
    at = 0
    for stack, cost in sorted(profile.items()):
        shared = 0
        while shared < min(len(stack), len(open_frames)) and open_frames[shared].name == stack[shared]:
            shared += 1
        del open_frames[shared:]
        for depth in range(shared, len(stack)):
            frame = Frame(stack[depth], depth + 1, at, 0)
            open_frames.append(frame)
            frames.append(frame)
        for frame in open_frames:
            frame.cost += cost
        at += cost
    return frames


def _box(frame, total, height, unit):
    x, width = frame.begin * WIDTH / total, frame.cost * WIDTH / total
    y = height - (frame.depth + 1) * ROW - 4
    name = html.escape(frame.name)
    share = 100 * frame.cost / total
    room = int((width - 6) / LETTER)
    text = "" if room < 3 else frame.name if len(frame.name) <= room else frame.name[: room - 1] + "\u2026"
    colour = "#efece4" if frame.depth == 0 else COLOURS[layer_of(frame.name)]
    return (
        f'<g class="f" data-x="{x:.2f}" data-w="{width:.2f}" data-n="{name}">'
        f'<rect x="{x:.2f}" y="{y}" width="{max(width - 0.4, 0.2):.2f}" height="{ROW - 1}" fill="{colour}" rx="1"/>'
        f"<title>{name}: {share:.1f} %, {frame.cost:,.0f} {unit}</title>"
        f'<text x="{x + 3:.2f}" y="{y + 12}">{html.escape(text)}</text></g>\n'
    )


def flame_graph(profile, title, unit):
    """The text of the file. `unit`: what costs are, "samples" say."""
    total = max(total_of(profile), 1)
    frames = [Frame("all", 0, 0, total), *frames_of(profile)]
    frames = [frame for frame in frames if frame.cost * WIDTH / total >= LEAST_PIXELS]
    height = HEAD + (max(frame.depth for frame in frames) + 1) * ROW + 8
    used = {layer_of(frame.name) for frame in frames[1:]}
    legend = "".join(
        f'<rect x="{12 + number * 95}" y="32" width="12" height="12" fill="{colour}"/>'
        f'<text x="{28 + number * 95}" y="42">{layer}</text>'
        for number, (layer, colour) in enumerate((one for one in COLOURS.items() if one[0] in used))
    )
    boxes = "".join(_box(frame, total, height, unit) for frame in frames)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        'font-family="monospace" font-size="11">\n'
        "<style>g.f { cursor: pointer } g.f:hover rect { stroke: #333; stroke-width: 0.8 }</style>\n"
        f'<rect width="{WIDTH}" height="{height}" fill="#fffdf7"/>\n'
        f'<text x="12" y="20" font-size="14">{html.escape(title)}: {total:,.0f} {unit}</text>\n{legend}\n'
        f"{boxes}<script><![CDATA[{SCRIPT}]]></script>\n</svg>\n"
    )
