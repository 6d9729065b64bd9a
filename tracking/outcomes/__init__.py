"""From database rows to outcome series, and from series to summaries and findings."""
