"""A server and its copy, which `os.fork` makes at different moments."""
# expect: ok

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor

from dbos import DBOS, DBOSConfig

fork = multiprocessing.get_context("fork")


def square(number: int) -> int:
    return number**2


@DBOS.step()
def compute() -> list[int]:
    with ProcessPoolExecutor(2, mp_context=fork) as pool:
        return list(pool.map(square, range(4)))


@DBOS.workflow()
def report() -> list[int]:
    return compute()


@DBOS.workflow()
def find_process() -> int:
    return os.getpid()


def construct(executor_id: str) -> None:
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "executor_id": executor_id,
        "log_level": "CRITICAL",
        "notification_listener_polling_interval_sec": 0.1,
    }
    DBOS(config=config)


def launch(executor_id: str) -> None:
    construct(executor_id)
    DBOS.launch()
    DBOS.register_queue("orders", polling_interval_sec=0.1)


def in_copy(work: Callable[[], str]) -> str:
    """What the work returns in a copy of this process."""
    ours, theirs = fork.Pipe()

    def run() -> None:
        theirs.send(work())
        os._exit(0)

    process = fork.Process(target=run)
    process.start()
    result: str = ours.recv()
    process.join()
    return result


def look_around() -> str:
    return f"{threading.active_count()} thread, executor id {DBOS.executor_id}"


def jobs_in(process: int) -> str:
    """How many jobs of eight run in that process."""
    jobs = [DBOS.enqueue_workflow("orders", find_process) for _ in range(8)]
    count = sum(job.get_result() == process for job in jobs)
    DBOS.destroy()
    return f"{count} of 8"


def server_jobs() -> str:
    launch("server")
    idle = fork.Process(target=signal.pause)  # It does not touch the database.
    idle.start()
    result = jobs_in(os.getpid())
    idle.kill()
    idle.join()
    return result


def copy_jobs() -> str:
    launch("web-1")
    return jobs_in(os.getpid())


def launch_constructed() -> str:
    DBOS.launch()
    return jobs_in(os.getpid())


if __name__ == "__main__":
    print("jobs that the server runs, launched before `os.fork`:", in_copy(server_jobs))
    #> jobs that the server runs, launched before `os.fork`: 8 of 8
    print("jobs that the copy runs, launched after `os.fork`:", in_copy(copy_jobs))
    #> jobs that the copy runs, launched after `os.fork`: 8 of 8
    construct("web-1")
    print("the same, constructed before `os.fork`:", in_copy(launch_constructed))
    #> the same, constructed before `os.fork`: 8 of 8
    DBOS.destroy()
    launch("server")
    DBOS.destroy()
    again = in_copy(copy_jobs)
    print("the same, launched and destroyed before, too:", again)
    #> the same, launched and destroyed before, too: 8 of 8
    launch("server")
    print("what the copy of a launched process has:", in_copy(look_around))
    #> what the copy of a launched process has: 1 thread, executor id server
    print("a step that computes in a pool of copies:", report())
    #> a step that computes in a pool of copies: [0, 1, 4, 9]
    DBOS.destroy()
