"""A screen for the tests: a real window under Xvfb, a mouse that clicks in it, and pictures of it."""

from __future__ import annotations

import json
import os
import select
import shutil
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue

import numpy as np

COMMANDS = ("Xvfb", "xdotool")
WIDTH, HEIGHT, SECONDS = 800, 640, 60
CHILD = Path(__file__).with_name("panel_child.py")


class Screen:
    """An empty screen. folder: where Xvfb keeps what is on it."""

    def __init__(self, display: str, folder: Path) -> None:
        self.environment = {**os.environ, "DISPLAY": display, "PYTHONPATH": str(CHILD.parent)}
        self.memory = folder / "Xvfb_screen0"

    def click(self, x: int, y: int) -> None:
        """Move the mouse there and click."""
        self._do("mousemove", str(x), str(y), "click", "1")

    def type(self, *keys: str) -> None:
        """Press keys, where the mouse is."""
        self._do("key", *keys)

    def _do(self, *command: str) -> None:
        subprocess.run(["xdotool", *command], check=True, env=self.environment, timeout=SECONDS)

    def picture(self) -> np.ndarray:
        """What is on the screen: height, width, and red, green and blue."""
        dump = self.memory.read_bytes()
        header = struct.unpack(">25I", dump[:100])
        start, height, width, line = header[0] + 12 * header[19], header[5], header[4], header[12]
        rows = np.frombuffer(dump[start : start + height * line], np.uint8).reshape(height, line)
        return rows[:, : 4 * width].reshape(height, width, 4)[:, :, 2::-1]


@contextmanager
def screen(folder: Path, size: tuple[int, int] = (WIDTH, HEIGHT)) -> Iterator[Screen]:
    """A screen that is gone afterwards; missing programs are an error: the test would prove nothing."""
    if missing := [name for name in COMMANDS if shutil.which(name) is None]:
        raise RuntimeError(
            f"not found: {', '.join(missing)}; run python3 scripts/test.py, which installs them"
        )
    reading, writing = os.pipe()
    width, height = size
    command = [
        "Xvfb",
        "-displayfd",
        str(writing),
        "-screen",
        "0",
        f"{width}x{height}x24",
        "-fbdir",
        str(folder),
        "-nolisten",
        "tcp",
        "-noreset",  # who looks for a window and goes, would end the screen of one that is only starting
    ]
    process = subprocess.Popen(command, pass_fds=(writing,), stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        if not select.select([reading], [], [], SECONDS)[0]:
            raise RuntimeError("Xvfb does not start")
        yield Screen(f":{os.read(reading, 20).decode().strip()}", folder)
    finally:
        os.close(reading)
        process.terminate()
        process.wait(SECONDS)


class Window:
    """The panel in a process of its own, on a workbook in the remote engine."""

    def __init__(self, on: Screen, book: Path | None) -> None:
        self.screen = on
        command = [sys.executable, str(CHILD), *([str(book)] if book else [])]
        self.process = subprocess.Popen(
            command, env=on.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )
        self._said: SimpleQueue[str] = SimpleQueue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self.places = self.hear()

    def _listen(self) -> None:
        for line in self.process.stdout:
            self._said.put(line)

    def hear(self) -> object:
        """The next thing that the window tells."""
        return json.loads(self._said.get(timeout=SECONDS))

    def press(self, name: str) -> str:
        """Click a button with the mouse; what the window told in the end."""
        self.screen.click(*self.places[name])
        self.hear()  # that it is busy
        return self.hear()

    def close(self) -> None:
        """Close the window; the child then plays what Excel was told onto the file."""
        self.process.stdin.close()
        assert self.process.wait(SECONDS) == 0
        self._listener.join(SECONDS)
        self.process.stdout.close()
