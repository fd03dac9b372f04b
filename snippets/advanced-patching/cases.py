"""Which changes an unfinished run survives, with and without a patch."""
# expect: ok

import os
from collections.abc import Callable

from dbos import DBOS, DBOSConfig, SetWorkflowID

Code = Callable[[], object]


@DBOS.step()
def charge(amount: int) -> str:
    return f"charged {amount * factor}"


@DBOS.step()
def pay(amount: int) -> str:
    return f"paid {amount}"


@DBOS.step()
def ship() -> str:
    return "shipped"


@DBOS.workflow()
def wait() -> None:
    pass


@DBOS.workflow()
def checkout() -> object:
    return code()


def before() -> list[str]:
    return [charge(10), ship()]


def added(action: Callable[[], object]) -> str:
    """What a replay answers when the action is new, in front of all steps."""
    return str(replay(lambda: [action(), *before()]))


def two_patches() -> object:
    patched = [DBOS.patch("check-fraud"), DBOS.patch("print-label")]
    before()
    return patched


def kept() -> object:
    charged = [] if DBOS.patch("no-charge") else [charge(10)]
    return [*charged, ship()]


def deprecated() -> object:
    DBOS.deprecate_patch("check-fraud")
    return [pay(1), *before()]


def replay(after: Code) -> object:
    """What a run of the old code ends with when the new code goes on with it."""
    global code, factor, runs
    runs += 1
    code, factor = before, 1
    with SetWorkflowID(f"order-{runs}"):
        checkout()
    code, factor = after, 2
    # Keeps the record of the charge only.
    replayed = DBOS.fork_workflow(f"order-{runs}", 2, queue_name="replays")
    try:
        return replayed.get_result(polling_interval_sec=0.05)
    except Exception as error:
        return str(error).split(":")[0]


code: Code = before
runs = 0
factor = 1

if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "checkout",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
        "application_version": "checkout-1",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("replays", polling_interval_sec=0.05)
    print("a step's body changes:", replay(before))
    #> a step's body changes: ['charged 10', 'shipped']
    print("a step's argument changes:", replay(lambda: [charge(20), ship()]))
    #> a step's argument changes: ['charged 10', 'shipped']
    print("a step gets another name:", replay(lambda: [pay(10), ship()]))
    #> a step gets another name: DBOS Error 11
    print("a step is removed:", replay(lambda: [ship()]))
    #> a step is removed: DBOS Error 11
    print("a removed step is kept in `if not DBOS.patch`:", replay(kept))
    #> a removed step is kept in `if not DBOS.patch`: ['charged 10', 'shipped']
    behind = replay(lambda: [charge(10), pay(1), ship()])
    print("a step is added behind the last record:", behind)
    #> a step is added behind the last record: ['charged 10', 'paid 1', 'shipped']
    outcomes = {
        added(lambda: DBOS.sleep(0.01)),
        added(lambda: DBOS.set_event("state", "paid")),
        added(lambda: DBOS.send("order-1", "paid")),
        added(wait),
    }
    print("a sleep, event, message, child is added in front:", *outcomes)
    #> a sleep, event, message, child is added in front: DBOS Error 11
    print("two patches in an old run:", replay(two_patches))
    #> two patches in an old run: [False, False]
    print("`deprecate_patch` before an old run has ended:", replay(deprecated))
    #> `deprecate_patch` before an old run has ended: DBOS Error 11
    DBOS.destroy()
