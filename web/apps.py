"""The pages, as Django knows them."""

from django.apps import AppConfig
from django.core import checks

from web.checks import the_look_is_built
from web.forms.refusals import tell_in_our_words


class WebConfig(AppConfig):
    name = "web"

    def ready(self) -> None:
        tell_in_our_words()
        checks.register(the_look_is_built, "littlefoot")
