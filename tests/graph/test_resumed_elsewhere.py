"""A day that goes on where nobody runs it for us: in Studio, or in code of one's own."""

from pathlib import Path

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.memory import InMemorySaver

from graph.daily import builder
from tests.answering import ModelContext
from tests.graph.model_days import CALM, Runs, model
from tests.scripted import DAY


async def test_a_day_resumed_outside_run_day_counts_the_calls_of_both_processes(day: Runs, tmp_path: Path) -> None:
    day.serve(model())
    for stop in ("section", "frame", "critique", "publish"):
        saver = InMemorySaver()
        config: RunnableConfig = {"configurable": {"thread_id": stop}}
        data = str(tmp_path / stop)
        first = ModelContext(data=data)
        day.contexts.append(first)
        graph = builder.compile(checkpointer=saver, interrupt_before=[stop])
        await graph.ainvoke({"day": DAY}, config, context=first)
        second = ModelContext(data=data)
        day.contexts.append(second)
        result = await builder.compile(checkpointer=saver).ainvoke(None, config, context=second)
        assert result["report"].status == "complete"
        assert sum(usage.calls for usage in second.meter.usage()) == CALM.total()
        receipt = (Path(result["folder"]) / "receipt.json").read_text(encoding="utf-8")
        assert '"agent": "synthesize"' in receipt
