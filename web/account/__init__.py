"""Pages of one's own account: signing in, second factors, devices. allauth's pages fill in the rest."""
