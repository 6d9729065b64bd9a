"""The wiring: settings, routes, Celery, the database engine, the embedded services."""
