"""The published study protocols as families who live with them: prescribed, logged, read back."""
