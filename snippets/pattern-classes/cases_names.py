"""Which classes can be registered, case by case."""
# expect: ok

import os
from collections.abc import Callable

from dbos import DBOS, DBOSConfig, DBOSConfiguredInstance


@DBOS.dbos_class()
class Shop(DBOSConfiguredInstance):
    """A shop with the tax of its country."""

    def __init__(self, country: str, tax: int) -> None:
        self.tax = tax
        super().__init__(config_name=country)

    @DBOS.workflow()
    def price(self, net: int) -> int:
        return net + net * self.tax // 100


class WebShop(Shop):
    """A subclass that is not registered."""

    @DBOS.workflow()
    def gift_price(self, net: int) -> int:
        return net + 5


class MailShop(Shop):
    """Another one, with a workflow in place of the inherited one."""

    @DBOS.workflow()
    def price(self, net: int) -> int:
        return net


def register_subclass(name: str | None) -> str:
    @DBOS.dbos_class(name)
    class BookShop(Shop):
        """A subclass that is registered."""

    return BookShop.__name__


def register(name: str) -> str:
    @DBOS.dbos_class(name)
    class Prices:
        """Another class of that name."""

    return f"registered {Prices.__name__}"


def describe_other_order() -> str:
    class Other:
        """The workflow decorator stands above the other one."""

        @DBOS.workflow()
        @classmethod
        def describe(cls) -> str:
            return cls.__name__

    return Other.describe()


def outcome(call: Callable[[], object]) -> str:
    try:
        return str(call())
    except Exception as problem:
        return str(problem)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    web, mail = WebShop("web", 19), MailShop("mail", 19)
    DBOS(config=config)
    DBOS.launch()
    print("a subclass that is not registered, called:", web.price(100))
    #> a subclass that is not registered, called: 119
    added = outcome(lambda: web.gift_price(100)).rpartition("but ")[2]
    print("a workflow that this subclass adds:", added)
    #> a workflow that this subclass adds: is not properly registered
    replaced = outcome(lambda: mail.price(100)).rpartition("but ")[2]
    print("a workflow that such a subclass overrides:", replaced)
    #> a workflow that such a subclass overrides: is not properly registered
    print("a subclass registered as well:", outcome(lambda: register_subclass(None)))
    #> a subclass registered as well: Duplicate type registration for class 'Shop'
    print(
        "a subclass named `BookShop`:",
        outcome(lambda: register_subclass("BookShop")),
    )
    #> a subclass named `BookShop`: Duplicate type registration for class 'Shop'
    print("another class registered as `Shop`:", outcome(lambda: register("Shop")))
    #> another class registered as `Shop`: Duplicate type registration for class 'Shop'
    print("another class registered as `shop-2`:", outcome(lambda: register("shop-2")))
    #> another class registered as `shop-2`: registered Prices
    print("`@DBOS.workflow()` above `@classmethod`:", outcome(describe_other_order))
    #> `@DBOS.workflow()` above `@classmethod`: the first argument must be callable
    DBOS.destroy()
