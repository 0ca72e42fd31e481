"""Shows the panel on a file in the remote engine; tells where its buttons are and what it says, as JSON."""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path

from remote_excel import opened, play

from toolkit.app.panel import Panel


def main(path: Path | None) -> None:
    """Until standard input ends."""
    import tkinter  # pytest looks into this module for doctests, also where no window can be

    book = opened(path) if path else None
    window = tkinter.Tk()
    window.geometry("+20+20")
    panel = Panel(window, lambda: book)
    told = panel.tell

    def tell(text: str) -> None:
        told(text)
        window.update()
        send(text)

    panel.tell = tell
    window.update()
    send(
        {
            name: (b.winfo_rootx() + b.winfo_width() // 2, b.winfo_rooty() + b.winfo_height() // 2)
            for name, b in panel.buttons.items()
        }
    )
    threading.Thread(target=lambda: (sys.stdin.read(), window.after(0, window.destroy)), daemon=True).start()
    window.mainloop()
    if path:
        play(book, path)


def send(what: object) -> None:
    print(json.dumps(what), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
