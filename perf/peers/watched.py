"""A peer that keeps building while files are edited."""
import os
import pathlib
import signal
import subprocess
import threading
import time

from watch import Arrivals

READY_S = 300
# More than any of them takes for one edit; who says nothing by then does not watch.
PATIENCE_S = 300
# It says that it watches when it begins to.
BEGIN_S = 5


class WatchedPeer:
    """Is ended with the block that it is used in."""

    def __init__(self, peer, project):
        """Starts it, and waits until it has built everything once."""
        self._folder = project / peer.outputs
        self._arrivals = Arrivals()
        self._process = subprocess.Popen(peer.watch_command, cwd=project, stdin=subprocess.DEVNULL,
                                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True)
        self._is_ready = threading.Event()
        self._has_ended = False
        threading.Thread(target=self._read, args=(peer.ready.encode(),), daemon=True).start()
        self._is_ready.wait(READY_S)
        self.is_watching = self._is_ready.is_set() and not self._has_ended
        if self.is_watching:
            self._arrivals.watch(str(self._folder))
            time.sleep(BEGIN_S)

    def _read(self, ready):
        for line in self._process.stdout:
            if ready in line:
                self._is_ready.set()
        self._has_ended = True
        self._is_ready.set()

    def save(self, path, text):
        """Milliseconds from a saved file to the first output; None where none comes."""
        pathlib.Path(path).write_text(text)
        saved = time.monotonic_ns()
        at = self._arrivals.first(saved, PATIENCE_S)
        # The other outputs of this edit must not be taken for those of the next.
        time.sleep(1)
        return None if at is None else (at - saved) / 1e6

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGTERM)
        self._process.wait()
