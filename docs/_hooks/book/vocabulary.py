"""The words that pages and snippets may use, and their limits."""

import re
from typing import Literal, get_args

Impact = Literal["critical", "high", "medium", "low-medium", "low"]
#: The most severe first.
IMPACTS: tuple[Impact, ...] = get_args(Impact)
Tag = Literal[
    "async",
    "client",
    "concurrency",
    "configuration",
    "database",
    "determinism",
    "errors",
    "events",
    "fastapi",
    "idempotency",
    "launch",
    "messages",
    "observability",
    "queues",
    "recovery",
    "retries",
    "scheduling",
    "serialization",
    "side-effects",
    "testing",
    "timeouts",
    "transactions",
    "upgrading",
    "versioning",
]
TAGS: tuple[Tag, ...] = get_args(Tag)
#: The databases every snippet runs on; tests compare the version with the server's.
DATABASES = {"sqlite": "SQLite", "postgres": "PostgreSQL 18"}

HEADINGS = ("Incorrect", "Correct", "Variants", "Why", "When not to", "References")
OPTIONAL_HEADINGS = {"Variants"}
#: How a snippet ends.
EXPECTATIONS = ("ok", "raises", "wrong", "crash")

TITLE_LENGTH = 60
DESCRIPTION_LENGTH = 160
PROSE_WORDS = (150, 350)
REGION_LINES = 20
FILE_LINES = 80
#: A file of cases tries one thing after the other.
CASES_LINES = 120
#: What stands in a row of cases: the case, and what happened.
CASE_LENGTH, RESULT_LENGTH = 60, 90
WHY_WORDS = 130
#: What static checks are run with, and the oldest version that reports the same; tests
#: run both.
ASTGREP, OLDEST_ASTGREP = "0.51.1", "0.30.1"
#: What a static check says, before the address of its rule.
MESSAGE_LENGTH = 110
LINE_LENGTH = 88

#: A version of dbos as pages and snippets name it.
VERSION = re.compile(r"(\d+)\.(\d+)")
RULE_ID = re.compile(r"^([a-z]+)-[a-z0-9]+(-[a-z0-9]+){0,3}$")
REGION = re.compile(r"^ *# --8<-- \[(?P<edge>start|end):(?P<name>[a-z-]+)\]$")
DIRECTIVE = re.compile(
    r"^# (?P<name>expect|needs|since|databases?|differs|once|types): (?P<value>.+)$"
)
OUTPUT = re.compile(r"^ *#> ?(?P<text>.*)$")
SNIPPET_NAME = re.compile(r"^(incorrect|correct|demo|cases)(_[a-z0-9_]+)?$")
#: Words that claim ease instead of showing it; see docs/contributing.md.
BANNED_WORDS = re.compile(r"\b(simply|just|easy|easily|TODO)\b", re.IGNORECASE)
#: What a scaffold writes where an author has to.
PLACEHOLDERS = re.compile(r"\bTODO\b", re.IGNORECASE)
_JARGON = """
    application version, application versions, backfill, backfills, backfilled,
    checkpoint, checkpoints, checkpointed, claim, claims, claimed, datasource,
    datasources, debounce, debounced, debouncer, deduplication id, deduplication ids,
    dequeue, dequeues, dequeued, detach, detached, event loop, executor, executor id,
    executor ids, executors, fork, forks, forked, global limit, handle, handles,
    idempotency key, internal queue, isolation level, lazy client, limiter, marker,
    markers, memoize, memoized, nondeterministic, partition key, partition keys,
    partitioned, patch, patches, patched, pickle, pickled, pickles, poll, poller,
    pollers, polls, portable JSON, preempt, preempted, preemptible, preemption,
    rehydrate, replay, replayed, replays, reservation, reserve, reserves, resume,
    resumed, rewind, rewinds, rewound, serializer, serializers, sign, signs, sweep,
    sweeps, swept, system database, tombstone, tombstones, twin, twins, worker limit,
    workflow id, workflow ids
"""
#: Words that only insiders know, in the forms that a page might use. Each one in a
#: page's prose needs a row in `terms.yml`; most pages do better with ordinary words.
JARGON = frozenset(" ".join(_JARGON.split()).split(", "))
