"""The release: the graph of a build in every form that a reuser expects, described, credited, checksummed."""
