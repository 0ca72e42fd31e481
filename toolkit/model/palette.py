"""Colours and type sizes: the same in every workbook, letter and page.

RRGGBB. Chosen to be told apart with colour blindness (after Okabe and Ito). Two of them are light, so a
picture never leans on them alone: bars have an outline and their value, lines have marks of their own.
"""

GROUP_COLOURS = {
    "deelnemers": "E69F00",
    "wijkbewoners": "56B4E9",
    "overheid": "154273",
    "overig": "A6206A",
}
COST_COLOUR, BENEFIT_COLOUR = "8C8C8C", "154273"
SPREAD_COLOUR = "A9C1DB"
"""Light, as the line from low to high is drawn over it."""
OUTLINE_COLOUR, GRID_COLOUR = "1F2933", "D5DCE4"

INK_COLOUR, NOTE_COLOUR, RULE_COLOUR, CARD_COLOUR = "154273", "595959", "D0D7E0", "F2F5F9"
"""Figures and headings, notes, the thin lines of a table, and what a figure stands on."""
CALM_COLOUR, ALARM_COLOUR = "1B6B3A", "A32A00"
"""All is as it should be; something must change."""
FIGURE_SIZE, TITLE_SIZE, HEADING_SIZE, TEXT_SIZE, NOTE_SIZE = 22, 16, 12, 11, 9
"""Of letters, in points; there are no other sizes."""
