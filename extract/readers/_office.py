"""Old formats of word processors, turned into .docx by LibreOffice where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from extract.errors import UnreadableError

_NAMES = ("soffice", "libreoffice")
# Where installers put it without telling the path.
_FOLDERS = (
    "/usr/lib/libreoffice/program",
    "/opt/libreoffice/program",
    "/Applications/LibreOffice.app/Contents/MacOS",
    r"C:\Program Files\LibreOffice\program",
)
_SECONDS = 120.0
# A document may ask for macros, and for pictures from elsewhere: it gets neither.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""  # noqa: E501


def program() -> str | None:
    """Where LibreOffice is; ``None`` where it is not installed."""
    return next((found for name in _NAMES if (found := shutil.which(name) or shutil.which(name, path=os.pathsep.join(_FOLDERS)))), None)


def as_docx(data: bytes, suffix: str, where: str) -> bytes:
    """The same document as a .docx. ``suffix`` is that of what ``data`` really is.

    LibreOffice gets a folder and a profile of its own, both gone afterwards.

    Raises:
        UnreadableError: LibreOffice is not installed, cannot read it, or takes longer than two minutes.
    """
    office = program()
    if office is None:
        raise UnreadableError(
            where, "an old format, which LibreOffice reads and which is not installed", "install LibreOffice Writer or save it as .docx"
        )
    with tempfile.TemporaryDirectory(prefix="heshu-", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        source = folder / f"document{suffix}"
        source.write_bytes(data)
        settings = folder / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS, encoding="utf-8")
        profile = (folder / "profile").as_uri()
        command = [office, "--headless", "--norestore", f"-env:UserInstallation={profile}", "--convert-to", "docx:Office Open XML Text"]
        _run([*command, "--outdir", str(folder / "made"), str(source)], where)
        try:
            return (folder / "made" / "document.docx").read_bytes()
        except OSError:
            raise UnreadableError(where, "damaged or locked: LibreOffice cannot open it", "open it and save it as .docx") from None


def _run(command: list[str], where: str) -> None:
    quiet = subprocess.DEVNULL
    try:
        process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    except OSError as error:
        raise UnreadableError(where, f"LibreOffice does not start ({error.strerror})", "save it as .docx") from None
    try:
        process.wait(_SECONDS)
    except subprocess.TimeoutExpired:
        raise UnreadableError(where, f"LibreOffice takes longer than {_SECONDS:.0f} seconds", "open it and save it as .docx") from None
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """The command is a script that starts others; on POSIX all of them are one session."""
    if process.poll() is not None:
        return
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
