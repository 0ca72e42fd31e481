"""Answers become a study, its initiatives, tariffs or a library; all findings at once."""
