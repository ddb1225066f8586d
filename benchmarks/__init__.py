"""Speed and memory, measured on whole processes. Run by hand; nothing in the test suite depends on a duration."""
