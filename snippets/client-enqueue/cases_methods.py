"""What a client has to name for a workflow that belongs to a class."""
# expect: ok

import os
from typing import Any

from dbos import DBOS, DBOSClient, DBOSConfig, DBOSConfiguredInstance, WorkflowHandle

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///shops.sqlite")


@DBOS.dbos_class()
class Shop(DBOSConfiguredInstance):
    """Holds two workflows."""

    @classmethod
    @DBOS.workflow()
    def count(cls, order: str) -> str:
        return f"{cls.__name__} counts {order}"

    @DBOS.workflow()
    def ship(self, order: str) -> str:
        return f"{self.config_name} ships {order}"


bakery = Shop("bakery")


def result(name: str, **more: Any) -> str:
    options: Any = {"workflow_name": name, "queue_name": "shops", **more}
    handle: WorkflowHandle[str] = client.enqueue(options, "order-1")
    try:
        return handle.get_result(polling_interval_sec=0.05)
    except Exception as error:
        return type(error).__name__


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "shops",
        "system_database_url": URL,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("shops", polling_interval_sec=0.05)
    client = DBOSClient(system_database_url=URL)
    print("a class method, by its name alone:", result("Shop.count"))
    #> a class method, by its name alone: TypeError
    print("a class method, with `class_name`:", result("Shop.count", class_name="Shop"))
    #> a class method, with `class_name`: Shop counts order-1
    print("an instance method, by its name alone:", result("Shop.ship"))
    #> an instance method, by its name alone: TypeError
    owned = result("Shop.ship", class_name="Shop")
    print("an instance method, with `class_name`:", owned)
    #> an instance method, with `class_name`: AttributeError
    both = result("Shop.ship", class_name="Shop", instance_name="bakery")
    print("an instance method, with `instance_name` too:", both)
    #> an instance method, with `instance_name` too: bakery ships order-1
    client.destroy()
    DBOS.destroy()
