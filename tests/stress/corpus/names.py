"""An honest small picture under dishonest names: paths, controls, letters that run backwards, names without end."""

from __future__ import annotations

from tests.domain.evidence.samples import screenshot
from tests.stress.corpus.bad import Bad

BAD_NAMES = (
    *(
        "../../../../tmp/x7z.png",
        "..\\..\\..\\x7z.png",
        "/etc/cron.d/x7z.png",
        "C:\\Windows\\x7z.png",
        "\\\\evil\\x7z.png",
    ),
    *(
        "foto\u202egnp.exe",
        "\u2066foto\u2069.png",
        "foto\u200b.png",
        "foto.png\u00a0",
        "x7z\u0301" * 300 + ".png",
    ),
    *(
        "a" * 5_000 + ".png",
        "\U0001f4a9" * 400 + ".png",
        ".png",
        ".htaccess",
        "..",
        "CON.png",
        "aux.png",
        "lpt1.png",
    ),
    *(
        "foto.png.exe",
        "foto.exe",
        "foto.php%00.png",
        "foto;x7z.png",
        "$(x7z).png",
        "|x7z.png",
        "`x7z`.png",
        "=x7z().png",
    ),
    *(
        "<x7z>.png",
        "'\"><x7z>.png",
        "foto .png",
        "  .png  ",
        "foto....png",
        "-rf x7z.png",
        "%2e%2e%2fx7z.png",
        "\x1b[2J.png",
    ),
    *("foto\x85.png", "foto\ufeff.png", "\u0663\u0662.png", "foto\u2028x7z.png"),
)
NAMES = tuple(Bad(f"a picture called {name[:24]!r}", name, screenshot, True) for name in BAD_NAMES)
