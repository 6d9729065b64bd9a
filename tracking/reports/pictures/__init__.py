"""Charts of a child's record, each with a sentence, a note and a table (`Picture`), for page and paper.

Every note says how to read the chart, how many days or massages it covers, and how many were logged late.
"""
