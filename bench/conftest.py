"""The cast and clients of the tests, for benchmarks."""

from tests.conftest import *  # noqa: F403
