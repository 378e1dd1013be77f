"""Texts, tables and programs: formulas that start programs, rows without end, bytes that are no text."""

from __future__ import annotations

from tests.stress.corpus.archives import MB
from tests.stress.corpus.bad import Bad, plain

HEAD = b"kode,nama\n"


def million_rows() -> bytes:
    """A table of 1.2 million short rows."""
    return HEAD + b"1,x\n,\n" * 1_200_000


TEXTS = (
    Bad("nothing", "surat.txt", plain(b"")),
    Bad("nothing but zeros", "foto.jpg", plain(b"\0" * 9_000)),
    Bad("nothing but blanks", "surat.txt", plain(b" \r\n\t" * 900)),
    Bad("more than may be sent", "foto.jpg", lambda: b"\xff\xd8\xff" + b"\0" * 13 * MB),
    Bad("as much as may be sent", "rekap.csv", lambda: HEAD + b"\xff" * (12 * MB - 70_000)),
    Bad("a formula that starts a program", "rekap.csv", plain(HEAD + b"=cmd|'/c calc'!A1,3\n")),
    Bad("a program behind a plus", "rekap.csv", plain(HEAD + b"+cmd|'/c calc'!A1;3\n")),
    Bad("a program behind a minus", "rekap.csv", plain(HEAD + b"-2+3+cmd|' /C calc'!A0\n")),
    Bad("a program behind an at sign", "rekap.csv", plain(HEAD + b"@SUM(1)*cmd|' /C calc'!A0\n")),
    Bad("a program in quotes", "rekap.csv", plain(HEAD + b"\"=cmd|'/c calc'!A1\",3\n")),
    Bad("a program behind blanks", "rekap.txt", plain(HEAD + b"   =MSEXCEL|'\\..\\..\\x7z'!''\n")),
    Bad("a million rows", "rekap.csv", million_rows, True),
    Bad("four million empty cells", "rekap.csv", lambda: HEAD + b"ab," * 3_900_000, True),
    Bad("one line of 11 MB", "rekap.txt", lambda: b"x" * (11 * MB), True),
    Bad("a table in UTF-16", "rekap.csv", lambda: "kode;=x7z".encode("utf-16")),
    Bad("a table in Latin-1", "rekap.csv", plain("kode;\u00e9\n".encode("latin-1"))),
    Bad("a table with NUL", "rekap.csv", plain(HEAD + b"a\0b\n")),
    Bad("a text that drives a terminal", "surat.txt", plain(b"\x1b]0;x7z\x07\x1b[2J\n")),
    Bad("a text with a bell", "surat.txt", plain(b"halo\x07\x08\n")),
    Bad("half a letter of UTF-8", "surat.txt", plain(b"halo \xc3\n")),
    Bad("a letter spelled too long", "surat.txt", plain(b"halo \xc0\xaf\n")),
    Bad("a shell script", "surat.txt", plain(b"#!/bin/sh\nrm -rf x7z\n")),
    Bad("a batch file", "surat.bat", plain(b"@echo off\r\ndel x7z\r\n")),
    Bad("a PowerShell script", "surat.ps1", plain(b"Remove-Item x7z\n")),
    Bad("a program of JavaScript", "surat.js", plain(b"x7z()\n")),
    Bad("a program of Visual Basic", "surat.vbs", plain(b'MsgBox "x7z"\n')),
    Bad("a program of HTML", "surat.hta", plain(b"<hta:application/><script>x7z()</script>")),
    Bad("a web archive", "surat.mht", plain(b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n<html>")),
    Bad("a mail", "surat.eml", plain(b"From: x7z@evil.example\n\n<html>")),
    Bad("a shortcut", "surat.url", plain(b"[InternetShortcut]\nURL=file:///etc/passwd\n")),
    Bad("a shortcut of Windows", "surat.lnk", plain(b"L\0\0\0\1\x14\2\0" + b"\0" * 90)),
    Bad("a starter of Linux", "surat.desktop", plain(b"[Desktop Entry]\nExec=x7z\n")),
    Bad("a change of the registry", "surat.reg", plain(b"Windows Registry Editor Version 5.00\n")),
    Bad(
        "a stylesheet that reads a file",
        "surat.xsl",
        plain(b"<xsl:stylesheet><xsl:value-of/></xsl:stylesheet>"),
    ),
    Bad("a program of Windows", "foto.jpg", plain(b"MZ\x90\0" + b"\0" * 200 + b"PE\0\0")),
    Bad("a program of Linux", "foto.png", plain(b"\x7fELF\2\1\1" + b"\0" * 90)),
    Bad("a program of macOS", "surat.pdf", plain(b"\xcf\xfa\xed\xfe" + b"\0" * 90)),
    Bad("a class of Java", "surat.pdf", plain(b"\xca\xfe\xba\xbe" + b"\0" * 90)),
    Bad("a program for browsers", "surat.pdf", plain(b"\0asm\1\0\0\0" + b"\0" * 90)),
    Bad("a program of Android", "surat.apk", plain(b"dex\n035\0" + b"\0" * 90)),
    Bad("a film", "rekaman.mp4", plain(b"\0\0\0\x18ftypmp42\0\0\0\0isommp42" + b"\0" * 90)),
    Bad("a film by another name", "rekaman.webm", plain(b"\x1aE\xdf\xa3" + b"\0" * 90)),
    Bad("a sound", "suara.mp3", plain(b"ID3\x04" + b"\0" * 90)),
    Bad("a sound that says it is a picture", "foto.webp", plain(b"RIFF\x24\0\0\0WAVEfmt ")),
)
