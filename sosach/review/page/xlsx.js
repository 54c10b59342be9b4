// A workbook with one sheet in which every cell is text, so that no number loses its zeros.

const TABLE = Uint32Array.from({length: 256}, (_, n) => {
  for (let i = 0; i < 8; i++) n = n & 1 ? 0xedb88320 ^ n >>> 1 : n >>> 1;
  return n;
});
const crc32 = bytes => ~bytes.reduce((crc, byte) => TABLE[(crc ^ byte) & 255] ^ crc >>> 8, -1) >>> 0;
const DATE = 0x54a4, TIME = 0;   // 4 May 2022: equal decisions give equal bytes

const OFFICE = "http://schemas.openxmlformats.org";
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const PARTS = {
  "[Content_Types].xml": `${HEAD}<Types xmlns="${OFFICE}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`,
  "_rels/.rels": `${HEAD}<Relationships xmlns="${OFFICE}/package/2006/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  "xl/_rels/workbook.xml.rels": `${HEAD}<Relationships xmlns="${OFFICE}/package/2006/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`,
  "xl/styles.xml": `${HEAD}<styleSheet xmlns="${OFFICE}/spreadsheetml/2006/main"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf numFmtId="49" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`,
};

const xml = text => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
  .replace(/[&<>"]/g, c => `&#${c.charCodeAt(0)};`);
const column = i => (i > 25 ? String.fromCharCode(64 + Math.floor(i / 26)) : "") + String.fromCharCode(65 + i % 26);

function sheet(rows) {
  const cell = (text, row, i) => `<c r="${column(i)}${row}" t="inlineStr" s="${row === 1 ? 2 : 1}"><is><t xml:space="preserve">${xml(text)}</t></is></c>`;
  const lines = rows.map((row, r) => `<row r="${r + 1}">${row.map((text, i) => cell(text, r + 1, i)).join("")}</row>`);
  return `${HEAD}<worksheet xmlns="${OFFICE}/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews><cols><col min="1" max="${rows[0].length}" width="24" customWidth="1" style="1"/></cols><sheetData>${lines.join("")}</sheetData></worksheet>`;
}

const little = (...fields) => fields.flatMap(([value, size]) => Array.from({length: size}, (_, i) => value >>> 8 * i & 255));

/** Files as a zip, not compressed. */
function zip(files) {
  const encoder = new TextEncoder(), pieces = [], directory = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const data = encoder.encode(text), title = encoder.encode(name);
    const common = [[20, 2], [0x800, 2], [0, 2], [TIME, 2], [DATE, 2], [crc32(data), 4], [data.length, 4], [data.length, 4], [title.length, 2], [0, 2]];
    const local = Uint8Array.from(little([0x04034b50, 4], ...common));
    directory.push(Uint8Array.from(little([0x02014b50, 4], [20, 2], ...common, [0, 2], [0, 2], [0, 2], [0, 4], [offset, 4])), title);
    pieces.push(local, title, data);
    offset += local.length + title.length + data.length;
  }
  const size = directory.reduce((sum, piece) => sum + piece.length, 0), count = Object.keys(files).length;
  const end = Uint8Array.from(little([0x06054b50, 4], [0, 2], [0, 2], [count, 2], [count, 2], [size, 4], [offset, 4], [0, 2]));
  return new Blob([...pieces, ...directory, end], {type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"});
}

/** A workbook as a Blob; the first row is the header. */
export function workbook(title, rows) {
  const book = `${HEAD}<workbook xmlns="${OFFICE}/spreadsheetml/2006/main" xmlns:r="${OFFICE}/officeDocument/2006/relationships"><sheets><sheet name="${xml(title)}" sheetId="1" r:id="rId1"/></sheets></workbook>`;
  return zip({...PARTS, "xl/workbook.xml": book, "xl/worksheets/sheet1.xml": sheet(rows)});
}
