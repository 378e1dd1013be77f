"""The only things a document may load: files of our assets folder and the pictures of its own snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources

from weasyprint.urls import URLFetcher, URLFetcherResponse

SCHEME = "desk:"
FONTS = frozenset({"shapes.ttf"})
PHOTOGRAPHS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")


class RefusedAddress(Exception):
    """The document asked for something that is not its own: the network, a file, or an unknown name."""


class OwnAssets(URLFetcher):  # type: ignore[misc]
    """Serves desk:NAME from a fixed list; any other address stops the rendering.

    Texts are escaped long before, so an address that arrives here is a fault in a template, not an everyday
    event.
    """

    def __init__(self, images: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
        self.images = images

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """The asset of that name; RefusedAddress for everything else.

        A picture that is neither JPEG nor PNG comes back empty, and its caption stands in for it: a drawing could
        call other addresses, and a broken file must not keep the report from being made.
        """
        name = url.removeprefix(SCHEME)
        if not url.startswith(SCHEME) or (name not in FONTS and name not in self.images):
            raise RefusedAddress(f"not an asset of this document: {url[:200]}")
        if name in FONTS:
            body = resources.files("app.documents").joinpath("assets", name).read_bytes()
        else:
            body = self.images[name] if self.images[name].startswith(PHOTOGRAPHS) else b""
        return URLFetcherResponse(url, body)
