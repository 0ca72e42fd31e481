"""The empty workbooks: layout, words and library become sheets, tables, charts and styles."""
