"""The words of the field and the rules that hold whatever a model says. No I/O, no model, no LangGraph."""
