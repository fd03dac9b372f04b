"""Archives, checksums and JSON whose bytes depend on nothing but their content."""

import gzip
import hashlib
import io
import json
import tarfile
import zipfile
from datetime import UTC, date, datetime


def as_json(value: object) -> bytes:
    """The value as it is published: readable, and in the same order each time.

    Args:
        value: What JSON can hold.
    """
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()


def checksums(contents: dict[str, bytes]) -> bytes:
    """What `sha256sum --check` reads.

    Args:
        contents: Files by the path at which they are checked.
    """
    lines = (
        f"{hashlib.sha256(content).hexdigest()}  {name}\n"
        for name, content in sorted(contents.items())
    )
    return "".join(lines).encode()


def zip_archive(contents: dict[str, bytes], day: date) -> bytes:
    """A zip archive whose bytes depend on nothing but the arguments.

    Args:
        contents: Files by their path in the archive.
        day: When they were changed, for the archive.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in sorted(contents.items()):
            member = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            member.external_attr = 0o100644 << 16
            # Unix, whatever the machine: a reader takes the mode from it.
            member.create_system = 3
            archive.writestr(member, content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def tar_archive(contents: dict[str, bytes], day: date) -> bytes:
    """A compressed tar archive whose bytes depend on nothing but the arguments.

    Args:
        contents: Files by their path in the archive, at most 100 characters.
        day: When they were changed, for the archive.
    """
    seconds = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
    plain_tar = io.BytesIO()
    # The oldest common format: small installers read no other.
    with tarfile.open(fileobj=plain_tar, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for name, content in sorted(contents.items()):
            member = tarfile.TarInfo(name)
            member.size = len(content)
            member.mtime = seconds
            member.mode = 0o644
            tar.addfile(member, io.BytesIO(content))
    return gzip.compress(plain_tar.getvalue(), mtime=seconds)
