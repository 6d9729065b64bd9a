#!/usr/bin/env python3
"""Django's command line for Littlefoot."""

import os
import sys

from django.core.management import execute_from_command_line

from config.celery import app as celery_app

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    celery_app.set_default()
    execute_from_command_line(sys.argv)
