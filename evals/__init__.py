"""Quality, measured: not part of the test suite, not imported by anything."""
