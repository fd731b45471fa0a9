"""Why a file as a whole cannot be taken. Each sentence says how to fix it."""

from __future__ import annotations

from emporion.domain.refusal import Refusal


class FileMissing(Refusal):
    """There is no file {file}: check its name and folder."""


class FileEmpty(Refusal):
    """{file} has an empty first row: it must name the columns, and the rows below it hold the list."""


class NoRows(Refusal):
    """{file} has its row of column names but no rows below it: nothing to import."""


class OldWorkbook(Refusal):
    """{file} is a workbook of the Excel 97-2003 kind: open it in Excel and save it as an Excel workbook (.xlsx)."""


class WorkbookEncrypted(Refusal):
    """{file} is protected by a password: remove the password in Excel (File, Info, Protect Workbook) and save it."""


class WorkbookDamaged(Refusal):
    """{file} is a damaged Excel workbook ({what}): open it in Excel, let Excel repair it, and save it again."""


class WorkbookTooLarge(Refusal):
    """{file} unpacks to {size} MB, more than the {limit} MB that are read: save its first sheet as CSV."""


class PartTooLarge(Refusal):
    """{file} has {size} MB in its part {part}, more than the {limit} MB that are read: copy the list into a new
    workbook as values, and save that."""


class RowTooLarge(Refusal):
    """{file} has more than {limit} MB in one row (after row {row}), or as much around its rows: copy the columns of the
    list into a new workbook as values, and save that."""


class SheetTooLong(Refusal):
    """{file} has a row beyond {limit}, the last one of a sheet in Excel: save it again in Excel."""


class WorkbookStrict(Refusal):
    """{file} is saved as a Strict Open XML workbook: open it in Excel and save it as an Excel workbook (.xlsx)."""


class MergedAcross(Refusal):
    """{file} has the merged cells {cells}, which stand across several columns: unmerge them in Excel (Home,
    Merge & Center), so that each column has its own cell."""


class WorkbookWithoutSheet(Refusal):
    """{file} has no sheet with cells: put the list on its first sheet."""


class NamedText(Refusal):
    """{file} is an Excel workbook by its contents, though its ending says text: give it the ending .xlsx."""


class NamedWorkbook(Refusal):
    """{file} is text by its contents, though its ending says Excel: give it the ending .csv."""


class NotAList(Refusal):
    """{file} is {what}, not a list: save the list as CSV or as an Excel workbook (.xlsx)."""


class UnknownEncoding(Refusal):
    """{file} is not written in UTF-8, and its characters do not show which encoding it uses (line {line}): open it
    in the program that wrote it and save it as "CSV UTF-8"."""


class QuotationOpen(Refusal):
    """{file} cannot be split into cells after row {row}: a quotation mark there has no partner.
    Write a mark inside a cell twice, and close every cell that begins with one."""


class LineTooLong(Refusal):
    """{file} has more than {limit} MB in line {line}, and each line of a list is a row: save it as CSV again in the
    program that wrote it."""


class ColumnsMissing(Refusal):
    """{file} lacks columns ({columns}): add what is missing, or begin with
    emporion import {kind} --template {kind}.xlsx. Its first row reads: {header}."""


class TooManyColumns(Refusal):
    """{file} names {columns} columns; a list has at most {limit}. Keep those that the template has."""


class ColumnTwice(Refusal):
    """{file} has {first} and {second}, and both are {column}: keep one of them."""


class UnknownKind(Refusal):
    """There is no list called {kind}; choose among {kinds}."""


class RejectsOverList(Refusal):
    """The rows with problems cannot go into {file}, from which the list is read: name another file."""


class TemplateEnding(Refusal):
    """{file} should end in .xlsx: a template is an Excel workbook."""


class UnknownEnding(Refusal):
    """{file} should end in .xlsx or .csv, so that it is clear what to write."""
