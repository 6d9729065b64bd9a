"""Web and PostgreSQL killed -9 while phones log: what the test and the proof share.

The product's web server and a PostgreSQL of its own that keeps what it says is kept, phones of the reference
client that only ever retry, and at the end a count of what became of every operation. Each operation carries
a mark in its note, so that one which arrived twice is seen whatever ids it came under.
"""
