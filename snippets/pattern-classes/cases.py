"""Which methods of a class run, and where, case by case."""
# expect: ok

import os

from dbos import DBOS, DBOSClient, DBOSConfig, DBOSConfiguredInstance

URL = os.environ.get("DBOS_SYSTEM_DATABASE_URL", "sqlite:///shop.sqlite")


class Carrier:
    """A plain class with a step."""

    def __init__(self, name: str) -> None:
        self.name = name

    @DBOS.step()
    def send(self, order: str) -> str:
        return f"{order} by {self.name}"


carrier = Carrier("bike")


@DBOS.workflow()
def ship(order: str) -> str:
    return carrier.send(order)


@DBOS.dbos_class()
class Shop(DBOSConfiguredInstance):
    """A shop with the tax of its country."""

    def __init__(self, country: str, tax: int) -> None:
        self.tax = tax
        super().__init__(config_name=country)

    @DBOS.workflow()
    def price(self, net: int) -> int:
        return net + net * self.tax // 100


@DBOS.dbos_class()
class Prices:
    """Workflows without an instance."""

    @classmethod
    @DBOS.workflow()
    def describe(cls) -> str:
        return cls.__name__


class Discounts(Prices):
    """A subclass that is not registered."""


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": URL,
        "log_level": "CRITICAL",
    }
    german = Shop("de", 19)
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue("prices", polling_interval_sec=0.01)
    client = DBOSClient(system_database_url=URL)
    queued = DBOS.enqueue_workflow("prices", german.price, 100)
    remote = client.enqueue(
        {
            "workflow_name": "Shop.price",
            "queue_name": "prices",
            "class_name": "Shop",
            "instance_name": "de",
        },
        100,
    )
    described = DBOS.enqueue_workflow("prices", Prices.describe)
    row = queued.get_status()
    print("an instance's method on a queue:", queued.get_result())
    #> an instance's method on a queue: 119
    print("what the row of that run holds:", row.class_name, row.config_name, row.input)
    #> what the row of that run holds: Shop de {'args': (100,), 'kwargs': {}}
    print("the same by a client, with `instance_name`:", remote.get_result())
    #> the same by a client, with `instance_name`: 119
    print("a class method on a queue:", described.get_result())
    #> a class method on a queue: Prices
    print("a class method that a subclass inherits, called:", Discounts.describe())
    #> a class method that a subclass inherits, called: Discounts
    inherited = DBOS.enqueue_workflow("prices", Discounts.describe)
    print("the same on a queue:", inherited.get_result())
    #> the same on a queue: Prices
    print("a step of a plain class, called by a workflow:", ship("order-1"))
    #> a step of a plain class, called by a workflow: order-1 by bike
    client.destroy()
    DBOS.destroy()
