"""What can go wrong in the world, told to whoever runs the program."""


class InsightsError(Exception):
    """Its text is a whole sentence that a user can act on; whatever else is raised is a bug of ours."""
