"""The release: the graph of a build in every form that a reuser expects, described, credited, checksummed."""

from maillage.release.write import Released, write_release

__all__ = ["Released", "write_release"]
