"""`havn audit verify`, `havn audit heads` and `havn audit cut`."""

import argparse

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from havn.audit.cut import cut_old
from havn.audit.heads import write_heads
from havn.audit.verify import sentences, verify
from havn.common.errors import Refused


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verbs."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    checking = verbs.add_parser("verify", help="check every chain against its hashes and the heads signed elsewhere")
    checking.add_argument("--key", metavar="HEX", help="the public key noted elsewhere (default: this server's own)")
    verbs.add_parser("heads", help="sign the present end of every chain into the second folder (the worker does daily)")
    verbs.add_parser("cut", help="remove entries over five years old at a signed checkpoint (the worker does daily)")


def run(options: argparse.Namespace) -> int:
    """0 when all is well; 1 when the trail was tampered with."""
    if options.verb == "heads":
        path = write_heads()
        print(f"Written: {path}" if path else "There is nothing to sign yet.")
        return 0
    if options.verb == "cut":
        print(f"{cut_old()} entries removed.")
        return 0
    verdict = verify(key=_key(options.key))
    print("\n".join(sentences(verdict)))
    return 1 if verdict.findings else 0


def _key(typed: str | None) -> Ed25519PublicKey | None:
    if typed is None:
        return None
    try:
        return Ed25519PublicKey.from_public_bytes(bytes.fromhex(typed))
    except ValueError as error:
        raise Refused("This is not a public key: 64 hexadecimal digits are wanted.") from error
