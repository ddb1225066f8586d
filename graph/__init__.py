"""Who runs when. ``daily.py`` is the whole day on one page; ``section.py`` is one desk of it.

``runs.py`` decides whether a day is run afresh, resumed or left alone.
"""

import os

# Read by LangGraph when it is imported: a checkpoint may then restore only the types that the state names.
os.environ.setdefault("LANGGRAPH_STRICT_MSGPACK", "true")
