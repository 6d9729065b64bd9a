"""The demo: three clinics and about thirty children with months of plausible history.

`stories` says who they are, `evenings` what happened at home (values only, from one seed), `planting` writes
rows with the builders the services use. The same seed tells the same story, ending yesterday evening.
"""
