"""``python -m extract.cli`` is ``heshu``."""

from extract.cli import main

main()
