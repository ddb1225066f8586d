"""What ``insights doctor`` finds."""

Finding = tuple[bool | None, str, str]
"""(fine, wrong or merely worth knowing; what; in words)"""
