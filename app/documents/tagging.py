"""Slims the structure tree that WeasyPrint writes, and says plainly which table cells are column heads.

WeasyPrint gives every line of text an element of its own, and every cell a list of its headers by names that
repeat on the next page. Two thirds of that says nothing. Without it a file is written and read faster, and a
long one stays small in memory when its sections are joined.
"""

from __future__ import annotations

from typing import Any

HOLLOW = frozenset({"/Span", "/NonStruct"})
MEANINGFUL = frozenset({"A", "Alt", "ID", "E", "ActualText", "Lang"})

Element = dict[str, Any]


def tidy_tags(document: Any, pdf: Any) -> None:
    """A WeasyPrint finisher: changes the tree in place, just before the file is written."""
    root = _find(pdf, pdf.catalog["StructTreeRoot"])
    numbers = _find(pdf, root["ParentTree"])["Nums"]
    owners = dict(zip(numbers[::2], numbers[1::2], strict=True))
    pages = {reference: owners[number] for number, reference in enumerate(pdf.page_references)}
    for reference in root["K"]:
        _fold(pdf, _find(pdf, reference), pages)
    for item in pdf.objects:
        if isinstance(item, dict) and item.get("Type") == "/StructElem":
            _slim(item)


def _fold(pdf: Any, element: Element, pages: dict[bytes, Any]) -> None:
    """Lift the text of hollow children into their parent, the deepest first."""
    kept: list[Any] = []
    for kid in element["K"]:
        child = None if isinstance(kid, int) else _find(pdf, kid)
        if child is None or "K" not in child:
            kept.append(kid)
            continue
        _fold(pdf, child, pages)
        if not _is_hollow(child, element):
            kept.append(kid)
            continue
        for mark in child["K"]:
            pages[child["Pg"]][mark] = element.reference  # type: ignore[attr-defined]
        kept.extend(child["K"])
        # Emptied, not freed: WeasyPrint's writer counts its objects, and a joined file leaves these behind.
        child.clear()
    element["K"][:] = kept


def _is_hollow(child: Element, parent: Element) -> bool:
    return (
        child["S"] in HOLLOW
        and child.get("Pg") == parent.get("Pg")
        and not MEANINGFUL & child.keys()
        and all(isinstance(mark, int) for mark in child["K"])
    )


def _slim(element: Element) -> None:
    """Drop what a reader can do without, and mark head cells by scope: our tables have column heads only."""
    kids = element["K"]
    del element["Type"]
    if element["S"] == "/TH":
        element.pop("ID", None)
        element["A"]["Scope"] = "/Column"
    elif element["S"] == "/TD":
        element["A"].pop("Headers", None)
        if element["A"].keys() == {"O"}:
            del element["A"]
    if "Pg" in element and "A" not in element and not any(isinstance(kid, int) for kid in kids):
        del element["Pg"]
    if len(kids) == 1 and isinstance(kids[0], int):
        element["K"] = kids[0]


def _find(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
