"""What children and their handles do."""
# expect: ok

import os
import threading
from collections.abc import Callable

from dbos import DBOS, DBOSConfig, SetWorkflowID, error

meeting = threading.Barrier(2)
gate = threading.Event()


@DBOS.step()
def meet(page: int) -> str:
    meeting.wait(timeout=10)
    return f"page {page}"


@DBOS.workflow()
def render(page: int) -> str:
    return meet(page)


@DBOS.workflow()
def render_two() -> list[str]:
    handles = [DBOS.start_workflow(render, page) for page in (1, 2)]
    return [handle.get_result() for handle in handles]


@DBOS.step()
def hold() -> None:
    gate.wait()


@DBOS.workflow()
def send_mail(customer: str) -> str:
    hold()
    return f"mail to {customer}"


@DBOS.workflow()
def start_only() -> None:
    DBOS.start_workflow(send_mail, "Ada")


@DBOS.workflow()
def name_child() -> None:
    with SetWorkflowID("mail-ben"):
        DBOS.start_workflow(send_mail, "Ben")


@DBOS.workflow()
def call_child() -> str:
    return send_mail("Cleo")


@DBOS.workflow()
def refuse() -> None:
    raise ValueError("no address")


@DBOS.workflow()
def wait_for_refusal() -> str:
    hold()
    handle = DBOS.start_workflow(refuse)
    return outcome(handle.get_result)


def outcome(call: Callable[[], object]) -> str:
    try:
        return str(call())
    except (ValueError, error.DBOSException) as failure:
        return type(failure).__name__


def run(workflow: Callable[[], object]) -> str:
    with SetWorkflowID(workflow.__name__):
        return str(workflow())


def children(workflow_id: str) -> str:
    found = DBOS.list_workflows(parent_workflow_id=workflow_id)
    return ", ".join(sorted(f"{child.workflow_id} {child.status}" for child in found))


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "reports",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    print("two children that wait for each other:", run(render_two))
    #> two children that wait for each other: ['page 1', 'page 2']
    print("ids of two children of `render_two`:", children("render_two"))
    #> ids of two children of `render_two`: render_two-1 SUCCESS, render_two-2 SUCCESS
    run(start_only)
    print("a child whose parent has ended:", children("start_only"))
    #> a child whose parent has ended: start_only-1 PENDING
    run(name_child)
    print("a child started in `SetWorkflowID`:", children("name_child"))
    #> a child started in `SetWorkflowID`: mail-ben PENDING
    gate.set()
    run(call_child)
    print("a child that is called, not started:", children("call_child"))
    #> a child that is called, not started: call_child-1 SUCCESS
    print("`get_result` of a child that fails:", run(wait_for_refusal))
    #> `get_result` of a child that fails: ValueError
    print("a child started after a step:", children("wait_for_refusal"))
    #> a child started after a step: wait_for_refusal-2 ERROR
    ended = outcome(DBOS.retrieve_workflow("start_only-1").get_result)
    print("result of a child whose parent has ended:", ended)
    #> result of a child whose parent has ended: mail to Ada
    unknown = outcome(lambda: DBOS.retrieve_workflow("mail-9"))
    print("`retrieve_workflow` with an unknown id:", unknown)
    #> `retrieve_workflow` with an unknown id: DBOSNonExistentWorkflowError
    DBOS.destroy()
