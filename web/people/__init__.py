"""Pages around a child: care team, homes, access, invitations, precautions, and who saw the record."""
