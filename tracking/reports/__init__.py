"""Reports: what they say (content), their charts, and the paper they are printed on."""
