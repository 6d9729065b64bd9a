"""The pages, as Django knows them."""

from django.apps import AppConfig
from django.core import checks

from web.checks import the_look_is_built


class WebConfig(AppConfig):
    name = "web"

    def ready(self) -> None:
        checks.register(the_look_is_built, "littlefoot")
