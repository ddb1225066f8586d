"""The one who has the memory in a backfill."""

import asyncio
import gc
import threading
from pathlib import Path
from typing import Any

from agents.retriever import Catch
from graph.backfill.embedded import Embedded
from graph.backfill.writer import Writer
from tests.scripted import DAY, ScriptedContext
from tests.threads import Told
from vectorstore.errors import MemoryUnavailable
from vectorstore.memory import Memory
from vectorstore.prepared import Packed


async def test_a_memory_that_cannot_be_written_while_its_backfill_ends_is_no_traceback(tmp_path: Path) -> None:
    begun, cancelled = Told(), threading.Event()

    class Full(ScriptedContext):
        def memory(self) -> Memory:
            begun.set()
            cancelled.wait()
            raise MemoryUnavailable("the disk is full")

    told: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(context))
    writer = Writer(Full(data=tmp_path))
    catch = Catch(papers=(), withdrawn=(), health=(), drops=(), records=0)
    asked = asyncio.create_task(writer.look_back(DAY, catch, Embedded(Packed.of({}, 8), ())))
    try:
        await begun.wait()
        asked.cancel()
        await asyncio.sleep(0)
    finally:
        cancelled.set()
    await asyncio.wait([asked])
    assert asked.cancelled()
    await writer.close()
    del asked
    gc.collect()
    assert told == []
