"""What the documentation shows comes from the program: ``python tests/docs.py`` writes it anew, test_docs.py compares.

A block is generated where the line before it says how::

    <!-- $ heshu check report.txt -->
    ```text
    … the output …
    ```

"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGES = ("README.md", "README.zh-CN.md", "CONTRIBUTING.md", "docs/commands.md")
WHOLE = {"RULES.md": "heshu rules --markdown", "docs/store.md": "heshu query STORE --list"}
"""Pages that are the output of a command from the first line to the last."""
_BLOCK = re.compile(r"(?P<head><!-- \$ (?P<command>.+?) -->\n```text\n)(?P<output>.*?)(?P<tail>^```$)", re.MULTILINE | re.DOTALL)


def output(command: str) -> str:
    """What a ``heshu …`` command prints when it is run in the root of the project, 100 columns wide."""
    words = shlex.split(command)
    done = subprocess.run(
        [Path(sys.executable).with_name(words[0]), *words[1:]],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "100", "LINES": "40"},
        capture_output=True,
        check=False,
    )
    return (done.stdout + done.stderr).decode()


def fresh(page: str) -> str:
    """The text of a page with all its generated blocks as they have to be."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return _BLOCK.sub(lambda match: match["head"] + output(match["command"]) + match["tail"], text)


def commands(page: str) -> list[str]:
    """The commands whose output a page shows."""
    return [match["command"] for match in _BLOCK.finditer((ROOT / page).read_text(encoding="utf-8"))]


def main() -> None:
    """Write every page, RULES.md and the manual of the store anew."""
    for page in PAGES:
        (ROOT / page).write_text(fresh(page), encoding="utf-8")
    for page, command in WHOLE.items():
        (ROOT / page).write_text(output(command), encoding="utf-8")


if __name__ == "__main__":
    main()
