"""Addresses of the URLconf in the shape that a test can fill in."""

import re


def plain_address(address: str) -> str:
    """The address with only places such as `<int:number>` left: what is written as an expression gets a sample."""
    plain = address.replace("^", "").replace(".*/$", "x/").replace(r"([\w\-/]*)$", "x")
    plain = re.sub(r"\(([a-z]+)\|.*?\)(?=[/\\])", r"\1", plain.replace(r"(\d+)", "7"))
    return plain.replace("\\.", ".").removesuffix("$")
