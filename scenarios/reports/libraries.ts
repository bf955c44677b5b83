import papaparse from 'papaparse'
import writeExcelFile from 'write-excel-file/universal'

/** CSV (RFC 4180), written and read. */
export const { parse: parseCsv, unparse: unparseCsv } = papaparse

/** A workbook (ECMA-376) of sheets, in any platform. */
export const writeWorkbook = writeExcelFile
