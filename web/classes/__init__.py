"""Group classes: dates, who comes, what all of them are shown."""
