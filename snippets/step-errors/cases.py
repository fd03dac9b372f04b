"""Which exceptions are the same when they are read again."""
# expect: ok

import os
import pickle
from collections.abc import Callable
from dataclasses import dataclass

from dbos import DBOS, DBOSConfig, SetWorkflowID


class TextError(Exception):
    """It makes a text of its one argument."""

    def __init__(self, code: int) -> None:
        super().__init__(f"no {code}")


class BareError(Exception):
    """It leaves `super().__init__` out."""

    def __init__(self, code: int) -> None:
        self.code = code


class KeywordError(Exception):
    """It has an argument that has to be named."""

    def __init__(self, text: str, *, code: int) -> None:
        super().__init__(text)
        self.code = code


class OptionalError(Exception):
    """It has an argument that can be left out."""

    def __init__(self, text: str, *, code: int = 0) -> None:
        super().__init__(text)
        self.code = code


@dataclass
class DataError(Exception):
    """A dataclass makes its `__init__` itself."""

    code: int


MAKERS: dict[str, Callable[[], Exception]] = {
    "text": lambda: TextError(51),
    "bare": lambda: BareError(51),
    "keyword": lambda: KeywordError("no funds", code=51),
    "optional": lambda: OptionalError("no funds", code=51),
    "data": lambda: DataError(51),
    "named": lambda: DataError(code=51),
}


@DBOS.step()
def fail(make: str) -> None:
    raise MAKERS[make]()


@DBOS.workflow()
def work(make: str) -> None:
    fail(make)


def raised(call: Callable[[], object]) -> str:
    try:
        call()
    except Exception as error:
        name = type(error).__name__
        if name == "TypeError":
            return name
        return f"{name}({vars(error).get('code', str(error))!r})"
    return "nothing"


def both(make: str) -> str:
    """What the run raises, and what is read back afterwards."""
    with SetWorkflowID(make):
        first = raised(lambda: work(make))
    again = raised(lambda: DBOS.retrieve_workflow(make).get_result())
    return f"{first}, then {again}"


if __name__ == "__main__":
    config: DBOSConfig = {
        "name": "orders",
        "system_database_url": os.environ.get("DBOS_SYSTEM_DATABASE_URL"),
        "log_level": "CRITICAL",
    }
    DBOS(config=config)
    DBOS.launch()
    print("an argument put into the text:", both("text"))
    #> an argument put into the text: TextError('no 51'), then TextError('no no 51')
    print("no `super().__init__`, made by position:", both("bare"))
    #> no `super().__init__`, made by position: BareError(51), then BareError(51)
    print("an argument that must be named:", both("keyword"))
    #> an argument that must be named: KeywordError(51), then TypeError
    error = MAKERS["keyword"]()
    copied = raised(lambda: pickle.loads(pickle.dumps(error)))
    print("the same error, through `pickle` alone:", copied)
    #> the same error, through `pickle` alone: TypeError
    print("an argument that may be named:", both("optional"))
    #> an argument that may be named: OptionalError(51), then OptionalError(51)
    print("a dataclass, made by position:", both("data"))
    #> a dataclass, made by position: DataError(51), then DataError(51)
    print("a dataclass, made with names:", both("named"))
    #> a dataclass, made with names: DataError(51), then TypeError
    DBOS.destroy()
