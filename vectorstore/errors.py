"""What can keep the memory shut. Every message says what to do."""

from domain.errors import InsightsError


class MemoryUnavailable(InsightsError):
    """The memory cannot be opened, read or written."""


class MemoryBusy(MemoryUnavailable):
    """Another process has it open; two writers would ruin the index without an error."""


class ForeignMemory(MemoryUnavailable):
    """It was written by another embedder or a newer version of this project."""
