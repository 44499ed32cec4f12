"""The build hook. Nothing to build yet: the front end of visualize/explorer/ will be built here."""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FrontEnd(BuildHookInterface):  # type: ignore[type-arg]  # hatchling leaves the parameter to each builder
    """Will run esbuild and refuse to make a wheel without the interface."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Leaves the wheel as the file lists make it."""
