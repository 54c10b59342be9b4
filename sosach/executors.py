"""Who does long work: the processes of this computer, or the computers of a Dask cluster.

An executor takes a function and the things to be done, and yields what comes out of each as it is
done, in any order. A thing whose worker died is done once more by another; if that one dies too, the work
ends with an error that names it. An error that the function raises ends the work as it is.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    wait,
)
from contextlib import contextmanager
from functools import partial
from itertools import islice
from multiprocessing import connection, get_context, parent_process
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar
from urllib.parse import urlsplit

import pyarrow as pa

from generator.problems import Problem

if TYPE_CHECKING:
    from distributed import Client

__all__ = ["Losses", "check_address", "cluster", "processes"]

T = TypeVar("T")
R = TypeVar("R")
Run = Callable[[Callable[[T], R], Sequence[T]], Iterable[R]]

#: Windows allows one pool no more
MOST_PROCESSES = 61
#: things per Dask task: a task costs some milliseconds, however little it does
BATCH = 10
#: seconds until a scheduler must have answered, and a cluster shown a worker
ANSWER, PATIENCE = 3, 4
#: seconds without any worker, in the middle of the work, after which nobody will come back
ABANDONED = 30


class Losses:
    """What was lost with a worker that died: once is said, twice is an error.

    Parameters
    ----------
    name : callable
        Names a thing that was to be done.
    tell : callable
        Takes a sentence for the person who waits.
    """

    def __init__(self, name: Callable[[Any], str], tell: Callable[[str], None]) -> None:
        self._name, self._tell = name, tell
        self._once: set[Any] = set()

    def count(self, things: Iterable[Any]) -> None:
        """Note that a worker died over these things.

        Parameters
        ----------
        things : iterable
            Hashable.

        Raises
        ------
        Problem
            If a worker had died over one of them before.
        """
        lost = list(things)
        again = [thing for thing in lost if thing in self._once]
        if again:
            self.give_up(again)
        if lost:
            self._once.update(lost)
            self._tell(f"Một tiến trình đã chết đột ngột; làm lại một lần: {self._names(lost)}.")

    def give_up(self, things: Iterable[Any]) -> NoReturn:
        """Raise the error that names what no worker survived.

        Parameters
        ----------
        things : iterable

        Raises
        ------
        Problem
            Always.
        """
        message = (
            f"Tiến trình lại chết khi đang làm: {self._names(things)}. Những phần đã xong vẫn được"
            " giữ. Hãy kiểm tra bộ nhớ còn trống của máy, rồi chạy lại lệnh này với ít tiến trình"
            " hơn."
        )
        raise Problem(message)

    def _names(self, things: Iterable[Any]) -> str:
        return ", ".join(self._name(thing) for thing in things)


def processes(workers: int, losses: Losses) -> Run[Any, Any]:
    """Work in several processes of this computer.

    Parameters
    ----------
    workers : int
        How many, at least 1.
    losses : Losses

    Returns
    -------
    callable
        An executor.
    """
    return partial(_in_processes, min(workers, MOST_PROCESSES), losses)


def _in_processes(
    workers: int, losses: Losses, work: Callable[[T], R], things: Sequence[T]
) -> Iterator[R]:
    waiting = deque(things)
    while waiting:
        # one pool after the other: when one of its processes dies, a pool ends as a whole
        underway: dict[Future[R], T] = {}
        try:
            with ProcessPoolExecutor(
                min(workers, len(waiting)), get_context("spawn"), _settle
            ) as pool:
                yield from _through_pool(pool, workers, work, waiting, underway)
        except BrokenExecutor:
            lost = [thing for future, thing in underway.items() if future.exception()]
            yield from (future.result() for future in underway if not future.exception())
            losses.count(lost)
            waiting.extendleft(lost)


def _through_pool(
    pool: ProcessPoolExecutor,
    workers: int,
    work: Callable[[T], R],
    waiting: deque[T],
    underway: dict[Future[R], T],
) -> Iterator[R]:
    """Keep no more things under way than there are workers: so few can be lost with one."""
    while waiting or underway:
        while waiting and len(underway) < workers:
            future = pool.submit(work, waiting[0])
            underway[future] = waiting.popleft()
        for future in wait(underway, return_when=FIRST_COMPLETED).done:
            result = future.result()
            del underway[future]
            yield result


def _settle() -> None:
    """Make a new process a good child: one core, no own answer to Ctrl+C, gone with its parent."""
    pa.set_cpu_count(1)  # the things themselves are what runs side by side
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow_parent, daemon=True).start()


def _follow_parent() -> None:
    parent = parent_process()
    if parent:
        connection.wait([parent.sentinel])
        os._exit(1)  # the parent was killed: nobody will ask for the result


def check_address(address: str) -> None:
    """Refuse what can be no address of a Dask scheduler.

    Parameters
    ----------
    address : str
        ``HOST:PORT`` or ``tcp://HOST:PORT`` (also ``tls://``).

    Raises
    ------
    Problem
        If it has another form.
    """
    try:
        parts = urlsplit(address if "://" in address else f"tcp://{address}")
        good = parts.scheme in ("tcp", "tls") and parts.hostname and parts.port
    except ValueError:
        good = False
    if not good:
        message = (
            f"Địa chỉ Dask '{address}' không đúng dạng. Hãy viết như tcp://192.168.1.10:8786:"
            " tên máy hoặc số IP, dấu hai chấm, số cổng."
        )
        raise Problem(message)


@contextmanager
def cluster(address: str, losses: Losses) -> Iterator[Run[Any, Any]]:
    """Work on the computers of a Dask cluster.

    Parameters
    ----------
    address : str
        Of its scheduler.
    losses : Losses

    Yields
    ------
    callable
        An executor.

    Raises
    ------
    Problem
        If distributed is not installed, nobody answers within ten seconds, or there is no worker.
    """
    check_address(address)
    with _connected(address) as client:
        yield partial(_in_cluster, client, losses)


@contextmanager
def _connected(address: str) -> Iterator[Client]:
    try:
        import distributed
    except ModuleNotFoundError as error:
        message = "Máy này chưa cài Dask. Hãy chạy: python -m pip install 'sosach[dask]'."
        raise Problem(message) from error
    _quieten()
    try:
        # in a thread of its own: a notebook, say, has an event loop running already
        with ThreadPoolExecutor(1) as aside:
            aside.submit(asyncio.run, asyncio.wait_for(_greet(address), ANSWER)).result()
    except Exception as error:  # whatever a stranger sends: a web server gives a MemoryError
        message = (
            f"Không có bộ điều phối Dask nào trả lời tại {address}. Hãy kiểm tra địa chỉ, xem lệnh"
            " 'dask scheduler' còn chạy không và tường lửa có cho qua không."
        )
        raise Problem(message) from error
    with distributed.Client(address, timeout=ANSWER) as client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError as error:
            message = (
                f"Bộ điều phối Dask tại {address} chưa có máy làm việc nào. Hãy chạy"
                f" 'dask worker {address}' trên ít nhất một máy."
            )
            raise Problem(message) from error
        yield client


async def _greet(address: str) -> None:
    """Ask the scheduler who it is: a client would wait for ever where somebody else listens."""
    from distributed import rpc

    async with rpc(address, timeout=ANSWER) as scheduler:
        await scheduler.identity()


def _quieten() -> None:
    """Keep Dask's own tracebacks off the screen: we say ourselves what happened."""
    logging.getLogger("distributed").setLevel(logging.CRITICAL)


def _in_cluster(
    client: Client, losses: Losses, work: Callable[[T], R], things: Sequence[T]
) -> Iterator[R]:
    deaths: SimpleQueue[list[str]] = SimpleQueue()
    client.subscribe_topic("all", partial(_note_death, deaths))
    rest = iter(things)
    batches = {
        client.submit(_each, work, batch, pure=False): batch
        for batch in iter(lambda: list(islice(rest, BATCH)), [])
    }
    try:
        yield from _collect(client, losses, deaths, batches)
    except CancelledError as error:
        message = (
            "Mất liên lạc với bộ điều phối Dask. Những phần đã xong vẫn được giữ."
            " Hãy chạy lại lệnh này."
        )
        raise Problem(message) from error
    except ImportError as error:
        message = (
            f"Máy làm việc của Dask thiếu chương trình ({error}). Hãy cài cùng một bản sosach trên"
            " mọi máy."
        )
        raise Problem(message) from error


def _note_death(deaths: SimpleQueue[list[str]], event: tuple[float, dict[str, Any]]) -> None:
    """Take from the scheduler's news which tasks a worker had when it died."""
    _, news = event
    if news.get("action") == "remove-worker" and not news["expected"]:
        deaths.put(list(news["processing-tasks"]))


def _each(work: Callable[[T], R], things: Iterable[T]) -> list[R]:
    """Do several things one after the other, in a worker of the cluster."""
    pa.set_cpu_count(1)
    return [work(thing) for thing in things]


def _collect(
    client: Client,
    losses: Losses,
    deaths: SimpleQueue[list[str]],
    batches: dict[Any, list[T]],
) -> Iterator[Any]:
    """Wait for batches; Dask itself gives the task of a dead worker to another one."""
    from distributed import KilledWorker

    keys = {future.key: batch for future, batch in batches.items()}
    pending, seconds_alone = set(batches), 0
    while pending:
        done, pending = _wait_a_second(pending)
        _count_deaths(losses, deaths, keys)
        for future in done:
            try:
                results = future.result()
            except KilledWorker:
                losses.give_up(batches[future])
            yield from results
        seconds_alone = 0 if done or client.nthreads() else seconds_alone + 1
        if seconds_alone > ABANDONED:
            losses.give_up(thing for future in pending for thing in batches[future])
    _count_deaths(losses, deaths, keys)


def _wait_a_second(pending: set[Any]) -> tuple[set[Any], set[Any]]:
    from distributed import wait as wait_for

    try:
        done, rest = wait_for(pending, timeout=1, return_when=FIRST_COMPLETED)
    except TimeoutError:
        return set(), pending
    return done, rest


def _count_deaths(losses: Losses, deaths: SimpleQueue[list[str]], keys: dict[str, list[T]]) -> None:
    while True:
        try:
            lost = deaths.get_nowait()
        except Empty:
            return
        losses.count(thing for key in lost for thing in keys.get(key, ()))
