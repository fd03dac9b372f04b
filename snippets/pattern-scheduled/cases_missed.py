"""Which times of a schedule are left out, and how late a run may start."""
# expect: ok

import os
import random
import time
from datetime import datetime

from dbos import DBOS, DBOSConfig, ScheduleInput

# Takes some ten seconds: scheduled times have to pass while nothing runs.
PERIOD = 2
SECONDS = f"*/{PERIOD} * * * * *"
CRONS = {"plain": SECONDS, "backfill": SECONDS, "yearly": "0 0 1 1 *"}
limits: list[float] = []
delay = 10.0


def uniform(a: float, b: float) -> float:
    """DBOS draws the delay of a run here."""
    limits.append(b)
    return delay


@DBOS.workflow()
def report(scheduled_time: datetime, context: object) -> None:
    pass


def start() -> None:
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    for name, cron in CRONS.items():
        entry = ScheduleInput(schedule_name=name, workflow_fn=report, schedule=cron)
        entry["automatic_backfill"] = name == "backfill"
        DBOS.apply_schedules([entry])


def times(name: str) -> list[int]:
    ids = [run.workflow_id for run in DBOS.list_workflows(schedule_name=name)]
    moments = [workflow_id.removeprefix(f"sched-{name}-") for workflow_id in ids]
    return sorted(int(datetime.fromisoformat(m).timestamp()) for m in moments)


def wait_for_runs() -> None:
    """Waits for a run of both schedules that was due after this call."""
    now = time.time()
    while any(max(times(name), default=0) < now for name in ("plain", "backfill")):
        time.sleep(0.05)


def missed(name: str, since: float, until: float) -> str:
    """What became of the times between two moments."""
    return "made up" if any(since < t < until for t in times(name)) else "left out"


if __name__ == "__main__":
    random.uniform = uniform
    start()
    while len(limits) < len(CRONS):
        time.sleep(0.01)
    time.sleep(PERIOD + 0.1)  # A scheduled time passes, but not the delay.
    delayed = times("plain")
    DBOS.destroy()
    delay, stopped = 0.0, time.time()
    start()
    wait_for_runs()
    old = {name: len([t for t in times(name) if t < stopped]) for name in CRONS}
    DBOS.destroy()
    since = time.time()
    time.sleep(2 * PERIOD)
    until = time.time()
    start()
    wait_for_runs()
    down = {name: missed(name, since, until) for name in ("plain", "backfill")}
    DBOS.pause_schedule("backfill")
    since = time.time()
    time.sleep(2 * PERIOD)
    until = time.time()
    DBOS.resume_schedule("backfill")
    wait_for_runs()
    print("longest random delay, of a yearly run:", max(limits), "seconds")
    #> longest random delay, of a yearly run: 10 seconds
    print("runs of a process that stops during the delay:", len(delayed))
    #> runs of a process that stops during the delay: 0
    print("made up for it by the next launch:", old["plain"])
    #> made up for it by the next launch: 0
    print("made up with `automatic_backfill`, before any run:", old["backfill"])
    #> made up with `automatic_backfill`, before any run: 0
    print("times of a stop, by default:", down["plain"])
    #> times of a stop, by default: left out
    print("times of a stop, with `automatic_backfill`:", down["backfill"])
    #> times of a stop, with `automatic_backfill`: made up
    paused = missed("backfill", since, until)
    print("times of a pause, with `automatic_backfill`:", paused)
    #> times of a pause, with `automatic_backfill`: made up
    DBOS.destroy()
