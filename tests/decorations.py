"""What coordinators and municipalities put into a workbook, as raw parts: the smallest that hold.

`decorated` adds all of it to a filled form: on a sheet with questions, on a sheet with results, on a sheet of
the coordinator's own, and in the package. Nothing here comes out of a library, so that no library's own idea
of a workbook stands between what was put in and what must come out.
"""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass, field

import ooxml
from ooxml import MAIN, PACKAGE, POINTERS

from toolkit.workbook.sheetfile import Package

MICROSOFT = "http://schemas.microsoft.com/office"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
SHEET_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml."
OWN_SHEET = "Van ons"

A, XDR, X14 = f"{DRAWING}/main", f"{DRAWING}/spreadsheetDrawing", f"{MICROSOFT}/spreadsheetml/2009/9/main"
XM, X15 = f"{MICROSOFT}/excel/2006/main", f"{MICROSOFT}/spreadsheetml/2010/11/main"
THREADED = f"{MICROSOFT}/spreadsheetml/2018/threadedcomments"
PERSON = "{11111111-2222-3333-4444-555555555555}"


def png() -> bytes:
    """A picture of one red dot."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0\xff\0\0"))
        + chunk(b"IEND", b"")
    )


@dataclass
class _Parts:
    """A package that is being added to. types: content types of new parts; pointers: of which owner."""

    parts: dict[str, bytes]
    types: list[str] = field(default_factory=list)
    endings: dict[str, str] = field(default_factory=dict)
    pointers: dict[str, list[str]] = field(default_factory=dict)

    def add(self, name: str, content: str | bytes, type_: str = "") -> None:
        assert name not in self.parts
        self.parts[name] = content if isinstance(content, bytes) else content.encode()
        if type_:
            self.types.append(f'<Override PartName="/{name}" ContentType="{type_}"/>')

    def point(self, owner: str, id_: str, type_: str, target: str) -> None:
        self.pointers.setdefault(owner, []).append(
            f'<Relationship Id="{id_}" Type="{type_}" Target="{target}"/>'
        )

    def insert(self, part: str, before: str, xml: str) -> None:
        """Put xml in front of the first of these (a pattern) in a part."""
        text = self.parts[part].decode()
        place = re.search(before, text)
        assert place, f"{before} is not in {part}"
        self.parts[part] = (text[: place.start()] + xml + text[place.start() :]).encode()

    def to_bytes(self) -> bytes:
        endings = "".join(
            f'<Default Extension="{ending}" ContentType="{type_}"/>' for ending, type_ in self.endings.items()
        )
        self.insert("[Content_Types].xml", "<Override", endings)
        self.insert("[Content_Types].xml", "</Types>", "".join(self.types))
        for owner, listed in self.pointers.items():
            folder, _, name = owner.rpartition("/")
            part = f"{folder}/_rels/{name}.rels".lstrip("/")
            if part in self.parts:
                self.insert(part, "</Relationships>", "".join(listed))
            else:
                whole = f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(listed)}</Relationships>'
                self.parts[part] = whole.encode()
        return ooxml.zipped(self.parts)


def decorated(data: bytes, questions: str, results: str) -> bytes:
    """The workbook with everything below in it; questions, results: names of two of its sheets."""
    sheets = Package(data).sheets
    made = _Parts(ooxml.parts_of(data))
    made.endings = {
        "png": "image/png",
        "vml": "application/vnd.openxmlformats-officedocument.vmlDrawing",
        "bin": "application/vnd.openxmlformats-officedocument.spreadsheetml.printerSettings",
    }
    made.add("xl/media/stip.png", png())
    _on_questions(made, sheets[questions])
    _on_results(made, sheets[results])
    _own_sheet(made, len(sheets) + 1)
    _in_package(made)
    return made.to_bytes()


# --- on a sheet with questions: picture, text box, notes with answers, form control, ActiveX, header picture


def _on_questions(made: _Parts, sheet: str) -> None:
    made.add("xl/drawings/drawing_q.xml", _drawing(_picture(2), _text_box(3)), DRAWING_TYPE)
    made.point("xl/drawings/drawing_q.xml", "rId1", f"{POINTERS}/image", "../media/stip.png")
    made.add("xl/drawings/vml_q.vml", VML.format(shapes=NOTE + BUTTON + CHECKBOX))
    made.add("xl/drawings/vml_head.vml", VML.format(shapes=HEAD_PICTURE))
    made.point("xl/drawings/vml_head.vml", "rId1", f"{POINTERS}/image", "../media/stip.png")
    made.add("xl/comments_q.xml", NOTES, f"{SHEET_TYPES}comments+xml")
    made.add("xl/threadedComments/threaded_q.xml", THREAD, "application/vnd.ms-excel.threadedcomments+xml")
    made.add("xl/persons/person.xml", PERSONS, "application/vnd.ms-excel.person+xml")
    made.point(BOOK, "rIdPerson", f"{MICROSOFT}/2017/10/relationships/person", "persons/person.xml")
    made.add("xl/ctrlProps/control_q.xml", CONTROL, "application/vnd.ms-excel.controlproperties+xml")
    made.add("xl/activeX/activeX_q.xml", ACTIVE_X, "application/vnd.ms-office.activeX+xml")
    made.add("xl/activeX/activeX_q.bin", bytes(range(64)), "application/vnd.ms-office.activeX")
    made.point(
        "xl/activeX/activeX_q.xml",
        "rId1",
        f"{MICROSOFT}/2006/relationships/activeXControlBinary",
        "activeX_q.bin",
    )
    made.add("xl/printerSettings/printer_q.bin", bytes(range(256)))
    for id_, type_, target in (
        ("rIdDrawing", f"{POINTERS}/drawing", "../drawings/drawing_q.xml"),
        ("rIdVml", f"{POINTERS}/vmlDrawing", "../drawings/vml_q.vml"),
        ("rIdHead", f"{POINTERS}/vmlDrawing", "../drawings/vml_head.vml"),
        ("rIdNotes", f"{POINTERS}/comments", "../comments_q.xml"),
        (
            "rIdThread",
            f"{MICROSOFT}/2017/10/relationships/threadedComment",
            "../threadedComments/threaded_q.xml",
        ),
        ("rIdControl", f"{POINTERS}/ctrlProp", "../ctrlProps/control_q.xml"),
        ("rIdActive", f"{POINTERS}/control", "../activeX/activeX_q.xml"),
        ("rIdPrinter", f"{POINTERS}/printerSettings", "../printerSettings/printer_q.bin"),
    ):
        made.point(sheet, id_, type_, target)
    drawings = f'<drawing {R} r:id="rIdDrawing"/><legacyDrawing {R} r:id="rIdVml"/>'
    drawings += f'<legacyDrawingHF {R} r:id="rIdHead"/>'
    made.insert(sheet, "<tableParts", drawings + CONTROLS)
    text = made.parts[sheet].decode()
    text = re.sub("<pageSetup ", f'<pageSetup {R} r:id="rIdPrinter" ', text, count=1)
    text, count = re.subn("<oddHeader ?/>", "<oddHeader>&amp;L&amp;G</oddHeader>", text, count=1)
    assert count == 1
    made.parts[sheet] = text.encode()


# --- on a sheet with results: data bars, sparklines, a text box beside our charts, a note


def _on_results(made: _Parts, sheet: str) -> None:
    drawing = "xl/drawings/drawing1.xml"
    text = made.parts[drawing].decode()
    prefix = re.match(r"(?:<\?xml.*?\?>\s*)?<((?:\w+:)?)wsDr", text)[1]
    box = _text_box(900)
    if not prefix:
        box = box.replace("xdr:", "")
    made.insert(
        drawing,
        f"</{prefix}wsDr>",
        box.replace(f"<{prefix}twoCellAnchor>", f'<{prefix}twoCellAnchor xmlns:a="{A}">'),
    )
    made.add("xl/drawings/vml_r.vml", VML.format(shapes=NOTE))
    made.add(
        "xl/comments_r.xml",
        NOTES.replace("[Threaded comment]", "Losse notitie"),
        f"{SHEET_TYPES}comments+xml",
    )
    made.point(sheet, "rIdVml", f"{POINTERS}/vmlDrawing", "../drawings/vml_r.vml")
    made.point(sheet, "rIdNotes", f"{POINTERS}/comments", "../comments_r.xml")
    made.insert(sheet, "<tableParts", f'<legacyDrawing {R} r:id="rIdVml"/>')
    made.insert(sheet, "</worksheet>", f"<extLst>{DATA_BARS}{SPARKLINES}</extLst>")


# --- a sheet of the coordinator's own: a table with a slicer, a pivot table


def _own_sheet(made: _Parts, number: int) -> None:
    sheet = "xl/worksheets/van_ons.xml"
    made.add(sheet, OWN, f"{SHEET_TYPES}worksheet+xml")
    made.add("xl/tables/van_ons.xml", TABLE, f"{SHEET_TYPES}table+xml")
    made.add("xl/drawings/drawing_own.xml", _drawing(SLICER_SHAPE), DRAWING_TYPE)
    made.add("xl/slicers/slicer_own.xml", SLICERS, "application/vnd.ms-excel.slicer+xml")
    made.add("xl/slicerCaches/cache_own.xml", SLICER_CACHE, "application/vnd.ms-excel.slicerCache+xml")
    made.add("xl/pivotTables/pivot_own.xml", PIVOT, f"{SHEET_TYPES}pivotTable+xml")
    made.add("xl/pivotCache/cache_own.xml", PIVOT_CACHE, f"{SHEET_TYPES}pivotCacheDefinition+xml")
    made.add("xl/pivotCache/records_own.xml", PIVOT_RECORDS, f"{SHEET_TYPES}pivotCacheRecords+xml")
    made.point(sheet, "rId1", f"{POINTERS}/drawing", "../drawings/drawing_own.xml")
    made.point(sheet, "rId2", f"{POINTERS}/table", "../tables/van_ons.xml")
    made.point(sheet, "rId3", f"{MICROSOFT}/2007/relationships/slicer", "../slicers/slicer_own.xml")
    made.point(sheet, "rId4", f"{POINTERS}/pivotTable", "../pivotTables/pivot_own.xml")
    cache = f"{POINTERS}/pivotCacheDefinition"
    made.point("xl/pivotTables/pivot_own.xml", "rId1", cache, "../pivotCache/cache_own.xml")
    made.point("xl/pivotCache/cache_own.xml", "rId1", f"{POINTERS}/pivotCacheRecords", "records_own.xml")
    made.point(BOOK, "rIdOwn", f"{POINTERS}/worksheet", "worksheets/van_ons.xml")
    made.point(BOOK, "rIdCache", cache, "pivotCache/cache_own.xml")
    made.point(BOOK, "rIdSlicer", f"{MICROSOFT}/2007/relationships/slicerCache", "slicerCaches/cache_own.xml")
    made.insert(BOOK, "</sheets>", f'<sheet name="{OWN_SHEET}" sheetId="{number + 50}" r:id="rIdOwn"/>')
    names = (
        f"<definedName name=\"onze_lijst\">'{OWN_SHEET}'!$A$1:$B$3</definedName>"
        '<definedName name="verborgen" hidden="1">0.21</definedName><definedName '
        'name="Slicer_wijk">#N/A</definedName>'
    )
    made.insert(BOOK, "</definedNames>", names)
    made.insert(BOOK, "</workbook>", BOOK_TAIL)


# --- in the package: sensitivity label, custom parts, own properties


def _in_package(made: _Parts) -> None:
    made.add("docMetadata/LabelInfo.xml", LABEL, "application/vnd.ms-office.classificationlabels+xml")
    made.point(
        "", "rIdLabel", f"{MICROSOFT}/2020/02/relationships/classificationlabels", "docMetadata/LabelInfo.xml"
    )
    made.add("customXml/item1.xml", '<zaak xmlns="urn:gemeente:zaak"><nummer>2026-0417</nummer></zaak>')
    made.add(
        "customXml/itemProps1.xml",
        CUSTOM_PROPS,
        "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
    )
    made.point(BOOK, "rIdCustom", f"{POINTERS}/customXml", "../customXml/item1.xml")
    made.point("customXml/item1.xml", "rId1", f"{POINTERS}/customXmlProps", "itemProps1.xml")
    made.add(
        "docProps/custom.xml",
        PROPERTIES,
        "application/vnd.openxmlformats-officedocument.custom-properties+xml",
    )
    made.point("", "rIdProperties", f"{POINTERS}/custom-properties", "docProps/custom.xml")


BOOK = "xl/workbook.xml"
DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.drawing+xml"
R = f'xmlns:r="{POINTERS}"'
MC = f'xmlns:mc="{ooxml.COMPATIBILITY}"'
ANCHOR = (
    "<xdr:from><xdr:col>{left}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{top}</xdr:row>"
    "<xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>{right}</xdr:col><xdr:colOff>0</xdr:colOff>"
    "<xdr:row>{bottom}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>"
)
SHAPE = (
    '<a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="300000"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
)


def _drawing(*anchored: str) -> str:
    return f'<xdr:wsDr xmlns:xdr="{XDR}" xmlns:a="{A}" {R} {MC}>{"".join(anchored)}</xdr:wsDr>'


def _picture(number: int) -> str:
    return (
        f"<xdr:twoCellAnchor>{ANCHOR.format(left=8, top=2, right=9, bottom=4)}<xdr:pic><xdr:nvPicPr>"
        f'<xdr:cNvPr id="{number}" name="Foto" descr="De kade"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill>'
        '<a:blip r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill>'
        f"<xdr:spPr>{SHAPE}</xdr:spPr></xdr:pic><xdr:clientData/></xdr:twoCellAnchor>"
    )


def _text_box(number: int) -> str:
    return (
        f'<xdr:twoCellAnchor>{ANCHOR.format(left=8, top=5, right=10, bottom=8)}<xdr:sp macro="" textlink="">'
        f'<xdr:nvSpPr><xdr:cNvPr id="{number}" name="Tekstvak {number}"/><xdr:cNvSpPr txBox="1"/>'
        f"</xdr:nvSpPr>"
        f"<xdr:spPr>{SHAPE}</xdr:spPr><xdr:txBody><a:bodyPr/><a:p><a:r><a:t>Let op: nog navragen</a:t>"
        f"</a:r></a:p>"
        "</xdr:txBody></xdr:sp><xdr:clientData/></xdr:twoCellAnchor>"
    )


VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel">{shapes}</xml>'
)
NOTE = (
    '<v:shape id="_x0000_s1025" type="#_x0000_t202" style="visibility:hidden"><x:ClientData '
    'ObjectType="Note">'
    "<x:Anchor>1,15,0,2,3,31,4,1</x:Anchor><x:Row>8</x:Row><x:Column>2</x:Column></x:ClientData></v:shape>"
)
BUTTON = (
    '<v:shape id="_x0000_s1026" type="#_x0000_t201"><x:ClientData ObjectType="Button">'
    "<x:Anchor>8,0,10,0,9,0,12,0</x:Anchor></x:ClientData></v:shape>"
)
CHECKBOX = (
    '<v:shape id="_x0000_s1027" type="#_x0000_t201"><x:ClientData ObjectType="Pict">'
    "<x:Anchor>8,0,13,0,9,0,15,0</x:Anchor></x:ClientData></v:shape>"
)
HEAD_PICTURE = (
    '<v:shape id="LH" type="#_x0000_t75" style="width:20pt;height:20pt"><v:imagedata o:relid="rId1"/>'
    "</v:shape>"
)
NOTES = (
    f'<comments xmlns="{MAIN}"><authors><author>tc={PERSON}</author></authors><commentList>'
    '<comment ref="C9" authorId="0" shapeId="0"><text><r><t>[Threaded comment] Klopt dit?</t></r></text>'
    "</comment>"
    "</commentList></comments>"
)
THREAD = (
    f'<ThreadedComments xmlns="{THREADED}"><threadedComment ref="C9" dT="2026-11-02T09:00:00.00" '
    f'personId="{PERSON}" id="{{AAAAAAAA-0000-0000-0000-000000000001}}"><text>Klopt dit?</text>'
    f"</threadedComment>"
    f'<threadedComment ref="C9" dT="2026-11-03T09:00:00.00" personId="{PERSON}" '
    'id="{AAAAAAAA-0000-0000-0000-000000000002}" parentId="{AAAAAAAA-0000-0000-0000-000000000001}">'
    "<text>Ja, nagevraagd.</text></threadedComment></ThreadedComments>"
)
PERSONS = (
    f'<personList xmlns="{THREADED}"><person displayName="Coordinator" id="{PERSON}" userId="x" '
    'providerId="None"/></personList>'
)
CONTROL = f'<formControlPr xmlns="{X14}" objectType="Button" lockText="1"/>'
ACTIVE_X = (
    f'<ax:ocx xmlns:ax="{MICROSOFT}/2006/activeX" {R} ax:classid="{{8BD21D40-EC42-11CE-9E0D-00AA006002F3}}" '
    'ax:persistence="persistStreamInit" r:id="rId1"/>'
)
CONTROL_ANCHOR = re.sub("xdr:(from|to)>", r"\1>", ANCHOR.format(left=8, top=9, right=9, bottom=11))
CONTROLS = (
    f'<mc:AlternateContent {MC}><mc:Choice Requires="x14" xmlns:x14="{X14}"><controls xmlns:xdr="{XDR}" {R}>'
    '<control shapeId="1026" r:id="rIdControl" name="Knop"><controlPr defaultSize="0" print="0"><anchor>'
    f"{CONTROL_ANCHOR}"
    '</anchor></controlPr></control><control shapeId="1027" r:id="rIdActive" name="Vakje"/></controls>'
    "</mc:Choice>"
    "</mc:AlternateContent>"
)
DATA_BARS = (
    f'<ext uri="{{78C0D931-6437-407d-A8EE-F0AAD7539E65}}" xmlns:x14="{X14}"><x14:conditionalFormattings>'
    f'<x14:conditionalFormatting xmlns:xm="{XM}"><x14:cfRule type="dataBar" '
    f'id="{{BBBBBBBB-0000-0000-0000-000000000001}}">'
    '<x14:dataBar minLength="0" maxLength="100"><x14:cfvo type="autoMin"/><x14:cfvo type="autoMax"/>'
    '<x14:negativeFillColor rgb="FFFF0000"/><x14:axisColor rgb="FF000000"/></x14:dataBar></x14:cfRule>'
    "<xm:sqref>C30:C35</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext>"
)
SPARKLINES = (
    f'<ext uri="{{05C60535-1F16-4fd2-B633-F4F36F0B64E0}}" xmlns:x14="{X14}"><x14:sparklineGroups '
    f'xmlns:xm="{XM}">'
    '<x14:sparklineGroup displayEmptyCellsAs="gap"><x14:colorSeries rgb="FF376092"/><x14:sparklines>'
    "<x14:sparkline>"
    f"<xm:f>'{OWN_SHEET}'!B2:B3</xm:f><xm:sqref>K3</xm:sqref></x14:sparkline></x14:sparklines>"
    f"</x14:sparklineGroup>"
    "</x14:sparklineGroups></ext>"
)
OWN = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<worksheet xmlns="{MAIN}" {R} {MC} '
    f'mc:Ignorable="x14ac" '
    f'xmlns:x14ac="{MICROSOFT}/spreadsheetml/2009/9/ac"><dimension ref="A1:B3"/><sheetData>'
    '<row r="1" x14ac:dyDescent="0.25"><c r="A1" t="inlineStr"><is><t>wijk</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>uren</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><r><rPr><b/></rPr><t>Oost</t></r></is></c><c r="B2">'
    "<v>12</v></c></row>"
    '<row r="3"><c r="A3" t="inlineStr"><is><t>West</t></is></c><c r="B3"><f>B2*2</f><v>24</v></c></row>'
    "</sheetData>"
    '<drawing r:id="rId1"/><tableParts count="1"><tablePart r:id="rId2"/></tableParts><extLst>'
    f'<ext uri="{{3A4CF648-6AED-40f4-86FF-DC5316D8AED3}}" xmlns:x15="{X15}"><x14:slicerList '
    f'xmlns:x14="{X14}">'
    '<x14:slicer r:id="rId3"/></x14:slicerList></ext></extLst></worksheet>'
)
TABLE = (
    f'<table xmlns="{MAIN}" id="900" name="tblVanOns" displayName="tblVanOns" ref="A1:B3" totalsRowShown="0">'
    '<autoFilter ref="A1:B3"/><tableColumns count="2"><tableColumn id="1" name="wijk"/>'
    '<tableColumn id="2" name="uren"/></tableColumns></table>'
)
SLICER_SHAPE = (
    f"<xdr:twoCellAnchor>{ANCHOR.format(left=4, top=1, right=6, bottom=9)}<mc:AlternateContent>"
    '<mc:Choice Requires="sle15" '
    f'xmlns:sle15="{MICROSOFT}/drawing/2012/slicer"><xdr:graphicFrame macro=""><xdr:nvGraphicFramePr>'
    '<xdr:cNvPr id="2" name="wijk"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off '
    'x="0" y="0"/>'
    f'<a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic><a:graphicData uri="{MICROSOFT}/drawing/2010/slicer">'
    f'<sle:slicer xmlns:sle="{MICROSOFT}/drawing/2010/slicer" name="wijk"/></a:graphicData></a:graphic>'
    "</xdr:graphicFrame></mc:Choice><mc:Fallback/></mc:AlternateContent><xdr:clientData/></xdr:twoCellAnchor>"
)
SLICERS = (
    f'<slicers xmlns="{X14}"><slicer name="wijk" cache="Slicer_wijk" caption="wijk" rowHeight="241300"/>'
    "</slicers>"
)
SLICER_CACHE = (
    f'<slicerCacheDefinition xmlns="{X14}" name="Slicer_wijk" sourceName="wijk"><extLst>'
    f'<x:ext xmlns:x="{MAIN}" uri="{{2F2917AC-EB37-4324-AD4E-5DD8C200BD13}}" xmlns:x15="{X15}">'
    '<x15:tableSlicerCache tableId="900" column="1"/></x:ext></extLst></slicerCacheDefinition>'
)
PIVOT = (
    f'<pivotTableDefinition xmlns="{MAIN}" name="Draaitabel1" cacheId="900" dataCaption="Waarden">'
    '<location ref="H1:I4" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/><pivotFields count="2">'
    '<pivotField axis="axisRow" showAll="0"><items count="3"><item x="0"/><item x="1"/><item '
    't="default"/></items>'
    '</pivotField><pivotField dataField="1" showAll="0"/></pivotFields><rowFields count="1"><field '
    'x="0"/></rowFields>'
    '<dataFields count="1"><dataField name="Som van uren" fld="1"/></dataFields></pivotTableDefinition>'
)
PIVOT_CACHE = (
    f'<pivotCacheDefinition xmlns="{MAIN}" {R} r:id="rId1" recordCount="2"><cacheSource type="worksheet">'
    f'<worksheetSource ref="A1:B3" sheet="{OWN_SHEET}"/></cacheSource><cacheFields count="2"><cacheField '
    f'name="wijk">'
    '<sharedItems count="2"><s v="Oost"/><s v="West"/></sharedItems></cacheField><cacheField name="uren">'
    '<sharedItems containsSemiMixedTypes="0" containsString="0" containsNumber="1" minValue="12" '
    'maxValue="24"/>'
    "</cacheField></cacheFields></pivotCacheDefinition>"
)
PIVOT_RECORDS = (
    f'<pivotCacheRecords xmlns="{MAIN}" count="2"><r><x v="0"/><n v="12"/></r><r><x v="1"/><n v="24"/></r>'
    "</pivotCacheRecords>"
)
BOOK_TAIL = (
    '<pivotCaches><pivotCache cacheId="900" r:id="rIdCache"/></pivotCaches><extLst>'
    f'<ext uri="{{46BE6895-7355-4a93-B00E-2C351335B9C9}}" xmlns:x15="{X15}"><x15:slicerCaches '
    f'xmlns:x14="{X14}">'
    '<x14:slicerCache r:id="rIdSlicer"/></x15:slicerCaches></ext></extLst>'
)
LABEL = (
    f'<clbl:labelList xmlns:clbl="{MICROSOFT}/2020/mipLabelMetadata"><clbl:label '
    'id="{CCCCCCCC-0000-0000-0000-000000000001}" enabled="1" method="Privileged" '
    'siteId="{CCCCCCCC-0000-0000-0000-000000000002}" contentBits="0" removed="0"/></clbl:labelList>'
)
CUSTOM_PROPS = (
    '<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml" '
    'ds:itemID="{DDDDDDDD-0000-0000-0000-000000000001}"><ds:schemaRefs/></ds:datastoreItem>'
)
PROPERTIES = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="Zaaknummer">'
    "<vt:lpwstr>2026-0417</vt:lpwstr></property></Properties>"
)
