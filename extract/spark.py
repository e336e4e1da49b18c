"""Many files on many machines: Spark reads them, runs :func:`extract.stream.analysed` on them, and keeps the rows as Parquet tables.

The only module that knows pyspark. The tables are those of :data:`extract.stream.TABLES`, a folder each in the folder of the output.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial, reduce
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from extract import archives, columns, ingest, scripts, stream
from extract.errors import HeshuError, UnreadableError
from extract.settings import Settings

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

TRIES = 4
"""How often a task is tried on this machine, as on a cluster: a worker that is lost costs a new try, not the job."""
ACROSS = "across"
"""The folder of the SQL files that hold documents against each other, and the table of what they find."""
AGAIN = 600
"""Seconds for a document where its task is tried again, and no limit was set."""
FILES_AT_ONCE = 8
"""Files that are handed to a worker together: each takes far longer than the handing, and all their bytes are held in memory."""
ROWS_IN_A_FILE = 1_000_000

_LOCAL = re.compile(r"local(?:\[(?P<threads>\d+|\*)\])?")
_MAGIC = re.compile(r"[*?\[{]")
_UNFINISHED = ".unfinished"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What came of a run: the rows of each table, and the findings by severity that are to be reported and not on trial."""

    tables: Mapping[str, int]
    severities: Counter[str]
    copies: int
    """Documents with the bytes of another one, which are kept once."""
    across: Counter[tuple[str, str]]
    """What documents state of each other's numbers, by verdict and severity."""


@contextmanager
def session(master: str | None = None, conf: Mapping[str, str] | None = None) -> Iterator[SparkSession]:
    """A Spark session for the time of the block: that of ``spark-submit`` where it started this process, else one of its own.

    ``master`` is a cluster, or ``local[2]`` for so many threads of this machine (default: all of it, and nothing but its loopback
    address is listened on). ``conf`` are settings of Spark, which win over ours.

    Raises:
        HeshuError: pyspark or Java is missing.
    """
    try:
        from pyspark.sql import SparkSession
    except ModuleNotFoundError as error:
        raise HeshuError("heshu spark", f"{error.name} is not installed", "pip install 'heshu[spark]'") from error
    chosen = {"spark.sql.execution.arrow.maxRecordsPerBatch": str(FILES_AT_ONCE)}
    if "PYSPARK_GATEWAY_PORT" not in os.environ:
        chosen |= _own(master or "local[*]")
    builder = SparkSession.builder.appName("heshu")
    for key, value in {**chosen, **(conf or {})}.items():
        builder = builder.config(key, value)
    made = builder.getOrCreate()
    try:
        yield made
    finally:
        made.stop()


def _own(master: str) -> dict[str, str]:
    """The settings of a session that no ``spark-submit`` has made."""
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise HeshuError("heshu spark", "Java is not installed", "install a Java runtime, 17 or later, or set JAVA_HOME")
    chosen = {"spark.master": master, "spark.log.level": "FATAL", "spark.ui.showConsoleProgress": str(sys.stderr.isatty()).lower()}
    local = _LOCAL.fullmatch(master)
    if local is None:
        return chosen
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    return {
        **chosen,
        "spark.master": f"local[{local['threads'] or 1},{TRIES}]",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",  # Java has little to do here: compiling it well costs more
    }


def run(spark: SparkSession, source: str, output: str, settings: Settings | None = None) -> Counts:
    """Read the files of ``source``, a folder with all below it or a pattern, and make the folder ``output`` with a folder for each table.

    Both may be addresses that Spark knows (``hdfs://…``). The output appears when all of it is there. A file that cannot be read is a
    row of the table ``failures``; of documents with the same bytes the first is kept, and all are in ``paths``. ``settings`` are
    those of :func:`extract.stream.analysed`.

    Raises:
        HeshuError: there is no such source, or the output is there already or cannot be made.
    """
    work = output.rstrip("/") + _UNFINISHED
    with _in_one_line(output):
        place = _Place(spark, output)
        if place.exists(output):
            raise HeshuError(output, "exists already", "name another --output, or remove it")
        listed = _listed(spark, source)
        files = _files(listed, source)
        schema = spark.createDataFrame(stream.rows_schema().empty_table()).schema
        place.remove(work)
        try:
            files.mapInArrow(partial(_analysed, settings=settings or Settings()), schema).write.parquet(f"{work}/rows", compression="zstd")
            rows = spark.read.schema(schema).parquet(f"{work}/rows")
            tables, severities, copies = _tables(rows, _lost(rows, listed, source), work)
            across = _across(spark, work)
            place.remove(f"{work}/rows")
            place.rename(work, output)
        except BaseException:
            place.remove(work)
            raise
    return Counts(tables={table: tables[table] for table in stream.TABLES}, severities=severities, copies=copies, across=across)


@contextmanager
def _in_one_line(output: str) -> Iterator[None]:
    """What Spark cannot do in the block is told in one line; its own account goes to its log."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (Py4JError, PySparkException) as error:
        cause = getattr(error, "java_exception", None)
        said = str(cause.toString() if cause is not None else error).strip().partition("\n")[0]
        raise HeshuError(output, f"not made, Spark gave up: {said}", "its log says more: --conf spark.log.level=WARN") from error


def _listed(spark: SparkSession, source: str) -> DataFrame:
    """The files of the source with their bytes, which are fetched only where they are asked for."""
    from pyspark.errors import AnalysisException
    from pyspark.sql import functions as f

    # A file that vanishes, or that Spark may not read, is left out here and found out below.
    reader = spark.read.format("binaryFile").options(recursiveFileLookup=True, ignoreMissingFiles=True, ignoreCorruptFiles=True)
    try:
        found = reader.load(source)
    except AnalysisException as error:
        raise UnreadableError(source, "no such file or folder", "name a folder, a pattern, or an address that Spark knows") from error
    return found.where(f.lower("path").rlike(_wanted(source)))


def _wanted(source: str) -> str:
    """The regular expression of the files that are wanted: in a folder those that heshu reads, of a pattern all."""
    return "" if _MAGIC.search(source) else f"({'|'.join(map(re.escape, (*ingest.suffixes(), archives.SUFFIX)))})$"


def _files(listed: DataFrame, source: str) -> DataFrame:
    """The files as :func:`extract.stream.analysed` takes them: of one that is too large the bytes are not fetched."""
    from pyspark.sql import functions as f

    (largest,) = listed.agg(f.max("length")).first() or (None,)
    if largest is None:
        raise UnreadableError(source, "no file in it that heshu reads", f"it reads {' '.join(ingest.suffixes())}")
    fits = f.col("length") <= ingest.MAX_BYTES
    files = listed.where(fits).select("path", "length", "content")
    if largest > ingest.MAX_BYTES:
        files = files.union(listed.where(~fits).select("path", "length", f.lit(None).cast("binary")))
    return files


def _analysed(files: Iterable[Any], settings: Settings) -> Iterator[Any]:
    """What a worker does with its part of the files. Tried again, it keeps a process for them: the document that took the first
    worker down, if one did, then takes down only that."""
    from pyspark import TaskContext

    task = TaskContext.get()
    if task is not None and task.attemptNumber() > 0:
        settings = replace(settings, timeout=settings.timeout or AGAIN)
    return stream.analysed(files, settings)


def _lost(rows: DataFrame, listed: DataFrame, source: str) -> list[tuple[str, str]]:
    """The files of which there is no row, with why: empty ones, which Spark passes over, and those that it could not read."""
    from pyspark.sql import functions as f

    seen = {stream.local(row["file"]) for row in rows.where(f.col("table").isin("paths", "failures")).select("file").toLocalIterator()}
    wanted = re.compile(_wanted(source))
    files = (stream.local(unquote(address)) for address in listed.inputFiles())
    lost = sorted(path for path in files if path not in seen and wanted.search(path.lower()))
    return [(path, f"{path}: nothing could be read; is it empty, or not for Spark to read?") for path in lost]


def _tables(rows: DataFrame, lost: Sequence[tuple[str, str]], work: str) -> tuple[Counter[str], Counter[str], int]:
    """Write each table from the rows of all; the counts of rows, of findings by severity, and of copies. ``lost`` are failures of
    which Spark has made no row."""
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    table = f.col("table")
    same = Window.partitionBy("documents.document").orderBy("path")
    numbered = rows.where(table == "documents").select("path", f.row_number().over(same).alias("n"))
    copies = numbered.where("n > 1").select("path").cache()
    if copied := copies.count():
        rows = rows.join(copies, "path", "left_anti").unionByName(rows.where(table == "paths").join(copies, "path", "left_semi"))
    counts = Counter({"failures": len(lost)})
    severities: Counter[str] = Counter()
    shown = f.expr("if(findings.suppressed is null and not findings.preview, findings.severity, null)").alias("severity")
    for row in rows.groupBy("table", shown).count().collect():
        counts[row["table"]] += row["count"]
        if row["severity"]:
            severities[row["severity"]] += row["count"]
    for name in stream.TABLES:
        own = rows.where(table == name).sortWithinPartitions("path", "position").select(f"{name}.*")
        if name == "failures":
            own = own.union(rows.sparkSession.createDataFrame(lost, own.schema))
        own.write.option("maxRecordsPerFile", ROWS_IN_A_FILE).parquet(f"{work}/{name}", compression="zstd")
    return counts, severities, copied


def _across(spark: SparkSession, work: str) -> Counter[tuple[str, str]]:
    """Write the table of what documents state of each other's numbers, by the SQL that the facts store runs too; count its rows."""
    from pyspark.sql import functions as f

    for table in columns.TABLES:
        spark.read.parquet(f"{work}/{table}").createOrReplaceTempView(table)
    for view in scripts.views(ACROSS):
        spark.sql(view.sql).createOrReplaceTempView(view.name)
    checks = []
    for script in scripts.scripts(ACROSS):
        severity = f.when(f.col("verdict") == "fail", script["severity"]).otherwise("info")
        checks.append(spark.sql(script.sql).withColumns({"check": f.lit(script.name), "severity": severity}))
    found = reduce(lambda one, other: one.unionByName(other), checks)
    found.sort("document", "fact", "code").write.parquet(f"{work}/{ACROSS}", compression="zstd")
    counted = spark.read.parquet(f"{work}/{ACROSS}").groupBy("verdict", "severity").count().collect()
    return Counter({(row["verdict"], row["severity"]): row["count"] for row in counted})


class _Place:
    """The file system of the output, whichever Spark finds for it."""

    def __init__(self, spark: SparkSession, address: str) -> None:
        self._path = spark._jvm.org.apache.hadoop.fs.Path
        self._files = self._path(address).getFileSystem(spark._jsc.hadoopConfiguration())

    def exists(self, address: str) -> bool:
        return bool(self._files.exists(self._path(address)))

    def remove(self, address: str) -> None:
        self._files.delete(self._path(address), True)

    def rename(self, address: str, to: str) -> None:
        if not self._files.rename(self._path(address), self._path(to)):
            raise HeshuError(to, "cannot be made", f"the tables are complete in {address}")
