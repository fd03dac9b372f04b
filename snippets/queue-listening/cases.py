"""What runs in a process that listens to some queues only."""
# expect: ok
# Launches four times, and waits for the polls of the internal queue.

import os
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from dbos import DBOS, DBOSConfig, Debouncer, WorkflowHandle

config: DBOSConfig = {
    "name": "mail",
    "application_version": "1",
    "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
    "log_level": "ERROR",
}
POLL = 0.05


@DBOS.workflow()
def convert_video(name: str) -> str:
    return f"{name} converted"


@DBOS.workflow()
def clean_up(scheduled_at: datetime, context: object) -> None:
    pass


def launch(queues: Sequence[str] | None) -> None:
    DBOS(config=config)
    if queues is not None:
        DBOS.listen_queues(queues)
    DBOS.launch()


def enqueue(queue: str) -> WorkflowHandle[Any]:
    return DBOS.enqueue_workflow(queue, convert_video, "intro")


def place(run: WorkflowHandle[Any]) -> str:
    status = run.get_status()
    return f"{status.status} on `{status.queue_name}`"


def ended(run: WorkflowHandle[Any]) -> str:
    run.get_result(polling_interval_sec=POLL)
    return place(run)


def scheduled() -> WorkflowHandle[Any]:
    return DBOS.trigger_schedule("clean-up")


if __name__ == "__main__":
    launch(["emails", "newsleter"])
    for queue in ("videos", "newsletter", "emails"):
        DBOS.register_queue(queue, polling_interval_sec=POLL)
    DBOS.create_schedule(
        schedule_name="clean-up", workflow_fn=clean_up, schedule="0 0 1 1 *"
    )
    misspelt = enqueue("newsletter")
    video = enqueue("videos")
    on_videos = Debouncer.create(convert_video, queue="videos").debounce("a", 0, "a")
    debounced = Debouncer.create(convert_video).debounce("b", 0, "b")
    ended(debounced)  # Both are due now.
    for _ in range(4):
        ended(enqueue("emails"))
    print("a queue whose name the list misspells:", place(misspelt))
    #> a queue whose name the list misspells: ENQUEUED on `newsletter`
    print("a queue that is not in the list:", place(video))
    #> a queue that is not in the list: ENQUEUED on `videos`
    print("debounced onto that queue:", place(on_videos))
    #> debounced onto that queue: ENQUEUED on `videos`
    print("debounced without a queue:", place(debounced))
    #> debounced without a queue: SUCCESS on `_dbos_internal_queue`
    print("forked without a queue:", ended(DBOS.fork_workflow(video.workflow_id, 1)))
    #> forked without a queue: SUCCESS on `_dbos_internal_queue`
    DBOS.cancel_workflow(video.workflow_id)
    print("resumed without a queue:", ended(DBOS.resume_workflow(video.workflow_id)))
    #> resumed without a queue: SUCCESS on `_dbos_internal_queue`
    print("scheduled without a queue:", ended(scheduled()))
    #> scheduled without a queue: SUCCESS on `_dbos_internal_queue`
    print("`start_workflow`:", ended(DBOS.start_workflow(convert_video, "intro")))
    #> `start_workflow`: SUCCESS on `None`
    DBOS.destroy()
    launch([])
    waiting = enqueue("emails")
    print("an empty list, a scheduled run:", ended(scheduled()))
    #> an empty list, a scheduled run: SUCCESS on `_dbos_internal_queue`
    ended(scheduled())
    print("an empty list, an enqueued run:", place(waiting))
    #> an empty list, an enqueued run: ENQUEUED on `emails`
    DBOS.destroy()
    launch("emails")
    for _ in "ab":
        ended(scheduled())
    print("one name in quotes and no list:", place(waiting))
    #> one name in quotes and no list: ENQUEUED on `emails`
    DBOS.destroy()
    launch(None)
    waiting = DBOS.retrieve_workflow(waiting.workflow_id)
    print("the next launch, without a list:", ended(waiting))
    #> the next launch, without a list: SUCCESS on `emails`
    DBOS.destroy()
