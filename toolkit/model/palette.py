"""The colours of groups, costs and benefits: the same in every workbook, letter and page.

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
