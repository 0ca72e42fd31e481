"""VBA projects as oletools and olefile read them: programs of others, so that ours is not its own judge."""

import io
import warnings
import zipfile
from pathlib import Path

import olefile

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # oletools uses old names of pyparsing
    from oletools.olevba import VBA_Parser, decompress_stream


def project(addin: bytes) -> bytes:
    """The VBA project in an add-in."""
    return zipfile.ZipFile(io.BytesIO(addin)).read("xl/vbaProject.bin")


def modules(path: Path) -> dict[str, str]:
    """The source of every module, by the name of its stream."""
    found = VBA_Parser(str(path)).extract_macros()
    return {stream.rpartition("/")[2]: source for _, stream, _, source in found}


def differs_from_its_compiled_code(path: Path) -> bool:
    """Whether compiled code speaks of what the source does not: what scanners take for a disguise."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return VBA_Parser(str(path)).detect_vba_stomping()


def decompressed(data: bytes) -> bytes:
    """What compressed source says."""
    return bytes(decompress_stream(bytearray(data)))


def streams(data: bytes) -> dict[str, bytes]:
    """Every stream of a compound file; any defect, even a doubtful one, is an error."""
    with olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_UNSURE) as opened:
        assert opened.parsing_issues == []
        return {"/".join(path): opened.openstream(path).read() for path in opened.listdir()}
