"""The demo: three clinics and about thirty children with months of plausible history.

`clinics` says who they are, in the terms of `stories`; `evenings` makes up what happened at home (values
only, from one seed); `planting` writes the rows with the builders that services use. The same seed gives the
same story, which ends yesterday evening.
"""
