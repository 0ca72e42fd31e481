"""The same buttons in a small window of our own, for where Excel may run no macros or start no programs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from toolkit.app.ribbon import BUTTONS, knop
from toolkit.words.vocabulary import word

if TYPE_CHECKING:
    import tkinter
    from tkinter import ttk

    import xlwings

WIDTH, HEIGHT = 58, 16
"""Letters across and lines down of what is told."""


class Panel:
    """The buttons, and below them what the last one told.

    active: gives the workbook that is open, or raises anything where there is none.
    """

    def __init__(self, window: tkinter.Tk, active: Callable[[], xlwings.Book]) -> None:
        from tkinter import ttk

        self.window, self.active = window, active
        window.title(word("ribbon.panel.title"))
        window.attributes("-topmost", True)
        outer = ttk.Frame(window, padding=12)
        outer.grid(sticky="nsew")
        window.columnconfigure(0, weight=1)
        window.rowconfigure(0, weight=1)
        outer.columnconfigure((0, 1), weight=1)
        ttk.Label(outer, text=word("ribbon.panel.intro")).grid(columnspan=2, sticky="w", pady=(0, 8))
        self.buttons = {}
        for place, name in enumerate(BUTTONS):
            label = word(f"ribbon.buttons.{name}.label")
            self.buttons[name] = button = ttk.Button(outer, text=label, command=partial(self.press, name))
            button.bind("<Return>", partial(self._entered, button))
            button.grid(row=1 + place // 2, column=place % 2, sticky="ew", padx=2, pady=2)
        self.text = self._told_in(outer)
        self.buttons["controleer"].focus_set()

    def press(self, name: str) -> None:
        """Do what a button says on the workbook that is open now."""
        self.tell(word("ribbon.panel.working", name=word(f"ribbon.buttons.{name}.label")))
        self.window.update_idletasks()
        try:
            book = self.active()
        except Exception:  # of xlwings, in a class of each system: there is no Excel, or no workbook in it
            book = None
        if book is None:
            self.tell(word("ribbon.trouble.no_book"))
            return
        knop(name, book, self.tell)

    @staticmethod
    def _entered(button: ttk.Button, _: tkinter.Event[ttk.Button]) -> None:
        button.invoke()

    def tell(self, text: str) -> None:
        """Show a text; it can be selected and copied, and not be changed."""
        self.text.configure(state="normal")
        self.text.replace("1.0", "end", text)
        self.text.configure(state="disabled")

    def _told_in(self, outer: tkinter.Widget) -> tkinter.Text:
        import tkinter
        from tkinter import ttk

        rows = 1 + (len(BUTTONS) + 1) // 2
        outer.rowconfigure(rows, weight=1)
        text = tkinter.Text(outer, width=WIDTH, height=HEIGHT, wrap="word", state="disabled", padx=6, pady=6)
        bar = ttk.Scrollbar(outer, command=text.yview)
        text.configure(yscrollcommand=bar.set)
        text.grid(row=rows, columnspan=2, sticky="nsew", pady=(8, 0))
        bar.grid(row=rows, column=2, sticky="ns", pady=(8, 0))
        return text
