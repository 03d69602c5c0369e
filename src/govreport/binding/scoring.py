"""All weights and thresholds of binding in one place, each with the reason for its size.

Calibrated on the printed matrix of layouts × damages (`benchmarks/matrix.py`): change a figure here, print the matrix again.
"""

from __future__ import annotations

from typing import Final

LABEL_CAP: Final = 12
"""A label's weight is its length up to this: beyond it, more characters prove nothing more."""
WHOLE_PIECE: Final = 8
"""Bonus where a label fills its cell: 其他 inside 法人或其他组织 must not pass for the row 其他."""
VALUE_NEXT: Final = 6
"""Bonus where a row's label is followed by a value at once: a row label is, a group label or a header is not."""
PIECE_START: Final = 2
"""Bonus where a label at least begins its cell (a note may follow it)."""
FUZZY_LABEL: Final = 0.6
"""Least likeness of a damaged label, between neighbours that are certain, with the right number of values behind it."""
BROKEN_HEADER: Final = 0.5
"""How sure a header is of which only parts of labels are found: what stands under it is doubted."""
DAMAGED_HEADER: Final = 0.8
"""Least likeness to a label of the form of what may be its damaged header, and not that of a column of its own."""
FULL_SHARE: Final = 0.8
"""Share of the complete rows that must stand in the same columns before columns are evidence for an incomplete one."""
FULL_ROWS: Final = 2
"""Complete rows needed before their columns are evidence."""
COLUMN_SLACK: Final = 6
"""Characters by which values of one column may begin apart: a value's own width, for it may stand left, right or centred."""
APART: Final = 4
"""Blanks between two columns of text, at least, from which on a single one is inside of a column, however few there are."""
SEPARATOR: Final = 8
"""Most blanks that stand between two pieces only to part them: as many as a tab may stand for."""
HIDDEN_CELLS: Final = 2
"""Most cells that spans hide before a row's label: there are three columns of labels."""
CROWDED: Final = 1.5
"""A row with so many times its number of values holds some of its neighbour's: then the neighbour is doubted too."""
NEAR: Final = 60
"""Characters of text within which values astray still speak against the row before them."""
WIDE: Final = 4
"""Columns from which on a run of numbers before a table is likely to be a row of it: fewer stand in any prose."""
CROWDED_SHARE: Final = 0.3
"""Share of rows with too many values, or with none, from which on no row of the table is believed."""
GLUED_DIGITS: Final = 5
"""A number of at least so many digits, far longer than any other of a row with an empty cell, may be two numbers glued."""
GLUED_MORE: Final = 2
"""How many digits are far: the sum of a row has one more than the longest of its terms at the most."""
GLUED_MOVED: Final = 3
"""The same where the row's last cell is empty, as it is after two numbers were glued: if it is longer than the others."""
GLUED_LAST: Final = 4
"""The same for the last number of a row, where the next row begins with an empty cell that this one has not."""
ELSEWHERE: Final = -20
"""Of a place inside another label of the form: more than any label weighs, so that it is never taken."""
COPIED_SHARE: Final = 0.5
"""Share of a table's telling labels that must come again, with values between, for it to stand there twice."""
LEFT_SHARE: Final = 0.9
"""Numbers left over beside a table, as a share of its cells, from which on they may be it once more without its labels."""
BEGUN: Final = 3
"""Or so many of its first labels: the rest was cut off, perhaps."""
USUAL_SHARE: Final = 0.8
"""Share of a table's other rows that must have as many cells for a row with fewer to have lost one."""
ALONE: Final = 5
"""Rows that lack a value, and no other that has all, for the one that has all of them to be strange."""
NUMBERED_SHARE: Final = 0.8
"""Share of rows whose last number is a little more than that of the row before, from which these number the lines."""
ROWS_COUNTED: Final = 10
"""Rows that must begin with a number one to three higher than the row above for these to count them: no chance, in so many."""
FOREIGN_ROWS: Final = 0.9
"""The share of rows that must have a cell in every column of the form, before others beside these are left out."""
LINES_APART: Final = 40
"""Most lines from one value of a table to the next, by which the numbers of lines rise."""
SMALL: Final = 999
"""Pages, lines and notes are numbered so far."""
WATERMARKS: Final = 2
"""Numbers that may be printed all over a document, whose they are not: a watermark has one, or a year and one."""
REPEATED: Final = 4
"""So often words that are no label must stand in a table for them to be of its pages, and not of a cell or a row."""
FORM_MARGIN: Final = 1
"""By how many header labels a form must lead the next to be certain."""
HEADERS_TOLD: Final = 4
"""Headers that must be known by how they begin before their order says anything."""
HEADERS_MOVED: Final = 3
"""How many of these are out of their place where they are shuffled: of two columns that changed places it is two."""
TABLE_FOUND: Final = 0.4
"""Share of a table's row labels that must be found before it counts as present in a stretch of text."""
TURNED_SHARE: Final = 0.8
"""Share of the rows found that must have all their values for a table to be read otherwise than its geometry is."""
SUMS_LEAST: Final = 3
"""Rows that must add up before sums are evidence of where the blanks of another row are."""
SUMS_SHARE: Final = 0.8
"""Share of the rows that must add up: a slip or two are in many reports, but where sums fail, they prove nothing."""
SUMS_MENDED: Final = 2
"""Sums that fail as a row stands, and all hold with a number of it in two: one alone may do so by chance."""
MOST_ALIGNMENTS: Final = 500
"""Alignments of one row that are looked at: a row of table 三 has 35 at most, one of table 四 455 if three cells are blank."""
MOST_SUMS: Final = 2_000
"""Different sums of one column that are followed up: beyond them it would take longer than reading the report."""
HOLDING: Final = 3
"""Relations that must hold for each that fails: a slip breaks that of its row and of its column, another order most."""
PROOFS: Final = 3
"""Relations, not merely of zeros, that prove a reading if no other fits: fewer may hold by chance."""
NARROWEST: Final = 2
"""Digits that the narrowest cell holds on a line: single digits after one another are several numbers."""
TABLE_WHOLE: Final = 0.95
"""Share of a table's rows that must have a value for each column before no other stretch of text is looked at."""
