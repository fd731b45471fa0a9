"""A camt.053 statement of ISO 20022 with the entries that a test names."""

from __future__ import annotations

from xml.sax.saxutils import escape

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"


def transaction(amount: str, text: str, *, payer: str = "Aurora AG", key: str = "", reference: str = "") -> str:
    structured = f"<Strd><CdtrRefInf><Ref>{reference}</Ref></CdtrRefInf></Strd>" if reference else ""
    refs = f"<Refs><AcctSvcrRef>{key}</AcctSvcrRef></Refs>" if key else ""
    return (
        f'<TxDtls>{refs}<Amt Ccy="USD">{amount}</Amt><RltdPties><Dbtr><Pty><Nm>{escape(payer)}</Nm></Pty></Dbtr>'
        f"</RltdPties><RmtInf><Ustrd>{escape(text)}</Ustrd>{structured}</RmtInf></TxDtls>"
    )


def entry(
    amount: str, *transactions: str, side: str = "CRDT", key: str = "", status: str = "BOOK", more: str = ""
) -> str:
    ref = f"<AcctSvcrRef>{key}</AcctSvcrRef>" if key else ""
    return (
        f'<Ntry><Amt Ccy="USD">{amount}</Amt><CdtDbtInd>{side}</CdtDbtInd>{more}<Sts><Cd>{status}</Cd></Sts>'
        f"<BookgDt><Dt>2023-07-20</Dt></BookgDt>{ref}<NtryDtls>{''.join(transactions)}</NtryDtls></Ntry>"
    )


def statement(*entries: str) -> bytes:
    body = f"<BkToCstmrStmt><Stmt>{''.join(entries)}</Stmt></BkToCstmrStmt>"
    return f'<?xml version="1.0" encoding="UTF-8"?><Document xmlns="{NAMESPACE}">{body}</Document>'.encode()
