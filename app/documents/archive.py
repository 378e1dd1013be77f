"""Makes a printed file an archive's: data attached with its relationship, PDF/UA named, room for the desk's seal.

Loads pikepdf; only the worker's child and the command line do.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from app.documents.binding import Attached, placeholder

NAMESPACE = "urn:desk-pilkada:segel:1"
END_OF_METADATA = b"</rdf:RDF>"

# PDF/A wants every name outside its own list described where it is used.
EXTENSIONS = """<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"\
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag>{schemas}</rdf:Bag></pdfaExtension:schemas></rdf:Description>"""
SCHEMA = """<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>{title}</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>{uri}</pdfaSchema:namespaceURI><pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>{name}</pdfaProperty:name>\
<pdfaProperty:valueType>{kind}</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>{meaning}</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li>"""
UA = (
    "PDF/UA Universal Accessibility Schema",
    "http://www.aiim.org/pdfua/ns/id/",
    "pdfuaid",
    "part",
    "Integer",
)
SEAL = ("Desk Pilkada", NAMESPACE, "segel", "tanda", "Text")


def complete(pdf: bytes, attached: Sequence[Attached], *, made_at: dt.datetime, code: str) -> bytes:
    """The file with its data attached as the source (AFRelationship), PDF/UA-1 named in its metadata, and an empty
    seal for `code` that `report_proof.stamp` fills; without a code there is none. The same arguments, the same bytes.
    """
    moment = made_at.astimezone(dt.UTC).strftime("D:%Y%m%d%H%M%SZ")
    with Pdf.open(io.BytesIO(pdf)) as whole:
        specs = [_attach(whole, one, moment) for one in attached]
        if specs:
            known = sorted(zip((one.name for one in attached), specs, strict=True), key=lambda pair: pair[0])
            names = Array([part for pair in known for part in pair])
            whole.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=names))
            whole.Root.AF = Array(specs)
        metadata = whole.Root.Metadata.read_bytes()
        kept = Dictionary(Type=Name.Metadata, Subtype=Name.XML)
        whole.Root.Metadata = whole.make_stream(_described(metadata, code), kept)
        target = io.BytesIO()
        whole.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return target.getvalue()


def files_in(pdf: bytes) -> dict[str, bytes]:
    """The attached files by name. Raises pikepdf.PdfError for what is no PDF."""
    with Pdf.open(io.BytesIO(pdf)) as whole:
        return {name: spec.get_file().read_bytes() for name, spec in whole.attachments.items()}


def _attach(whole: Pdf, one: Attached, moment: str) -> pikepdf.Object:
    about = Dictionary(Size=len(one.content), CreationDate=moment, ModDate=moment)
    stream = whole.make_stream(
        one.content, Dictionary(Type=Name.EmbeddedFile, Subtype=Name("/application/json"), Params=about)
    )
    return whole.make_indirect(
        Dictionary(
            Type=Name.Filespec,
            F=String(one.name),
            UF=String(one.name),
            Desc=String(one.meaning),
            AFRelationship=Name.Source,
            EF=Dictionary(F=stream, UF=stream),
        )
    )


def _described(metadata: bytes, code: str) -> bytes:
    """The metadata with PDF/UA-1, the seal's room, and the description of both names."""
    schemas = [_schema(UA, "Indicates, which part of ISO 14289 the document claims")]
    told = '<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>'
    if code:
        schemas.append(
            _schema(SEAL, "Segel aplikasi Desk Pilkada: kode, panjang berkas, tanda tangan Ed25519")
        )
        told += (
            f'<rdf:Description rdf:about="" xmlns:segel="{NAMESPACE}">'
            f"<segel:tanda>{placeholder(code)}</segel:tanda></rdf:Description>"
        )
    told += EXTENSIONS.format(schemas="".join(schemas))
    head, end, tail = metadata.rpartition(END_OF_METADATA)
    return head + told.encode() + end + tail


def _schema(about: tuple[str, str, str, str, str], meaning: str) -> str:
    title, uri, prefix, name, kind = about
    return SCHEMA.format(title=title, uri=uri, prefix=prefix, name=name, kind=kind, meaning=meaning)
