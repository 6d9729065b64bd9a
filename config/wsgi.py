"""The WSGI application that granian (or gunicorn) serves."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from config.boot import refuse_unsafe_start
from config.celery import app as celery_app

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()
refuse_unsafe_start()
# Web sends tasks by name through this app (clinic.jobs).
celery_app.set_default()

# What this process has loaded is never garbage: to look through it again was half the time of a long page.
import_module(settings.ROOT_URLCONF)
gc.freeze()
