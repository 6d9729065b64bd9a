"""A child's record as pictures, each with its sentence, its note and its table: for the page and for paper.

Every note says how to read the picture, of how many it speaks, how many of those were told late, and by whom.
"""
