"""Who may run protected children, steps and methods."""
# expect: ok

import os
from collections.abc import Callable

from dbos import DBOS, DBOSConfig, DBOSContextSetAuth, SQLAlchemyDatasource

bank = SQLAlchemyDatasource.create("sqlite:///bank.sqlite")


def acting() -> str:
    return f"{DBOS.authenticated_user} as {DBOS.assumed_role}"


@DBOS.required_roles(["manager"])
@DBOS.workflow()
def refund() -> str:
    return acting()


@DBOS.required_roles(["manager"])
@DBOS.step()
def pay_back() -> str:
    return acting()


@DBOS.required_roles(["manager"])
@bank.transaction()
def book() -> str:
    return acting()


@DBOS.workflow()
@DBOS.required_roles(["manager"])
def discount() -> str:
    return acting()


@DBOS.workflow()
def pays_in_step() -> str:
    return outcome(pay_back)


@DBOS.workflow()
def has_child() -> str:
    return outcome(refund)


@DBOS.workflow()
def takes_role() -> str:
    with DBOSContextSetAuth("root", ["manager"]):
        return outcome(refund)


@DBOS.dbos_class()
@DBOS.default_required_roles(["manager"])
class Till:
    """Its workflows are for managers, unless they say otherwise."""

    @staticmethod
    @DBOS.workflow()
    def empty() -> str:
        return acting()

    @staticmethod
    @DBOS.step()
    def ring() -> str:
        return acting()

    @staticmethod
    @DBOS.required_roles([])
    @DBOS.workflow()
    def count() -> str:
        return acting()


def outcome(call: Callable[[], str]) -> str:
    try:
        return call()
    except Exception as error:
        return type(error).__name__


def run(roles: list[str], call: Callable[[], str]) -> str:
    with DBOSContextSetAuth("Ada", roles):
        return outcome(call)


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "shop",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    print("protected child of a clerk's workflow:", run(["clerk"], has_child))
    #> protected child of a clerk's workflow: DBOSNotAuthorizedError
    print("child of a workflow that names a user itself:", run(["clerk"], takes_role))
    #> child of a workflow that names a user itself: root as manager
    print("protected step of a clerk's workflow:", run(["clerk"], pays_in_step))
    #> protected step of a clerk's workflow: DBOSNotAuthorizedError
    print("protected transaction, a manager:", run(["manager"], book))
    #> protected transaction, a manager: Ada as manager
    print("protected transaction, a clerk:", run(["clerk"], book))
    #> protected transaction, a clerk: DBOSWorkflowFunctionNotFoundError
    print("roles below `@DBOS.workflow()`, a manager:", run(["manager"], discount))
    #> roles below `@DBOS.workflow()`, a manager: Ada as manager
    print("class with `default_required_roles`, a clerk:", run(["clerk"], Till.empty))
    #> class with `default_required_roles`, a clerk: DBOSNotAuthorizedError
    print("a step of that class, a clerk:", run(["clerk"], Till.ring))
    #> a step of that class, a clerk: Ada as None
    print("`required_roles([])` in that class, a clerk:", run(["clerk"], Till.count))
    #> `required_roles([])` in that class, a clerk: Ada as None
    DBOS.destroy()
