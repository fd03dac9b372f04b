"""The process listens to one queue and leaves the other alone."""
# expect: ok

import os

from dbos import DBOS, DBOSClient, DBOSConfig


# --8<-- [start:rule]
def start_email_worker(config: DBOSConfig) -> None:
    DBOS(config=config)
    DBOS.listen_queues(["emails"])
    DBOS.launch()
    DBOS.register_queue("emails", polling_interval_sec=0.01)


# --8<-- [end:rule]


@DBOS.workflow()
def send_email(number: int) -> str:
    return f"email {number}"


@DBOS.workflow()
def convert_video(name: str) -> str:
    return name


if __name__ == "__main__":
    url = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///mail.sqlite")
    DBOS.migrate(url)
    video_team = DBOSClient(system_database_url=url)
    video_team.register_queue("videos", polling_interval_sec=0.01)
    video_team.destroy()
    config: DBOSConfig = {
        "name": "mail",
        "system_database_url": url,
        "log_level": "ERROR",
    }
    start_email_worker(config)
    video = DBOS.enqueue_workflow("videos", convert_video, "intro")
    for number in range(10):
        DBOS.enqueue_workflow("emails", send_email, number).get_result()
    waiting = video.get_status().status == "ENQUEUED"
    print("video:", "left to the video workers" if waiting else "taken")
    #> video: left to the video workers
    DBOS.destroy()
