"""Where Splink runs the published model: DuckDB, in this process, or Spark, which goes beyond one machine.

Both run the same levels (graph/matching/model.yml), on the functions of duckdb.sql and spark.sql. Spark is what its own
configuration says (PYSPARK_SUBMIT_ARGS, SPARK_CONF_DIR, SPARK_HOME); without any, this machine, unseen from others.
"""

import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Literal

from maillage.errors import MachineError
from maillage.files import read_text

Engine = Literal["duckdb", "spark"]
ENGINES: tuple[Engine, ...] = ("duckdb", "spark")
_HERE = Path(__file__).parent
_SPARK_VARIABLES = ("PYSPARK_SUBMIT_ARGS", "SPARK_CONF_DIR", "SPARK_HOME")
_ALONE = {
    "spark.master": "local[*]",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": str(2 * (os.cpu_count() or 1)),
}


@contextmanager
def open_engine(engine: Engine) -> Iterator[Any]:
    """Splink's way to the engine, which knows the functions of the model; closed at the end.

    Raises ModuleNotFoundError where the library is not installed, `java-absent` or `spark-failed` where Spark cannot
    run.
    """
    with _spark() if engine == "spark" else _duckdb() as api:
        yield api


@contextmanager
def _duckdb() -> Iterator[Any]:
    import duckdb
    from splink import DuckDBAPI

    with duckdb.connect() as connection:
        connection.execute(read_text(_HERE / "duckdb.sql"))
        yield DuckDBAPI(connection)


@contextmanager
def _spark() -> Iterator[Any]:
    from splink.backends.spark import SparkAPI, similarity_jar_location

    with _translate_errors(), _session() as session:
        session.sql(f"ADD JAR '{Path(similarity_jar_location()).as_uri()}'")
        api = SparkAPI(spark_session=session, break_lineage_method="persist")
        for statement in read_text(_HERE / "spark.sql").removesuffix(";\n").split(";\n"):
            session.sql(statement)
        yield api


@contextmanager
def _translate_errors() -> Iterator[None]:
    """What Spark cannot do is a sentence, and so is a Java that dies under it."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (Py4JError, PySparkException, ConnectionError) as error:
        raise MachineError("spark-failed", reason=_reason(str(error))) from error


def _reason(text: str) -> str:
    """The first line of what went wrong in Java, without the stack."""
    return (text.partition("\n: ")[2] or text).strip().partition("\n")[0].rstrip(".")


@contextmanager
def _session() -> Iterator[Any]:
    from pyspark import SparkConf, SparkContext
    from pyspark.sql import SparkSession

    gateway = _java()
    with tempfile.TemporaryDirectory() as warehouse:
        wanted = {"spark.app.name": "maillage", "spark.sql.warehouse.dir": Path(warehouse).as_uri()}
        wanted |= {} if any(name in os.environ for name in _SPARK_VARIABLES) else _ALONE
        context = SparkContext(conf=SparkConf().setAll(list(wanted.items())), gateway=gateway)
        session = SparkSession(context)
        try:
            yield session
        finally:
            session.stop()


@cache
def _java() -> Any:
    """The Java of this process, which ends with it; what it says is kept from the terminal.

    Raises `java-absent`, or `spark-failed` with what it said.
    """
    from pyspark.errors import PySparkException
    from pyspark.java_gateway import launch_gateway

    home = os.environ.get("JAVA_HOME")
    if not shutil.which("java", path=Path(home, "bin") if home else None):
        raise MachineError("java-absent")
    logging.getLogger("py4j").setLevel(logging.CRITICAL)
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
        try:
            return launch_gateway(popen_kwargs={"stderr": said})
        except PySparkException as error:
            said.seek(0)
            raise MachineError("spark-failed", reason=_complaint(said.read())) from error


def _complaint(text: str) -> str:
    """The first line that names an error, or else the last line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()] or [""]
    return next((line for line in lines if "Error" in line or "Exception" in line), lines[-1]).rstrip(".")
