"""Jobs that no worker takes: what shows it, and the way out."""
# expect: ok
# Waits for polls in which nothing moves.

import os

from dbos import DBOS, DBOSConfig, EnqueueOptions, SetEnqueueOptions, SetWorkflowID

config: DBOSConfig = {
    "name": "reports",
    "application_version": "2",
    "executor_id": "worker-2",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "CRITICAL",
}
POLL = 0.05


@DBOS.workflow()
def build(month: str) -> str:
    return f"report for {month}"


def enqueue(job: str, queue: str, version: str | None = None) -> None:
    with SetWorkflowID(job), SetEnqueueOptions(app_version=version):
        DBOS.enqueue_workflow(queue, build, "May")


def enqueue_for(application: str) -> str:
    options: EnqueueOptions = {
        "workflow_name": "build",
        "queue_name": "polled",
        "application_name": application,
    }
    return DBOS.enqueue_workflow_with_options(options, "May").workflow_id


def register(queue: str) -> None:
    DBOS.register_queue(queue, polling_interval_sec=POLL)


def status(job: str) -> str:
    return DBOS.retrieve_workflow(job).get_status().status


def version(job: str) -> str:
    run = DBOS.retrieve_workflow(job).get_status()
    return f"{run.status}, version {run.app_version}"


def ended(job: str) -> str:
    DBOS.retrieve_workflow(job).get_result(polling_interval_sec=POLL)
    return status(job)


def some_polls() -> None:
    for _ in range(4):
        ended(DBOS.enqueue_workflow("polled", build, "May").workflow_id)


def poll_of_the_internal_queue() -> None:
    enqueue("control", "videos")
    ended(DBOS.resume_workflow("control").workflow_id)


if __name__ == "__main__":
    DBOS(config=config)
    DBOS.listen_queues(["polled", "export"])
    DBOS.launch()
    register("polled")
    register("videos")
    enqueue("misspelt", "export")
    enqueue("unlistened", "videos")
    enqueue("old", "polled", version="1")
    other = enqueue_for("billing")
    some_polls()
    print("on a queue that nobody registered:", status("misspelt"))
    #> on a queue that nobody registered: ENQUEUED
    found = DBOS.retrieve_queue("export")
    print("`retrieve_queue` of its name:", found)
    #> `retrieve_queue` of its name: None
    register("export")
    print("once that queue is registered:", ended("misspelt"))
    #> once that queue is registered: SUCCESS
    print("on a queue that nobody listens to:", status("unlistened"))
    #> on a queue that nobody listens to: ENQUEUED
    busy = DBOS.list_workflows(queue_name="videos", status="PENDING")
    print("PENDING runs on that queue:", len(busy))
    #> PENDING runs on that queue: 0
    executor = DBOS.retrieve_workflow("unlistened").get_status().executor_id
    print("`executor_id` of a job that worker-2 enqueued:", executor)
    #> `executor_id` of a job that worker-2 enqueued: worker-2
    DBOS.resume_workflow("unlistened", queue_name="polled")
    print("resumed on a queue that is polled:", ended("unlistened"))
    #> resumed on a queue that is polled: SUCCESS
    print("of a version that no process has:", version("old"))
    #> of a version that no process has: ENQUEUED, version 1
    DBOS.resume_workflow("old")
    poll_of_the_internal_queue()
    print("of that version, resumed:", version("old"))
    #> of that version, resumed: ENQUEUED, version 1
    DBOS.cancel_workflow("old")
    DBOS.rewind_workflow("old", application_version="2", queue_name="polled")
    ended("old")
    print("cancelled and rewound to version 2:", version("old"))
    #> cancelled and rewound to version 2: SUCCESS, version 2
    owner = DBOS.retrieve_workflow(other).get_status().application_name
    print("`application_name` is another application's:", status(other), owner)
    #> `application_name` is another application's: ENQUEUED billing
    DBOS.destroy()
