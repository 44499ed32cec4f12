"""The portal: the pages of things, sources and questions, and the data of the explorer."""
