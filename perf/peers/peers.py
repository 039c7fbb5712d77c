"""How each peer is installed, configured and run."""
import dataclasses
import hashlib
import json
import pathlib
import platform
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
# Projects lie beside node_modules: graphql-codegen looks for its preset above the project.
FOLDER = HERE.parent.parent / ".cache" / "perf" / "peers"
MODULES = FOLDER / "node_modules"


@dataclasses.dataclass
class Peer:
    name: str
    # In which form of the generated project it finds the documents; see generate_project.py.
    form: str
    # Runs in the project's folder.
    command: list
    # Below the project; removed before a cold run.
    outputs: str
    # What it is measured at, of "cold", "unchanged", "edit".
    cases: tuple
    # Files that it needs in the project: name -> text.
    files: dict = dataclasses.field(default_factory=dict)
    # What keeps building while files are edited; None where there is no such thing.
    watch_command: list = None
    # What it prints when it begins to watch.
    ready: str = ""


def ensure_packages():
    """Installs what the lock file pins, into the cache folder. No package's scripts are run."""
    lock = (HERE / "package-lock.json").read_bytes()
    stamp = MODULES / ".lock-sha256"
    digest = hashlib.sha256(lock).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(HERE / name, FOLDER / name)
    print("installing the peers with npm", flush=True)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if subprocess.run(command, cwd=FOLDER, stdout=subprocess.DEVNULL).returncode != 0:
        sys.exit("npm could not install the peers of perf/peers/package-lock.json")
    stamp.write_text(digest)


def _native(folder, x64, arm64):
    """The program itself, without the script around it that starts Node first."""
    return str(MODULES / folder / (arm64 if platform.machine() in ("aarch64", "arm64") else x64))


def _relay():
    config = {
        "src": "./src",
        "schema": "./schema.graphql",
        "language": "typescript",
        "artifactDirectory": "./relay-artifacts",
        "eagerEsModules": True,
        # Plain GraphQL: spreads with @include need no directive of Relay's own.
        "featureFlags": {"enforce_fragment_alias_where_ambiguous": {"kind": "disabled"}},
    }
    program = _native("relay-compiler", "linux-x64/relay", "linux-arm64/relay")
    return Peer("relay-compiler", "relay", [program, "--noWatchman", "relay.peer.json"], "relay-artifacts",
                ("cold", "unchanged", "edit"), {"relay.peer.json": json.dumps(config)},
                [program, "--watch", "relay.peer.json"], "Watching for changes")


def _codegen():
    config = {
        "schema": "schema.graphql",
        "documents": ["src/**/*.{ts,tsx}"],
        "generates": {"./codegen-artifacts/": {"preset": "client"}},
    }
    program = ["node", str(MODULES / "@graphql-codegen" / "cli" / "esm" / "bin.js"), "--config", "codegen.peer.json"]
    return Peer("codegen", "calls", program, "codegen-artifacts", ("cold", "edit"),
                {"codegen.peer.json": json.dumps(config)}, [*program, "--watch"], "Watching for changes")


def _pluck():
    return Peer("tag-pluck", "relay", ["node", str(HERE / "pluck.mjs"), str(MODULES), "src", "pluck-artifacts"],
                "pluck-artifacts", ("cold",))


def _esbuild():
    program = _native("@esbuild", "linux-x64/bin/esbuild", "linux-arm64/bin/esbuild")
    return Peer("esbuild", "relay", [program, "src/**/*.ts", "src/**/*.tsx", "--outdir=esbuild-artifacts",
                                     "--jsx=automatic", "--log-level=error"], "esbuild-artifacts", ("cold",))


def all_peers():
    return {"relay": _relay(), "codegen": _codegen(), "pluck": _pluck(), "esbuild": _esbuild()}
