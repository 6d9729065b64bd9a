"""Around a child: the care team, homes, who has access, invitations, precautions, and who saw the record."""
