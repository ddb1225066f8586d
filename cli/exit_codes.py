"""What the command tells its caller, such as cron, by its exit code."""

COMPLETE = 0
"""A complete or a quiet day; any other command that did what it was asked."""
WRONG = 1
"""It could not be done; the sentence on standard error says why."""
USAGE = 2
"""A slip of whoever asked: a flag, a setting, a file."""
PARTIAL = 3
"""A report was written, and something is missing in it."""
BROKEN = 4
"""No report could be made of what should have been there."""
UNPUBLISHED = 5
"""A report is written, and a person has not let it be published: its review is open, or the day was rejected in it."""
INTERRUPTED = 130
"""Stopped by Ctrl-C, and ended in order; the sentence on standard error says what is left."""
TERMINATED = 143
"""The same by SIGTERM."""
