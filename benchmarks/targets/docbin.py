"""The export of an annotation tool: docbin."""

from __future__ import annotations

from benchmarks.targets._annotated import of_tool

TARGET = of_tool("docbin")
